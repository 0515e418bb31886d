"""HTML built from parts: whole documents, and elements that a given CSS selector finds."""

import html
import re
from typing import NamedTuple

from linkprobe.lab.errors import LabError

VOID = frozenset({"img", "meta", "input", "link", "br", "hr"})
_PART = re.compile(
    r"#(?P<id>[\w-]+)|\.(?P<cls>[\w-]+)|\[(?P<name>[\w:-]+)(?:[~|^$*]?=[\"']?(?P<value>[^\"'\]]*)[\"']?)?\]"
)
_COMPOUND = re.compile(r"(?P<tag>[\w-]+|\*)?(?P<rest>(?:#[\w-]+|\.[\w-]+|\[[^\]]*\])*)")
_STEP = re.compile(r"\s*>\s*|\s+(?![^\[]*\])")


class Document(NamedTuple):
    """What a page is made of; `head` and `body` are HTML, the rest is text."""

    title: str
    body: str
    language: str = "zh-CN"
    head: str = ""
    body_class: str = ""

    def render(self) -> str:
        """The document as HTML."""
        attribute = f' class="{self.body_class}"' if self.body_class else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{text(self.title)}</title>\n{self.head}\n</head>\n<body{attribute}>\n{self.body}\n</body>\n</html>\n"
        )


def text(value: str) -> str:
    """The value as text or attribute value."""
    return html.escape(value, quote=True)


def meta(**properties: str) -> str:
    """`meta` elements for Open Graph properties; `_` stands for a colon. Empty values are left out."""
    return "\n".join(
        f'<meta property="{name.replace("_", ":")}" content="{text(value)}">'
        for name, value in properties.items()
        if value
    )


def element(selector: str, inner: str, *, tag: str = "div", **attributes: str) -> str:
    """Nested elements such that `selector` finds the innermost, which holds `inner`.

    `tag` is the innermost's where the selector names none. Knows tags, ids, classes, attributes, descendants and
    children. Raises LabError for anything else.
    """
    steps = _STEP.split(selector.partition(",")[0].strip())
    made = _compound(steps[-1], inner, tag, attributes, selector)
    for step in reversed(steps[:-1]):
        made = _compound(step, made, "div", {}, selector)
    return made


def _compound(step: str, inner: str, tag: str, attributes: dict[str, str], selector: str) -> str:
    found = _COMPOUND.fullmatch(step)
    if not step or found is None:
        raise LabError(f"the lab cannot build an element for the selector {selector!r}; use tag#id.class[name=value]")
    name = found["tag"] if found["tag"] and found["tag"] != "*" else tag
    wanted = {**_attributes(found["rest"]), **attributes}
    listed = "".join(f' {key}="{text(value)}"' for key, value in wanted.items())
    return f"<{name}{listed}>" if name in VOID else f"<{name}{listed}>{inner}</{name}>"


def _attributes(rest: str) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for part in _PART.finditer(rest):
        if part["id"]:
            wanted["id"] = part["id"]
        elif part["cls"]:
            wanted["class"] = f"{wanted['class']} {part['cls']}" if "class" in wanted else part["cls"]
        else:
            wanted[part["name"]] = part["value"] or ""
    return wanted
