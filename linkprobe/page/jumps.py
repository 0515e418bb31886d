"""Where a page sends its visitor without a click: refresh headers, refresh elements, script that sets the location."""

import re
from collections.abc import Iterator
from itertools import islice

from linkprobe.page.address import absolute, is_web
from linkprobe.page.parts import Jump, JumpWay
from linkprobe.page.script import STRING, Script, after_block, enclosing, unquote

MOST = 20
"""Jumps that are kept of a page, and statements that are read of a script."""

_REFRESH = re.compile(
    r"""^\s*(?:(\d{1,6})(?:\.\d*)?|(?=[;,]|url\s*=))\s*(?:[;,]?\s*(?:url\s*=\s*)?["']?\s*([^"'\s][^"']*))?""", re.I
)
_SETS = re.compile(
    r"(?<![\w$])(?:(?:window|document|self|top|parent|this)\s?\.\s?){0,3}"
    r"location\s{0,9}(?:\.\s?href\s{0,9})?(?:=(?!=)|\.\s?(?:replace|assign)\s?\()\s{0,9}"
)
_VALUE = re.compile(rf"({STRING})|([A-Za-z_$][\w$]{{0,60}})(?![\w.$(])")
_CALLED_LATER = re.compile(r"click|submit|touch|mouse|key(?:up|down|press)|change|popstate|beforeunload|error", re.I)
_RUNS = re.compile(
    r"setTimeout|setInterval|onload|ready|['\"](?:load|DOMContentLoaded)['\"]|[(!]\s*$|[(!]\s*function", re.I
)
_NAMED = re.compile(r"function\s{1,9}([\w$]{1,60})\s?\([^)]{0,80}\)$")
_PRESSED = re.compile(
    r"""(?:getElementById\(\s?['"]|\$\(\s?['"]#|querySelector\(\s?['"]#)([\w-]{1,60})['"][^;{}]{0,80}$"""
)
_ARROW_OR_FUNCTION = re.compile(r"(?:function\s?[\w$]{0,60}\s?\([^)]{0,80}\)|=>)$")
_TIMER = re.compile(r"set(?:Timeout|Interval)\s?\([^;]{0,100}$")
_DELAY = re.compile(r"^\s{0,9},\s{0,9}(\d{1,7})")
_TEXT_TIMER = re.compile(rf"setTimeout\s?\(\s{{0,9}}({STRING})\s{{0,9}},\s{{0,9}}(\d{{1,7}})")
_COUNTER = re.compile(r"count|second|sec|time|num|wait|left|^[a-z]$", re.I)


def refresh(content: str, base: str, way: JumpWay) -> Jump | None:
    """A refresh header or element; None where it only reloads its own page."""
    found = _REFRESH.match(content[:4096])
    if not found or not found[2]:
        return None
    url = absolute(base, found[2])
    return Jump(url, float(found[1] or 0), way, certain=True) if is_web(url) else None


def script_jumps(script: Script, base: str, handlers: str = "") -> Iterator[Jump]:
    """Assignments to the location. `handlers` is what runs when the page has loaded, such as the body's onload."""
    for text, delay in _TEXT_TIMER.findall(script.source)[:MOST]:
        yield from _timed_text(unquote(text), int(delay), script, base)
    for found in islice(_SETS.finditer(script.source), MOST):
        if script.bare[found.start()] == " " or _declared(script, found.start()):
            continue
        url = _target(script, found.end(), base)
        if url is not None:
            heads = enclosing(script, found.start())
            certain = all(_runs(head, script, handlers) for head in heads)
            yield Jump(url, _seconds(script, found.start(), heads), JumpWay.SCRIPT, certain=certain)


def handlers_of(script: Script, base: str) -> Iterator[tuple[str, str]]:
    """Names of functions, and ids of elements as `#id`, with the address that calling or pressing them leads to."""
    for found in islice(_SETS.finditer(script.source), MOST):
        url = _target(script, found.end(), base)
        if url and script.bare[found.start()] != " ":
            for head in enclosing(script, found.start()):
                named, pressed = _NAMED.search(head), _PRESSED.search(head)
                if named:
                    yield named[1], url
                if pressed:
                    yield f"#{pressed[1]}", url


def _timed_text(text: str, delay: int, script: Script, base: str) -> Iterator[Jump]:
    """`setTimeout("location.href='…'", 3000)`; a call by name is left to the function itself."""
    found = _SETS.search(text)
    if found:
        url = _target(Script(text, text, script.values), found.end(), base)
        if url is not None:
            yield Jump(url, delay / 1000, JumpWay.SCRIPT, certain=True)


def _declared(script: Script, at: int) -> bool:
    return script.source[max(0, at - 6) : at].strip() in ("var", "let", "const")


def _target(script: Script, at: int, base: str) -> str | None:
    """Absolute URL of the value at a position; empty where it is computed, None where it leads nowhere."""
    value = _VALUE.match(script.source, at)
    if value is None:
        return ""
    text = unquote(value[1]) if value[1] else script.values.get(value[2], "")
    url = absolute(base, text)
    return url if is_web(url) or not text else None


def _runs(head: str, script: Script, handlers: str) -> bool:
    """Whether the block after `head` runs by itself: no handler, and no function that nothing calls."""
    if not _ARROW_OR_FUNCTION.search(head):
        return True
    tail = head[-80:]
    if _CALLED_LATER.search(tail) and not _RUNS.search(tail):
        return False
    named = _NAMED.search(head)
    if named:
        return _called(named[1], script, handlers)
    return bool(_RUNS.search(tail))


def _called(name: str, script: Script, handlers: str) -> bool:
    name = re.escape(name)
    calls = re.findall(rf"(?<![\w$.]){name}\s?\(", script.bare)
    passed = re.search(rf"(?:setTimeout|setInterval|ready|onload\s?=)\s?\(?\s?[\"']?{name}(?![\w$])", script.source)
    return len(calls) > 1 or bool(passed) or bool(re.search(rf"(?<![\w$.]){name}\s?\(", handlers))


def _seconds(script: Script, at: int, heads: tuple[str, ...]) -> float:
    """Seconds until the jump as the timer says; a ticking second is multiplied by its counter."""
    timed = next((depth for depth, head in enumerate(heads) if _TIMER.search(head)), None)
    inside = _DELAY.match(after_block(script, at, timed)) if timed is not None else None
    delay = inside or (_outer_delay(script) if heads else None)
    if not delay:
        return 0.0
    seconds = int(delay[1]) / 1000
    return seconds * _counter(script) if seconds == 1 else seconds


def _outer_delay(script: Script) -> re.Match[str] | None:
    return re.search(r"set(?:Timeout|Interval)\s?\([\w$]{1,60}\s?,\s?(\d{1,7})", script.bare)


def _counter(script: Script) -> int:
    counts = [int(value) for name, value in script.values.items() if value.isdigit() and _COUNTER.search(name)]
    return next((count for count in counts if 1 < count <= 120), 1)
