"""The scene the rules look at."""

from linkprobe.judge.scene import scene_of
from tests.judge.making import APP, BLOCK, ITEM, made


def test_a_visit_without_a_page_compares_with_nothing() -> None:
    assert scene_of(made({"failure": "reset"})).comparison is None


def test_a_neutral_link_that_is_the_subject_is_no_control() -> None:
    itself = {"url": "https://neutral.example/page", "neutral": True}
    scene = scene_of(made(ITEM, target=itself, neutral_target=itself))

    assert scene.other is None
    assert scene.is_yardstick


def test_the_apps_client_outside_counts_only_where_the_surface_has_one() -> None:
    assert scene_of(made(ITEM, as_app=BLOCK)).as_app is None
    assert scene_of(made(ITEM, as_app=BLOCK, platform=APP)).as_app is not None
