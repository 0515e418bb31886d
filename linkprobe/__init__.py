"""linkprobe measures what platforms do to links that point at other services.

It is not a censorship meter and not a dead-link checker: it compares a link's fate inside a platform with
the same link's fate without it, and names who caused the difference.
"""

__version__ = "0.1.0"
