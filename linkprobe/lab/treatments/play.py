"""From a treatment to the platform's answer when the link is opened."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.responses import Response

from linkprobe.lab.directory import ascii_host
from linkprobe.lab.ticket import Ticket
from linkprobe.lab.treating import stripped
from linkprobe.lab.treatments import interstitial, onward, walls, wechat
from linkprobe.lab.treatments.stage import Stage, redirect
from linkprobe.model import Treatment

Play = Callable[[Stage], Response]


def destination(ticket: Ticket, own_product: str) -> str:
    """Where the link leads once the platform lets it go; parameters the line names are added, unless it strips."""
    line = ticket.line
    if line.treatment is Treatment.STRIP_PARAMETERS:
        return stripped(ticket.url, line.parameters)
    if line.treatment is Treatment.REWRITE_TO_SELF:
        return own_product
    names = line.parameters
    if line.treatment is Treatment.ADD_PARAMETERS:
        names = names or ticket.platform.added_parameters or ("from",)
    return _with_parameters(ticket.url, {name: ascii_host(ticket.platform.id) for name in names})


PLAYS: Mapping[Treatment, Play] = {
    Treatment.SHIM: onward.shim,
    Treatment.SHIM_SCRIPT: onward.script,
    Treatment.SHIM_META: onward.meta_refresh,
    Treatment.INTERSTITIAL_AUTO: interstitial.auto,
    Treatment.INTERSTITIAL_CLICK: interstitial.click,
    Treatment.DEAD_CLICK: interstitial.dead,
    Treatment.COPY_ONLY: walls.copy_only,
    Treatment.LOGIN_WALL: walls.login,
    Treatment.APP_WALL: walls.app,
    Treatment.CHALLENGE: walls.challenge,
    Treatment.BLOCK_PAGE: walls.block,
    Treatment.PLATFORM_DOWN: walls.down,
}
"""Treatments that answer with a page or a hop of the platform's; all others redirect to the destination."""


def play(stage: Stage, *, at_wechat: bool = False) -> Response | None:
    """The platform's answer, or None where it just lets the link go to its destination."""
    treatment = stage.ticket.line.treatment
    if treatment in wechat.SHAPES and wechat.answers_for(stage.platform):
        return wechat.page(stage) if at_wechat else redirect(wechat.url(stage.code))
    chosen = PLAYS.get(treatment)
    return chosen(stage) if chosen else None


def _with_parameters(url: str, added: dict[str, str]) -> str:
    if not added:
        return url
    parts = urlsplit(url)
    given = "&".join(f"{name}={value}" for name, value in added.items())
    return parts._replace(query=f"{parts.query}&{given}" if parts.query else given).geturl()
