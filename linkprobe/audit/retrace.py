"""A judged case opened once more under Playwright's tracing, for a reader; nothing of it is judged or stored."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from linkprobe.accounts import Accounts, Redaction, at_vantage, secrets_at
from linkprobe.model import Case, Gateway, InApp
from linkprobe.network import Network
from linkprobe.probe.browser import Chromium
from linkprobe.scenario import gateway_url


async def retrace(case: Case, network: Network, chromium: Chromium, accounts: Accounts, folder: Path) -> None:
    """Writes `subject.zip` and `direct.zip` into `folder`, which exists, without the secrets of the vantage.

    A link that must be sent first has no `subject.zip`.
    """
    url, values = _clicked(case), accounts.at(case.vantage)
    vantage, redaction = at_vantage(case.vantage, values), Redaction(secrets_at(case.vantage, values))
    if url is not None:
        inside = network.inside(case.platform.id, case.surface_id) if isinstance(case.surface, InApp) else None
        await chromium.visit(
            vantage,
            url,
            client=case.client,
            inside=inside,
            landmark=case.target.landmark,
            target=case.target.url,
            trace=folder / "subject.zip",
        )
    await chromium.visit(vantage, case.target.url, client=None, trace=folder / "direct.zip")
    if redaction:
        for name in ("subject.zip", "direct.zip"):
            _rewrite(folder / name, redaction)


def _clicked(case: Case) -> str | None:
    match case.surface:
        case Gateway(template=template, encoding=encoding, signed=False):
            return gateway_url(template, encoding, case.target.url)
        case InApp(opener=opener, encoding=encoding):
            return gateway_url(opener, encoding, case.target.url) if opener else case.target.url
        case _:
            return None


def _rewrite(trace: Path, redaction: Redaction) -> None:
    """The trace without secrets: Playwright records the headers of every request, the vantage's among them."""
    if not trace.exists():
        return
    clean = trace.with_suffix(".clean")
    with ZipFile(trace) as whole, ZipFile(clean, "w", ZIP_DEFLATED) as kept:
        for entry in whole.infolist():
            kept.writestr(entry.filename, redaction.bytes(whole.read(entry)))
    clean.replace(trace)
