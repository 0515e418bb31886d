"""What a reader sees of a page, as one line of text, and that text as words."""

import re
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

LIMIT = 200_000
"""Characters of visible text that are kept."""
MOST_WORDS = 20_000

_UNSEEN = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "noframes",
    "noembed",
    "svg",
    "option",
    "textarea",
    "head",
]
_HIDDEN = (
    "[hidden], input[type=hidden], [style*='display:none' i], [style*='display: none' i], "
    "[style*='visibility:hidden' i], [style*='visibility: hidden' i]"
)
_IDEOGRAPHIC = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"\w+")
_WORD_OR_SIGN = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


def one_line(text: str, limit: int = LIMIT) -> str:
    """The text with every run of white space as one blank, cut at `limit` characters."""
    return " ".join(text[: 4 * limit].split())[:limit]


def visible(tree: LexborHTMLParser) -> str:
    """Text of the body without what no reader sees. Takes those elements out of the tree."""
    body = tree.body
    if body is None:
        return ""
    tree.strip_tags(_UNSEEN)
    for node in tree.css(_HIDDEN):
        if node.tag not in ("body", "html") and node.parent is not None:
            node.decompose()
    return one_line(node_text(body))


def node_text(node: LexborNode) -> str:
    """All text below a node, its pieces set apart."""
    return node.text(separator=" ")


def words(text: str) -> tuple[str, ...]:
    """Words of a text, case-folded, those with digits as `0`; Chinese and Japanese sign by sign."""
    pattern = _WORD_OR_SIGN if _IDEOGRAPHIC.search(text) else _WORD
    found = pattern.findall(text.casefold())
    return tuple([word if word.isalpha() else "0" for word in found[:MOST_WORDS]])


def shingles(sequence: tuple[str, ...], length: int) -> frozenset[int]:
    """Hashes of the runs of `length` neighbours, good within one process; a shorter sequence is one run."""
    if len(sequence) < length:
        return frozenset((hash(sequence),)) if sequence else frozenset()
    return frozenset(map(hash, zip(*(islice(sequence, start, None) for start in range(length)), strict=False)))
