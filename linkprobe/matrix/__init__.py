"""The matrix as people and machines read it."""

from linkprobe.matrix.difference import Change, Difference, differences, told
from linkprobe.matrix.machine import as_json, as_text
from linkprobe.matrix.plain import plain
from linkprobe.matrix.render import render
from linkprobe.matrix.style import FORMATS
from linkprobe.matrix.symbols import Look

__all__ = ["FORMATS", "Change", "Difference", "Look", "as_json", "as_text", "differences", "plain", "render", "told"]
