"""WeChat's own pages on weixin110.qq.com: empty title and body, all in an inline `cgiData` that a script draws.

The shape is what public unblocking scripts match; see the sources in the platform's file.
"""

import json
from html import escape

from starlette.responses import HTMLResponse, Response

from linkprobe.lab.directory import ascii_host
from linkprobe.lab.treatments.stage import FRESH, Stage
from linkprobe.model import Platform, Treatment

HOST = "weixin110.qq.com"
PATH = "/cgi-bin/mmspamsupport-bin/newredirectconfirmcgi"
SCRIPT_PATH = "/wx110/urlweb/res/js/banurl.3f1c7a90.js"
SHAPES = frozenset({Treatment.COPY_ONLY, Treatment.BLOCK_PAGE, Treatment.INTERSTITIAL_CLICK})
"""Treatments that this page knows, as its types `empty`, `block` and `gray`."""

COPY_IT = "如需浏览，请长按网址复制后使用浏览器访问"
SCRIPT = """(function(){var d=function(s){var t=document.createElement('textarea');t.innerHTML=s||'';return t.value};
var c=window.cgiData,b=document.getElementById('app'),h=function(n,k,t,p){var e=document.createElement(n);e.className=k;
e.textContent=t;p.appendChild(e);return e};var m=h('div','weui-msg','',b),a=h('div','weui-msg__text-area','',m);
h('h2','weui-msg__title',d(c.title),a);h('p','weui-msg__desc',d(c.desc),a);
(c.btns||[]).forEach(function(x){var e=h('a','weui-btn weui-btn_'+x.type,d(x.name),m);e.href=d(x.url)})})();"""


def answers_for(platform: Platform) -> bool:
    """Whether the platform has this host."""
    return HOST in map(ascii_host, platform.hosts)


def url(code: str) -> str:
    """The page's address: opaque codes, no target."""
    return f"https://{HOST}{PATH}?main_type=2&evil_type=0&source=2&midpagecode={code}&bancode={code[::-1]}"


def page(stage: Stage) -> Response:
    """The page, in the type that belongs to the treatment."""
    data = {"retcode": 0, "sid": f"{stage.chance.getrandbits(64):x}", **_content(stage)}
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    body = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">'
        '<title></title></head><body><div id="app"></div>\n'
        f"<script>var cgiData = {packed};</script>\n"
        f'<script src="{SCRIPT_PATH}"></script></body></html>\n'
    )
    return HTMLResponse(body, headers=FRESH)


def _content(stage: Stage) -> dict[str, object]:
    match stage.ticket.line.treatment:
        case Treatment.COPY_ONLY:
            title, desc = stage.ticket.line.wording or COPY_IT, stage.ticket.url
            return {"type": "empty", "title": _escaped(title), "desc": _escaped(desc), "btns": []}
        case Treatment.INTERSTITIAL_CLICK:
            button = {"name": "继续访问", "url": _escaped(stage.onward), "type": "plain-primary"}
            desc = "非微信官方网页，请确认是否继续访问。"
            return {
                "type": "gray",
                "title": "将要访问",
                "desc": desc,
                "url": _escaped(stage.ticket.url),
                "btns": [button],
            }
        case _:
            appeal = f"https://{HOST}/security/newreadtemplate?t=urlweb/appeal&id={stage.code}"
            button = {"name": "申请恢复访问", "url": _escaped(appeal), "type": "default"}
            desc = "网页存在违规内容，为维护绿色上网环境，已停止访问。"
            return {"type": "block", "title": "已停止访问该网页", "desc": desc, "btns": [button]}


def _escaped(value: str) -> str:
    """Text as the page's data carry it: HTML entities, the slash among them."""
    return escape(value, quote=True).replace("/", "&#x2f;")
