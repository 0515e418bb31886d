"""Whether a case can be looked at at all, and if not, why; decided before anything is sent."""

from linkprobe.accounts import Accounts, variables_in
from linkprobe.audit.options import Options
from linkprobe.model import Arm, Case, Gateway, InApp, Messaging, Observation, PreviewApi, Vantage, WebClient
from linkprobe.network import Network
from linkprobe.probe.message.declared import missing_accounts

NO_VANTAGE = "no vantage inside the app"
MINTED = "needs a link minted by the platform"
NEEDS_BROWSER = "needs a browser, and this round runs without one"


def blind(case: Case, network: Network, options: Options, accounts: Accounts) -> Observation | None:
    """The observation that says why nothing can be seen, or None where the case can be probed."""
    surface = case.surface
    if missing := missing_for(case, accounts):
        return _unseen(case, skipped=f"no account: {', '.join(missing)} not set")
    if isinstance(surface, Gateway) and surface.signed:
        return _unseen(case, why=MINTED)
    inside = network.inside(case.platform.id, case.surface_id)
    if isinstance(surface, InApp) and not surface.opener and inside is None:
        return _unseen(case, why=NO_VANTAGE)
    if isinstance(surface, InApp | WebClient) and not options.browser:
        return _unseen(case, why=NEEDS_BROWSER)
    return None


def missing_for(case: Case, accounts: Accounts) -> tuple[str, ...]:
    """The variables without which the case cannot be probed: of its surface's account, and of its vantage."""
    return tuple(dict.fromkeys((*missing_at(case.vantage, accounts), *_missing_of(case, accounts))))


def missing_at(vantage: Vantage, accounts: Accounts) -> tuple[str, ...]:
    """The variables of a vantage's proxy and headers that have no value."""
    here = accounts.at(vantage)
    return tuple(name for name in variables_in(vantage) if not here.get(name))


def _missing_of(case: Case, accounts: Accounts) -> tuple[str, ...]:
    surface = case.surface
    return missing_accounts(surface, accounts.of(case)) if isinstance(surface, Messaging | PreviewApi) else ()


def _unseen(case: Case, *, why: str = "", skipped: str = "") -> Observation:
    return Observation(arm=Arm.SUBJECT, url=case.target.url, blind=why, skipped=skipped)
