"""What must not be kept of a probe: the values it was made with."""

from linkprobe.accounts import Accounts, Redaction, secrets_at
from linkprobe.model import Case, Messaging, PreviewApi
from linkprobe.probe.message.accounts import secrets


def redaction_of(case: Case, accounts: Accounts, *, alone: bool = False) -> Redaction:
    """Takes out what the case's account and vantage keep secret; of the vantage `alone` for what has no account.

    What stands in the shared link itself is no secret: to blot it out would accuse the platform of our own doing.
    """
    hidden = secrets_at(case.vantage, accounts.at(case.vantage))
    if isinstance(case.surface, Messaging | PreviewApi) and not alone:
        hidden += secrets(case.surface, accounts.of(case))
    links = [target.url for target in (case.target, case.neutral) if target]
    return Redaction(each for each in hidden if not any(each in link for link in links))
