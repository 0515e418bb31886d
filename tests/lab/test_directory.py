import pytest

from linkprobe.lab.directory import Directory
from linkprobe.lab.errors import LabError
from linkprobe.lab.setting import setting
from linkprobe.model import (
    Condition,
    Gateway,
    HttpCall,
    Is,
    MessageApi,
    Platform,
    PreviewApi,
    Surface,
    Target,
    Treatment,
    Treats,
    Vantage,
    World,
)
from linkprobe.scenario import Catalogue

ITEM = Target(id="item", url="https://b.example/item?id=1", category="shopping", owner="rival")
PARTS = Target(id="parts", url="https://b.example/item?id=1&part=2")
OWN = Target(id="own", url="https://own.example/x", category="video", owner="o")
OWN_SHOP = Target(id="own-shop", url="https://own.example/shop", category="shopping", owner="o")


def platform(**surfaces: Surface) -> Platform:
    return Platform(id="p", name="P", owner="o", hosts=("a.example", "z.example"), surfaces=surfaces)


def catalogue(*targets: Target, vantages: tuple[Vantage, ...] = (), **surfaces: Surface) -> Catalogue:
    return Catalogue(
        platforms={"p": platform(**surfaces)},
        targets={target.id: target for target in targets},
        vantages={vantage.id: vantage for vantage in vantages},
    )


def directory(*targets: Target, vantages: tuple[Vantage, ...] = (), **surfaces: Surface) -> Directory:
    made = catalogue(*targets, vantages=vantages, **surfaces)
    return Directory(setting(World(id="w", title="", date=""), made))


@pytest.mark.parametrize(
    ("url", "found", "shared"),
    [
        ("https://b.example/item?id=1", "item", True),
        ("https://b.example/item?id=1&utm=x", "item", True),
        ("https://b.example/item?part=2&id=1", "parts", True),
        ("https://b.example/item", "item", False),
        ("https://b.example/", "item", False),
    ],
)
def test_a_url_is_the_target_whose_parameters_it_has_most_of(url: str, found: str, shared: bool) -> None:
    it = directory(ITEM, PARTS).find(url)

    assert it is not None
    assert (it.target.id, it.shared) == (found, shared)


def test_a_url_of_another_host_is_nobodys() -> None:
    assert directory(ITEM).find("https://c.example/") is None


def test_a_link_that_enters_by_a_template_is_read_from_it() -> None:
    entered = directory(link=Gateway(template="https://go.a.example/?u={url}")).entered(
        "https://go.a.example/?x=1&u=https%3A%2F%2Fb.example%2F"
    )

    assert entered is not None
    assert (entered[0].surface_id, entered[1]) == ("link", "https://b.example/")


@pytest.mark.parametrize("scene", ["chat", "document"])
def test_of_surfaces_behind_one_address_the_one_most_like_the_link_is_entered(scene: str) -> None:
    chat, document = (
        Gateway(template=f"https://go.a.example/?u={{url}}&scene={each}") for each in ("chat", "document")
    )

    entered = directory(document=document, chat=chat).entered(
        f"https://go.a.example/?scene={scene}&u=https%3A%2F%2Fb.example%2F"
    )

    assert entered is not None
    assert entered[0].surface_id == scene


@pytest.mark.parametrize(("category", "url"), [("shopping", OWN_SHOP.url), ("news", OWN.url)])
def test_the_own_product_is_of_the_same_category_if_there_is_one(category: str, url: str) -> None:
    assert directory(OWN, OWN_SHOP, ITEM).own_product(platform(), category) == url


def test_without_an_own_product_it_is_the_platform_itself() -> None:
    assert directory(ITEM).own_product(platform(), "shopping") == "https://a.example/"


def test_the_vantage_with_most_matching_headers_is_meant() -> None:
    wide, narrow = Vantage(id="cn", headers={"X-Geo": "CN"}), Vantage(id="cn-m", headers={"X-Geo": "CN", "X-Net": "m"})
    made = directory(vantages=(wide, narrow))

    seen = [made.vantage(headers) for headers in ({}, {"x-geo": "CN"}, {"x-geo": "CN", "x-net": "m"}, {"x-geo": "US"})]

    assert seen == ["here", "cn", "cn-m", "here"]


def test_every_variable_of_the_catalogue_has_a_value() -> None:
    send = HttpCall(url="https://${INSTANCE}/api", headers={"Authorization": "Bearer ${TOKEN}"}, form={"t": "{text}"})
    made = directory(
        bot=MessageApi(send=send, accounts=("EXTRA",)),
        preview=PreviewApi(call=HttpCall(url="${BASE}/preview?u={url}", method="GET")),
    )

    assert made.environ == {
        "INSTANCE": "a.example",
        "TOKEN": "lab-token",
        "EXTRA": "lab-extra",
        "BASE": "https://a.example",
    }


@pytest.mark.parametrize(
    ("world", "fault"),
    [
        (World(id="w", title="", date="", platforms={"q": ()}), "platform 'q' is not in the catalogue"),
        (
            World(id="w", title="", date="", platforms={"p": (Treats(treatment=Treatment.SHIM, surfaces=("x",)),)}),
            "platform 'p' has no surface 'x'",
        ),
        (
            World(id="w", title="", date="", targets=(Is(condition=Condition.SLOW, targets=("x",)),)),
            "target 'x' is not in the catalogue",
        ),
        (
            World(id="w", title="", date="", targets=(Is(condition=Condition.SLOW, vantages=("moon",)),)),
            "vantage 'moon' has no headers in the catalogue, so the lab cannot tell who stands there",
        ),
    ],
)
def test_a_world_that_does_not_fit_the_catalogue_is_refused(world: World, fault: str) -> None:
    with pytest.raises(LabError) as refusal:
        setting(world, catalogue(ITEM))

    assert str(refusal.value) == f"world w: {fault}"
