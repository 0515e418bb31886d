"""A shared link comes out of its redirectors, however many there are, and nothing else comes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkprobe.model import Encoding, Gateway, HttpCall, InApp, MessageApi, Platform, PreviewApi
from linkprobe.scenario import Catalogue
from linkprobe.scenario.gateway import gateway_url
from linkprobe.scenario.unwrap import MOST_HOPS, Stop, Unwrapped, unwrap

TARGET = "https://rival.example/item?id=1&from=friend#top"
CALL = HttpCall(url="https://api.one.example/send?u={url}")


def platform(name: str, template: str, encoding: Encoding = Encoding.PERCENT, also: tuple[str, ...] = ()) -> Platform:
    link = Gateway(template=template, encoding=encoding, also=also)
    return Platform(id=name, name=name, owner=name, hosts=(f"{name}.example",), surfaces={"link": link})


PLATFORMS = {
    each.id: each
    for each in (
        platform("percent", "https://percent.example/?u={url}", also=("https://old.percent.example/go?to={url}",)),
        platform("double", "https://double.example/out?u={url}&v=2", Encoding.DOUBLE_PERCENT),
        platform("base64", "https://base64.example/?u=a1{url}", Encoding.BASE64),
        platform("raw", "https://raw.example/transfer?{url}", Encoding.RAW),
        platform("chat", "https://shared.example/safety?to={url}&scene=chat"),
        platform("document", "https://shared.example/safety?to={url}&scene=document"),
        Platform(
            id="app",
            name="App",
            owner="app",
            hosts=("app.example",),
            surfaces={
                "tap": InApp(opener="https://app.example/open?link={url}"),
                "inside": InApp(),
                "api": MessageApi(send=CALL),
                "card": PreviewApi(call=CALL),
            },
        ),
    )
}
WRAPS = ("percent", "double", "base64", "raw", "chat", "document", "app")
hosts = st.sampled_from(["rival.example", "例子.测试", "xn--fsqu00a.xn--0zwm56d", "rival.example:8443", "192.0.2.1"])
paths = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), max_size=30)
targets = st.builds(
    lambda host, path, query, fragment: f"https://{host}/{path}?q={query}#{fragment}", hosts, paths, paths, paths
)


def wrapped(url: str, *names: str) -> str:
    """The URL within the redirectors of these platforms, the first one outermost."""
    for name in reversed(names):
        surface = next(iter(PLATFORMS[name].surfaces.values()))
        assert isinstance(surface, (Gateway, InApp))
        template = surface.template if isinstance(surface, Gateway) else surface.opener
        url = gateway_url(template, surface.encoding, url)
    return url


@settings(deadline=None)
@given(targets, st.lists(st.sampled_from(WRAPS), max_size=6))
def test_a_target_comes_out_of_any_nest_of_redirectors(target: str, names: list[str]) -> None:
    assert unwrap(wrapped(target, *names), PLATFORMS) == Unwrapped(target, tuple(names), Stop.TARGET)


@settings(deadline=None)
@given(st.text() | targets)
def test_any_text_is_unwrapped_without_failing(text: str) -> None:
    for name in WRAPS:
        unwrap(wrapped(text, name), PLATFORMS)
    assert unwrap(text, PLATFORMS).through == ()


@settings(deadline=None)
@given(st.lists(st.sampled_from(WRAPS), max_size=6), st.integers(0, 6))
def test_no_more_redirectors_are_taken_off_than_allowed(names: list[str], hops: int) -> None:
    found = unwrap(wrapped(TARGET, *names), PLATFORMS, hops=hops)

    assert found.through == tuple(names[:hops])
    assert found.target == wrapped(TARGET, *names[hops:])
    assert found.why_stopped is (Stop.HOPS if len(names) > hops else Stop.TARGET)


def test_without_a_number_eight_redirectors_are_taken_off() -> None:
    assert unwrap(wrapped(TARGET, *["percent"] * 8), PLATFORMS).why_stopped is Stop.TARGET
    assert unwrap(wrapped(TARGET, *["percent"] * 9), PLATFORMS).why_stopped is Stop.HOPS
    assert MOST_HOPS == 8


@pytest.mark.parametrize(
    "carried",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://rival.example/",
        "//rival.example/",
        "rival.example/item",
        "https://",
        "https://rival.example:port/",
        "https://rival.example/a b",
    ],
)
def test_what_is_no_link_does_not_come_out(carried: str) -> None:
    outside = wrapped(carried, "percent")

    assert unwrap(outside, PLATFORMS) == Unwrapped(outside, (), Stop.NO_LINK)


@pytest.mark.parametrize("carried", ["https://bank.example@rival.example/", "https://user:word@rival.example/"])
def test_a_link_that_hides_its_host_behind_a_user_name_does_not_come_out(carried: str) -> None:
    inside = wrapped(carried, "base64")

    assert unwrap(wrapped(inside, "percent"), PLATFORMS) == Unwrapped(inside, ("percent",), Stop.USERINFO)


@settings(deadline=None)
@given(targets | st.text(min_size=1), st.sampled_from(WRAPS))
def test_what_comes_out_is_shorter_so_that_redirectors_cannot_carry_each_other_without_end(url: str, name: str) -> None:
    outside = wrapped(url, name)
    found = unwrap(outside, PLATFORMS, hops=10_000)

    assert len(found.target) < len(outside) or found.why_stopped is not Stop.TARGET
    assert found.why_stopped is not Stop.HOPS


def test_a_redirector_that_names_itself_is_taken_off_as_often_as_it_stands_there() -> None:
    url = "https://raw.example/transfer?" * 3 + TARGET

    assert unwrap(url, PLATFORMS) == Unwrapped(TARGET, ("raw", "raw", "raw"), Stop.TARGET)


def test_a_further_address_of_a_redirector_is_known() -> None:
    url = "https://old.percent.example/go?to=https%3A%2F%2Frival.example%2F"

    assert unwrap(url, PLATFORMS) == Unwrapped("https://rival.example/", ("percent",), Stop.TARGET)


@pytest.mark.parametrize("name", ["chat", "document"])
def test_of_platforms_behind_one_address_the_one_most_like_the_link_wrapped_it(name: str) -> None:
    assert unwrap(wrapped(TARGET, name), PLATFORMS).through == (name,)


def test_capitals_in_a_redirectors_host_do_not_matter() -> None:
    assert unwrap("https://PERCENT.example/?u=https%3A%2F%2Frival.example%2F", PLATFORMS).through == ("percent",)


def test_a_short_link_holds_nothing_to_take_out(shipped_catalogue: Catalogue) -> None:
    assert unwrap("https://t.co/a1B2c3D4e5", shipped_catalogue.platforms) == Unwrapped(
        "https://t.co/a1B2c3D4e5", (), Stop.TARGET
    )


@pytest.mark.parametrize(
    ("url", "through"),
    [
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Frival.example"
            "%252Fitem%253Fid%253D1%26sa%3DD&h=AT0placeholder&s=1",
            ("facebook", "google"),
        ),
        (
            "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fslack-redir.net%2Flink%3Furl%3Dhttps"
            "%253A%252F%252Frival.example%252Fitem%253Fid%253D1%26v%3D3&data=05&sdata=x&reserved=0",
            ("outlook", "slack"),
        ),
        (
            "https://link.zhihu.com/?utm_oi=1&target=https%3A//rival.example/item%3Fid%3D1",
            ("zhihu",),
        ),
        ("https://www.bing.com/ck/a?p=1&u=a1aHR0cHM6Ly9yaXZhbC5leGFtcGxlL2l0ZW0_aWQ9MQ&ntb=1", ("bing",)),
        ("https://blog.51cto.com/transfer?https://rival.example/item?id=1", ("51cto",)),
    ],
)
def test_links_as_the_shipped_platforms_wrap_them_are_unwrapped(
    url: str, through: tuple[str, ...], shipped_catalogue: Catalogue
) -> None:
    found = unwrap(url, shipped_catalogue.platforms)

    assert found == Unwrapped("https://rival.example/item?id=1", through, Stop.TARGET)
