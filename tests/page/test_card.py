"""Cards and canonical addresses."""

from linkprobe.model import Card
from tests.page.pages import facts


def test_open_graph_goes_before_twitter_and_title() -> None:
    page = facts(
        "<title>T</title><meta name=twitter:title content=W><meta property=og:title content=O>"
        "<meta name=description content=D><meta name=twitter:image content=/i.png><meta property=og:url content=/u>"
    )

    assert page.card == Card(
        title="O", description="D", image="https://target.example/i.png", url="https://target.example/u"
    )


def test_a_page_without_card_offers_its_title() -> None:
    assert facts("<title> A  title </title>").card == Card(title="A title")


def test_empty_and_nameless_fields_are_passed_over() -> None:
    assert facts("<meta property=og:title content=' '><meta content=x>").card == Card()


def test_the_canonical_link_goes_before_og_url() -> None:
    page = facts("<meta property=og:url content=https://o.example/><link rel='CANONICAL' href='/c'>")

    assert page.canonical == "https://target.example/c"
    assert page.claimed == "https://o.example/"


def test_a_relative_canonical_claims_no_host() -> None:
    page = facts("<link rel=canonical href='/c'>")

    assert (page.canonical, page.claimed) == ("https://target.example/c", "")


def test_an_absolute_canonical_claims_its_host() -> None:
    assert facts("<link rel=canonical href='//c.example/'>").claimed == "https://c.example/"


def test_without_either_there_is_no_canonical() -> None:
    page = facts("<p>x")

    assert (page.canonical, page.claimed) == ("", "")
