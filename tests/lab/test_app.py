import socket
import ssl

import httpx
import pytest

from linkprobe.model import FailureKind
from tests.lab.conftest import Visitor

GO = "https://go.social.example/?u="
CHAT = "lab-messenger/chat"
SHARE = "lab-messenger/share"


def landmark(visitor: Visitor, target: str) -> str:
    found = visitor.catalogue.targets[target].landmark
    assert found is not None
    return found.text


async def test_a_target_answers_under_its_own_name(fiction: Visitor) -> None:
    page = await fiction.open("lab-direct")

    assert (page.status_code, page.url.host) == (200, "direct.shop.example")
    assert landmark(fiction, "lab-direct") in page.text


async def test_a_name_outside_the_lab_does_not_resolve(fiction: Visitor) -> None:
    with pytest.raises(httpx.ConnectError):
        await fiction.ask("https://www.real-site.com/")

    assert fiction.network.why_failed("www.real-site.com", 443) is FailureKind.DNS


async def test_a_name_outside_the_lab_does_not_resolve_inside_an_app_either(fiction: Visitor) -> None:
    with pytest.raises(httpx.ConnectError):
        await fiction.ask("https://www.real-site.com/", inside=CHAT)

    assert fiction.network.why_failed("www.real-site.com", 443) is FailureKind.DNS


async def test_plain_http_is_redirected_to_https(fiction: Visitor) -> None:
    page = await fiction.ask("http://direct.shop.example/item?id=101&from=friend")

    assert [hop.status_code for hop in page.history] == [301]
    assert str(page.url) == "https://direct.shop.example/item?id=101&from=friend"


async def test_another_page_of_a_site_lacks_the_landmark(fiction: Visitor) -> None:
    pages = [
        await fiction.ask(f"https://direct.shop.example{path}") for path in ("/item", "/", "/item?id=9", "/nowhere")
    ]

    assert [page.status_code for page in pages] == [200, 200, 200, 404]
    assert not any(landmark(fiction, "lab-direct") in page.text for page in pages)


async def test_foreign_parameters_do_not_hide_the_shared_page(fiction: Visitor) -> None:
    page = await fiction.ask("https://direct.shop.example/item?utm=1&from=friend&id=101")

    assert landmark(fiction, "lab-direct") in page.text


@pytest.mark.parametrize(
    "gateway",
    [
        GO + "https%3A%2F%2Fdirect.shop.example%2Fitem%3Fid%3D101%26from%3Dfriend",
        "https://go.social.example/article?v=2&b=aHR0cHM6Ly9kaXJlY3Quc2hvcC5leGFtcGxlL2l0ZW0_aWQ9MTAxJmZyb209ZnJpZW5k",
        "https://old.social.example/away?to=https%253A%252F%252Fdirect.shop.example%252Fitem%253Fid%253D101%2526from%253Dfriend",
        "https://social.example/bio/https://direct.shop.example/item?id=101&from=friend",
    ],
)
async def test_a_gateway_reads_links_in_its_own_encoding(fiction: Visitor, gateway: str) -> None:
    page = await fiction.ask(gateway)

    assert str(page.url) == "https://direct.shop.example/item?id=101&from=friend"


async def test_a_signed_gateway_refuses_links_it_did_not_mint(fiction: Visitor) -> None:
    page = await fiction.through("https://s.social.example/?u=", "lab-direct")

    assert page.url.host == "s.social.example"


async def test_a_vantage_is_known_by_its_headers(fiction: Visitor) -> None:
    at_home = await fiction.through(GO, "lab-shim")
    abroad = await fiction.through(GO, "lab-shim", headers={"X-Lab-Vantage": "abroad"})

    assert [at_home.url.host, abroad.url.host] == ["shim.shop.example", "go.social.example"]


async def test_a_flapping_treatment_applies_to_every_second_probe_from_the_first(fiction: Visitor) -> None:
    agent = {"x-test": "flapping"}
    hosts = [(await fiction.through(GO, "lab-flap", headers=agent)).url.host for _ in range(4)]

    assert hosts == ["go.social.example", "flap.shop.example"] * 2


async def test_inside_an_app_the_same_link_meets_what_the_app_does(fiction: Visitor) -> None:
    outside = await fiction.open("lab-block-page", agent="ExampleMessenger/4.2")
    inside = await fiction.open("lab-block-page", inside=CHAT, agent="ExampleMessenger/4.2")

    assert [outside.url.host, inside.url.host] == ["block-page.shop.example", "messenger.example"]


