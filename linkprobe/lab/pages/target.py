"""The page a target's URL leads to, in whatever condition the target is."""

from random import Random
from typing import NamedTuple

from linkprobe.lab.pages import site
from linkprobe.lab.pages.kinds import Subject, kind_of
from linkprobe.lab.pages.markup import Document, element, meta, text
from linkprobe.lab.pages.words import Lexicon, language_of, paragraph, sentence
from linkprobe.model import Card, Condition, Target

TELLING = 12
"""Characters from which a landmark's text makes a heading of its own; a shorter one is a brand's name."""


class Look(NamedTuple):
    """Which page of a target's site: the shared one or another of its site, and in which state."""

    target: Target
    url: str
    shared: bool = True
    condition: Condition = Condition.UP
    altered_by: str = ""
    """The platform whose web view changed the page, if one did."""


def render(look: Look, chance: Random) -> str:
    """The page as HTML. `chance` makes what changes from answer to answer."""
    if look.altered_by:
        return _altered(look, chance)
    match look.condition:
        case Condition.LOGIN:
            return _login(look)
        case Condition.GATE:
            return _gate(look)
        case Condition.CHALLENGE:
            return _challenge(look, chance)
        case _:
            return _site(look, chance)


def card(target: Target, condition: Condition = Condition.UP) -> Card:
    """The preview card that the target's Open Graph data make, in the condition it is in."""
    look = Look(target, target.url, condition=condition)
    return Card(title=_heading(look), description=_description(look), image=_image(target), url=_canonical(look))


def _site(look: Look, chance: Random) -> str:
    words, stable = _words(look.target), Random(f"{look.target.id} {look.url if look.shared else ''}")
    subject = Subject(_heading(look), f"{stable.randint(10**9, 10**10)}", words, stable, chance)
    kind = kind_of(look.target.category)
    main = kind(subject) if look.shared else _front(subject)
    parts = (
        site.header(_name(look.target), words, chance),
        main,
        _landmark(look),
        site.comments(words, stable, chance) if look.shared else "",
        site.recommendations(words, stable, chance),
        site.footer(words),
        site.state(subject.identity, subject.heading, chance),
    )
    return Document(
        title=f"{_heading(look)} - {_name(look.target)}",
        language=words.code,
        head=_head(look, words),
        body="\n".join(parts),
    ).render()


def _head(look: Look, words: Lexicon) -> str:
    canonical = _canonical(look)
    return "\n".join(
        (
            f'<meta name="description" content="{text(_description(look))}">',
            meta(
                og_title=_heading(look),
                og_description=_description(look),
                og_image=_image(look.target),
                og_url=canonical,
                og_site_name=_name(look.target),
                og_type="website",
                og_locale=words.code.replace("-", "_"),
            ),
            f'<link rel="canonical" href="{text(canonical)}">',
            '<link rel="icon" href="/favicon.ico"><link rel="stylesheet" href="/static/site.css">',
            f"<style>{site.STYLE}</style>",
        )
    )


def _front(page: Subject) -> str:
    """The site's front page: where one ends when the way to the shared page was lost."""
    entries = "".join(
        f'<li><a href="/p/{page.stable.randint(10**6, 10**7)}">{text(sentence(page.words, page.stable))}</a></li>'
        for _ in range(24)
    )
    return f'<main class="front"><h1>{text(page.heading)}</h1><ul>{entries}</ul></main>'


def _landmark(look: Look) -> str:
    """What the target is known by and what the page does not hold of itself."""
    landmark = look.target.landmark
    if landmark is None or not look.shared or look.condition is Condition.CHANGED:
        return ""
    return element(landmark.selector, text(landmark.text)) if landmark.selector else ""


def _heading(look: Look) -> str:
    """The shared page's heading holds the landmark's text, or is made up; others bear the site's name."""
    if look.condition is Condition.CHANGED or not look.shared:
        words = _words(look.target)
        return f"{_name(look.target)} · {words.recommended}"
    landmark = look.target.landmark
    known = landmark.text if landmark else ""
    if len(known) >= TELLING:
        return known
    return f"{known or _name(look.target)} · {paragraph(_words(look.target), Random(look.target.url), 1)}"


