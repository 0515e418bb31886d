"""The known outcomes of a scenario file rewritten in its text, so that every comment and blank line stays."""

from collections.abc import Collection, Iterable, Iterator

from linkprobe.model import Known
from linkprobe.scenario.document import Document

_REMEDY = "write 'known:' as a list with one '- ' entry a line"


def last_line(lines: list[str], first: int) -> int:
    """The last line of the list entry that begins on line `first`, both counted from 1."""
    depth, last = _depth(lines[first - 1]), first
    for number, line in enumerate(lines[first:], first + 1):
        if line.strip() and _depth(line) <= depth:
            break
        # A comment after the entry, at its depth or not, belongs to what follows.
        if line.strip() and not line.lstrip().startswith("#"):
            last = number
    return last


def rewritten(document: Document, text: str, drop: Collection[int], add: Iterable[Known]) -> str:
    """The file's text without the known outcomes at the indices `drop`, and with those of `add` after the others.

    Raises ScenarioError where the list is not written in block style.
    """
    lines, entries = text.splitlines(), len(document.data.get("known", ()))
    spans = [_span(document, lines, index) for index in range(entries)]
    gone = {number for index in drop for number in range(spans[index][0], spans[index][1] + 1)}
    at = spans[-1][1] if spans else len(lines)
    indent = " " * _depth(lines[spans[0][0] - 1]) if spans else "  "
    new = [line for known in add for line in _entry(known, indent)]
    if not spans and new:
        new.insert(0, "known:")
    kept = [line for number, line in enumerate(lines[:at], 1) if number not in gone]
    if spans and len(set(drop)) == entries and not new:
        kept = _without_head(document, lines, kept)
    return "\n".join([*kept, *new, *lines[at:]]) + "\n"


def _span(document: Document, lines: list[str], index: int) -> tuple[int, int]:
    first = document.line(("known", index))
    if not lines[first - 1].lstrip().startswith("- "):
        raise document.error(("known", index), "this known outcome does not begin a line of its own", _REMEDY)
    return first, last_line(lines, first)


def _without_head(document: Document, lines: list[str], kept: list[str]) -> list[str]:
    """A key without entries would be an empty value."""
    head = lines[document.line(("known",)) - 1]
    return [line for line in kept if line is not head]


def _entry(known: Known, indent: str) -> Iterator[str]:
    fields = [
        ("verdict", known.verdict.value),
        ("causes", _listed(known.causes)),
        ("surfaces", _listed(known.surfaces)),
        ("targets", _listed(known.targets)),
        ("vantages", _listed(known.vantages)),
        ("since", known.since),
        ("note", known.note),
    ]
    written = [f"{key}: {value}" for key, value in fields if value]
    for number, line in enumerate(written):
        yield f"{indent}{'  ' if number else '- '}{line}"


def _listed(names: Iterable[str]) -> str:
    joined = ", ".join(names)
    return f"[{joined}]" if joined else ""


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
