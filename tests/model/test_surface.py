import msgspec
import pytest

from linkprobe.model import (
    CardFields,
    Case,
    Client,
    Gateway,
    HttpCall,
    MessageApi,
    Platform,
    PreviewApi,
    ReadBack,
    ShareDialog,
    Surface,
    Target,
    Vantage,
    WebClient,
    XmppAccount,
    XmppChat,
)

CALL = HttpCall(url="https://api.chat.example/messages")
READ = ReadBack(call=CALL)
END = XmppAccount(user="a", password="${LINKPROBE_TEST_PASSWORD}")
XMPP = XmppChat(bosh="https://chat.example/bosh", domain="chat.example", sender=END, receiver=END)
WEB = WebClient(address="https://chat.example/", sender=(), receiver=(), ready="#in", composer="#say", message=".said")
GATEWAY = Gateway(template="https://chat.example/?to={url}")


def reading(**changes: object) -> MessageApi:
    return MessageApi(send=CALL, read=msgspec.structs.replace(READ, **changes))


@pytest.mark.parametrize(
    ("surface", "shows"),
    [
        (MessageApi(send=CALL), False),
        (reading(), False),
        (reading(links="entities.*.url"), True),
        (reading(format="html"), True),
        (reading(linkify=True), True),
        (XMPP, True),
        (WEB, True),
    ],
)
def test_a_surface_that_says_where_links_stand_shows_them(
    surface: MessageApi | XmppChat | WebClient, shows: bool
) -> None:
    assert surface.shows_links is shows


@pytest.mark.parametrize(
    ("surface", "shows"),
    [
        (GATEWAY, False),
        (ShareDialog(template="https://chat.example/share?u={url}"), False),
        (XMPP, False),
        (MessageApi(send=CALL), False),
        (reading(), False),
        (reading(card=CardFields()), True),
        (WEB, False),
        (msgspec.structs.replace(WEB, card=CardFields()), True),
        (PreviewApi(call=CALL), True),
    ],
)
def test_a_surface_that_says_where_a_card_stands_shows_cards(surface: Surface, shows: bool) -> None:
    assert surface.shows_cards is shows


def case_on(surface: Surface) -> Case:
    fetcher = Client(user_agent="ExamplePreview/1.0")
    chat = Platform(
        id="chat", name="Chat", owner="us", hosts=("chat.example",), crawlers={"f": fetcher}, surfaces={"s": surface}
    )
    target = Target(id="shop", url="https://shop.example/")
    return Case(scenario="s", platform=chat, surface_id="s", target=target, neutral=None, vantage=Vantage())


def test_the_fetcher_of_a_card_is_the_platforms_crawler() -> None:
    crawler = case_on(PreviewApi(call=CALL)).crawler

    assert crawler is not None
    assert crawler.user_agent == "ExamplePreview/1.0"


def test_a_surface_without_cards_has_no_fetcher_of_them() -> None:
    assert case_on(GATEWAY).crawler is None
