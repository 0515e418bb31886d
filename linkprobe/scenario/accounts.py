"""The accounts file: credentials by account and variable. No error of it shows a value. Pure."""

import re
from pathlib import Path
from typing import Any

import msgspec

from linkprobe.scenario.document import Document, Place, parse
from linkprobe.scenario.errors import ScenarioError
from linkprobe.scenario.names import quoted

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_NAME = re.compile(r"\w[\w.-]{0,63}")
_SHAPE = "write 'accounts:', below it one name a line, and below each name 'VARIABLE: \"value\"' lines"


class AccountsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values of variables by account; an account bears a platform's id, or the name a scenario's `account` has."""

    accounts: dict[str, dict[str, str]]

    def __repr__(self) -> str:
        return f"AccountsFile({', '.join(self.accounts)})"


def parse_accounts(text: str, path: Path) -> AccountsFile:
    """Read the file's text. Raises ScenarioError with the line, and never with anything that could be a value."""
    try:
        document = parse(text, path)
    except ScenarioError as error:
        raise ScenarioError("not YAML", "quote every value", path=path, line=error.line) from None
    return AccountsFile({name: _account(document, name, entry) for name, entry in _entries(document).items()})


def _entries(document: Document) -> dict[str, Any]:
    data = document.data
    if not isinstance(data, dict) or "accounts" not in data:
        raise document.error((), "no accounts here", _SHAPE)
    for key in data:
        if key != "accounts":
            raise document.error((key,), "only 'accounts:' stands at the left margin", _SHAPE)
    accounts = _mapping(document, ("accounts",), data["accounts"], "the accounts are")
    for name in accounts:
        if not _NAME.fullmatch(name):
            raise document.error(("accounts", name), "this is not the name of an account", "use a platform's id")
    return accounts


def _account(document: Document, name: str, entry: Any) -> dict[str, str]:
    at: Place = ("accounts", name)
    values = _mapping(document, at, entry, f"the account {quoted(name)} is")
    for variable, value in values.items():
        if not _VARIABLE.fullmatch(variable):
            raise document.error((*at, variable), "this is not the name of a variable", "write LINKPROBE_… and a colon")
        if not isinstance(value, str) or not value.strip():
            raise document.error((*at, variable), f"the value of {variable} is no text", "put it in quotes")
    return values


def _mapping(document: Document, at: Place, value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise document.error(at, f"{what} no mapping", _SHAPE)
    return value
