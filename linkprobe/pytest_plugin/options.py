"""The plugin's options: every one on the command line, and all but one in the ini file as well."""

from contextlib import suppress
from enum import Enum
from typing import Any, NamedTuple, cast

import pytest


class _Kind(Enum):
    TEXT = "string"
    FLAG = "bool"
    LINES = "linelist"
    PATHS = "paths"


class _Option(NamedTuple):
    """`--linkprobe-NAME` and `linkprobe_NAME`."""

    name: str
    kind: _Kind
    help: str
    metavar: str = ""
    in_ini: bool = True

    @property
    def dest(self) -> str:
        return "linkprobe_" + self.name.replace("-", "_")


_TEXT, _FLAG, _LINES, _PATHS = _Kind.TEXT, _Kind.FLAG, _Kind.LINES, _Kind.PATHS

_OPTIONS = (
    _Option("world", _TEXT, "The built-in lab's world; china-2021-11-29 without it.", "NAME|FILE"),
    # Only where somebody types it: what an ini file holds would send a careless `pytest` out into the world.
    _Option("live", _FLAG, "Measure the real network, politely. Without this nothing leaves this machine.", "", False),
    _Option(
        "connect-to", _LINES, "Send connections elsewhere, as curl does. @FILE: one a line.", "HOST:PORT:ADDR:PORT"
    ),
    _Option("cacert", _TEXT, "Trust this CA (PEM).", "FILE"),
    _Option("inside", _LINES, "A proxy that stands inside an app.", "PLATFORM[/SURFACE]=PROXY"),
    _Option("accounts", _TEXT, "The file of accounts; linkprobe/accounts.yaml of the user's settings.", "FILE"),
    _Option("allow-private", _FLAG, "Let links lead to private addresses."),
    _Option("catalog", _PATHS, "More platforms, targets and worlds.", "DIR"),
    _Option("results", _TEXT, "Where rounds and their evidence are kept; results without it.", "DIR"),
    _Option("repeat", _TEXT, "Attempts that must agree before a finding stands; 3 without it.", "N"),
    _Option("jobs", _TEXT, "Browser probes at once; 4 without it.", "N"),
    _Option("rate", _TEXT, "Most starts a second per platform and vantage.", "N"),
    _Option("no-browser", _FLAG, "HTTP only; cells that need more are skipped and say so."),
    _Option("strict", _FLAG, "Cells about which nothing can be said are errors instead of skips."),
    _Option("matrix", _FLAG, "Show the matrix of the selected items in the summary."),
    _Option("policy", _TEXT, "Hold the platforms of the run against this policy's obligations, each an item.", "NAME"),
    _Option("on", _TEXT, "The day on which the policy is held against them; the world's, or today.", "DATE"),
    _Option("json", _TEXT, "Write the cells of the selected items as JSON.", "FILE"),
)

_SHORT = frozenset({"policy", "on"})
"""Options that are called by their plain names as well."""

ON_FAILURE = "only-on-failure"
RETAIN = "retain-on-failure"
_SHARED = {
    "screenshot": (("on", "off", ON_FAILURE), "Whether to keep screenshots of the probed pages as files."),
    "tracing": (("on", "off", RETAIN), "Whether to open links once more under Playwright's tracing."),
}
SCENARIOS = ("scenarios/*.yaml", "scenarios/*.yml")
"""Where scenario files are looked for unless the ini file says otherwise; `*` spans folders."""


def add_options(parser: pytest.Parser) -> None:
    """Declares all of them."""
    group = parser.getgroup("linkprobe", "linkprobe: links inside platforms")
    for option in _OPTIONS:
        _add_argument(group, option)
        if option.in_ini:
            parser.addini(option.dest, option.help, type=cast("Any", option.kind.value))
    patterns = "Which YAML files hold scenarios, as patterns of their paths."
    parser.addini("linkprobe_scenarios", patterns, type="linelist", default=list(SCENARIOS))
    for name in _SHARED:
        parser.addini(f"linkprobe_{name}", f"What --{name} says where it is not given.", default="off")


def add_shared_options(parser: pytest.Parser) -> None:
    """Declares the options that pytest-playwright has too; where that plugin is there, its own serve both."""
    group = parser.getgroup("playwright", "Playwright")
    for name, (values, told) in _SHARED.items():
        with suppress(ValueError):
            group.addoption(f"--{name}", default="off", choices=list(values), help=told)


def _add_argument(group: pytest.OptionGroup, option: _Option) -> None:
    settings: dict[str, Any] = {"dest": option.dest, "default": None, "help": option.help}
    match option.kind:
        case _Kind.FLAG:
            settings["action"] = "store_true"
        case _Kind.TEXT:
            settings["metavar"] = option.metavar
        case _:
            settings |= {"action": "append", "metavar": option.metavar}
    short = [f"--{option.name}"] if option.name in _SHORT else []
    group.addoption(f"--linkprobe-{option.name}", *short, **settings)


class Settings:
    """What was asked for: the command line first, then the ini file."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def text(self, name: str, otherwise: str = "") -> str:
        """One word."""
        return str(self._asked(name) or otherwise)

    def flag(self, name: str) -> bool:
        """Yes or no."""
        return bool(self._asked(name))

    def several(self, name: str) -> tuple[str, ...]:
        """Any number of words; paths of the ini file are relative to it."""
        return tuple(map(str, self._asked(name) or ()))

    def number(self, name: str) -> float | None:
        """A number above 0, or None where none was asked for."""
        text = self.text(name)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if value <= 0:
            raise pytest.UsageError(f"--linkprobe-{name} {text}: give a number above 0")
        return value

    def kept(self, name: str) -> str:
        """Of which items `screenshot` or `tracing` keeps files."""
        given = str(self._config.getoption(f"--{name}", "off"))
        return given if given != "off" else str(self._config.getini(f"linkprobe_{name}"))

    def _asked(self, name: str) -> Any:
        option = next(each for each in _OPTIONS if each.name == name)
        given = self._config.getoption(option.dest)
        return given if given is not None or not option.in_ini else self._config.getini(option.dest)
