"""What holds of any measurement: judging is total, repeatable, blind to noise, and no missing control accuses."""

import random
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkprobe.judge import cell, fair, judge, settle, wants_more
from linkprobe.judge.reading import kinds
from linkprobe.model import Measurement, Observation, Verdict
from linkprobe.page import read
from tests.judge.casefile import FOLDER, attempts, case_paths, load, shared_pages
from tests.judge.making import TARGET, made

NEUTRAL = "https://neutral.example/page"
HOSTS = (
    "https://link.platform.example/notice",
    "https://platform.example/",
    f"https://platform.example/login?next=%2Fshare%3Furl%3D{TARGET}",
    TARGET,
    "https://shop.example/",
    "https://m.shop.example/item/7",
    "https://news.example/ferry",
    NEUTRAL,
)
FAILURES = ("dns", "refused", "reset", "timeout", "tls-certificate", "vantage", "aborted", "crashed", "bad-redirect")
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pages() -> st.SearchStrategy[dict[str, Any]]:
    named = st.sampled_from(sorted(shared_pages())).map(lambda name: {"like": name})
    raw = st.binary(max_size=300).map(lambda body: {"bytes": body.hex()})
    return st.builds(
        lambda body, url, status: {**body, "url": url, "status": status},
        st.one_of(named, named, named, raw),
        st.sampled_from(HOSTS),
        st.sampled_from((200, 200, 200, 403, 404, 429, 503)),
    )


