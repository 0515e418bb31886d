"""The pages of the lab's targets: of realistic size, changing with every answer, one kind for each category."""
