"""The variables that a vantage takes for its proxy and headers, and which of their values nobody else may read."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

import msgspec

from linkprobe.model import Vantage

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def variables_in(value: Vantage) -> tuple[str, ...]:
    """The variables that stand anywhere in a vantage, in order."""
    return tuple(dict.fromkeys(_VARIABLE.findall(msgspec.json.encode(value).decode())))


def at_vantage(vantage: Vantage, values: Mapping[str, str]) -> Vantage:
    """The vantage with its variables filled in; in a proxy's address they are percent-encoded."""
    if not variables_in(vantage):
        return vantage
    return msgspec.structs.replace(
        vantage,
        proxy=filled_address(vantage.proxy, values),
        headers={name: _filled(text, values) for name, text in vantage.headers.items()},
    )


def filled_address(template: str, values: Mapping[str, str]) -> str:
    """An address with its variables filled in: percent-encoded, unless one stands for the whole."""
    if whole := _VARIABLE.fullmatch(template):
        return values.get(whole[1], "").strip()
    return _VARIABLE.sub(lambda found: quote(values.get(found[1], "").strip(), safe=""), template)


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values.get(found[1], "").strip(), template)


def secrets_at(vantage: Vantage, values: Mapping[str, str]) -> tuple[str, ...]:
    """The values of the vantage's variables; of a proxy's whole address, the password in it."""
    given = (values.get(name, "").strip() for name in variables_in(vantage))
    return tuple(filter(None, map(_secret_in, given)))


def _secret_in(value: str) -> str:
    account, at, _ = value.partition("://")[2].rpartition("@")
    return unquote(account.partition(":")[2]) if at else value
