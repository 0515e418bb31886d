"""What every treatment works with: the link, where it would go on to, and the manner of the platform."""

from random import Random
from typing import NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

from starlette.responses import HTMLResponse, RedirectResponse, Response

from linkprobe.lab.directory import ascii_host, main_host
from linkprobe.lab.pages.markup import Document, text
from linkprobe.lab.pages.words import Lexicon, language_of
from linkprobe.lab.ticket import Ticket
from linkprobe.model import Cause, Platform

PREFIX = "/safety/"
"""Where the platforms of the lab keep the pages they show of their own accord."""
FRESH = {"cache-control": "no-store"}


class Stage(NamedTuple):
    """One opening of a link. `onward` is what the page's own means lead to; `code` stands for the ticket."""

    ticket: Ticket
    code: str
    onward: str
    chance: Random

    @property
    def platform(self) -> Platform:
        """The platform that answers."""
        return self.ticket.platform

    @property
    def words(self) -> Lexicon:
        """The platform's language."""
        examples = "".join(phrase.example or phrase.text for phrase in self.platform.phrases)
        return language_of(self.platform.name, examples)

    @property
    def chinese(self) -> bool:
        """Whether the platform speaks Chinese."""
        return self.words.code.startswith("zh")

    def manner(self, count: int) -> int:
        """Which of `count` shapes this platform's pages have; always the same for one platform."""
        return crc32(self.platform.id.encode()) % count

    def wording(self, cause: Cause, chinese: str, english: str) -> str:
        """What the world has the platform say, or what it is known to say, or else a wording of the lab's."""
        if self.ticket.line.wording:
            return self.ticket.line.wording
        for phrase in self.platform.phrases:
            if phrase.means is cause and phrase.example:
                return phrase.example
        return chinese if self.chinese else english

    def page(self, title: str, body: str, *, status: int = 200, head: str = "", location: str = "") -> Response:
        """A page of the platform's. A `location` header without a redirect status is a trap some platforms set."""
        frame = f'<div class="shell" data-r="{self.chance.getrandbits(64):016x}">{body}</div>'
        trace = f'<footer><a href="https://{main_host(self.platform)}/">{text(self.platform.name)}</a></footer>'
        document = Document(title=title, language=self.words.code, head=head, body=frame + trace)
        headers = {**FRESH, "location": location} if location else FRESH
        return HTMLResponse(document.render(), status_code=status, headers=headers)


def redirect(url: str, status: int = 302) -> Response:
    """A redirect that nobody may keep."""
    return RedirectResponse(url, status_code=status, headers=FRESH)


def own_url(platform: Platform, step: str, code: str, *, second: bool = False) -> str:
    """A URL on the platform's own host; `second` takes another of its hosts, where it has one."""
    host = ascii_host(platform.hosts[-1]) if second else main_host(platform)
    return f"https://{host}{PREFIX}{step}?c={code}"


def shown(url: str) -> str:
    """A link as it is written on a page."""
    return text(urlsplit(url).geturl())
