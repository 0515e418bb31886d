"""What can be pressed and where it leads."""

import pytest

from linkprobe.page.parts import Control
from tests.page.pages import facts

THERE = "https://there.example/x"


@pytest.mark.parametrize(
    "markup",
    [
        f"<a href='{THERE}'>Go</a>",
        f"<a href='#' onclick=\"location.href='{THERE}'\">Go</a>",
        f"<a href=\"javascript:window.location='{THERE}'\">Go</a>",
        f"<span onclick=\"openPage('{THERE}')\">Go</span>",
        f"<button data-url='{THERE}'>Go</button>",
        f"<form action='{THERE}'><div><button>Go</button></div></form>",
        f"<form action=/x><input type=submit formaction='{THERE}' value=Go></form>",
        f"<button onclick='next()'>Go</button><script>function next() {{ location.href = '{THERE}' }}</script>",
        f"<a href='javascript:next()'>Go</a><script>function next() {{ location.assign('{THERE}') }}</script>",
        "<button id=go>Go</button><script>document.getElementById('go').onclick = function() "
        f"{{ location = '{THERE}' }}</script>",
        f"<button id=go>Go</button><script>$('#go').click(function() {{ location = '{THERE}' }})</script>",
        f'<script>var state = {{"btns":[{{"name":"Go","url":"{THERE.replace("/", "&#x2f;")}"}}]}};</script>',
    ],
)
def test_a_control_says_where_it_leads(markup: str) -> None:
    found = facts(markup).leads_to(THERE)

    assert [control.label for control in found] == ["Go"]


def test_a_control_leads_to_any_address_of_the_target() -> None:
    page = facts("<a href='https://m.there.example/other'>Go</a>")

    assert page.leads_to(THERE)
    assert not page.leads_to("https://elsewhere.example/")


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        ("<input type=submit value=Send>", "Send"),
        ("<button aria-label=Close></button>", "Close"),
        ("<a href=/x><img alt=Home></a>", "Home"),
        ("<a href=/x title=There></a>", "There"),
    ],
)
def test_a_control_is_labelled_by_what_a_reader_meets(markup: str, label: str) -> None:
    assert facts(markup).controls[0].label == label


@pytest.mark.parametrize(
    ("markup", "button"),
    [
        ("<button>x</button>", True),
        ("<a role=button href=/x>x</a>", True),
        ("<a class='primary-btn' href=/x>x</a>", True),
        ("<a href=/x>x</a>", False),
    ],
)
def test_a_control_is_a_button_by_element_role_or_class(markup: str, button: bool) -> None:
    assert facts(markup).controls[0].button is button


def test_a_long_text_that_is_a_link_is_no_control() -> None:
    assert facts(f"<a href=/x>{'word ' * 40}</a>").controls == ()


def test_an_element_without_label_and_address_is_no_control() -> None:
    assert facts("<button></button><form><button type=button></button></form>").controls == ()


def test_a_button_that_is_no_submit_leads_nowhere() -> None:
    page = facts("<form action=https://there.example/><button type=button>x</button></form><button>y</button>")

    assert page.controls == (Control("x", "", button=True), Control("y", "", button=True))


def test_an_element_that_matches_twice_is_one_control() -> None:
    assert len(facts("<button onclick='f()'>x</button>").controls) == 1


def test_data_that_is_no_address_leads_nowhere() -> None:
    assert facts("<a data-target='menu'>x</a>").controls == (Control("x", "", button=False),)


def test_links_are_absolute_and_leave_out_scripts_and_fragments() -> None:
    page = facts("<base href='https://b.example/d/'><a href=e>E</a><a href='javascript:x()'>J</a><a href='#t'>T</a>")

    assert [(link.url, link.text) for link in page.links] == [("https://b.example/d/e", "E")]
    assert page.link_hosts == {"b.example"}


def test_an_empty_base_leaves_the_page_s_own_address() -> None:
    assert facts("<base href=''><a href=e>E</a>").links[0].url == "https://target.example/path/e"
