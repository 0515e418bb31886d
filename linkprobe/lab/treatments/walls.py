"""Pages of the platform's that lead no further: blocked, copy it yourself, log in, get our app, prove you are human."""

from starlette.responses import Response

from linkprobe.lab.pages.markup import text
from linkprobe.lab.treatments.stage import Stage, shown
from linkprobe.model import Cause


def block(stage: Stage) -> Response:
    """A page that says no. Two platforms in three say so with status 200."""
    heading = stage.wording(Cause.BLOCK_PAGE, "该链接无法访问", "This link can't be opened")
    hint = (
        "该网页可能包含不适合访问的内容，已为你停止访问。" if stage.chinese else "It goes against our rules on links."
    )
    appeal = "申诉" if stage.chinese else "Tell us if this is a mistake"
    body = (
        f'<main class="stopped"><i class="icon-stop"></i><h1>{text(heading)}</h1><p>{hint}</p>'
        f'<a class="appeal" href="/help/appeal?r={stage.chance.getrandbits(40):x}">{appeal}</a></main>'
    )
    return stage.page(heading, body, status=(200, 200, 403)[stage.manner(3)])


def copy_only(stage: Stage) -> Response:
    """A page that shows the address and leaves the rest to the reader; some send a `Location` nobody follows."""
    heading = stage.wording(
        Cause.COPY_ONLY, "请复制下方网址，在浏览器中打开", "Copy the address and open it in your browser"
    )
    label = "复制链接" if stage.chinese else "Copy link"
    body = (
        f'<main class="copy"><h1>{text(heading)}</h1><p class="url" id="url">{shown(stage.ticket.url)}</p>'
        f'<button class="copy" onclick="navigator.clipboard&amp;&amp;navigator.clipboard.writeText('
        f"document.getElementById('url').textContent)\">{label}</button></main>"
    )
    return stage.page(heading, body, location=stage.ticket.url if stage.manner(2) else "")


def login(stage: Stage) -> Response:
    """The platform's login page, with the link kept for afterwards."""
    heading = stage.wording(Cause.LOGIN_WALL, f"登录{stage.platform.name}后查看", f"Log in to {stage.platform.name}")
    words = stage.words
    body = f"""<main class="login"><h1>{text(heading)}</h1><form method="post" action="/login">
<input type="hidden" name="next" value="{shown(stage.ticket.url)}"><input type="hidden" name="csrf"
value="{stage.chance.getrandbits(128):032x}">
<label>{words.account}<input name="account" autocomplete="username"></label>
<label>{words.password}<input name="password" type="password" autocomplete="current-password"></label>
<button type="submit">{words.log_in}</button></form><a href="/register">{words.register}</a></main>"""
    return stage.page(heading, body)


def app(stage: Stage) -> Response:
    """A page that wants its app installed first."""
    name = text(stage.platform.name)
    heading = stage.wording(
        Cause.APP_WALL, f"请在{stage.platform.name}客户端内打开", f"Open this in the {stage.platform.name} app"
    )
    label = "立即下载" if stage.chinese else "Get the app"
    body = (
        f'<main class="get-app"><img src="/static/logo.svg" alt="{name}" width="96" height="72">'
        f"<h1>{text(heading)}</h1>"
        f'<a class="download" href="/download/app.apk?ch={stage.chance.getrandbits(32):x}">{label}</a></main>'
    )
    return stage.page(heading, body)


def challenge(stage: Stage) -> Response:
    """The platform's own proof of being human."""
    heading = stage.wording(Cause.CHALLENGE, "请完成安全验证", "Please verify you are human")
    hint = "拖动滑块，使图形完整" if stage.chinese else "Drag the piece into place to go on."
    body = (
        f'<main class="verify"><h1>{text(heading)}</h1><p>{hint}</p><div id="captcha" class="captcha" '
        f'data-challenge="{stage.chance.getrandbits(128):032x}"></div></main>'
    )
    return stage.page(heading, body)


def down(stage: Stage) -> Response:
    """The platform itself is out of order."""
    heading = "502 Bad Gateway" if stage.manner(2) else "503 Service Temporarily Unavailable"
    return stage.page(heading, f"<center><h1>{heading}</h1></center>", status=int(heading[:3]))


def unminted(stage: Stage) -> Response:
    """What a gateway answers that opens only links of its own making."""
    heading = "链接已失效" if stage.chinese else "This link has expired"
    return stage.page(heading, f"<main><h1>{heading}</h1></main>", status=(200, 403)[stage.manner(2)])
