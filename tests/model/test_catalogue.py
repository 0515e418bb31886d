from linkprobe.model import Case, Gateway, Platform, Target, Vantage


def test_a_lane_is_one_platform_at_one_vantage() -> None:
    gateway = Gateway(template="https://go.chat.example/?to={url}")
    chat = Platform(id="chat", name="Chat", owner="us", hosts=("chat.example",), surfaces={"link": gateway})
    case = Case(
        scenario="s",
        platform=chat,
        surface_id="link",
        target=Target(id="shop", url="https://shop.example/"),
        neutral=None,
        vantage=Vantage(id="abroad"),
    )

    assert case.lane == "chat@abroad"


def test_a_named_account_has_a_lane_of_its_own() -> None:
    gateway = Gateway(template="https://go.chat.example/?to={url}")
    chat = Platform(id="chat", name="Chat", owner="us", hosts=("chat.example",), surfaces={"link": gateway})
    target = Target(id="shop", url="https://shop.example/")
    case = Case(
        scenario="s", platform=chat, surface_id="link", target=target, neutral=None, vantage=Vantage(), account="second"
    )

    assert case.lane == "chat@here#second"
