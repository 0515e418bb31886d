"""Templates, and the few words they are given. Everything from the world is spelled out and escaped."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from linkprobe import __version__
from linkprobe.matrix import plain
from linkprobe.model import Cause, Cell, Plane, Verdict
from linkprobe.publish import language, looks, names
from linkprobe.publish.edition import Edition, Frame
from linkprobe.publish.folder import File
from linkprobe.publish.looks import State
from linkprobe.publish.redact import without_secrets

STATIC = ("site.css", "first.js", "site.js", "matrix.js", "compare.js", "icon.svg")
_SEPARATOR = "\x1f"
"""Between the parts of a page; nothing from the world holds it, for it is spelled out there."""
_LONG, _PIECE = 1000, 60
_LONG_RUN = re.compile(rf"\S{{{_LONG}}}")
_NAME = 120
LONGEST = 10_000
"""Characters of any one text of the world's that a page shows."""


def shown(text: object) -> str:
    """A text of the world's on one line, bounded, with what would steer a reader's eyes or tools spelled out."""
    line = str(text)
    return _again(line) if len(line) <= _NAME else _shown(line)


def _shown(text: str) -> str:
    line = text[: LONGEST + 1]
    line = " ".join(line.split()) if line.isprintable() else plain(line)
    return without_secrets(line if len(line) <= LONGEST else f"{line[:LONGEST]}…")


_again = lru_cache(16_384)(_shown)
"""Short texts are names as a rule, and a round says each of them thousands of times."""


def seconds(value: float) -> str:
    """A duration with as many digits as mean something."""
    return f"{value:.3f}" if value < 1 else f"{value:.2f}"


def moment(value: str) -> str:
    """An ISO time as people read it, to the minute, always UTC."""
    return f"{value[:10]} {value[11:16]} UTC" if len(value) > 15 else value


@lru_cache(64)
def chip(of: State) -> Markup:
    """A state with its symbol, word and colour; the symbol comes from the style sheet."""
    return Markup('<span class="v {}">{}</span>').format(of.letter, language.said(f"verdict.{of}"))


def page(path: str, template: str, root: str, values: Mapping[str, Any]) -> File:
    """A page at `path`; `root` leads from it to the folder's root. Its template gives title, scripts and matter."""
    parts = environment().get_template(template).render(root=root, **values).split(_SEPARATOR)
    edition: Edition = values["edition"]
    frame = _frame(edition.frame, root, values["here"], values["home"])
    text = "".join(piece for pair in zip_longest(frame, parts, fillvalue="") for piece in pair)
    return File(path, text.encode("utf-8", "replace"))


def signpost(path: str, url: str) -> File:
    """A page that leads on to `url` by itself, without scripts."""
    return File(path, str(escape(url)).join(_signpost()).encode())


@lru_cache(1)
def _signpost() -> tuple[str, ...]:
    return tuple(environment().get_template("latest.html.j2").render(url=_SEPARATOR).split(_SEPARATOR))


@lru_cache(64)
def _frame(facts: Frame, root: str, here: str, home: str) -> tuple[str, ...]:
    """What stands around a page's own parts. It is the same for thousands of pages."""
    whole = environment().get_template("base.html.j2").render(frame=facts, root=root, here=here, home=home)
    return tuple(whole.split(_SEPARATOR))


def static_files() -> tuple[File, ...]:
    """Style sheet, scripts and the Chinese words; the same for all pages."""
    folder = files("linkprobe.publish").joinpath("static")
    own = tuple(File(f"static/{name}", folder.joinpath(name).read_bytes()) for name in STATIC)
    return (*own, File("static/zh.js", language.chinese_script()))


def _breakable(value: object) -> object:
    """Gives words of a thousand letters places to break at: without them a browser takes seconds to find its own."""
    if not isinstance(value, str) or len(value) < _LONG or isinstance(value, Markup) or not _LONG_RUN.search(value):
        return value
    return Markup("<wbr>").join(value[at : at + _PIECE] for at in range(0, len(value), _PIECE))


def _as_state(verdict: Verdict) -> State:
    return State(verdict.value)


def _is_rule(id: str) -> bool:
    return f"rule.{id}" in language.dictionary()


@lru_cache(1)
def environment() -> Environment:
    """The templates, with autoescape on and undefined names an error.

    Words are filters, not functions: those with a fixed key are then said once, when the template is compiled.
    """
    made = Environment(
        loader=PackageLoader("linkprobe.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_breakable,
    )
    made.filters |= {
        "t": language.said,
        "en": language.english,
        "marked": language.marked,
        "labelled": language.labelled,
        "titled": language.titled,
        "shown": shown,
        "plain": plain,
        "seconds": seconds,
        "moment": moment,
        "segment": names.segment,
        "round_folder": names.round_folder,
        "as_state": _as_state,
    }
    made.tests["rule"] = _is_rule
    made.globals |= {
        "chip": chip,
        "state": looks.state,
        "state_on": looks.state_on,
        "planes": tuple(Plane),
        "causes": tuple(Cause),
        "cell_page": names.cell_page,
        "platform_page": names.platform_page,
        "target_page": names.target_page,
        "pack_name": names.pack_name,
        "version": __version__,
        "sep": _SEPARATOR,
        "legend": looks.LEGEND,
    }
    return made


def gravest(cell: Cell) -> Cause | None:
    """The cause that a cell names below its verdict."""
    return cell.causes[0] if cell.causes and not cell.flapping and cell.verdict.is_finding else None
