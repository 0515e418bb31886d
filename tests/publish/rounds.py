"""Rounds of any size, written into a store as an audit would: cases, observations of all arms, cells."""

import hashlib
import random
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from zlib import compress, crc32

import msgspec

from linkprobe.model import (
    Arm,
    Capture,
    Case,
    Cause,
    Cell,
    Client,
    Executor,
    Fairness,
    Finding,
    Gateway,
    Hop,
    HopWay,
    HttpCall,
    InApp,
    MessageApi,
    Observation,
    Plane,
    Platform,
    Screenshot,
    SendOutcome,
    Sent,
    Shown,
    Surface,
    Target,
    Vantage,
    Verdict,
    Visit,
)
from linkprobe.store import RoundRecord, Store, Task
from linkprobe.store.task import as_app_task, direct_task, subject_task

AT = "2026-03-01T10:00:00+00:00"
RULES = 1
RULE_OF = {
    Cause.COPY_ONLY: "copy-only",
    Cause.BLOCK_PAGE: "block-page",
    Cause.INTERSTITIAL_CLICK: "way-on-at-platform",
    Cause.PLAIN_TEXT: "address-not-a-link",
    Cause.SEND_REFUSED: "send-refused",
}
_HEADERS = (("content-type", "text/html; charset=utf-8"), ("server", "lab"), ("set-cookie", "sid=s3cr3t; HttpOnly"))
WORDS = ("the", "matrix", "of", "links", "shows", "how", "a", "page", "opens", "while", "others", "pass", "at", "once")


class Outcome(NamedTuple):
    """What a cell is to come to."""

    verdict: Verdict
    cause: Cause | None = None
    flapping: bool = False


OUTCOMES = (
    *(Outcome(Verdict.OPEN),) * 11,
    *(Outcome(Verdict.DEGRADED, Cause.COPY_ONLY),) * 2,
    Outcome(Verdict.DEGRADED, Cause.INTERSTITIAL_CLICK),
    Outcome(Verdict.DEGRADED, Cause.PLAIN_TEXT),
    *(Outcome(Verdict.SHIELDED, Cause.BLOCK_PAGE),) * 2,
    Outcome(Verdict.SHIELDED, Cause.SEND_REFUSED),
    Outcome(Verdict.DOWN),
    Outcome(Verdict.GATED),
    Outcome(Verdict.INCONCLUSIVE),
    Outcome(Verdict.SKIPPED),
    Outcome(Verdict.INCONCLUSIVE, Cause.BLOCK_PAGE, flapping=True),
)


def png(shade: int) -> bytes:
    """A small grey PNG, for want of a browser."""
    rows = b"".join(b"\0" + bytes([shade]) * 160 for _ in range(100))
    header = (160).to_bytes(4, "big") + (100).to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    file = BytesIO(b"\x89PNG\r\n\x1a\n")
    file.seek(0, 2)
    for kind, data in ((b"IHDR", header), (b"IDAT", compress(rows)), (b"IEND", b"")):
        file.write(len(data).to_bytes(4, "big") + kind + data + crc32(kind + data).to_bytes(4, "big"))
    return file.getvalue()


