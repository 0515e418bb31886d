"""How a matrix is to look: tabulate's format, characters, colour."""

from typing import NamedTuple

from linkprobe.matrix.plain import code_span, markdown
from linkprobe.matrix.symbols import Look

TERMINAL = (
    "simple", "plain", "grid", "simple_grid", "rounded_grid", "heavy_grid", "mixed_grid", "double_grid", "fancy_grid",
    "outline", "simple_outline", "rounded_outline", "heavy_outline", "fancy_outline", "presto", "pretty", "psql",
)  # fmt: skip
MARKDOWN = ("github", "pipe")
FORMATS = (*TERMINAL, *MARKDOWN, "html")
"""tabulate's formats in which the text of others can be made harmless."""


class Style(NamedTuple):
    """A format of `FORMATS`, and what it can show. Colour is for terminals only."""

    format: str = "simple"
    look: Look = Look.UNICODE
    colour: bool = False

    @property
    def markup(self) -> bool:
        """Whether somebody else sets the lines, so that width is not ours to keep."""
        return self.format not in TERMINAL

    @property
    def bullet(self) -> str:
        """What stands before a target, below its category."""
        return "·" if self.look is Look.UNICODE else "-"

    def escaped(self, text: str) -> str:
        """`text` with Markdown's markup dead; HTML is escaped where it is put together."""
        return markdown(text) if self.format in MARKDOWN else text

    def quoted(self, text: str) -> str:
        """Words of the world (evidence, reasons) for a line below the tables."""
        return code_span(text) if self.format in MARKDOWN else text
