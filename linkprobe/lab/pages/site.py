"""What all pages of a target's site share: header with login box, footer, state, and all that changes each time."""

import json
import time
from random import Random
from secrets import token_hex

from linkprobe.lab.pages.markup import text
from linkprobe.lab.pages.words import Lexicon, sentence


def header(name: str, words: Lexicon, chance: Random) -> str:
    """Logo, navigation, search, and a login box that is closed until it is asked for."""
    links = "".join(f'<li><a href="/{index}">{text(label)}</a></li>' for index, label in enumerate(words.navigation))
    return f"""<header class="site-header"><a class="logo" href="/">{text(name)}</a><nav><ul>{links}</ul></nav>
<form class="search" action="/search"><input name="q" placeholder="{text(sentence(words, chance)[:18])}">
<button>{words.search}</button></form>
<div class="account"><a href="#login" class="login-link">{words.log_in}</a> <a href="/register">{words.register}</a>
<form id="login" class="login-box" hidden method="post" action="/login">
<input type="hidden" name="_csrf" value="{token_hex(16)}">
<label>{words.account}<input name="account" autocomplete="username"></label>
<label>{words.password}<input name="password" type="password" autocomplete="current-password"></label>
<button>{words.log_in}</button></form></div></header>"""


def footer(words: Lexicon) -> str:
    """Legal links, the year and a trace id."""
    return (
        f"<footer><p>{words.footer}</p><p>© {time.gmtime().tm_year}</p>"
        f'<small class="trace" data-trace="{token_hex(8)}">{time.strftime("%H:%M:%S")}</small></footer>'
    )


def recommendations(words: Lexicon, stable: Random, chance: Random, count: int = 12) -> str:
    """A list whose entries come from one pool, shuffled and cut anew for every answer."""
    pool = [sentence(words, stable) for _ in range(count * 2)]
    chosen = chance.sample(pool, count)
    items = "".join(
        f'<li data-i="{token_hex(4)}"><a href="/p/{chance.randint(10**6, 10**7)}"><img loading="lazy" '
        f'src="/static/thumb-{index % 3}.svg" width="96" height="72" alt=""><span>{text(entry)}</span></a>'
        f"<em>{chance.randint(10, 9999)} {words.comments}</em></li>"
        for index, entry in enumerate(chosen)
    )
    return f'<aside class="recommend"><h2>{words.recommended}</h2><ul>{items}</ul></aside>'


def comments(words: Lexicon, stable: Random, chance: Random, count: int = 8) -> str:
    """Comments of which the newest change from answer to answer."""
    entries = [(stable.choice(words.names), sentence(words, stable)) for _ in range(count)]
    entries[:2] = [(chance.choice(words.names), sentence(words, chance)) for _ in range(2)]
    items = "".join(
        f"<li><b>{text(name)}</b> <time>{chance.randint(1, 59)} min</time><p>{text(said)}</p></li>"
        for name, said in entries
    )
    return f'<section class="comments"><h2>{chance.randint(100, 99999)} {words.comments}</h2><ol>{items}</ol></section>'


def state(identity: str, title: str, chance: Random) -> str:
    """The inline JSON that a page's own scripts read."""
    held = {
        "id": identity,
        "title": title,
        "session": token_hex(16),
        "now": time.time(),
        "buckets": {f"exp_{chance.randint(100, 999)}": chance.choice("ABC") for _ in range(24)},
        "flags": [token_hex(6) for _ in range(30)],
    }
    packed = json.dumps(held, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<script nonce="{token_hex(8)}">window.__STATE__={packed};</script>\n'
        '<script src="/static/app.js" defer></script>'
    )


STYLE = (
    "body{font:16px/1.6 sans-serif;margin:0;color:#222}header,footer,main,aside,section{padding:12px 24px}"
    + "".join(
        f".c{index}{{margin:{index % 7}px;padding:{index % 5}px;color:#{index * 977 % 4096:03x}}}"
        for index in range(40)
    )
)
SCRIPT = (
    "document.addEventListener('DOMContentLoaded',function(){var l=document.querySelector('.login-link'),b=document"
    ".getElementById('login');if(l&&b)l.addEventListener('click',function(e){e.preventDefault();b.hidden=!b.hidden})});"
)


def picture(path: str) -> str:
    """A small drawing for any image path."""
    hue = sum(path.encode()) % 360
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="72"><rect width="96" height="72" '
        f'fill="hsl({hue},50%,70%)"/></svg>'
    )
