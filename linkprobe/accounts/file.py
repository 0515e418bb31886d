"""The local file of accounts: where it is looked for, and when it is refused."""

import stat
from collections.abc import Mapping
from pathlib import Path

from linkprobe.accounts.accounts import Accounts
from linkprobe.scenario.accounts import parse_accounts
from linkprobe.scenario.document import LONGEST_TEXT
from linkprobe.scenario.errors import ScenarioError

VARIABLE = "LINKPROBE_ACCOUNTS"
FILE = Path("linkprobe", "accounts.yaml")


def read_accounts(environ: Mapping[str, str], named: str = "") -> Accounts:
    """The accounts of the file that is named, that `LINKPROBE_ACCOUNTS` names, or that lies in the user's settings.

    Only the last may be missing. Raises ScenarioError for a file that cannot be read, that others may read, or that a
    repository would take in; never with a value.
    """
    path = Path(named or environ.get(VARIABLE, "") or usual_place(environ))
    if not (named or environ.get(VARIABLE)) and not path.exists():
        return Accounts(environ)
    return Accounts(environ, parse_accounts(_text(path), path).accounts, path)


def usual_place(environ: Mapping[str, str]) -> Path:
    """Where the file lies unless something else is said."""
    settings = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(settings) if settings.startswith("/") else Path(environ.get("HOME") or Path.home()) / ".config"
    return folder / FILE


def _text(path: Path) -> str:
    try:
        _refuse_open(path)
        _refuse_repository(path)
        with path.open("rb") as file:
            data = file.read(4 * LONGEST_TEXT + 1)
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ScenarioError(f"cannot be read: {error.strerror}", "check the path", path=path) from None
    except UnicodeDecodeError:
        raise ScenarioError("not UTF-8", "save the file in UTF-8", path=path) from None


def _refuse_open(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise ScenarioError("others than its owner can read or write the accounts", f"chmod 600 {path}", path=path)


def _refuse_repository(path: Path) -> None:
    inside = next((folder for folder in path.resolve().parents if (folder / ".git").exists()), None)
    if inside is not None:
        remedy = f"put it outside, such as in ~/.config/{FILE}"
        raise ScenarioError(f"the accounts lie in the repository {inside} and could be committed", remedy, path=path)
