"""What a well-typed file can still have wrong in itself, whatever other files say."""

from collections.abc import Iterator

from linkprobe.model import Condition, Is, Known, Platform, Policy, Scenario, Target, Treats, Vantage, World
from linkprobe.scenario.catalogue import TargetsFile, VantagesFile
from linkprobe.scenario.check_platform import platform_problems
from linkprobe.scenario.check_policy import policy_problems
from linkprobe.scenario.document import Place
from linkprobe.scenario.names import quoted
from linkprobe.scenario.problem import (
    Problem,
    Problems,
    date_problems,
    each,
    header_problems,
    host_problems,
    id_problems,
    repeated,
    sources_problems,
    url_problems,
)
from linkprobe.scenario.urls import url_fault, without_holes, written_password

_CREDENTIALS = ("authorization", "proxy-authorization", "cookie", "x-api-key")
_PROXIES = ("http", "socks5", "socks5h")


def problems(value: Platform | TargetsFile | VantagesFile | Scenario | World | Policy) -> Iterator[Problem]:
    """Everything wrong with a file's content that shows without knowing other files."""
    match value:
        case Platform():
            yield from platform_problems(value, ())
        case TargetsFile():
            yield from _targets(value.targets, ("targets",))
        case VantagesFile():
            yield from _vantages(value.vantages, ("vantages",))
        case Scenario():
            yield from _scenario(value)
        case Policy():
            yield from policy_problems(value)
        case _:
            yield from _world(value)


def _targets(targets: tuple[Target, ...], at: Place) -> Problems:
    yield from each(targets, at, _target)
    yield from repeated([target.id for target in targets], at, "target", "target")


def _target(target: Target, at: Place) -> Problems:
    yield from id_problems(target.id, (*at, "target"))
    yield from id_problems(target.category, (*at, "category"))
    yield from url_problems(target.url, (*at, "url"))
    yield from each(target.hosts, (*at, "hosts"), host_problems)
    if target.neutral and target.canary:
        yield Problem((*at, "canary"), "a target is neutral or a canary, not both", "keep one of the two keys")
    mark = target.landmark
    if mark is not None and not (mark.text or mark.selector or mark.canonical):
        yield Problem((*at, "landmark"), "the landmark is empty", "give it a text, a selector or a canonical URL")
    yield from sources_problems(target.sources, at)


def _vantages(vantages: tuple[Vantage, ...], at: Place) -> Problems:
    yield from each(vantages, at, _vantage)
    yield from repeated([vantage.id for vantage in vantages], at, "vantage", "vantage")


def _vantage(vantage: Vantage, at: Place) -> Problems:
    yield from id_problems(vantage.id, (*at, "vantage"))
    yield from header_problems(vantage.headers, (*at, "headers"))
    yield from _credentials(vantage, at)
    written = vantage.proxy and not vantage.proxy.startswith("${")
    fault = url_fault(without_holes(vantage.proxy), schemes=_PROXIES, userinfo=True) if written else ""
    if fault:
        remedy = "write it like socks5://127.0.0.1:1080"
        yield Problem((*at, "proxy"), f"the proxy's address {fault}", remedy)


def _credentials(vantage: Vantage, at: Place) -> Problems:
    """What opens doors is no part of a file that is kept, shared and stored with every round."""
    remedy = "write ${NAME} in its place, and set NAME in the environment or in the accounts file"
    if written_password(vantage.proxy):
        yield Problem((*at, "proxy"), "the proxy's address holds a password", remedy)
    for name, value in vantage.headers.items():
        if name.lower() in _CREDENTIALS and "${" not in value:
            yield Problem((*at, "headers", name), f"the header {quoted(name)} holds a credential", remedy)


def _scenario(scenario: Scenario) -> Problems:
    yield from id_problems(scenario.id, ("scenario",))
    if scenario.account:
        yield from id_problems(scenario.account, ("account",))
    yield from each(scenario.platforms, ("platforms",), platform_problems)
    yield from repeated([platform.id for platform in scenario.platforms], ("platforms",), "platform", "platform")
    yield from _targets(scenario.define, ("define",))
    yield from _vantages(scenario.define_vantages, ("define_vantages",))
    yield from each(scenario.known, ("known",), _known)
    yield from sources_problems(scenario.sources, ())
    if not scenario.vantages:
        yield Problem(("vantages",), "the list of vantages is empty", "name one, or leave the key out for 'here'")


def _known(known: Known, at: Place) -> Problems:
    yield from date_problems(known.since, (*at, "since"))
    yield from date_problems(known.until, (*at, "until"))
    if known.since and known.until and known.until <= known.since:
        yield Problem((*at, "until"), "the outcome ends before it begins", "put 'until' after 'since'")
    if known.source:
        yield from url_problems(known.source, (*at, "source"))


def _world(world: World) -> Problems:
    yield from id_problems(world.id, ("world",))
    if not world.date:
        yield Problem(("date",), "the world has no date", "write the day it describes, such as 2021-11-29")
    yield from date_problems(world.date, ("date",))
    yield from sources_problems(world.sources, ())
    for platform, lines in world.platforms.items():
        yield from each(lines, ("platforms", platform), _treats)
    yield from each(world.targets, ("targets",), _is)


def _treats(line: Treats, at: Place) -> Problems:
    if line.seconds < 0:
        yield Problem((*at, "seconds"), "a delay cannot be negative", "give seconds")
    if line.spread < 0:
        yield Problem((*at, "spread"), "a standard deviation cannot be negative", "give seconds, or 0 for none")


def _is(line: Is, at: Place) -> Problems:
    if line.condition is Condition.GATE and not line.agents:
        remedy = "list parts of user agents under 'agents', such as MicroMessenger"
        yield Problem((*at, "condition"), "a gate must say whom it turns away", remedy)
    if line.seconds < 0:
        yield Problem((*at, "seconds"), "a delay cannot be negative", "give seconds")
    if not line.targets:
        yield Problem(at, f"the condition {quoted(line.condition.value)} names no target", "list them under 'targets'")
