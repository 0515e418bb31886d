"""The lab's one web application: every host's pages, the platforms' answers, and the insides of their apps."""

import asyncio
from random import Random
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from linkprobe.lab import request
from linkprobe.lab.directory import Declared, Directory, Found, host_of
from linkprobe.lab.faults import reset
from linkprobe.lab.message.service import Service
from linkprobe.lab.pages import site
from linkprobe.lab.pages.target import Look, render
from linkprobe.lab.request import Asked
from linkprobe.lab.ticket import Delays, Passes, Ticket, Tickets, Turns
from linkprobe.lab.treating import DIRECT, DOWN, condition, gates, treats
from linkprobe.lab.treatments import walls, wechat
from linkprobe.lab.treatments.dialog import dialog
from linkprobe.lab.treatments.play import destination, play
from linkprobe.lab.treatments.stage import FRESH, PREFIX, Stage, own_url, redirect
from linkprobe.model import Condition, Gateway, InApp, Is, Platform, ShareDialog, Target, Treatment, Treats
from linkprobe.scenario.gateway import gateway_url

FOREVER = 3600.0


class Cut(Exception):
    """The connection is to be reset instead of answered."""


class LabApp:
    """Answers requests by host, path, and the side of an app they came from."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._world = directory.setting.world
        self._tickets = Tickets()
        self._passes = Passes()
        self._turns = Turns()
        self._delays = Delays()
        self._chance = Random()
        self._service = Service(directory, self._enter_api, self._jump)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI; only HTTP is spoken."""
        if scope["type"] != "http":
            return
        asked = await request.read(scope, receive)
        try:
            response = await self._answer(asked)
        except Cut:
            reset(asked.transport)
            return
        await response(scope, receive, send)

    async def _answer(self, asked: Asked) -> Response:
        if asked.host not in self._directory.hosts:
            return Response("not a host of this lab\n", status_code=421, media_type="text/plain")
        platform = self._directory.platform_at(asked.host)
        if platform and (answer := self._service.answer(asked) or await self._platform(platform, asked)):
            return answer
        if asked.scheme == "http":
            return RedirectResponse(asked.url.replace("http://", "https://", 1), status_code=301)
        if asset := _asset(asked.path):
            return asset
        if found := self._directory.find(asked.url):
            return await self._target(found, asked)
        assert platform is not None
        return self._front(platform)

    async def _platform(self, platform: Platform, asked: Asked) -> Response | None:
        """What a platform answers under its own hosts, where the address is one of its mechanisms."""
        if asked.host == wechat.HOST and asked.path == wechat.SCRIPT_PATH:
            return Response(wechat.SCRIPT, media_type="text/javascript")
        if asked.host == wechat.HOST and asked.path == wechat.PATH:
            return await self._step(platform, "wechat", asked.parameters.get("midpagecode", ""))
        if asked.path.startswith(PREFIX):
            return await self._step(platform, asked.path.removeprefix(PREFIX), asked.parameters.get("c", ""))
        if entered := self._directory.entered(asked.url):
            entry, link = entered
            ticket = self._enter(entry.platform, entry.surface_id, link, asked)
            return await self._open(ticket, self._tickets.issue(ticket))
        return None

    async def _step(self, platform: Platform, step: str, code: str) -> Response:
        ticket = self._tickets.find(code)
        if ticket is None:
            return self._front(platform, status=404)
        if step in ("jump", "continue"):
            return self._leave(ticket)
        return await self._open(ticket, code, at_wechat=step == "wechat")

    async def _open(self, ticket: Ticket, code: str, *, at_wechat: bool = False) -> Response:
        """The platform's answer to a link being opened."""
        surface = ticket.platform.places[ticket.surface_id]
        if isinstance(surface, Gateway) and surface.signed:
            return walls.unminted(self._stage(ticket, code))
        match ticket.line.treatment:
            case Treatment.RESET:
                raise Cut
            case Treatment.DEAD_CLICK if not isinstance(surface, Gateway):
                return Response(status_code=204, headers=FRESH)
            case Treatment.DELAY:
                await asyncio.sleep(self._delays.next(ticket))
        if isinstance(surface, ShareDialog):
            return dialog(self._stage(ticket, code))
        return play(self._stage(ticket, code), at_wechat=at_wechat) or self._leave(ticket)

    def _stage(self, ticket: Ticket, code: str) -> Stage:
        if ticket.inside:
            return Stage(ticket, code, own_url(ticket.platform, "continue", code), self._chance)
        return Stage(ticket, code, destination(ticket, self._own_product(ticket)), self._chance)

    def _leave(self, ticket: Ticket) -> Response:
        """Send the visitor on; inside an app the next request for that page is let through."""
        url = destination(ticket, self._own_product(ticket))
        found = self._directory.find(url)
        if ticket.inside and found:
            self._passes.give(ticket.inside, found.target.id, ticket.vantage)
        return redirect(url)

    def _own_product(self, ticket: Ticket) -> str:
        return self._directory.own_product(ticket.platform, ticket.target.category if ticket.target else "")

    def _enter(self, platform: Platform, surface_id: str, url: str, asked: Asked) -> Ticket:
        """Take a link in on a surface."""
        found = self._directory.find(url)
        target = found.target if found else None
        vantage = self._directory.vantage(asked.headers)
        inside = asked.inside if asked.inside == (platform.id, surface_id) else None
        line = DIRECT
        if url:
            odd = self._turns.odd(platform.id, surface_id, target.id if target else url, vantage, asked.kind)
            line = treats(self._world, platform, surface_id, target or stranger(url), vantage, odd=odd)
        return Ticket(platform, surface_id, url, target, line, vantage, inside)

    def _enter_api(self, declared: Declared, url: str, asked: Asked) -> Ticket:
        return self._enter(declared.platform, declared.surface_id, url, asked)

    def _jump(self, ticket: Ticket) -> str:
        """The platform's own URL under which a ticket is opened."""
        code = self._tickets.issue(ticket)
        if ticket.line.treatment in wechat.SHAPES and wechat.answers_for(ticket.platform):
            return wechat.url(code)
        return own_url(ticket.platform, "link", code)

    async def _target(self, found: Found, asked: Asked) -> Response:
        if asked.inside and found.shared and asked.is_navigation and asked.host == host_of(found.target.url):
            answer = self._within(asked.inside, found, asked)
            if answer is not None:
                return answer
        return await self._page(found, asked)

    def _within(self, inside: tuple[str, str], found: Found, asked: Asked) -> Response | None:
        """What the app does to a link tapped inside it; None where its web view just shows the page."""
        platform = self._directory.setting.catalogue.platforms[inside[0]]
        surface = platform.surfaces[inside[1]]
        assert isinstance(surface, InApp)
        target, vantage = found.target, self._directory.vantage(asked.headers)
        if self._passes.take(inside, target.id, vantage):
            return self._altered(platform, inside[1], found, vantage)
        if surface.opener:
            return redirect(gateway_url(surface.opener, surface.encoding, asked.url))
        ticket = self._enter(platform, inside[1], asked.url, asked)
        match ticket.line.treatment:
            case Treatment.DIRECT:
                return None
            case Treatment.ALTER:
                return self._look(Look(target, asked.url, altered_by=platform.name))
            case Treatment.RESET:
                raise Cut
            case Treatment.DEAD_CLICK:
                return Response(status_code=204, headers=FRESH)
            case _:
                return redirect(self._jump(ticket))

    def _altered(self, platform: Platform, surface_id: str, found: Found, vantage: str) -> Response | None:
        line: Treats = treats(self._world, platform, surface_id, found.target, vantage)
        if line.treatment is not Treatment.ALTER:
            return None
        return self._look(Look(found.target, found.target.url, altered_by=platform.name))

    async def _page(self, found: Found, asked: Asked) -> Response:
        """The target's own answer, in the condition it is in."""
        target = found.target
        state = condition(self._world, target, self._directory.vantage(asked.headers))
        await _endure(state)
        if state.condition is Condition.DOWN_ERROR:
            return HTMLResponse("<center><h1>503 Service Unavailable</h1></center>", status_code=503, headers=FRESH)
        if state.condition is Condition.GATE and not gates(state, asked.agent):
            state = Is(condition=Condition.UP)
        if moved := _moved(found, asked):
            return redirect(moved)
        status = 403 if state.condition is Condition.CHALLENGE else 200
        if not found.shared and asked.path != "/" and not self._directory.is_place(asked.url):
            status = 404
        return self._look(Look(target, asked.url, found.shared, state.condition), status)

    def _look(self, look: Look, status: int = 200) -> Response:
        headers = {**FRESH, "set-cookie": f"sid={self._chance.getrandbits(96):024x}; Path=/; Secure; HttpOnly"}
        return HTMLResponse(render(look, self._chance), status_code=status, headers=headers)

    def _front(self, platform: Platform, status: int = 200) -> Response:
        ticket = Ticket(platform, "", "", None, DIRECT, "")
        return Stage(ticket, "", "", self._chance).page(platform.name, f"<h1>{platform.name}</h1>", status=status)


