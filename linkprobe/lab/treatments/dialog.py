"""Share dialogs: the page on which a message with the link is written, as the platform lets it be."""

import json

from starlette.responses import Response

from linkprobe.lab.pages.markup import text
from linkprobe.lab.treatments import walls
from linkprobe.lab.treatments.stage import Stage
from linkprobe.model import Treatment

_WALLS = {
    Treatment.LOGIN_WALL: walls.login,
    Treatment.CHALLENGE: walls.challenge,
    Treatment.BLOCK_PAGE: walls.block,
    Treatment.PLATFORM_DOWN: walls.down,
}


def dialog(stage: Stage) -> Response:
    """The composer, or what the platform shows instead of it. `onward` is the link that stands in it."""
    treatment = stage.ticket.line.treatment
    if wall := _WALLS.get(treatment):
        return wall(stage)
    if treatment is Treatment.SEND_REFUSED:
        return _refusal(stage)
    return _composer(stage, "" if treatment is Treatment.REPLACE_CONTENT else stage.onward)


def _refusal(stage: Stage) -> Response:
    """A notice that quotes the link and offers no way on."""
    otherwise = "无法分享该链接" if stage.chinese else "You can't share this link here"
    heading = stage.ticket.line.wording or otherwise
    return stage.page(heading, f"<main class='notice'><h1>{text(heading)}</h1><p>{text(stage.ticket.url)}</p></main>")


def _composer(stage: Stage, link: str) -> Response:
    """After the platform's manner: a text area, a field a script reads and draws, or an editable part of the page."""
    name = text(stage.platform.name)
    heading = f"分享到{name}" if stage.chinese else f"Share on {name}"
    post = "发布" if stage.chinese else "Post"
    room = (_area, _drawn, _edited)[stage.manner(3)](link)
    form = f"<form class='compose' method='post' action='/post'>{room}<button type='submit'>{post}</button></form>"
    return stage.page(heading, f"<main><h1>{heading}</h1>{form}</main>")


def _area(link: str) -> str:
    return f"<textarea name='text'>{text(link)}</textarea>"


def _drawn(link: str) -> str:
    """The text appears when the script has run; by HTTP there is only the empty room for it."""
    given = json.dumps(link).replace("<", "\\u003c").replace("/", "\\/")
    draw = f"document.getElementById('room').textContent = {given}"
    return f"<div id='room' contenteditable='true'></div><script>setTimeout(() => {{ {draw} }}, 50)</script>"


def _edited(link: str) -> str:
    return f"<input type='hidden' name='url' value='{text(link)}'><div contenteditable='true'>{text(link)}</div>"
