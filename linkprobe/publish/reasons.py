"""Why a cell is what it is, taken apart into a sentence that can be translated and what was seen, which is not."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

from linkprobe.model import Cell
from linkprobe.publish.language import dictionary, said
from linkprobe.publish.pages import shown

_FORMS = (
    (r"The target answers from (\S+) with its page \((?P<seen>.+)\)\.", "reason.page"),
    (r"The target answers from (\S+) with its page, by way of (.+?) \((?P<seen>.+)\)\.", "reason.page.by"),
    (r"The target answers from (\S+) in another variant \((?P<seen>.+)\)\.", "reason.variant"),
    (r"The target answers from (\S+) in another variant, by way of (.+?) \((?P<seen>.+)\)\.", "reason.variant.by"),
    (r"(\S+) leads to the target's download, as without the platform\.", "reason.download"),
    (r"(\S+) leads to the target's download, by way of (.+), as without the platform\.", "reason.download.by"),
    (r"The message arrives with its link, and with its card where the surface shows one\.", "reason.message"),
    (r"The share dialog at (\S+) offers to write a message, with the link on the page\.", "reason.dialog"),
    (
        r"The share dialog at (\S+) offers to write a message, with the link in its address alone\.",
        "reason.dialog.address",
    ),
    (r"The attempts contradict each other: (?P<seen>.+)\.", "reason.contradict"),
    (r"Only (\d+) of (\d+) attempts could be judged, too few for a finding\.", "reason.too-few"),
)
"""What the judge says besides the sentences of causes and gates, and the keys of its words."""


def reason(cell: Cell) -> Markup:
    """The cell's reason. A finding's says nothing that does not stand with the finding; then it is empty."""
    if cell.verdict.is_finding and not cell.flapping:
        return Markup("")
    return told(shown(cell.reason))


@lru_cache(1024)
def told(text: str) -> Markup:
    """One of the judge's reasons; as it stands where nobody translated it."""
    for pattern, key in _FORMS:
        if form := re.fullmatch(pattern, text):
            values = [value for value in form.groups() if value != form.groupdict().get("seen")]
            return said(key, *values) + _seen(form.groupdict().get("seen", ""))
    sentence, _, rest = text.partition(" (")
    key = _sentences().get(sentence, "")
    return said(key) + _seen(rest.removesuffix(")")) if key and rest else _english(text)


def _seen(text: str) -> Markup:
    return Markup(' (<bdi lang="en">{}</bdi>)').format(text) if text else Markup("")


def _english(text: str) -> Markup:
    return Markup(f'<bdi lang="en">{escape(text)}</bdi>') if text else Markup("")


@lru_cache(1)
def _sentences() -> dict[str, str]:
    found = {told[0]: key for key, told in dictionary().items() if key.startswith(("sentence.", "rule."))}
    return {english: key for english, key in found.items() if english}
