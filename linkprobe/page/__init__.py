"""What a page says and how it is built, read from its bytes. Knows nothing of platforms and judges nothing."""

from linkprobe.page.facts import Facts, read

__all__ = ["Facts", "read"]
