"""The whole matrix as text: tables, legend, counts, findings, and why the other cells say nothing."""

import html
from collections.abc import Iterable

from linkprobe.matrix.counts import counts
from linkprobe.matrix.findings import Item, found, silent
from linkprobe.matrix.plain import wrapped
from linkprobe.matrix.style import FORMATS, Style
from linkprobe.matrix.symbols import Look, legend
from linkprobe.matrix.table import tables
from linkprobe.model import Cell

Section = tuple[str, list[tuple[str, list[Item]]]]


def render(
    cells: Iterable[Cell], format: str = "simple", *, width: int = 80, color: bool = False, look: Look = Look.UNICODE
) -> str:
    """The matrix in one of `FORMATS`. Terminal formats keep to `width` columns; `ValueError` for other formats."""
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}")
    style = Style(format, look, color and format not in ("github", "pipe", "html"))
    shown = tuple(cells)
    blocks = tables(shown, style, width)
    text = "\n\n".join([*blocks, _below(shown, style, width)])
    return text if look is Look.UNICODE else text.encode("ascii", "replace").decode()


def _below(cells: tuple[Cell, ...], style: Style, width: int) -> str:
    sections: list[Section] = [
        ("Legend", [("", [Item(style.escaped(line)) for line in legend(cells, style.look)])]),
        ("Counts", [("", [Item(style.escaped(line)) for line in counts(cells)])]),
        ("Findings", found(cells, style)),
        ("Without a verdict", silent(cells, style)),
    ]
    filled = [section for section in sections if any(items for _, items in section[1])]
    if style.format == "html":
        return _html(filled, width)
    blocks = [_markdown(section) if style.markup else _terminal(section, width) for section in filled]
    return "\n\n".join(blocks)


def _terminal(section: Section, width: int) -> str:
    title, groups = section
    lines = [title]
    for heading, items in groups:
        indent = "    " if heading else "  "
        lines += wrapped(heading, width, "  ") if heading else []
        for item in items:
            lines += wrapped(item.text, width, indent)
            lines += [line for text in item.below for line in wrapped(text, width, f"{indent}    ")]
    return "\n".join(lines)


def _markdown(section: Section) -> str:
    title, groups = section
    lines = [f"**{title}**", ""]
    for heading, items in groups:
        indent = "  " if heading else ""
        lines += [f"- {heading}"] if heading else []
        for item in items:
            lines += [f"{indent}- {item.text}", *(f"{indent}  - {text}" for text in item.below)]
    return "\n".join(lines)


def _html(sections: list[Section], width: int) -> str:
    text = "\n\n".join(_terminal(section, width) for section in sections)
    return f"<pre>\n{html.escape(text)}\n</pre>"