def platform(number: int, surfaces: int) -> Platform:
    names = ("WeChat", "QQ", "Weibo", "Zhihu", "DingTalk", "Mastodon", "Douban", "Bilibili", "Xiaohongshu", "Lark")
    name = names[number % len(names)] + (str(number // len(names)) if number >= len(names) else "")
    host = f"{name.lower()}.example"
    kinds: dict[str, Surface] = {
        "direct-chat": InApp(title="Chat between two people", client="app"),
        "group-chat": InApp(title="Chat of a group", client="app"),
        "timeline": Gateway(title="Timeline", template=f"https://link.{host}/?target={{url}}"),
        "article": Gateway(title="Articles", template=f"https://{host}/go?u={{url}}"),
        "bot-message": MessageApi(title="Bot message", send=HttpCall(url=f"https://api.{host}/send")),
    }
    return Platform(
        id=name.lower(),
        name=name,
        owner=("tencent", "sina", "alibaba", "bytedance", "nobody")[number % 5],
        hosts=(host,),
        clients={"app": Client(user_agent=f"Mozilla/5.0 {name}/8.0", mobile=True)},
        surfaces=dict(list(kinds.items())[:surfaces]),
    )


def targets(count: int) -> list[Target]:
    owners = ("alibaba", "bytedance", "tencent", "jd", "sina", "kuaishou")
    categories = ("shopping", "short-video", "documents", "news", "music")
    kinds = ("item", "video", "doc", "post", "song")
    made = [
        Target(
            id=f"{owners[n % 6]}-{kinds[n % 5]}{n // 30 or ''}",
            url=f"https://www.site{n}.example/item/{n}?from=share",
            name=f"{owners[n % 6].title()} {categories[n % 5]}{f' {n // 30}' if n >= 30 else ''}",
            owner=owners[n % 6],
            category=categories[n % 5],
        )
        for n in range(max(0, count - 2))
    ]
    neutral = Target(id="plain-page", url="https://plain.example/", name="A plain page", category="news", neutral=True)
    canary = Target(id="canary", url="https://canary.example/", name="A canary", category="canaries", canary=True)
    return [*made, neutral, canary][:count]


def cases(platforms: int, surfaces: int, links: int, vantages: tuple[str, ...] = ("here",)) -> Iterator[Case]:
    found = targets(links)
    neutral = next((target for target in found if target.neutral), None)
    for number in range(platforms):
        made = platform(number, surfaces)
        for surface in made.surfaces:
            for target in found:
                for vantage in vantages:
                    yield Case(
                        scenario=f"{made.id}-links",
                        platform=made,
                        surface_id=surface,
                        target=target,
                        neutral=neutral,
                        vantage=Vantage(id=vantage),
                    )


def words(seed: str, count: int) -> str:
    dice = random.Random(seed)
    return " ".join(dice.choice(WORDS) for _ in range(count))


def body(title: str, text: str, size: int = 0) -> bytes:
    filler = f"<!-- {'x' * size} -->" if size else ""
    return f"<!doctype html><title>{title}</title><body><h1>{title}</h1><p>{text}</p>{filler}".encode()


def visit(
    url: str, *, page: bytes, hops: int = 2, screenshot: bool = True, executor: Executor = Executor.BROWSER
) -> Visit:
    steps = [
        Hop(
            f"{url}#{n}" if n else url,
            302 if n < hops - 1 else 200,
            HopWay.REDIRECT if n else HopWay.REQUEST,
            at=0.08 * n,
            took=0.05 + 0.02 * n,
            address="127.0.0.1:443",
        )
        for n in range(hops)
    ]
    shade = int(hashlib.sha256(page).hexdigest()[:2], 16)
    return Visit(
        requested=url,
        executor=executor,
        why="what an app does to a link shows only in a browser",
        hops=tuple(steps),
        page=Capture(url=url, status=200, content_type="text/html", headers=_HEADERS, body=page),
        seconds=0.08 * hops + 0.11,
        screenshot=Screenshot(digest="", image=png(shade)) if screenshot else None,
    )


def seen(arm: Arm, url: str, page: bytes, *, hops: int = 2, screenshot: bool = True) -> Observation:
    return Observation(arm=arm, url=url, at=AT, visit=visit(url, page=page, hops=hops, screenshot=screenshot))


class Writer:
    """Writes one round. `size` is the weight of a page's padding in bytes."""

    def __init__(
        self, store: Store, round_id: str, *, started: str = AT, mode: str = "lab", world: str = "", size: int = 0
    ) -> None:
        self.store = store
        self.round_id = round_id
        self.size = size
        self._controls: set[str] = set()
        self._started = started
        world = world or ("china-2021-11-29" if mode == "lab" else "")
        store.begin_round(RoundRecord(id=round_id, started=started, mode=mode, world=world))

    def write(
        self, all_cases: tuple[Case, ...], outcomes: dict[tuple[str, ...], Outcome] | None = None, seed: str = ""
    ) -> tuple[Cell, ...]:
        """Observations and cells of every case; outcomes that are not given are drawn, the same for the same seed."""
        self.store.keep_cases(self.round_id, all_cases)
        dice = random.Random(f"{seed}{len(all_cases)}")
        drawn = [(case, (outcomes or {}).get(case.key) or drawn_outcome(case, dice)) for case in all_cases]
        cells = tuple(cell_of(case, outcome, self._observe(case, outcome)) for case, outcome in drawn)
        self.store.save_cells(self.round_id, RULES, cells)
        self.store.finish_round(self.round_id, self._started.replace("T10:00", "T10:42"))
        return cells

    def _observe(self, case: Case, outcome: Outcome) -> tuple[str, ...]:
        """Stores all arms; answers the digests of the pages."""
        unseen = UNSEEN.get(outcome.verdict) if not outcome.flapping else None
        if unseen is not None:
            task = subject_task(self.round_id, case, None, 1)
            self.store.append(task, msgspec.structs.replace(unseen, url=case.target.url, at=AT))
            return ()
        direct = body(case.target.name, words(case.target.id, 120), self.size)
        subject = self._in_the_way(case, outcome) or direct
        if isinstance(case.surface, MessageApi):
            self.store.append(subject_task(self.round_id, case, None, 1, sends=True), spoken(case, outcome))
        task = subject_task(self.round_id, case, Executor.BROWSER, 1)
        self.store.append(task, seen(Arm.SUBJECT, case.target.url, subject, hops=3))
        self._controls_of(case, direct)
        return (hashlib.sha256(subject).hexdigest(), hashlib.sha256(direct).hexdigest())

    def _in_the_way(self, case: Case, outcome: Outcome) -> bytes:
        title = NOTICES.get(outcome.cause) if outcome.cause else None
        return body(title, f"{case.platform.name} {case.target.url}", self.size // 8) if title else b""

    def _controls_of(self, case: Case, direct: bytes) -> None:
        url = case.target.url
        self._once(direct_task(self.round_id, case, Executor.BROWSER, 1), seen(Arm.DIRECT, url, direct))
        if case.client:
            self._once(as_app_task(self.round_id, case, Executor.BROWSER, 1), seen(Arm.DIRECT_AS_APP, url, direct))
        if case.neutral and case.neutral.id != case.target.id:
            other = msgspec.structs.replace(case, target=case.neutral)
            plain = body("Plain", "A plain page that offends nobody.")
            there = case.neutral.url
            self._once(subject_task(self.round_id, other, Executor.BROWSER, 1), seen(Arm.SUBJECT, there, plain))
            self._once(direct_task(self.round_id, other, Executor.BROWSER, 1), seen(Arm.DIRECT, there, plain))

    def _once(self, task: Task, observation: Observation) -> None:
        if task.key not in self._controls:
            self._controls.add(task.key)
            self.store.append(task, observation)


NOTICES = {
    Cause.BLOCK_PAGE: "已停止访问该网页",
    Cause.COPY_ONLY: "如需浏览，请长按网址复制后使用浏览器访问",
    Cause.INTERSTITIAL_CLICK: "即将离开，请确认",
}
UNSEEN = {
    Verdict.INCONCLUSIVE: Observation(arm=Arm.SUBJECT, url="", blind="no vantage inside the app"),
    Verdict.SKIPPED: Observation(arm=Arm.SUBJECT, url="", skipped="no account: TOKEN not set"),
}


def drawn_outcome(case: Case, dice: random.Random) -> Outcome:
    if case.target.neutral:
        return Outcome(Verdict.OPEN)
    return Outcome(Verdict.SHIELDED, Cause.BLOCK_PAGE) if case.target.canary else dice.choice(OUTCOMES)


def spoken(case: Case, outcome: Outcome) -> Observation:
    """The message as it was answered, and as the recipient saw it."""
    url = case.target.url
    if outcome.cause is Cause.SEND_REFUSED:
        sent = Sent(SendOutcome.REFUSED, 200, "430101", "含有不安全的外链", seconds=0.2)
        return Observation(arm=Arm.SUBJECT, url=url, at=AT, sent=sent)
    sent = Sent(SendOutcome.ACCEPTED, 200, "0", "ok", seconds=0.2)
    shown = Shown(arrived=True, text=f"look {url}", links=(url,), waited=0.4)
    return Observation(arm=Arm.SUBJECT, url=url, at=AT, sent=sent, shown=shown)


def cell_of(case: Case, outcome: Outcome, evidence: tuple[str, ...] = ()) -> Cell:
    cause = outcome.cause
    times = 3 if cause else 1
    return Cell(
        platform=case.platform.id,
        surface=case.surface_id,
        target=case.target.id,
        url=case.target.url,
        vantage=case.vantage.id,
        category=case.target.category,
        role=case.target.role(case.platform),
        verdict=outcome.verdict,
        owner=case.target.owner,
        reason=f"The link is {outcome.verdict}.",
        causes=(cause,) if cause else (),
        planes=planes_of(outcome),
        fairness=fairness_of(case, outcome),
        findings=(finding_of(case, cause),) if cause else (),
        attempts=times,
        flapping=outcome.flapping,
        seen=(Verdict.SHIELDED, Verdict.OPEN, Verdict.SHIELDED) if outcome.flapping else (outcome.verdict,) * times,
        evidence=evidence,
        scenario=case.scenario,
    )


def finding_of(case: Case, cause: Cause) -> Finding:
    said = f"The page says: 已停止访问该网页, and nothing on it leads to {case.target.url}"
    return Finding(plane=cause.facts.plane, cause=cause, rule=RULE_OF[cause], evidence=said, uniform=False)


def planes_of(outcome: Outcome) -> dict[Plane, Verdict]:
    if outcome.verdict in UNSEEN:
        return {}
    return {outcome.cause.facts.plane if outcome.cause else Plane.OPEN: outcome.verdict}


def fairness_of(case: Case, outcome: Outcome) -> tuple[Fairness, ...]:
    if outcome.flapping or not outcome.verdict.is_finding:
        return ()
    if case.target.canary:
        return (Fairness.JUSTIFIED,)
    return (Fairness.UNIFORM,) if outcome.cause is Cause.INTERSTITIAL_CLICK else (Fairness.DISCRIMINATORY,)
