"""What the lab's platforms answer when a link is opened through them: one function for each treatment."""
