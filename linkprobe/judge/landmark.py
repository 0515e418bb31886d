"""Whether a page bears a target's landmark."""

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from linkprobe.model import Landmark
from linkprobe.page import Facts


def holds(landmark: Landmark, page: Facts) -> bool:
    """Whether everything the landmark names is in the page: its text where a visitor reads it, selector, canonical."""
    return (
        (not landmark.text or _shows(page, landmark.text))
        and (not landmark.selector or _has(page, landmark.selector))
        and (not landmark.canonical or page.canonical.rstrip("/") == landmark.canonical.rstrip("/"))
    )


def _shows(page: Facts, text: str) -> bool:
    wanted = " ".join(text.split())
    if wanted in page.text or wanted in page.title:
        return True
    folded = wanted.casefold()
    return folded in page.text.casefold() or folded in page.title.casefold()


def _has(page: Facts, selector: str) -> bool:
    try:
        return LexborHTMLParser(page.source).css_first(selector) is not None
    except (ValueError, SelectolaxError):
        return False
