"""What a visit writes down beside its way."""

import pytest

from linkprobe.model import Event, EventKind, FailureKind
from tests.probe.browser.conftest import Theatre, to

pytestmark = pytest.mark.browser

INTENT = "intent://scan/#Intent;scheme=zxing;S.browser_fallback_url=https%3A%2F%2Fshop.test;end"


def of_kind(events: tuple[Event, ...], kind: EventKind) -> list[tuple[str, str]]:
    return [(event.url, event.text) for event in events if event.kind is kind]


@pytest.mark.parametrize(
    "page",
    [
        f"<script>location = '{INTENT}'</script>stay",
        f"stay<script>setTimeout(() => {{ location = '{INTENT}' }}, 100)</script>",
        f"stay<iframe src='{INTENT}'></iframe>",
        f"stay<a id=a href='{INTENT}'>open</a><script>a.click()</script>",
        f"stay<a id=a href='{INTENT}'>open</a><script>onload = () => a.click()</script>",
        f"<meta http-equiv=refresh content='1;url={INTENT}'>stay",
        f"stay<script>window.open('{INTENT}')</script>",
    ],
)
async def test_a_call_to_an_app_is_kept_with_its_fragment_and_the_page_stays(theatre: Theatre, page: str) -> None:
    url = theatre.stage.put("gate.test/", page)

    visit = await theatre.see(url)

    assert of_kind(visit.events, EventKind.APP_SCHEME) == [(INTENT, "")]
    assert visit.page is not None
    assert b"stay" in visit.page.body


async def test_a_redirect_into_an_app_ends_the_visit(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", to(INTENT))

    visit = await theatre.see(url)

    assert of_kind(visit.events, EventKind.APP_SCHEME) == [(INTENT, "")]
    assert [(hop.status, hop.location) for hop in visit.hops] == [(302, INTENT)]
    assert visit.failure is not None
    assert visit.failure.kind is FailureKind.ABORTED


async def test_dialogs_are_answered_and_kept(theatre: Theatre) -> None:
    url = theatre.stage.put(
        "gate.test/", "<script>alert('read me'); document.title = [confirm('go on?'), prompt('who?')]</script>stay"
    )

    visit = await theatre.see(url)

    assert [text for _, text in of_kind(visit.events, EventKind.DIALOG)] == ["read me", "go on?", "who?"]
    assert visit.page is not None
    assert b"<title>true,</title>" in visit.page.body


async def test_a_download_is_named_and_not_kept(theatre: Theatre) -> None:
    headers = [("content-type", "application/octet-stream"), ("content-disposition", "attachment; filename=app.apk")]
    url = theatre.stage.put("gate.test/get", (200, headers, b"body of the app"))

    visit = await theatre.see(url)

    assert of_kind(visit.events, EventKind.DOWNLOAD) == [(url, "app.apk")]
    assert visit.page is None
    assert visit.failure is not None
    assert visit.failure.kind is FailureKind.ABORTED


@pytest.mark.parametrize(
    "page",
    [
        "stay<script>window.open('https://shop.test/?new#tab')</script>",
        "stay<a id=a target=_blank rel=noopener href='https://shop.test/?new#tab'>x</a><script>a.click()</script>",
    ],
)
async def test_a_new_tab_is_kept_with_its_first_url(theatre: Theatre, page: str) -> None:
    theatre.stage.put("shop.test/", to("https://shop.test/later"))
    url = theatre.stage.put("gate.test/", page)

    visit = await theatre.see(url)

    assert of_kind(visit.events, EventKind.NEW_TAB) == [("https://shop.test/?new#tab", "")]
    assert visit.landed == url


async def test_script_errors_are_kept(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "stay<script>null.gone</script>")

    (kept,) = of_kind((await theatre.see(url)).events, EventKind.SCRIPT_ERROR)

    assert "gone" in kept[1]


async def test_offsets_of_events_count_from_the_first_request(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "stay<script>setTimeout(() => alert('late'), 300)</script>", after=0.5)

    (dialog,) = (await theatre.see(url)).events

    assert 0.7 < dialog.at < 3


async def test_a_screenshot_is_a_small_jpeg(theatre: Theatre) -> None:
    visit = await theatre.see(theatre.stage.put("shop.test/", "welcome"))

    assert visit.screenshot is not None
    assert visit.screenshot.image.startswith(b"\xff\xd8")
    assert len(visit.screenshot.image) < 20_000