def stranger(url: str) -> Target:
    """A target for a link that no target of the catalogue has."""
    return Target(id="?", url=url)


async def _endure(state: Is) -> None:
    """Be slow, be silent, or break the connection, where the network could not do it for this one target."""
    if state.condition is Condition.SLOW:
        await asyncio.sleep(state.seconds)
    elif state.condition is Condition.DOWN_TIMEOUT:
        await asyncio.sleep(FOREVER)
    elif state.condition in DOWN and state.condition is not Condition.DOWN_ERROR:
        raise Cut


def _moved(found: Found, asked: Asked) -> str | None:
    """A target whose canonical address has another host redirects there, and takes strange parameters along."""
    landmark = found.target.landmark
    if not found.shared or landmark is None or not landmark.canonical or host_of(landmark.canonical) == asked.host:
        return None
    own = urlsplit(found.target.url).query.split("&")
    strange = "&".join(part for part in asked.query.split("&") if part and part not in own)
    joint = "&" if "?" in landmark.canonical else "?"
    return f"{landmark.canonical}{joint}{strange}" if strange else landmark.canonical


def _asset(path: str) -> Response | None:
    kept = {"cache-control": "public, max-age=600"}
    if path == "/static/site.css":
        return Response(site.STYLE, media_type="text/css", headers=kept)
    if path == "/static/app.js":
        return Response(site.SCRIPT, media_type="text/javascript", headers=kept)
    if path == "/favicon.ico" or (path.startswith("/static/") and path.endswith(".svg")):
        return Response(site.picture(path), media_type="image/svg+xml", headers=kept)
    return None
