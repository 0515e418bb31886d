"""Labelled pages on disk, and the measurements they stand for."""

import csv
import hashlib
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from linkprobe.model import (
    Arm,
    Capture,
    Case,
    Cause,
    Client,
    Executor,
    Hop,
    HopWay,
    InApp,
    Measurement,
    Observation,
    Platform,
    Target,
    Vantage,
    Visit,
)

SEED = 20261122
OPEN = "open"

TARGET = Target(id="target", url="https://target.example/path?a=1&b=2", category="pages", owner="them")
NEUTRAL = Target(id="neutral", url="https://neutral.example/", category="pages", neutral=True)
OPENER = "https://link.platform.example/?target={url}"
PLATFORM = Platform(
    id="platform",
    name="Platform",
    owner="us",
    hosts=("platform.example",),
    clients={"app": Client(user_agent="Mozilla/5.0 (Linux; Android 14) App/1.0 Mobile")},
    surfaces={"chat": InApp(client="app", opener=OPENER)},
)
CASE = Case(scenario="bench", platform=PLATFORM, surface_id="chat", target=TARGET, neutral=NEUTRAL, vantage=Vantage())

CAUSES: tuple[tuple[str, str], ...] = (
    ("benign", OPEN),
    ("challenge", Cause.CHALLENGE),
    ("captcha", Cause.CHALLENGE),
    ("login", Cause.LOGIN_WALL),
    ("app_wall", Cause.APP_WALL),
    ("error", Cause.NEVER_ARRIVED),
    ("404", Cause.NEVER_ARRIVED),
    ("not_found", Cause.NEVER_ARRIVED),
    ("parked", Cause.NEVER_ARRIVED),
    ("default", Cause.NEVER_ARRIVED),
    ("suspended", Cause.NEVER_ARRIVED),
    ("block", Cause.BLOCK_PAGE),
)
"""What a label calls for, by the first of these that it holds. A page of another label is judged and not scored."""
KINDS: dict[str, str] = {
    "click_through": Cause.INTERSTITIAL_CLICK,
    "auto_jump": Cause.INTERSTITIAL_AUTO,
    "copy_only": Cause.COPY_ONLY,
    "target_gate": Cause.TARGET_GATE,
    "block": Cause.BLOCK_PAGE,
}


class Page(NamedTuple):
    """One row of the manifest. `expected` is empty where the label is unknown."""

    file: str
    label: str
    sublabel: str
    kind: str
    family: str
    body: bytes

    @property
    def expected(self) -> str:
        label = self.label.lower().replace("-", "_")
        return KINDS.get(self.kind) or next((cause for word, cause in CAUSES if word in label), "")

    @property
    def part(self) -> str:
        """`tune` or `report`, by the family's name alone."""
        return "report" if hashlib.sha256(self.family.encode()).digest()[0] % 2 else "tune"

    @property
    def status(self) -> int:
        return int(self.sublabel) if re.fullmatch(r"[1-5]\d\d", self.sublabel) else 200


class Trial(NamedTuple):
    """A page to be judged: what it is, the pages it is set against, and the measurement they make."""

    page: Page
    control: Page
    expected: str
    measurement: Measurement
    paired: bool = False


def load(folder: Path) -> tuple[Page, ...]:
    """The pages of the manifest; a file that is not there is left out, and said so."""
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as rows:
        listed = list(csv.DictReader(rows, delimiter="\t"))
    missing = [row["file"] for row in listed if not (folder / row["file"]).is_file()]
    if missing:
        print(f"{len(missing)} files of the manifest are missing, the first {missing[0]}", file=sys.stderr)
    return tuple(_page(folder, row) for row in listed if (folder / row["file"]).is_file())


def _page(folder: Path, row: dict[str, str]) -> Page:
    fields = {name: row.get(name) or "" for name in ("label", "sublabel", "kind")}
    family = row.get("family") or row.get("source") or "unknown"
    return Page(file=row["file"], family=family, body=(folder / row["file"]).read_bytes(), **fields)


def pairs(folder: Path) -> tuple[tuple[str, str], ...]:
    listed = folder / "pairs.tsv"
    if not listed.exists():
        return ()
    with listed.open(encoding="utf-8", newline="") as rows:
        return tuple(
            (row["a"], row["b"]) for row in csv.DictReader(rows, delimiter="\t") if row.get("expect", "same") == "same"
        )


