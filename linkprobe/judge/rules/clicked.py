"""The rule of what a recipient's own click does, where it was really made in his client."""

from collections.abc import Iterator

from linkprobe.judge.rule import Evidence, Rule, needs
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause


def _did_nothing(scene: Scene) -> Iterator[str]:
    shown = scene.observation.shown
    if shown is not None and shown.arrived and shown.clicked == "":
        yield f"the recipient clicked the link in “{shown.text[:160]}”, and nothing was asked for"


RULES = (
    Rule(
        "recipients-click-does-nothing",
        Cause.DEAD_CLICK,
        "A click on this link in the recipient's client asks for nothing, and one on the neutral link does.",
        needs(Evidence.SHOWN, Evidence.ALIVE, Evidence.NEUTRAL_CLICKED),
        _did_nothing,
    ),
)
