"""Rules on the address itself: what of it is lost or added on the way to the target."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from linkprobe.judge.hosts import Answerer
from linkprobe.judge.look import Look
from linkprobe.judge.rule import Evidence, Rule, needs
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause


def lost(scene: Scene) -> str:
    """What of the shared address did not reach the target, in words; empty if all did."""
    for url in _led_to(scene):
        if missing := _missing(scene, url):
            return f"parameters {', '.join(missing)} are missing in {url}"
        if _path_lost(scene, url):
            return f"the path of {scene.target.url} has become {urlsplit(url).path or '/'}"
    return ""


def _led_to(scene: Scene) -> tuple[str, ...]:
    """The target's addresses that the link was led to, in order."""
    looks = [look for look in (scene.subject, scene.clicked) if look is not None]
    hops = [hop.url for look in looks for hop in look.visit.hops]
    return tuple(dict.fromkeys(url for url in hops if scene.hosts.who(url) is Answerer.TARGET))


def _own(scene: Scene) -> tuple[str, ...]:
    """The addresses the target goes through of its own accord."""
    takes = (*scene.without, scene.as_app) if scene.as_app else scene.without
    return tuple(hop.url for look in takes for hop in look.visit.hops if hop.url != scene.target.url)


def _missing(scene: Scene, url: str) -> tuple[str, ...]:
    """Names of shared parameters that this address lacks, where the target does not drop them itself."""
    absent, path = _query(scene.target.url) - _query(url), _path(url)
    same_place = path == _path(scene.target.url)[: len(path)]
    if not absent or not same_place or path in {_path(own) for own in _own(scene)}:
        return ()
    return tuple(dict.fromkeys(name for name, _ in absent))


def _path_lost(scene: Scene, url: str) -> bool:
    """Whether a deep link became a shallow one that the target itself does not make of it."""
    before, after = _path(scene.target.url), _path(url)
    if len(after) >= len(before) or before[: len(after)] != after:
        return False
    return after not in {_path(own) for own in _own(scene)}


def _stripped(scene: Scene) -> Iterator[str]:
    if missing := lost(scene):
        yield missing


def _added(scene: Scene) -> Iterator[str]:
    known = {name for url in (scene.target.url, *_own(scene)) for name, _ in _query(url)}
    for url in _led_to(scene):
        more = tuple(dict.fromkeys(name for name, _ in _query(url) if name not in known))
        if more:
            yield f"{url} bears {', '.join(more)}, which was not shared"
            return


def _fragment_lost(scene: Scene) -> Iterator[str]:
    look, control = scene.subject, scene.direct
    wanted = urlsplit(scene.target.url).fragment
    if look is None or control is None or not wanted or not scene.there or not _alike(look, control):
        return
    landed, without = look.visit.landed or "", control.visit.landed or ""
    if urlsplit(without).fragment == wanted and not urlsplit(landed).fragment:
        yield f"the part #{wanted} of the address is lost on the way to {landed}"


def _alike(look: Look, control: Look) -> bool:
    return look.visit.executor is control.visit.executor and look.answerer is Answerer.TARGET


def _query(url: str) -> Counter[tuple[str, str]]:
    try:
        return Counter(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    except ValueError:
        return Counter()


def _path(url: str) -> tuple[str, ...]:
    try:
        return tuple(part for part in urlsplit(url).path.split("/") if part)
    except ValueError:
        return ()


RULES = (
    Rule(
        "address-cut",
        Cause.STRIPPED_PARAMETERS,
        "The platform leads to the target's host without parameters, or without the path, that were shared.",
        needs(Evidence.VISIT, Evidence.DIRECT, Evidence.OUTSIDE),
        _stripped,
    ),
    Rule(
        "fragment-cut",
        Cause.STRIPPED_PARAMETERS,
        "The part behind # survives without the platform and is gone with it.",
        needs(Evidence.PAGE, Evidence.DIRECT, Evidence.OUTSIDE),
        _fragment_lost,
    ),
    Rule(
        "address-extended",
        Cause.ADDED_PARAMETERS,
        "The target is asked for with parameters that neither the shared link nor the target itself has.",
        needs(Evidence.VISIT, Evidence.DIRECT),
        _added,
    ),
)