def _description(look: Look) -> str:
    return paragraph(_words(look.target), Random(f"description {look.target.id} {look.shared}"), 2)


def _canonical(look: Look) -> str:
    landmark = look.target.landmark
    if not look.shared or look.condition is Condition.CHANGED:
        return f"https://{_host(look.url)}/"
    return landmark.canonical if landmark and landmark.canonical else look.target.url


def _image(target: Target) -> str:
    return f"https://{_host(target.url)}/static/cover.svg"


def _altered(look: Look, chance: Random) -> str:
    """The target's site as a web view serves it that has turned it into a preview of its own."""
    words = _words(look.target)
    stable = Random(f"altered {look.target.id}")
    chinese = words.code.startswith("zh")
    notice = "已为你转换为手机预览模式，部分内容未显示" if chinese else "Shown in preview mode; parts are left out"
    offer = "在本应用内查看同类好物" if chinese else "See similar offers in this app"
    banner = (
        f'<div class="inapp-banner" data-by="{text(look.altered_by)}"><p>{notice}</p>'
        f'<a href="#{chance.randint(10**6, 10**7)}">{offer}</a></div>'
    )
    excerpt = f'<main class="preview"><p>{text(paragraph(words, stable, 2))}</p></main>'
    promoted = site.recommendations(words, stable, chance, count=6)
    return Document(
        title=notice,
        language=words.code,
        head=_head(look._replace(shared=False), words),
        body=banner + excerpt + promoted,
    ).render()


def _login(look: Look) -> str:
    words = _words(look.target)
    body = f"""<main class="sign-in"><h1>{words.log_in} {text(_name(look.target))}</h1>
<form method="post" action="/login">
<label>{words.account}<input name="account" autocomplete="username"></label>
<label>{words.password}<input type="password" name="password" autocomplete="current-password"></label>
<button>{words.log_in}</button></form><a href="/register">{words.register}</a></main>{site.footer(words)}"""
    return Document(title=f"{words.log_in} - {_name(look.target)}", language=words.code, body=body).render()


def _gate(look: Look) -> str:
    """What a target says to visitors whose app it does not want; the wording is the one platforms use as well."""
    words = _words(look.target)
    chinese = words.code.startswith("zh")
    heading = "请在浏览器中打开" if chinese else "Open this page in your browser"
    hint = (
        "点击右上角菜单，选择“在浏览器打开”，即可继续访问"
        if chinese
        else "Tap the menu in the corner and choose “Open in browser” to go on."
    )
    body = f"""<main class="gate"><img src="/static/arrow.svg" width="96" height="72" alt="">
<h1>{heading}</h1><p>{hint}</p>
<p class="address">{text(look.url)}</p></main>"""
    return Document(title=_name(look.target), language=words.code, body=body).render()


def _challenge(look: Look, chance: Random) -> str:
    words = _words(look.target)
    chinese = words.code.startswith("zh")
    heading = "安全验证" if chinese else "Checking that you are human"
    hint = "请拖动滑块完成验证后继续访问" if chinese else "Complete the check below to go on."
    body = f"""<main class="verify"><h1>{heading}</h1><p>{hint}</p><div id="captcha" class="captcha-slider"
data-challenge="{chance.getrandbits(96):024x}"><span>⇥</span></div><p>Trace {chance.getrandbits(64):016x}</p></main>"""
    return Document(title=heading, language=words.code, body=body).render()


def _words(target: Target) -> Lexicon:
    return language_of(target.name, target.landmark.text if target.landmark else "")


def _name(target: Target) -> str:
    """The site's name, unless the landmark's text is part of it: a page that is to lack it bears the name as well."""
    landmark = target.landmark.text if target.landmark else ""
    name = target.name or target.id
    return _host(target.url) if landmark and landmark in name else name


def _host(url: str) -> str:
    return url.split("/", 3)[2]
