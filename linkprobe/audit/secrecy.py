"""What must not be kept of a round: the values its accounts and vantages were used with."""

from collections.abc import Iterable, Iterator

from linkprobe.accounts import Accounts, Redaction, account_of, secrets_at
from linkprobe.model import Case, Messaging, PreviewApi
from linkprobe.probe.message.accounts import secrets


def redaction_of(cases: Iterable[Case], accounts: Accounts) -> Redaction:
    """Takes out of any observation what any of these cases must keep to itself: others may pass a secret on.

    What stands in a shared link is no secret: to blot it out would accuse the platform of our own doing.
    """
    these = tuple(cases)
    links = {target.url for case in these for target in (case.target, case.neutral) if target is not None}
    hidden = dict.fromkeys(_hidden(these, accounts))
    return Redaction(each for each in hidden if not any(each in link for link in links))


def _hidden(cases: tuple[Case, ...], accounts: Accounts) -> Iterator[str]:
    """The secrets of every account on all surfaces of its platform, and of every vantage."""
    for case in {(account_of(case), case.platform.id): case for case in cases}.values():
        for surface in case.platform.surfaces.values():
            if isinstance(surface, Messaging | PreviewApi):
                yield from secrets(surface, accounts.of(case))
    for vantage in {case.vantage.id: case.vantage for case in cases}.values():
        yield from secrets_at(vantage, accounts.at(vantage))
