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
    handed = handed_over(scene)
    if not handed:
        return ""
    shared = scene.target.url
    if missing := tuple(name for name, _ in (_query(shared) - _query(handed))):
        return f"parameters {', '.join(dict.fromkeys(missing))} are missing in {handed}"
    if path_lost(shared, handed, scene):
        return f"the path of {shared} has become {urlsplit(handed).path or '/'}"
    return ""


def handed_over(scene: Scene) -> str:
    """The first address of the target's that the link was led to; empty where it was led to none."""
    looks = [look for look in (scene.subject, scene.clicked) if look is not None]
    hops = [look.handed_over for look in looks]
    return next((hop.url for hop in hops if hop is not None), "")


def path_lost(shared: str, handed: str, scene: Scene) -> bool:
    """Whether a deep link became a shallow one that the target itself does not make of it."""
    before, after = _path(shared), _path(handed)
    if not before or len(after) >= len(before) or before[: len(after)] != after:
        return False
    own = {_path(hop.url) for look in scene.without for hop in look.visit.hops}
    return after not in own


def _stripped(scene: Scene) -> Iterator[str]:
    if missing := lost(scene):
        yield missing


def _added(scene: Scene) -> Iterator[str]:
    handed = handed_over(scene)
    if not handed or not (scene.there or scene.there_by_click or lost(scene)):
        return
    own = sum((_query(hop.url) for look in scene.without for hop in look.visit.hops), Counter[tuple[str, str]]())
    if more := tuple(name for name, value in _query(handed) - _query(scene.target.url) if (name, value) not in own):
        yield f"{handed} bears {', '.join(dict.fromkeys(more))}, which was not shared"


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
        needs(Evidence.VISIT, Evidence.DIRECT),
        _stripped,
    ),
    Rule(
        "fragment-cut",
        Cause.STRIPPED_PARAMETERS,
        "The part behind # survives without the platform and is gone with it.",
        needs(Evidence.PAGE, Evidence.DIRECT),
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