def trials(folder: Path) -> Iterator[Trial]:
    """Every page of the folder in its part: refused ones against a benign one, pairs, a benign one against itself."""
    pages = load(folder)
    by_file = {page.file: page for page in pages}
    benign = [page for page in pages if page.label == "benign"]
    dice = random.Random(SEED)
    paired = {}
    for one, other in pairs(folder):
        if one in by_file and other in by_file:
            paired[one], paired[other] = by_file[other], by_file[one]
    for page in pages:
        if page.label != "benign":
            others = [other for other in benign if other.family != page.family]
            control = dice.choice(others or benign or [_NEUTRAL_PAGE])
            yield Trial(page, control, page.expected, _measurement(page, control))
        else:
            control = paired.get(page.file) or page._replace(body=disturbed(page.body, dice))
            yield Trial(page, control, OPEN, _measurement(page, control), paired=page.file in paired)


def _measurement(page: Page, control: Page) -> Measurement:
    gated = page.expected == Cause.TARGET_GATE
    return Measurement(
        case=CASE,
        subject=_seen(Arm.SUBJECT, TARGET.url, _through(page)),
        direct=(_seen(Arm.DIRECT, TARGET.url, _visit(TARGET.url, control)),),
        as_app=_seen(Arm.DIRECT_AS_APP, TARGET.url, _visit(TARGET.url, page if gated else control)),
        neutral=_seen(Arm.NEUTRAL, NEUTRAL.url, _passed(NEUTRAL.url, _NEUTRAL_PAGE)),
        neutral_direct=_seen(Arm.DIRECT, NEUTRAL.url, _visit(NEUTRAL.url, _NEUTRAL_PAGE)),
    )


def is_platforms(page: Page) -> bool:
    """Whether the label implies that the platform's own host answers."""
    return page.kind not in ("", "target_gate") or (page.label == "interstitial" and page.kind != "target_gate")


def _through(page: Page) -> Visit:
    return _stopped(page) if is_platforms(page) else _passed(TARGET.url, page)


def _stopped(page: Page) -> Visit:
    url = _opener(TARGET.url)
    return _visit(url, page)


def _passed(url: str, page: Page) -> Visit:
    opener = _opener(url)
    hops = (Hop(opener, 302, location=url, took=0.1), Hop(url, page.status, HopWay.REDIRECT, at=0.1, took=0.2))
    return Visit(requested=opener, executor=Executor.HTTP, hops=hops, page=_capture(url, page), seconds=0.3)


def _visit(url: str, page: Page) -> Visit:
    hops = (Hop(url, page.status, took=0.2),)
    return Visit(requested=url, executor=Executor.HTTP, hops=hops, page=_capture(url, page), seconds=0.2)


def _opener(url: str) -> str:
    return OPENER.replace("{url}", url.replace("%", "%25").replace("&", "%26").replace("?", "%3F"))


def _capture(url: str, page: Page) -> Capture:
    return Capture(
        url=url,
        status=page.status,
        content_type="text/html",
        body=page.body,
        digest=hashlib.sha256(page.body).hexdigest(),
    )


def _seen(arm: Arm, url: str, visit: Visit) -> Observation:
    return Observation(arm=arm, url=url, at="2026-11-22T00:00:00Z", visit=visit)


_LONG_NUMBER = re.compile(rb"\d{5,}")
_TOKEN = re.compile(rb"\b[0-9a-fA-F]{16,64}\b")
_CLOCK = re.compile(rb"\b[0-2]\d:[0-5]\d\b")


def disturbed(body: bytes, dice: random.Random) -> bytes:
    """The page as it would come a minute later: other numbers, tokens and times, other white space between tags."""
    body = _LONG_NUMBER.sub(lambda found: bytes(dice.choice(b"0123456789") for _ in found[0]), body)
    body = _TOKEN.sub(lambda found: bytes(dice.choice(b"0123456789abcdef") for _ in found[0]), body)
    body = _CLOCK.sub(lambda _: b"%02d:%02d" % (dice.randrange(24), dice.randrange(60)), body)
    return body.replace(b">\n<", b">\n  <")


_NEUTRAL_PAGE = Page(
    "neutral",
    "benign",
    "",
    "",
    "bench",
    b"<!doctype html><html lang=en><title>The pond in autumn</title><h1>The pond in autumn</h1><p>Leaves lie on the "
    b"water and the ducks have gone south; the bench by the willow is wet and nobody sits there now.</p>",
)
