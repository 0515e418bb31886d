"""Which arms a cell's page shows."""

from linkprobe.publish.cell_page import observations
from tests.judge.making import APP, BLOCK, ITEM, made


def test_controls_that_were_taken_again_are_shown_beside_the_earlier_ones() -> None:
    attempt = made(BLOCK, as_app=ITEM, again=ITEM, app_again=ITEM, platform=APP)

    keys = [key for key, _ in observations(attempt)]

    assert keys[:3] == ["subject", "direct", "direct-as-app"]
    assert keys[-2:] == ["direct-again", "direct-as-app-again"]
