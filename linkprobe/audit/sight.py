"""Whether a case can be looked at at all, and if not, why; decided before anything is sent."""

from collections.abc import Mapping

from linkprobe.audit.options import Options
from linkprobe.model import Arm, Case, Gateway, InApp, MessageApi, Observation, PreviewApi
from linkprobe.network import Network
from linkprobe.probe.message.declared import missing_accounts

NO_VANTAGE = "no vantage inside the app"
MINTED = "needs a link minted by the platform"
NEEDS_BROWSER = "needs a browser, and this round runs without one"


def blind(case: Case, network: Network, options: Options, environ: Mapping[str, str]) -> Observation | None:
    """The observation that says why nothing can be seen, or None where the case can be probed."""
    surface = case.surface
    if isinstance(surface, MessageApi | PreviewApi) and (missing := missing_accounts(surface, environ)):
        return _unseen(case, skipped=f"no account: {', '.join(missing)} not set")
    if isinstance(surface, Gateway) and surface.signed:
        return _unseen(case, why=MINTED)
    if isinstance(surface, InApp):
        if not surface.opener and network.inside(case.platform.id, case.surface_id) is None:
            return _unseen(case, why=NO_VANTAGE)
        if not options.browser:
            return _unseen(case, why=NEEDS_BROWSER)
    return None


def _unseen(case: Case, *, why: str = "", skipped: str = "") -> Observation:
    return Observation(arm=Arm.SUBJECT, url=case.target.url, blind=why, skipped=skipped)
