"""Drivers that send a link as a message and look at it as its recipient."""
