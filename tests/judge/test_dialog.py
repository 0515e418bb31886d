"""What a share dialog's page still has of the link it was opened with."""

import pytest

from linkprobe.judge.dialog import Held, held_by, survives
from linkprobe.model import Capture
from linkprobe.page import Facts, read

LINK = "https://shop.example/item/7?from=friend&size=2"
CODED = "https%3A%2F%2Fshop.example%2Fitem%2F7%3Ffrom%3Dfriend%26size%3D2"


def page(body: str, url: str = "https://platform.example/share") -> Facts:
    return read(Capture(url, 200, "text/html; charset=utf-8", body=f"<!doctype html><body>{body}".encode()))


WHOLE = {
    "a text field": "<input value='https://shop.example/item/7?from=friend&amp;size=2'>",
    "a hidden field": "<input type=hidden value='https://shop.example/item/7?from=friend&amp;size=2'>",
    "a text area": "<textarea>Look: https://shop.example/item/7?from=friend&amp;size=2 now</textarea>",
    "text": "<p>shop.example/item/7?from=friend&amp;size=2</p>",
    "text in capitals": "<p>HTTPS://SHOP.EXAMPLE/ITEM/7?FROM=FRIEND&amp;SIZE=2</p>",
    "a shortened text": "<p>shop.example/item…</p>",
    "the host of a preview": "<aside>A kettle<br>shop.example</aside>",
    "a link": "<a href='https://shop.example/item/7?from=friend&amp;size=2'>the link</a>",
    "a link into an app": f"<a href='plat://send?text={CODED}'>Open the app</a>",
    "a link on": f"<a href='https://web.platform.example/send?text={CODED}'>Go on</a>",
    "a field, encoded twice": f"<input value='u={CODED.replace('%', '%25')}'>",
    "parameters in another order": "<input value='https://shop.example/item/7?size=2&amp;x=1&amp;from=friend'>",
    "a part behind #": "<input value='https://shop.example/item/7?from=friend&amp;size=2#top'>",
}


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_the_link_is_found(body: str) -> None:
    assert held_by(page(body), LINK) is Held.WHOLE


CUT = {
    "without parameters": "<textarea>https://shop.example/item/7</textarea>",
    "without one parameter": "<input value='https://shop.example/item/7?from=friend'>",
    "without its path": "<input value='https://shop.example/'>",
    "of a broken port": "<input value='https://shop.example:x/item'>",
}


@pytest.mark.parametrize("body", CUT.values(), ids=CUT)
def test_what_is_missing_in_a_field_is_noticed(body: str) -> None:
    assert held_by(page(body), LINK) is Held.CUT


def test_the_pages_own_address_is_told_apart() -> None:
    there = page("<textarea></textarea>", f"https://platform.example/share?u={CODED}")

    assert held_by(there, LINK) is Held.ADDRESS


@pytest.mark.parametrize("times", [1, 2, 3])
def test_an_address_is_decoded_three_times(times: int) -> None:
    coded = CODED
    for _ in range(times - 1):
        coded = coded.replace("%", "%25")

    assert held_by(page("", f"https://platform.example/login?next={coded}"), LINK) is Held.ADDRESS


@pytest.mark.parametrize("body", ["", "<p>Nothing</p>", "<input value='https://other.example/item/7'>"])
def test_a_page_without_it_has_nothing(body: str) -> None:
    assert held_by(page(body), LINK) is Held.NOWHERE


def test_a_way_to_the_login_is_not_the_composers() -> None:
    there = page(f"<textarea></textarea><a href='/login?next={CODED}'>Log in</a>")

    assert held_by(there, LINK) is Held.NOWHERE
    assert survives(there, LINK)


def test_an_address_that_no_parser_takes_has_nothing() -> None:
    assert held_by(page("<input value='https://[shop.example/item'>"), LINK) is Held.NOWHERE
