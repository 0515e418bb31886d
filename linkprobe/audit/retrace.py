"""A judged case opened once more under Playwright's tracing, for a reader; nothing of it is judged or stored."""

from pathlib import Path

from linkprobe.model import Case, Gateway, InApp
from linkprobe.network import Network
from linkprobe.probe.browser import Chromium
from linkprobe.scenario import gateway_url


async def retrace(case: Case, network: Network, chromium: Chromium, folder: Path) -> None:
    """Writes `subject.zip` and `direct.zip` into `folder`, which exists.

    A link that must be sent first has no `subject.zip`.
    """
    url = _clicked(case)
    if url is not None:
        inside = network.inside(case.platform.id, case.surface_id) if isinstance(case.surface, InApp) else None
        await chromium.visit(
            case.vantage,
            url,
            client=case.client,
            inside=inside,
            landmark=case.target.landmark,
            target=case.target.url,
            trace=folder / "subject.zip",
        )
    await chromium.visit(case.vantage, case.target.url, client=None, trace=folder / "direct.zip")


def _clicked(case: Case) -> str | None:
    match case.surface:
        case Gateway(template=template, encoding=encoding, signed=False):
            return gateway_url(template, encoding, case.target.url)
        case InApp(opener=opener, encoding=encoding):
            return gateway_url(opener, encoding, case.target.url) if opener else case.target.url
        case _:
            return None
