"""A judge case as a file: what was observed and what follows from it. A new case is a new file and no Python."""

from functools import cache
from pathlib import Path

import msgspec
import yaml

from linkprobe.model import (
    About,
    Arm,
    Capture,
    CardFields,
    Case,
    Cause,
    Client,
    Event,
    EventKind,
    Executor,
    Failure,
    FailureKind,
    Gateway,
    Hop,
    HopWay,
    HttpCall,
    InApp,
    Landmark,
    Measurement,
    MessageApi,
    Observation,
    Plane,
    Platform,
    PreviewApi,
    ReadBack,
    Refusal,
    Sent,
    ShareDialog,
    Shown,
    Surface,
    Target,
    Vantage,
    Verdict,
    Visit,
)

FOLDER = Path(__file__).parent / "cases"
PAGES = Path(__file__).parent / "pages.yaml"
"""Pages that many cases share, by name; all of them made up."""


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class PageEntry(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    url: str
    status: int = 200
    type: str = "text/html; charset=utf-8"
    like: str = ""
    """Name of a shared page, or of one under the case's own `pages`."""
    html: str = ""
    bytes: str = ""
    """The body in hexadecimal, where it is no text."""
    headers: dict[str, str] = {}
    truncated: bool = False


class HopEntry(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    url: str
    status: int | None = None
    way: HopWay = HopWay.REQUEST
    location: str | None = None
    at: float = 0.0
    took: float = 0.0


class EventEntry(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: EventKind
    url: str = ""
    text: str = ""


class ArmEntry(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One arm. Without `hops`, the visit is one request to the page or to what failed."""

    hops: tuple[HopEntry, ...] = ()
    page: PageEntry | None = None
    failure: FailureKind | None = None
    failed_at: str = ""
    seconds: float = 0.1
    executor: Executor = Executor.BROWSER
    settled: bool = True
    events: tuple[EventEntry, ...] = ()
    clicked: "ArmEntry | None" = None
    sent: Sent | None = None
    shown: Shown | None = None
    blind: str = ""
    skipped: str = ""


class PlatformEntry(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    hosts: tuple[str, ...] = ("platform.example",)
    surface: str = "in-app"
    """in-app, gateway, message-api, preview-api, share-dialog."""
    fetcher: str = ""
    """The user agent of what fetches its previews; empty means that none is known."""
    agent: str = ""
    """The app's user agent; empty means that its visitors come with the ordinary browser."""
    links: str = ""
    """Where a read-back message holds its links."""
    linkify: bool = False
    """Its clients make links of addresses in the text."""
    refusals: dict[str, About] = {}
    """What the codes of its refusals are about."""
    signed: bool = False
    own_hosts: tuple[str, ...] = ()


class TargetEntry(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    url: str = "https://shop.example/item/7"
    landmark: Landmark | None = None
    hosts: tuple[str, ...] = ()
    neutral: bool = False
    owner: str = ""


class TimingsEntry(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Seconds of each attempt; with them the case is judged as a cell of so many attempts."""

    subject: tuple[float, ...]
    direct: tuple[float, ...]
    neutral: tuple[float, ...] = ()
    neutral_direct: tuple[float, ...] = ()


class Expect(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    verdict: Verdict
    causes: tuple[Cause, ...] = ()
    rules: tuple[str, ...] = ()
    """Every rule and gate that must speak, and no other."""
    silent: tuple[str, ...] = ()
    """Rules that come near and must not speak: why this case exists."""
    uniform: bool | None = None
    reason: str = ""
    planes: dict[Plane, Verdict] = {}


ITEM = ArmEntry(page=PageEntry(url="https://shop.example/item/7", like="item"))
NEUTRAL_PAGE = ArmEntry(page=PageEntry(url="https://neutral.example/page", like="neutral"))


class CaseFile(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Controls that a case leaves out are taken and find nothing wrong; what must be missing is given as null or []."""

    says: str
    """The claim this case makes, in one sentence."""
    ooni: str = ""
    """What OONI answers, where the case is one of its own."""
    platform: PlatformEntry = PlatformEntry()
    target: TargetEntry = TargetEntry()
    neutral_target: TargetEntry = TargetEntry(url="https://neutral.example/page", neutral=True)
    pages: dict[str, str] = {}
    subject: ArmEntry
    direct: tuple[ArmEntry, ...] = (ITEM,)
    as_app: ArmEntry | None = None
    as_crawler: ArmEntry | None = None
    again: ArmEntry | None = None
    """The target asked again by HTTP, where `direct` is of an earlier attempt; `app_again` the same as the app."""
    app_again: ArmEntry | None = None
    neutral: ArmEntry | None = NEUTRAL_PAGE
    neutral_direct: ArmEntry | None = NEUTRAL_PAGE
    timings: TimingsEntry | None = None
    expect: Expect


def case_paths() -> list[Path]:
    return sorted(FOLDER.rglob("*.yaml"))


@cache
def load(path: Path) -> CaseFile:
    return msgspec.convert(yaml.safe_load(path.read_text("utf-8")), CaseFile)


def attempts(entry: CaseFile) -> tuple[Measurement, ...]:
    """The case's attempts: one, or as many as it gives timings for."""
    made = measurement(entry)
    times = entry.timings
    if times is None:
        return (made,)
    return tuple(
        msgspec.structs.replace(
            made,
            subject=_timed(made.subject, times.subject[index]),
            direct=tuple(_timed(take, times.direct[index]) for take in made.direct),
            neutral=_timed(made.neutral, times.neutral[index]) if made.neutral and times.neutral else made.neutral,
            neutral_direct=_timed(made.neutral_direct, times.neutral_direct[index])
            if made.neutral_direct and times.neutral_direct
            else made.neutral_direct,
            attempt=index + 1,
        )
        for index in range(len(times.subject))
    )


def measurement(entry: CaseFile) -> Measurement:
    """The case as the judge gets it."""
    pages = {**shared_pages(), **entry.pages}
    case = _case(entry)
    neutral = case.neutral.url if case.neutral else ""

    def arm(name: Arm, given: ArmEntry | None, url: str) -> Observation | None:
        return _observation(name, given, url, pages) if given is not None else None

    subject = _observation(Arm.SUBJECT, entry.subject, case.target.url, pages)
    return Measurement(
        case=case,
        subject=subject,
        direct=tuple(_observation(Arm.DIRECT, take, case.target.url, pages) for take in entry.direct),
        as_app=arm(Arm.DIRECT_AS_APP, entry.as_app, case.target.url),
        as_crawler=arm(Arm.DIRECT_AS_CRAWLER, entry.as_crawler, case.target.url),
        neutral=arm(Arm.NEUTRAL, entry.neutral, neutral),
        neutral_direct=arm(Arm.DIRECT, entry.neutral_direct, neutral),
        again=tuple(
            _observation(name, given, case.target.url, pages)
            for name, given in ((Arm.DIRECT, entry.again), (Arm.DIRECT_AS_APP, entry.app_again))
            if given is not None
        ),
    )


def _timed(observation: Observation, seconds: float) -> Observation:
    assert observation.visit is not None
    return msgspec.structs.replace(observation, visit=msgspec.structs.replace(observation.visit, seconds=seconds))


@cache
def shared_pages() -> dict[str, str]:
    """Pages by name."""
    return msgspec.convert(yaml.safe_load(PAGES.read_text("utf-8")), dict[str, str])


def _case(entry: CaseFile) -> Case:
    platform = Platform(
        id="platform",
        name="Platform",
        owner="owner",
        hosts=entry.platform.hosts,
        clients={"app": Client(user_agent=entry.platform.agent)} if entry.platform.agent else {},
        crawlers={"preview": Client(user_agent=entry.platform.fetcher)} if entry.platform.fetcher else {},
        surfaces={"surface": _surface(entry.platform)},
        refusals={code: Refusal(about=about) for code, about in entry.platform.refusals.items()},
    )
    return Case(
        scenario="case",
        platform=platform,
        surface_id="surface",
        target=_target("target", entry.target),
        neutral=_target("target" if entry.neutral_target == entry.target else "neutral", entry.neutral_target),
        vantage=Vantage(id="here"),
        own_hosts=entry.platform.own_hosts,
    )


def _target(name: str, entry: TargetEntry) -> Target:
    return Target(
        id=name,
        url=entry.url,
        landmark=entry.landmark,
        hosts=entry.hosts,
        neutral=entry.neutral,
        owner=entry.owner,
    )


def _surface(entry: PlatformEntry) -> Surface:
    client = "app" if entry.agent else ""
    call = HttpCall(url=f"https://{entry.hosts[0].lstrip('=')}/api")
    match entry.surface:
        case "in-app":
            return InApp(client=client)
        case "gateway":
            template = f"https://{entry.hosts[0].lstrip('=')}/?target={{url}}"
            return Gateway(client=client, template=template, signed=entry.signed)
        case "message-api":
            card = CardFields() if entry.fetcher else None
            read = ReadBack(call=call, links=entry.links, linkify=entry.linkify, card=card)
            return MessageApi(client=client, send=call, read=read)
        case "share-dialog":
            return ShareDialog(client=client, template=f"https://{entry.hosts[0].lstrip('=')}/share?url={{url}}")
        case "preview-api":
            return PreviewApi(client=client, call=call)
        case other:
            raise ValueError(f"no surface {other!r}")


def _observation(arm: Arm, entry: ArmEntry, url: str, pages: dict[str, str]) -> Observation:
    return Observation(
        arm=arm,
        url=url,
        sent=entry.sent,
        shown=entry.shown,
        visit=_visit(entry, url, pages),
        blind=entry.blind,
        skipped=entry.skipped,
    )


def _visit(entry: ArmEntry, url: str, pages: dict[str, str]) -> Visit | None:
    if entry.page is None and entry.failure is None and not entry.hops and not entry.events:
        return None
    hops = tuple(Hop(**msgspec.structs.asdict(hop)) for hop in entry.hops)
    if not hops:
        hops = (
            (Hop(url=entry.page.url, status=entry.page.status),) if entry.page else (Hop(url=entry.failed_at or url),)
        )
    return Visit(
        requested=hops[0].url,
        executor=entry.executor,
        hops=hops,
        page=_capture(entry.page, pages) if entry.page else None,
        events=tuple(Event(kind=event.kind, url=event.url, text=event.text) for event in entry.events),
        failure=Failure(kind=entry.failure, url=entry.failed_at or hops[-1].url) if entry.failure else None,
        seconds=entry.seconds,
        settled=entry.settled,
        clicked=_visit(entry.clicked, url, pages) if entry.clicked else None,
    )


def _capture(entry: PageEntry, pages: dict[str, str]) -> Capture:
    text = pages[entry.like] if entry.like else entry.html
    return Capture(
        url=entry.url,
        status=entry.status,
        content_type=entry.type,
        headers=tuple(entry.headers.items()),
        body=bytes.fromhex(entry.bytes) if entry.bytes else text.encode(),
        truncated=entry.truncated,
    )