async def test_inside_an_app_subresources_are_left_alone(fiction: Visitor) -> None:
    script = await fiction.open("lab-block-page", inside=CHAT, headers={"sec-fetch-dest": "script"})

    assert script.url.host == "block-page.shop.example"


async def test_a_link_an_app_has_let_go_passes_once(fiction: Visitor) -> None:
    first = await fiction.open("lab-shim", inside=CHAT)
    second = await fiction.open("lab-shim", inside=CHAT)

    assert [page.url.host for page in (first, second)] == ["shim.shop.example"] * 2
    assert [len(page.history) for page in (first, second)] == [3, 3]


async def test_an_app_with_an_opener_routes_links_through_it(fiction: Visitor) -> None:
    inside = await fiction.open("lab-direct", inside=SHARE)

    assert [hop.url.host for hop in inside.history] == ["direct.shop.example", "open.messenger.example"]
    assert inside.url.host == "direct.shop.example"


async def test_an_opener_answers_from_outside_too(fiction: Visitor) -> None:
    page = await fiction.through("https://open.messenger.example/go?link=", "lab-block-page")

    assert page.url.host == "open.messenger.example"


async def test_an_app_alters_a_page_in_place(fiction: Visitor) -> None:
    for surface in (CHAT, SHARE):
        page = await fiction.open("lab-alter", inside=surface)

        assert page.url.host == "alter.shop.example"
        assert landmark(fiction, "lab-alter") not in page.text


@pytest.mark.parametrize("surface", [CHAT, SHARE])
async def test_a_reset_inside_an_app_cuts_the_connection(fiction: Visitor, surface: str) -> None:
    with pytest.raises(httpx.TransportError):
        await fiction.open("lab-reset", inside=surface)

    assert (await fiction.open("lab-reset")).status_code == 200


async def test_a_dead_click_inside_an_app_leads_nowhere(fiction: Visitor) -> None:
    page = await fiction.open("lab-dead-click", inside=CHAT)

    assert (page.status_code, page.content) == (204, b"")


@pytest.mark.parametrize(
    ("target", "kind"),
    [("lab-down-dns", FailureKind.DNS), ("lab-down-refused", FailureKind.REFUSED), ("lab-down-reset", None)],
)
@pytest.mark.parametrize("inside", ["", CHAT])
async def test_a_target_that_is_down_fails_as_the_world_says(
    fiction: Visitor, target: str, kind: FailureKind | None, inside: str
) -> None:
    with pytest.raises(httpx.TransportError):
        await fiction.open(target, inside=inside)

    host = httpx.URL(fiction.catalogue.targets[target].url).host
    assert kind is None or fiction.network.why_failed(host, 443) is kind


def test_a_silent_target_accepts_and_never_answers(fiction: Visitor) -> None:
    host, _, port = fiction.address.table["down-timeout.press.example:443"].rpartition(":")

    with socket.create_connection((host, int(port)), timeout=1) as raw, pytest.raises(TimeoutError):
        ssl.create_default_context().wrap_socket(raw, server_hostname="down-timeout.press.example")


async def test_a_gate_turns_away_the_apps_visitors_wherever_they_stand(fiction: Visitor) -> None:
    shown = [
        landmark(fiction, "lab-gate") in (await fiction.open("lab-gate", inside=inside, agent=agent)).text
        for inside in ("", CHAT)
        for agent in ("Chrome/126", "Chrome/126 ExampleMessenger/4.2")
    ]

    assert shown == [True, False, True, False]


@pytest.mark.parametrize(
    ("target", "status", "there"),
    [
        ("lab-login", 200, False),
        ("lab-own-challenge", 403, False),
        ("lab-changed", 200, False),
        ("lab-slow", 200, True),
    ],
)
async def test_a_targets_condition_is_the_same_for_everybody(
    fiction: Visitor, target: str, status: int, there: bool
) -> None:
    page = await fiction.open(target)

    assert (page.status_code, landmark(fiction, target) in page.text) == (status, there)


async def test_a_down_error_is_answered_with_503(fiction: Visitor) -> None:
    assert (await fiction.open("lab-down-error")).status_code == 503


async def test_pages_bring_their_style_script_and_pictures(fiction: Visitor) -> None:
    found = [
        (await fiction.ask(f"https://direct.shop.example{path}")).headers["content-type"].partition(";")[0]
        for path in ("/static/site.css", "/static/app.js", "/static/cover.svg", "/favicon.ico")
    ]

    assert found == ["text/css", "text/javascript", "image/svg+xml", "image/svg+xml"]