def visits(depth: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    landed = st.fixed_dictionaries(
        {"page": pages()},
        optional={
            "executor": st.sampled_from(("http", "browser")),
            "settled": st.booleans(),
            "seconds": st.floats(0, 9),
            "events": st.just([{"kind": "click", "text": "Continue"}]),
            "hops": st.lists(
                st.fixed_dictionaries(
                    {"url": st.sampled_from(HOSTS)},
                    optional={
                        "status": st.sampled_from((200, 204, 302)),
                        "way": st.sampled_from(("request", "redirect", "meta-refresh", "script")),
                        "at": st.floats(0, 9),
                    },
                ),
                min_size=1,
                max_size=4,
            ),
            **({"clicked": visits(depth - 1)} if depth else {}),
        },
    )
    failed = st.fixed_dictionaries(
        {"failure": st.sampled_from(FAILURES)}, optional={"failed_at": st.sampled_from(HOSTS)}
    )
    return st.one_of(landed, landed, landed, failed)


def messages() -> st.SearchStrategy[dict[str, Any]]:
    outcomes = ("accepted", "accepted", "refused", "rate-limited", "unauthorised", "failed", "indeterminate")
    sent = st.fixed_dictionaries(
        {"outcome": st.sampled_from(outcomes), "status": st.just(200)},
        optional={"code": st.sampled_from(("about-us", "unclear", "too-fast")), "logging_in": st.booleans()},
    )
    shown = st.fixed_dictionaries(
        {"arrived": st.booleans()},
        optional={
            "looked": st.booleans(),
            "text": st.sampled_from(("", TARGET, "k1 (link removed)", NEUTRAL)),
            "links": st.lists(st.sampled_from(HOSTS), max_size=2),
            "card": st.fixed_dictionaries({}, optional={"title": st.just("Copper kettle")}),
            "card_expected": st.booleans(),
            "viewer": st.sampled_from(("receiver", "sender", "anyone")),
            "clicked": st.sampled_from(("", TARGET)),
            "still_there": st.booleans(),
            "failure": st.sampled_from(FAILURES).map(lambda kind: {"kind": kind}),
        },
    )
    return st.fixed_dictionaries({}, optional={"sent": sent, "shown": shown})


def arms() -> st.SearchStrategy[dict[str, Any]]:
    both = st.builds(lambda visit, message: {**visit, **message}, visits(), messages())
    return st.one_of(visits(), visits(), both, messages(), st.just({"blind": "no way"}), st.just({"skipped": "no key"}))


def measurements() -> st.SearchStrategy[Measurement]:
    platform = st.fixed_dictionaries(
        {"surface": st.sampled_from(("in-app", "gateway", "message-api", "preview-api", "share-dialog"))},
        optional={
            "agent": st.just("App/1"),
            "fetcher": st.just("Preview/1"),
            "signed": st.booleans(),
            "links": st.just("links"),
            "linkify": st.booleans(),
            "refusals": st.just({"about-us": "account", "unclear": "unclear", "too-fast": "rate"}),
        },
    )
    target = st.fixed_dictionaries(
        {"url": st.sampled_from((TARGET, TARGET + "?id=7", NEUTRAL))},
        optional={"landmark": st.just({"selector": "#item-7"})},
    )
    return st.builds(
        lambda subject, rest: made(subject, **rest),
        arms(),
        st.fixed_dictionaries(
            {"platform": platform, "target": target},
            optional={
                "direct": st.lists(visits(), max_size=2),
                "as_app": visits(),
                "as_crawler": visits(),
                "again": visits(),
                "app_again": visits(),
                "neutral": st.one_of(st.none(), arms()),
                "neutral_direct": st.one_of(st.none(), visits()),
            },
        ),
    )


def fewer(measurement: Measurement) -> Iterator[Measurement]:
    """The measurement with one control or more taken away, take by take."""
    for index in range(len(measurement.direct)):
        takes = measurement.direct[:index] + measurement.direct[index + 1 :]
        yield msgspec.structs.replace(measurement, direct=takes)
    for name in ("as_app", "as_crawler", "neutral", "neutral_direct"):
        if getattr(measurement, name) is not None:
            yield msgspec.structs.replace(measurement, **{name: None})
    yield msgspec.structs.replace(measurement, direct=(), neutral=None)
    yield msgspec.structs.replace(measurement, as_app=None, neutral=None, neutral_direct=None)


@given(measurements())
@settings(SLOW, max_examples=400)
def test_taking_a_control_away_never_turns_no_verdict_into_an_accusation(measurement: Measurement) -> None:
    if judge(measurement).verdict is not Verdict.INCONCLUSIVE:
        return

    accusing = [poorer for poorer in fewer(measurement) if judge(poorer).verdict.is_finding]

    assert [judge(poorer).reason for poorer in accusing] == []


def test_no_case_file_accuses_once_a_control_is_gone() -> None:
    for path in case_paths():
        if load(path).expect.verdict is Verdict.INCONCLUSIVE:
            (measurement, *_) = attempts(load(path))
            assert not any(judge(poorer).verdict.is_finding for poorer in fewer(measurement)), path


@given(measurements())
@SLOW
def test_any_observation_gives_a_judgement_with_a_reason(measurement: Measurement) -> None:
    judgement = judge(measurement)

    assert judgement.reason
    assert (
        judgement.verdict.is_finding
        == any(finding.cause.facts.verdict is judgement.verdict for finding in judgement.findings)
        or not judgement.verdict.is_finding
    )


@given(measurements())
@SLOW
def test_judging_again_gives_the_same(measurement: Measurement) -> None:
    first = judge(measurement)
    read.cache_clear()
    kinds.cache_clear()

    assert judge(measurement) == first


@given(measurements(), st.integers(1, 6))
@SLOW
def test_cells_settling_and_parity_are_total(measurement: Measurement, count: int) -> None:
    several = tuple(msgspec.structs.replace(measurement, attempt=index) for index in range(1, count + 1))

    (made_cell,) = fair((cell(several),))

    assert made_cell.attempts == count
    assert not made_cell.flapping
    assert wants_more(several) >= 0
    direct = measurement.direct[0].visit if measurement.direct else None
    assert settle(measurement.case, measurement.subject.visit, direct).why


@given(
    measurements(), st.binary(max_size=2000), st.sampled_from(("", "text/html", "text/html; charset=gbk", "image/png"))
)
@SLOW
def test_arbitrary_bytes_do_no_harm(measurement: Measurement, body: bytes, kind: str) -> None:
    assert judge(msgspec.structs.replace(measurement, subject=filled(measurement.subject, body, kind))).reason


def filled(observation: Observation, body: bytes, kind: str) -> Observation:
    visit = observation.visit
    if visit is None or visit.page is None:
        return observation
    page = msgspec.structs.replace(visit.page, body=body, content_type=kind, digest="")
    return msgspec.structs.replace(observation, visit=msgspec.structs.replace(visit, page=page))


_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+=(?:\"[^\"]*\"|'[^']*'))+)\s*>")
_ATTRIBUTE = re.compile(r"[a-zA-Z-]+=(?:\"[^\"]*\"|'[^']*')")


def disturbed(html: str, dice: random.Random) -> str:
    """The page with attributes in another order, more white space, and other random ids and times."""

    def shuffled(found: re.Match[str]) -> str:
        attributes = _ATTRIBUTE.findall(found[2])
        dice.shuffle(attributes)
        return f'<{found[1]} {"  ".join(attributes)} data-r="{dice.getrandbits(64):016x}">'

    html = re.sub(r"\b[0-2]\d:[0-5]\d\b", lambda _: f"{dice.randrange(24):02}:{dice.randrange(60):02}", html)
    html = _TAG.sub(shuffled, html)
    return html.replace(">\n", f"> \n\n  <!-- {dice.getrandbits(32):x} -->")


@given(st.sampled_from(case_paths()), st.integers(0, 10_000))
@SLOW
def test_noise_in_the_page_changes_nothing(path: Any, seed: int) -> None:
    (measurement, *_) = attempts(load(path))
    visit = measurement.subject.visit
    if visit is None or visit.page is None or not visit.page.content_type.startswith("text/html"):
        return

    noisy = disturbed(visit.page.body.decode("utf-8", "replace"), random.Random(seed))
    again = judge(
        msgspec.structs.replace(
            measurement, subject=filled(measurement.subject, noisy.encode(), visit.page.content_type)
        )
    )

    before = judge(measurement)
    assert (again.verdict, again.causes) == (before.verdict, before.causes), FOLDER / path
