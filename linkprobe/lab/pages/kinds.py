"""The main part of a page, by the target's category: an item on sale, a short video, a document, an article."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from linkprobe.lab.pages.markup import text
from linkprobe.lab.pages.words import Lexicon, paragraph, sentence


class Subject(NamedTuple):
    """What the page is about. `stable` gives the same content for the same link, `chance` what changes each time."""

    heading: str
    identity: str
    words: Lexicon
    stable: Random
    chance: Random


Kind = Callable[[Subject], str]


def shopping(page: Subject) -> str:
    """An item with price, options, seller and description."""
    words, stable = page.words, page.stable
    price = stable.randint(900, 99900) / 100
    options = "".join(f"<option>{text(stable.choice(words.nouns))}</option>" for _ in range(6))
    rows = "".join(
        f"<tr><th>{text(stable.choice(words.nouns))}</th><td>{text(sentence(words, stable))}</td></tr>"
        for _ in range(14)
    )
    return f"""<main class="item" data-item="{page.identity}"><h1>{text(page.heading)}</h1>
<img src="/static/item.svg" width="320" height="240" alt="{text(page.heading)}">
<p class="price">{words.price} <b>¥{price:.2f}</b> <s>¥{price * 1.3:.2f}</s></p>
<p class="stock">{page.chance.randint(20, 900)}</p><select name="sku">{options}</select>
<button class="buy">{words.buy}</button> <button class="cart">{words.cart}</button>
<table class="parameters">{rows}</table>
<div class="description">{_paragraphs(page, 8)}</div></main>"""


def video(page: Subject) -> str:
    """A player, its author and numbers."""
    words, stable, chance = page.words, page.stable, page.chance
    tags = " ".join(f'<a href="/tag/{index}">#{text(stable.choice(words.nouns))}</a>' for index in range(6))
    return f"""<main class="player" data-video="{page.identity}"><div class="stage">
<img src="/static/poster.svg" width="360" height="640" alt="">
<button class="play" aria-label="play">▶</button></div><h1>{text(page.heading)}</h1>
<p class="author">@{text(stable.choice(words.names))} <button>+</button></p><p class="tags">{tags}</p>
<p class="numbers">♥ {chance.randint(10_000, 99_999)} · {chance.randint(10**5, 10**6)} {words.views} ·
<a class="share">{words.share}</a></p><div class="caption">{_paragraphs(page, 3)}</div></main>"""


def document(page: Subject) -> str:
    """A shared document with an outline and sections."""
    words, stable = page.words, page.stable
    titles = [sentence(words, stable) for _ in range(9)]
    outline = "".join(f'<li><a href="#s{index}">{text(title)}</a></li>' for index, title in enumerate(titles))
    sections = "".join(
        f'<section id="s{index}"><h2>{text(title)}</h2><p>{text(paragraph(words, stable, 6))}</p></section>'
        for index, title in enumerate(titles)
    )
    return f"""<main class="document" data-doc="{page.identity}"><h1>{text(page.heading)}</h1>
<p class="meta">{text(stable.choice(words.names))} · {words.updated} {page.chance.randint(1, 59)} min ·
<button>{words.share}</button> <button>{words.edit}</button></p><nav class="outline"><ol>{outline}</ol></nav>
<article>{sections}</article></main>"""


def news(page: Subject) -> str:
    """An article; its sidebar quotes what blocked pages say, as articles about them do."""
    words, stable = page.words, page.stable
    quoted = (
        "有读者问，为什么点开链接会看到“已停止访问该网页”或“如需浏览，请长按网址复制后使用浏览器访问”？"
        if words.code.startswith("zh")
        else "A reader asks why some links end on “this page has been blocked” or “verify you are human”."
    )
    return f"""<main class="story" data-story="{page.identity}"><article><h1>{text(page.heading)}</h1>
<p class="byline">{text(stable.choice(words.names))} · {words.updated} {page.chance.randint(1, 23)} h</p>
<figure><img src="/static/story.svg" width="480" height="270" alt="">
<figcaption>{text(sentence(words, stable))}</figcaption></figure>{_paragraphs(page, 14)}</article>
<aside class="mailbag"><h2>{words.related}</h2><p>{quoted}</p></aside></main>"""


def generic(page: Subject) -> str:
    """A page of text with headings."""
    parts = "".join(f"<h2>{text(sentence(page.words, page.stable))}</h2>{_paragraphs(page, 3)}" for _ in range(5))
    return f'<main id="content" data-page="{page.identity}"><h1>{text(page.heading)}</h1>{parts}</main>'


def _paragraphs(page: Subject, count: int) -> str:
    return "".join(f"<p>{text(paragraph(page.words, page.stable, 5))}</p>" for _ in range(count))


_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (shopping, ("shop", "commerce", "retail", "market")),
    (video, ("video", "live", "music")),
    (document, ("doc", "office", "wiki", "cloud", "drive")),
    (news, ("news", "article", "media", "blog", "press")),
)


def kind_of(category: str) -> Kind:
    """The kind of page a category's targets have, by a word in the category's name."""
    return next((kind for kind, words in _KINDS if any(word in category for word in words)), generic)
