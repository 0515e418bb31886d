"""Rules of the display plane: whether a recipient sees a link, and its card."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from linkprobe.judge.footing import Footing
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.rule import Evidence, Rule, needs
from linkprobe.judge.scene import Scene
from linkprobe.model import Card, Cause, Messaging, Shown
from linkprobe.page.address import host_of

_DEFANGED = re.compile(r"[\[({<]\s*(?:\.|dot)\s*[\])}>]|[\uff0e\u3002\uff61]", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

FIELDS = ("title", "description", "image")

WITHHOLDS = (Footing.CHALLENGED, Footing.REFUSES, Footing.LIMITED, Footing.WALLED, Footing.DOWN)
"""States of the target towards a fetcher of previews in which whatever card comes of it is the target's doing."""
TURNS_AWAY = (Footing.CHALLENGED, Footing.REFUSES, Footing.WALLED)
"""States that say the target means the fetcher; others may have passed by the time."""


def _replaced(scene: Scene) -> Iterator[str]:
    shown = _seen(scene)
    if shown is not None and not _carried(scene, shown):
        yield f"the recipient reads “{shown.text[:160]}”, where the link was sent"


def _dead_text(scene: Scene) -> Iterator[str]:
    shown = _seen(scene)
    if shown is None or shown.links or not _carried(scene, shown):
        return
    if _links_show(scene):
        yield f"the recipient reads the address “{shown.text[:160]}” and cannot click it"


def _no_card(scene: Scene) -> Iterator[str]:
    offered, shown = _offered(scene), _shown_with_card_expected(scene)
    if offered is None or shown is None or _has_content(shown.card) or not offered.title:
        return
    if not scene.is_yardstick and not _neutral_lacks(scene, FIELDS):
        yield f"no card, where the target offers “{offered.title[:120]}”"


def _poorer_card(scene: Scene) -> Iterator[str]:
    offered, shown = _offered(scene), _shown_with_card_expected(scene)
    if offered is None or shown is None or shown.card is None or not _has_content(shown.card):
        return
    missing = tuple(name for name in FIELDS if getattr(offered, name) and not getattr(shown.card, name))
    if missing and not scene.is_yardstick and not _neutral_lacks(scene, missing):
        yield f"the card lacks {' and '.join(missing)}, which the target offers"


def _seen(scene: Scene) -> Shown | None:
    """What the recipient of a message sees, if the message arrived."""
    shown = scene.observation.shown
    if shown is None or not shown.arrived or not isinstance(scene.case.surface, Messaging):
        return None
    return shown if shown.still_there is not False else None


def _carried(scene: Scene, shown: Shown) -> bool:
    """Whether the address still stands in the message, as text, as a link, or behind a link of the platform's."""
    address = scene.target.url.split("://", 1)[-1].rstrip("/")
    host = host_of(scene.target.url)
    written = [shown.text, *shown.links]
    forms = (form for text in written for form in (text, unquote(text), _mended(text)))
    if any(address in form or (host and host in form) for form in forms):
        return True
    return any(scene.hosts.who(link) is Answerer.PLATFORM for link in shown.links)


def _mended(text: str) -> str:
    """`text` with addresses that were broken up made whole: `shop[.]example`, blanks, invisible characters."""
    return "".join(_DEFANGED.sub(".", text).translate(_INVISIBLE).split())


def _links_show(scene: Scene) -> bool:
    """Whether this surface would show a link as one: it says where links stand, or the neutral link has one."""
    surface = scene.case.surface
    if isinstance(surface, Messaging) and surface.shows_links:
        return True
    neutral = scene.other.observation.shown if scene.other else None
    return neutral is not None and bool(neutral.links)


def _shown_with_card_expected(scene: Scene) -> Shown | None:
    shown = scene.observation.shown
    if shown is None or not shown.card_expected or shown.failure is not None:
        return None
    arrived = shown.arrived or not isinstance(scene.case.surface, Messaging)
    return shown if arrived and not _neutral_unknown(scene) else None


def _neutral_unknown(scene: Scene) -> bool:
    """Whether the neutral link arrived and nothing is known of its card, so that this one has no measure."""
    shown = scene.other.observation.shown if scene.other else None
    return shown is not None and shown.arrived and not shown.card_expected


def _has_content(card: Card | None) -> bool:
    """Whether there is anything on a card; an empty place for one is none."""
    return card is not None and any(getattr(card, name) for name in FIELDS)


def _offered(scene: Scene) -> Card | None:
    """The card that the target offers without the platform: to what fetches previews, where that is known to ask."""
    if scene.as_crawler is None:
        return scene.direct.page.card if scene.direct is not None and scene.direct.page is not None else None
    page = scene.as_crawler.page
    return page.card if page is not None and scene.crawler_footing not in WITHHOLDS else None


def _neutral_lacks(scene: Scene, fields: tuple[str, ...]) -> bool:
    """Whether the neutral link's card lacks the same although its page offers it, so that this link is not alone."""
    other = scene.other
    if other is None or _shown_with_card_expected(other) is None:
        return False
    shown, offered = other.observation.shown, _offered(other)
    card = (shown.card if shown else None) or Card()
    return any(not getattr(card, name) and (offered is None or getattr(offered, name)) for name in fields)


def _crawlers_differ(scene: Scene) -> Iterator[str]:
    look, state = scene.as_crawler, scene.crawler_footing
    if look is None or look.page is None or state not in TURNS_AWAY or state in scene.footings:
        return
    yield f"{look.page.host} answers {look.page.status} to the platform's fetcher of previews ({look.reading.evidence})"


RULES = (
    Rule(
        "link-replaced",
        Cause.CONTENT_REPLACED,
        "The message is there and neither its text nor its links hold anything of the address that was sent.",
        needs(Evidence.SHOWN, Evidence.ALIVE),
        _replaced,
    ),
    Rule(
        "address-not-a-link",
        Cause.PLAIN_TEXT,
        "The address stands in the message as text on a surface that shows links as links.",
        needs(Evidence.SHOWN, Evidence.ALIVE),
        _dead_text,
    ),
    Rule(
        "card-missing",
        Cause.NO_CARD,
        "The target offers a card and the surface has a place for it; a neutral link without its card clears this one.",
        needs(Evidence.SHOWN, Evidence.DIRECT, Evidence.FETCHER, Evidence.OTHERS),
        _no_card,
    ),
    Rule(
        "card-poorer",
        Cause.STRIPPED_CARD,
        "A field that the target offers is missing in the card, while the neutral link's card keeps its own.",
        needs(Evidence.SHOWN, Evidence.DIRECT, Evidence.FETCHER, Evidence.OTHERS),
        _poorer_card,
    ),
    Rule(
        "target-refuses-crawler",
        Cause.BOT_DIVERGENCE,
        "The target receives people and turns away the fetcher of previews, without the platform as well.",
        needs(Evidence.SHOWN, Evidence.DIRECT),
        _crawlers_differ,
    ),
)
