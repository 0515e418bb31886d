"""Which accounts there are, where their values come from, and whether they work. Sends nothing, shows no value."""

import textwrap
from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from linkprobe.accounts import Accounts, account_of
from linkprobe.audit.secrecy import redaction_of
from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.interruption import Stopped, run_until_stopped
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.networks import accounts_of, outside
from linkprobe.cli.output import look, show, width
from linkprobe.cli.planning import plan
from linkprobe.matrix import Look, plain
from linkprobe.model import Case, MessageApi, Messaging, PreviewApi, SendOutcome, Target, Vantage
from linkprobe.network import Network
from linkprobe.probe.message.accounts import missing_accounts, variables
from linkprobe.probe.message.verify import Verified, verify
from linkprobe.scenario import load_catalogue, shipped
from linkprobe.scenario.names import quoted, suggest

_NOWHERE = Target(id="none", url="https://example.org/")
"""Nothing is sent, so that no link is needed."""


class State(Enum):
    """What is known of an account; the values are the marks, in Unicode and in ASCII."""

    WORKS = ("✓", "+")
    FAILS = ("✗", "x")
    UNKNOWN = ("–", "-")


class Examined(NamedTuple):
    """One surface's account."""

    place: str
    state: State
    said: str
    values: str


def examine(invocation: Invocation) -> Ended:
    """Prints every account that is set up, if only in part; answers whether all of them can be used."""
    asked = invocation.located()
    accounts = accounts_of(asked)
    cases = _cases(asked)
    there = [case for case in cases if _whence(case, accounts)]
    try:
        examined = run_until_stopped(_examined(there, asked, accounts))
    except Stopped:
        return Ended.NOT_MEASURED
    show("\n".join([_of_file(accounts), *map(_told, examined), *_rest(cases, there), *_unused(cases, accounts)]))
    return Ended.NOT_MEASURED if any(one.state is State.FAILS for one in examined) else Ended.AS_EXPECTED


def _cases(asked: Invocation) -> tuple[Case, ...]:
    """One case for each account on each surface: of the scenarios named, else of the whole catalogue."""
    found = plan(asked).cases if asked.scenarios else _of_catalogue(asked)
    with_accounts = [case for case in found if isinstance(case.surface, Messaging | PreviewApi)]
    first = {(account_of(case), case.platform.id, case.surface_id): case for case in reversed(with_accounts)}
    return tuple(first[key] for key in sorted(first) if _variables(first[key]))


def _of_catalogue(asked: Invocation) -> list[Case]:
    platforms = load_catalogue(shipped(), *map(Path, asked.catalog)).platforms
    for name in asked.platforms:
        if name not in platforms:
            raise Refused(f"there is no platform {quoted(name)}; {suggest(name, platforms)}")
    chosen = [platforms[name] for name in asked.platforms] or [
        each for each in platforms.values() if not each.fictitious
    ]
    return [
        Case(scenario="", platform=each, surface_id=name, target=_NOWHERE, neutral=None, vantage=Vantage())
        for each in chosen
        for name in each.surfaces
    ]


async def _examined(cases: Sequence[Case], asked: Invocation, accounts: Accounts) -> list[Examined]:
    network = outside(asked, accounts)
    try:
        return [await _one(case, network, accounts) for case in cases]
    finally:
        await network.aclose()


async def _one(case: Case, network: Network, accounts: Accounts) -> Examined:
    state, said = await _checked(case, network, accounts)
    whose = f" as {case.account}" if case.account else ""
    values = ", ".join(f"{name} from the {whence}" for name, whence in _whence(case, accounts).items())
    return Examined(f"{case.platform.id}/{case.surface_id}{whose}", state, said, values)


async def _checked(case: Case, network: Network, accounts: Accounts) -> tuple[State, str]:
    surface, values = case.surface, accounts.of(case)
    assert isinstance(surface, Messaging | PreviewApi)
    if missing := missing_accounts(surface, values):
        return State.FAILS, f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
    if not isinstance(surface, MessageApi):
        return State.UNKNOWN, "set, and cannot be checked without using it"
    try:
        answers = await verify(network, Vantage(), surface, values)
    except Exception as error:
        raise redaction_of((case,), accounts).error(error) from None
    if not answers:
        return State.UNKNOWN, "set, and cannot be checked without sending"
    return _worst(answers)


def _worst(answers: Iterable[Verified]) -> tuple[State, str]:
    for answer in answers:
        if not answer.works:
            how = "the account is refused" if answer.outcome is SendOutcome.UNAUTHORISED else answer.outcome.value
            return State.FAILS, f"{how} ({': '.join(filter(None, (answer.request, answer.wording)))})"
    return State.WORKS, "works"


def _variables(case: Case) -> tuple[str, ...]:
    assert isinstance(case.surface, Messaging | PreviewApi)
    return variables(case.surface)


def _whence(case: Case, accounts: Accounts) -> dict[str, str]:
    """Of each variable that is set, where its value comes from."""
    values = accounts.of(case)
    return {name: whence.value for name in _variables(case) if (whence := values.whence(name))}


def _of_file(accounts: Accounts) -> str:
    return (
        f"accounts: {plain(str(accounts.file))}, then the environment"
        if accounts.file
        else "accounts: no file, the environment alone"
    )


def _told(one: Examined) -> str:
    mark = one.state.value[0 if look() is Look.UNICODE else 1]
    return "\n".join([_wrapped(f"{mark} {one.place}: {one.said}"), _wrapped(f"    {one.values}")])


def _rest(cases: Sequence[Case], there: Sequence[Case]) -> list[str]:
    """Whom there is no account for, in one line."""
    without = [case for case in cases if case not in there]
    if not without:
        return []
    names = ", ".join(sorted({account_of(case) for case in without}))
    noun = "surface" if len(without) == 1 else "surfaces"
    return [_wrapped(f"{len(without)} {noun} without an account: {names}")]


def _unused(cases: Sequence[Case], accounts: Accounts) -> list[str]:
    """Accounts of the file under a name that nothing asks for."""
    known = {account_of(case) for case in cases}
    strange = [name for name in accounts.names if name not in known]
    return [_wrapped(f"in the file and not asked for: {', '.join(map(plain, strange))}")] if strange else []


def _wrapped(text: str) -> str:
    return textwrap.fill(
        plain_line(text), width(), subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def plain_line(text: str) -> str:
    """`text` harmless for a terminal, its indentation kept."""
    return text[: len(text) - len(text.lstrip())] + plain(text)
