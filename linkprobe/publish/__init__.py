"""The published matrix: a static site that works from a folder, and the data beside it."""

from linkprobe.publish.edition import chosen
from linkprobe.publish.folder import PublishError
from linkprobe.publish.publication import Published, publish

__all__ = ["PublishError", "Published", "chosen", "publish"]
