"""When HTTP alone is provably enough."""

from typing import Any

import pytest

from linkprobe.judge import Settled, opens, settle, stands_still
from linkprobe.model import Visit
from tests.judge.making import BLIND, BLOCK, ITEM, TARGET, made

GATEWAY = {"surface": "gateway"}
MARKED = {"url": TARGET, "landmark": {"selector": "#item-7"}}
ASKED = {"url": "https://link.platform.example/?target=x", "status": 302}


def settled(subject: Any, direct: Any = ITEM, platform: Any = None, target: Any = None) -> Settled:
    rest = {"target": target} if target else {}
    attempt = made(by_http(subject), direct=[by_http(direct)], platform=platform or GATEWAY, **rest)
    return settle(attempt.case, attempt.subject.visit, attempt.direct[0].visit)


def by_http(arm: Any) -> Any:
    return {**arm, "executor": "http"}


def through(like: str = "item", url: str = TARGET, way: str = "redirect", **rest: Any) -> Any:
    return {"hops": [ASKED, {"url": url, "status": 200, "way": way}], "page": {"url": url, "like": like}, **rest}


def test_a_redirect_to_the_landmark_needs_no_browser() -> None:
    assert settled(through(), target=MARKED).enough


def test_a_redirect_to_the_page_that_is_there_without_the_platform_needs_none() -> None:
    found = settled(through("article-again"), {"page": {"url": TARGET, "like": "article"}})

    assert found.enough
    assert "the page it shows without it" in found.why


def test_both_down_in_one_way_need_none() -> None:
    assert settled({"hops": [ASKED, {"url": TARGET}], "failure": "dns"}, {"failure": "dns"}).enough


def test_an_app_needs_a_browser() -> None:
    assert not settled(through(), platform={"surface": "in-app"}).enough


@pytest.mark.parametrize(("subject", "direct"), [(None, True), (True, None)])
def test_a_visit_that_was_not_made_needs_one(subject: bool | None, direct: bool | None) -> None:
    attempt = made(through(), direct=[ITEM], platform=GATEWAY)
    visits: list[Visit | None] = [attempt.subject.visit if subject else None]
    visits.append(attempt.direct[0].visit if direct else None)

    assert not settle(attempt.case, visits[0], visits[1]).enough


@pytest.mark.parametrize(
    ("subject", "direct", "why"),
    [
        (through("block", url="https://link.platform.example/x"), ITEM, "not the target's host"),
        (through("front"), ITEM, "the two bodies differ"),
        (through(way="meta-refresh"), ITEM, "moves on by itself"),
        (through("countdown"), ITEM, "cannot be told by HTTP"),
        (through(), {"page": {"url": TARGET, "like": "shell"}}, "cannot be told by HTTP"),
        ({"hops": [ASKED, {"url": TARGET}], "failure": "reset"}, ITEM, "without a page"),
        ({"hops": [ASKED, {"url": TARGET}], "failure": "reset"}, {"failure": "dns"}, "without a page"),
        ({"hops": [ASKED], "failure": "dns"}, {"failure": "dns"}, "without a page"),
    ],
)
def test_everything_else_goes_to_the_browser_and_says_why(subject: Any, direct: Any, why: str) -> None:
    found = settled(subject, direct)

    assert not found.enough
    assert why in found.why


def test_a_missing_landmark_needs_one() -> None:
    found = settled(through("front"), target=MARKED)

    assert not found.enough
    assert "landmark" in found.why


def test_a_shell_that_both_fetch_needs_one() -> None:
    assert not settled(through("shell"), {"page": {"url": TARGET, "like": "shell"}}).enough


DIALOG = {"surface": "share-dialog"}
FORM = "<!doctype html><title>Share</title><form><textarea name=text></textarea><button>Post</button></form>"


@pytest.mark.parametrize(
    ("page", "enough", "why"),
    [
        ({"html": FORM}, True, "has no scripts"),
        ({"html": f"{FORM}<script>draw()</script>"}, False, "scripts may draw"),
        ({"html": f"{FORM}<script src=/app.js></script>"}, False, "scripts may draw"),
        ({"html": "<meta http-equiv=refresh content='0;url=/compose'>"}, False, "scripts may draw"),
        ({"like": "login"}, True, "asks for a login"),
    ],
    ids=["plain", "inline script", "script", "moves on", "login"],
)
def test_a_share_dialog_needs_a_browser_where_scripts_may_draw_it(page: Any, enough: bool, why: str) -> None:
    found = settled({"page": {"url": "https://platform.example/share", **page}}, platform=DIALOG)

    assert found.enough is enough
    assert why in found.why


def test_a_share_dialog_without_a_page_needs_a_browser() -> None:
    assert not settled({"failure": "reset"}, platform=DIALOG).enough


IN_APP = {"surface": "in-app"}
BY_HTTP = by_http(ITEM)


def test_http_shows_a_neutral_link_to_open_inside_an_app() -> None:
    attempt = made(by_http(through()), direct=[BY_HTTP], platform=IN_APP, target=MARKED)

    assert opens(attempt.case, attempt.subject.visit, attempt.direct[0].visit).enough


def test_a_neutral_link_that_http_does_not_show_to_open_is_left_to_the_browser() -> None:
    attempt = made(by_http(BLOCK), direct=[BY_HTTP], platform=IN_APP)

    assert not opens(attempt.case, attempt.subject.visit, attempt.direct[0].visit).enough


@pytest.mark.parametrize("lost", [{}, BLIND])
def test_a_neutral_link_that_was_not_visited_is_left_to_the_browser(lost: Any) -> None:
    attempt = made(lost, direct=[BY_HTTP], platform=IN_APP)

    assert not opens(attempt.case, attempt.subject.visit, attempt.direct[0].visit).enough


def test_a_target_that_bears_its_landmark_stands_still() -> None:
    attempt = made(BLOCK, again=BY_HTTP, target=MARKED)

    assert stands_still(attempt.case, attempt.again)


@pytest.mark.parametrize("now", [{"failure": "dns"}, {"page": {"url": TARGET, "like": "platform-notice"}}, BLIND])
def test_a_target_that_does_not_answer_as_before_does_not(now: Any) -> None:
    attempt = made(BLOCK, again={**now, "executor": "http"}, target=MARKED)

    assert not stands_still(attempt.case, attempt.again)
