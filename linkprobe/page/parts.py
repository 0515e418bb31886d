"""The parts a page is taken apart into: forms, links, controls, jumps, marks."""

from enum import StrEnum
from typing import NamedTuple


class FormKind(StrEnum):
    """What a form asks for."""

    LOGIN = "login"
    SEARCH = "search"
    CAPTCHA = "captcha"
    OTHER = "other"


class Form(NamedTuple):
    """A form: what it asks for, the absolute URL it is sent to, and the names of its visible fields."""

    kind: FormKind
    action: str
    fields: tuple[str, ...]


class Link(NamedTuple):
    """An anchor: its absolute URL as written (with every parameter) and its visible text."""

    url: str
    text: str


class Control(NamedTuple):
    """Something a visitor can press: a short anchor, a button, a submit field.

    `url` is where it leads as far as the source says (href, onclick, form action, data attribute); empty where only
    running the script would tell.
    """

    label: str
    url: str
    button: bool
    """Whether it is built or styled as a button, not as a plain anchor in a text."""


class JumpWay(StrEnum):
    """How a page sends its visitor on by itself."""

    META_REFRESH = "meta-refresh"
    SCRIPT = "script"
    HEADER = "header"


class Jump(NamedTuple):
    """A forward that needs no click: where to, after how many seconds, by what.

    `certain` is False for a script assignment that stands in a function or behind a condition or a timer nobody can
    see the start of: it may be a click handler.
    """

    url: str
    seconds: float
    way: JumpWay
    certain: bool


class MarkKind(StrEnum):
    """What a structural mark betrays, whatever language the page speaks."""

    CHALLENGE = "challenge"
    CAPTCHA = "captcha"
    APP_SCHEME = "app-scheme"
    APP_STORE = "app-store"
    COPY = "copy"
    COUNTDOWN = "countdown"
    LOGIN = "login"
    SERVER_DEFAULT = "server-default"
    ERROR_STYLE = "error-style"
    ERROR_CODE = "error-code"
    """A machine's code such as ERR_CONNECT_FAIL, which proxies and browsers leave whatever language they speak."""


class Mark(NamedTuple):
    """One structural mark: its kind, the product or pattern it belongs to, and the piece of source that shows it."""

    kind: MarkKind
    name: str
    excerpt: str
