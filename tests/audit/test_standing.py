"""When a verdict may be told before the round is over."""

from linkprobe.audit.standing import Standing
from linkprobe.model import Case, Platform, Target, Vantage

PLATFORM = Platform(id="p", name="P", owner="p", hosts=("p.example",), surfaces={})
HARMLESS = Target(id="harmless", url="https://h.example/", neutral=True)


def case(name: str) -> Case:
    target = HARMLESS if name == "harmless" else Target(id=name, url=f"https://{name}.example/")
    return Case(scenario="s", platform=PLATFORM, surface_id="chat", target=target, neutral=HARMLESS, vantage=Vantage())


def told_after(*settled: str, of: tuple[str, ...] = ("a", "b", "harmless")) -> list[str]:
    told: list[str] = []
    standing = Standing(map(case, of), lambda one: told.append(one.target.id))
    for name in settled:
        standing.settled(case(name))
    return told


def test_a_case_is_told_as_soon_as_it_is_settled() -> None:
    assert told_after("b") == ["b"]


def test_a_harmless_link_waits_for_the_last_cell_whose_control_it_is() -> None:
    assert told_after("harmless", "a") == ["a"]
    assert told_after("harmless", "a", "b") == ["a", "harmless", "b"]


def test_a_control_that_is_no_case_itself_is_not_told() -> None:
    assert told_after("a", "b", of=("a", "b")) == ["a", "b"]


def test_at_the_end_whatever_waits_is_told_once() -> None:
    told: list[str] = []
    standing = Standing([case("a"), case("harmless")], lambda one: told.append(one.target.id))
    standing.settled(case("harmless"))

    standing.rest()
    standing.rest()

    assert told == ["harmless"]
