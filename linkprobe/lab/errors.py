"""What can be wrong with the lab itself, as opposed to what the lab plays."""


class LabError(Exception):
    """The lab cannot play this world or cannot start; one line that says what is wrong and what to change."""
