"""Warning pages that stand before the target: one continues by itself, one waits for a click."""

import json

from starlette.responses import Response

from linkprobe.lab.pages.markup import text
from linkprobe.lab.treatments.stage import Stage, own_url, shown
from linkprobe.model import Cause


def click(stage: Stage) -> Response:
    """A page one leaves by a link, a button with a script, or a form, after the platform's manner."""
    heading, hint = _warning(stage, Cause.INTERSTITIAL_CLICK)
    go_on = "继续访问" if stage.chinese else "Continue"
    means = (_anchor, _button, _form)[stage.manner(3)](stage, go_on)
    return stage.page(heading, _body(stage, heading, hint) + means)


def auto(stage: Stage) -> Response:
    """A page that counts down and then goes on, by script or by meta refresh."""
    heading, hint = _warning(stage, Cause.INTERSTITIAL_AUTO)
    seconds = max(stage.ticket.line.seconds, 0.0)
    wait = f"{seconds:.0f} 秒后自动跳转" if stage.chinese else f"You will be taken there in {seconds:.0f} seconds."
    body = _body(stage, heading, hint) + f'<p class="countdown">{wait}</p>'
    if stage.manner(2):
        return stage.page(
            heading, body, head=f'<meta http-equiv="refresh" content="{seconds:.0f};url={text(stage.onward)}">'
        )
    address = json.dumps(stage.onward).replace("<", "\\u003c")
    return stage.page(
        heading, f"{body}<script>setTimeout(function(){{location.href={address}}},{seconds * 1000:.0f})</script>"
    )


def dead(stage: Stage) -> Response:
    """A page whose link looks alive and goes nowhere."""
    heading, hint = _warning(stage, Cause.DEAD_CLICK)
    go_on = "继续访问" if stage.chinese else "Continue"
    link = f'<a class="button go" href="{text(stage.onward)}" onclick="return false">{go_on}</a>'
    return stage.page(heading, _body(stage, heading, hint) + link)


def _warning(stage: Stage, cause: Cause) -> tuple[str, str]:
    name = stage.platform.name
    heading = stage.wording(cause, f"即将离开{name}", f"You are leaving {name}")
    hint = (
        f"您即将访问的网页不属于{name}，请注意账号和财产安全。"
        if stage.chinese
        else f"The page below is not part of {name}. Take care of your account."
    )
    return heading, hint


def _body(stage: Stage, heading: str, hint: str) -> str:
    return (
        f'<main class="leaving"><h1>{text(heading)}</h1><p class="hint">{text(hint)}</p>'
        f'<p class="link">{shown(stage.ticket.url)}</p></main>'
    )


def _anchor(stage: Stage, label: str) -> str:
    return f'<a class="button go" href="{text(stage.onward)}">{label}</a>'


def _button(stage: Stage, label: str) -> str:
    address = text(json.dumps(stage.onward))
    return f'<button class="go" type="button" onclick="window.location.href={address}">{label}</button>'


def _form(stage: Stage, label: str) -> str:
    """A form that asks the platform's own host to go on."""
    action = own_url(stage.platform, "continue", stage.code).partition("?")[0]
    return (
        f'<form class="go" method="get" action="{action}"><input type="hidden" name="c" value="{stage.code}">'
        f'<button type="submit">{label}</button></form>'
    )
