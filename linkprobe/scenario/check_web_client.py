"""What a well-typed web client can still have wrong in itself."""

from linkprobe.model import Deed, Step, WebClient
from linkprobe.scenario.document import Place
from linkprobe.scenario.names import quoted
from linkprobe.scenario.problem import Problem, Problems, each, url_problems

_SELECTORS = ("ready", "composer", "message", "link")
_WRITES = {Deed.FILL: "what is to be filled in", Deed.PRESS: "the key to press, such as Enter"}


def web_client_problems(surface: WebClient, at: Place) -> Problems:
    """Everything wrong inside one web client."""
    yield from url_problems(surface.address, (*at, "address"))
    for hole, why in (("{url}", "the target"), ("{token}", "the word by which it is recognised")):
        if hole not in surface.text:
            yield Problem((*at, "text"), f"the message does not carry {why}", f"put {hole} into it")
    for name in _SELECTORS:
        yield from _selector(getattr(surface, name), (*at, name))
    for name, steps in (("sender", surface.sender), ("receiver", surface.receiver)):
        yield from each(steps, (*at, name), _step)
    if surface.card:
        yield from _selector(surface.card.at, (*at, "card"), "'at' of the card")
        if surface.card_within <= 0:
            yield Problem((*at, "card_within"), "no time to look for the card", "give the seconds to wait, such as 10")
    if surface.within <= 0:
        yield Problem((*at, "within"), "no time to look for the message", "give the seconds to wait, such as 10")


def _step(step: Step, at: Place) -> Problems:
    yield from _selector(step.at, (*at, "at"))
    if step.do in _WRITES and not step.text:
        yield Problem(at, f"the step {quoted(step.do.value)} needs a text", f"add 'text:', {_WRITES[step.do]}")
    elif step.do not in _WRITES and step.text:
        yield Problem((*at, "text"), f"the step {quoted(step.do.value)} takes no text", "leave it out")


def _selector(selector: str, at: Place, name: str = "") -> Problems:
    if not selector.strip():
        yield Problem(at, f"{name or quoted(str(at[-1]))} is empty", "write a CSS selector, such as '.message a'")
