"""When a page bears a landmark."""

import pytest

from linkprobe.judge.landmark import holds
from linkprobe.model import Capture, Landmark
from linkprobe.page import Facts, read

HTML = (
    b"<html><head><title>Copper Kettle</title><link rel=canonical href='https://shop.example/item/7/'></head>"
    b"<body><main id=item-7><p>Two   litres, <b>hammered</b> by hand</p><script>var hidden='nowhere'</script></main>"
)


def page() -> Facts:
    return read(Capture(url="https://shop.example/item/7", status=200, content_type="text/html", body=HTML))


@pytest.mark.parametrize(
    "landmark",
    [
        Landmark(text="Two litres, hammered"),
        Landmark(text="two LITRES,  hammered"),
        Landmark(text="copper kettle"),
        Landmark(selector="main#item-7 b"),
        Landmark(canonical="https://shop.example/item/7"),
        Landmark(text="hammered", selector="#item-7", canonical="https://shop.example/item/7"),
        Landmark(),
    ],
)
def test_a_page_bears_what_it_shows(landmark: Landmark) -> None:
    assert holds(landmark, page())


@pytest.mark.parametrize(
    "landmark",
    [
        Landmark(text="nowhere"),
        Landmark(selector="#item-8"),
        Landmark(selector="main["),
        Landmark(canonical="https://shop.example/item/8"),
        Landmark(text="hammered", selector="#item-8"),
    ],
)
def test_all_that_a_landmark_names_must_hold(landmark: Landmark) -> None:
    assert not holds(landmark, page())
