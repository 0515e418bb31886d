"""Rules for pages that stand in the target's place: who put what there. One rule for each cause and each place.

What the platform's own host answers needs no further witness. What stands at the target's own address, or at a third
party's, may be the target's doing: it is laid at the platform's door only where the target is known to receive this
client without the platform.
"""

from collections.abc import Callable, Iterator

from linkprobe.judge.arrival import Arrival
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.kind import Kind
from linkprobe.judge.look import Look
from linkprobe.judge.rule import Evidence, Rule, Test, needs
from linkprobe.judge.rules.parameters import lost
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause
from linkprobe.page import Facts
from linkprobe.page.address import host_of

ERRORS = (Kind.HTTP_ERROR, Kind.NET_ERROR, Kind.NOT_FOUND, Kind.PARKED, Kind.DEFAULT)
SILENT = (Kind.CONTENT, Kind.EMPTY, Kind.FORWARD)

Place = Callable[[Scene], Look | None]


def at_platform(scene: Scene) -> Look | None:
    """The subject's page if the visit stopped on the platform's host."""
    look = _stopped(scene)
    return look if look is not None and look.answerer is Answerer.PLATFORM else None


def elsewhere(scene: Scene) -> Look | None:
    """The subject's page if another page stands at the target's address or at a third party's."""
    look = _stopped(scene)
    return look if look is not None and look.answerer is not Answerer.PLATFORM else None


def _stopped(scene: Scene) -> Look | None:
    look = scene.subject
    if look is None or look.page is None or scene.arrival is not Arrival.ELSEWHERE or scene.there_by_click:
        return None
    return look


def way_on(scene: Scene, look: Look) -> str:
    """The label of what leads on to the target; empty where nothing does, or where pressing it led elsewhere."""
    page = look.page
    if page is None or scene.clicked is not None or look.pressed is not None:
        return ""
    leading = [control for control in page.leads_to(scene.target.url) if host_of(control.url) != page.host]
    return (leading[0].label or leading[0].url) if leading else ""


def forwards(scene: Scene, page: Facts) -> bool:
    """Whether the page certainly sends its visitor on to the target by itself."""
    return any(jump.certain for jump in page.jumps_to(scene.target.url))


def describe(look: Look) -> str:
    """Who answered, with what status, and what made the page what it is."""
    page = look.page
    assert page is not None
    said = page.title or page.text or page.state_text
    shown = f" “{said[:80]}”" if said else ""
    return f"{page.host} answered {page.status}{shown}: {look.likeliest.evidence}"


def _of_kind(place: Place, *kinds: Kind) -> Test:
    def test(scene: Scene) -> Iterator[str]:
        look = place(scene)
        if look is None or look.likeliest.kind not in kinds or way_on(scene, look):
            return
        if not _is_the_targets(scene, look):
            yield describe(look)

    return test


def _stub(place: Place) -> Test:
    """An empty page that frames, or forwards to, a place that is not the target's."""

    def test(scene: Scene) -> Iterator[str]:
        look = place(scene)
        if look is not None and (host := _stands_for(scene, look)):
            yield f"{describe(look)}; it shows {host} in its place"

    return test


def _stands_for(scene: Scene, look: Look) -> str:
    """The host of what a page without matter of its own frames or forwards to; empty for any other page."""
    page = look.page
    if page is None or look.likeliest.kind not in SILENT or look.is_rich or forwards(scene, page):
        return ""
    ends = (*page.frames, *(jump.url for jump in page.jumps))
    return next((host_of(url) for url in ends if look.hosts.who(url) in (Answerer.PLATFORM, Answerer.THIRD)), "")


def _unexplained(scene: Scene) -> Iterator[str]:
    look = at_platform(scene)
    if look is None or look.page is None or look.status >= 400 or way_on(scene, look) or forwards(scene, look.page):
        return
    if look.likeliest.kind in SILENT and not look.is_rich and not _stands_for(scene, look):
        yield f"{describe(look)}; a page of a few words, with nothing that leads on"
    if look.likeliest.kind is Kind.LEAVING and _led_elsewhere(look):
        yield f"{describe(look)}; its button was pressed and did not lead to the target"


def _led_elsewhere(look: Look) -> bool:
    after = look.visit.clicked
    return after is not None and bool(after.hops) and after.landed != look.visit.landed


def _put_in_place(scene: Scene) -> Iterator[str]:
    look = elsewhere(scene)
    if look is None or look.page is None or look.answerer is not Answerer.TARGET or look.status >= 400:
        return
    foreign = not _claims_to_be(scene, look.page) and not _stands_for(scene, look) and not lost(scene)
    if foreign and look.likeliest.kind in SILENT and not _is_void(look):
        yield f"{describe(look)}; a page with nothing of the target's in it"


def _is_void(look: Look) -> bool:
    """Whether there is nothing on the page at all: no text, picture, frame or script."""
    page = look.page
    return page is not None and not page.readable and not (page.images or page.frames or page.scripts or page.jumps)


def _product(scene: Scene) -> Iterator[str]:
    look = at_platform(scene)
    if look is None or look.page is None or look.likeliest.kind is not Kind.CONTENT or look.status >= 400:
        return
    if look.is_rich and not look.page.names(scene.target.url):
        yield f"{describe(look)}; a page of the platform's own site stands where {host_of(scene.target.url)} should"


def _error(place: Place) -> Test:
    def test(scene: Scene) -> Iterator[str]:
        look = place(scene)
        if look is None or lost(scene):
            return
        silent = look.likeliest.kind in SILENT and (look.status >= 400 or _is_void(look))
        if look.likeliest.kind in ERRORS or (silent and not (look.status < 400 and place is at_platform)):
            yield describe(look)

    return test


def _other_site(scene: Scene) -> Iterator[str]:
    look = elsewhere(scene)
    if look is None or look.page is None or look.answerer is not Answerer.THIRD or look.status >= 400:
        return
    if look.likeliest.kind in SILENT and not _stands_for(scene, look):
        yield f"{describe(look)}; another site's page"


def _altered(scene: Scene) -> Iterator[str]:
    look = scene.subject
    if look is None or look.page is None or look.answerer is not Answerer.TARGET or lost(scene):
        return
    variant = scene.arrival is Arrival.VARIANT and not _regional(scene, look.page)
    taken = elsewhere(scene) is look and _is_the_targets(scene, look)
    if variant or taken:
        made = scene.comparison
        yield f"{host_of(look.page.url)} shows other content than without the platform: {made.reason if made else ''}"


def _is_the_targets(scene: Scene, look: Look) -> bool:
    """Whether a page at the target's address, with matter of its own, passes itself off as the target's."""
    page = look.page
    return page is not None and look.answerer is Answerer.TARGET and look.is_rich and _claims_to_be(scene, page)


def _claims_to_be(scene: Scene, page: Facts) -> bool:
    """Whether the page names an address of the target's as its own."""
    return scene.hosts.who(page.claimed) is Answerer.TARGET


def _regional(scene: Scene, page: Facts) -> bool:
    """Whether it is the target's page for another region: another language, or another host or path of its own."""
    control = scene.control.page if scene.control else None
    return control is None or page.language != control.language or page.host != control.host


PAGE = (Evidence.PAGE, Evidence.DIRECT)
FOREIGN = (*PAGE, Evidence.CLIENT)

_CAUSES: tuple[tuple[str, Cause, tuple[Kind, ...], str], ...] = (
    ("block-page", Cause.BLOCK_PAGE, (Kind.BLOCK,), "states that access is refused, and nothing on it leads on"),
    (
        "copy-only",
        Cause.COPY_ONLY,
        (Kind.COPY, Kind.OPEN_IN_BROWSER),
        "tells its visitor to open the address elsewhere, and nothing on it leads on",
    ),
    ("app-wall", Cause.APP_WALL, (Kind.APP,), "asks for an app before it goes on"),
    ("login-wall", Cause.LOGIN_WALL, (Kind.LOGIN,), "is a login form, and the neutral link meets none"),
    (
        "challenge",
        Cause.CHALLENGE,
        (Kind.CHALLENGE,),
        "asks for a proof of being human, and for the neutral link does not",
    ),
)
_AGAINST_NEUTRAL = (Cause.LOGIN_WALL, Cause.CHALLENGE)
"""Met by the neutral link as well, these mean that the probe is logged out or suspected, so they need it seen."""


def _by_kind() -> Iterator[Rule]:
    for name, cause, kinds, sentence in _CAUSES:
        also = (Evidence.NEUTRAL,) if cause in _AGAINST_NEUTRAL else ()
        yield Rule(
            name, cause, f"The platform's host answers with a page that {sentence}.",
            needs(*PAGE, *also), _of_kind(at_platform, *kinds),
        )  # fmt: skip
        yield Rule(
            f"{name}-in-place",
            cause,
            f"In the target's place stands a page that {sentence}, though the target receives this client elsewhere.",
            needs(*FOREIGN, *also),
            _of_kind(elsewhere, *kinds),
        )


RULES = (
    *_by_kind(),
    Rule(
        "notice-of-platform",
        Cause.BLOCK_PAGE,
        "The visit ends on a short page of the platform's that leads nowhere; the neutral link shows that it could.",
        needs(*PAGE, Evidence.NEUTRAL),
        _unexplained,
    ),
    Rule(
        "notice-in-place",
        Cause.BLOCK_PAGE,
        "At the target's own address stands a page with nothing of the target's in it, whatever its words.",
        needs(*FOREIGN),
        _put_in_place,
    ),
    Rule(
        "stub-of-platform",
        Cause.BLOCK_PAGE,
        "An empty page of the platform's frames or forwards to something that is not the target.",
        needs(*PAGE, Evidence.NEUTRAL),
        _stub(at_platform),
    ),
    Rule(
        "stub-in-place",
        Cause.BLOCK_PAGE,
        "An empty page in the target's place frames or forwards to something that is not the target.",
        needs(*FOREIGN),
        _stub(elsewhere),
    ),
    Rule(
        "product-of-platform",
        Cause.REWRITTEN_TO_SELF,
        "The link ends on a page of the platform owner's site that has matter of its own and does not name the target.",
        needs(*PAGE, Evidence.NEUTRAL),
        _product,
    ),
    Rule(
        "error-of-platform",
        Cause.NEVER_ARRIVED,
        "The platform answers this link with an error page, and the neutral link with a page.",
        needs(*PAGE, Evidence.NEUTRAL),
        _error(at_platform),
    ),
    Rule(
        "error-in-place",
        Cause.NEVER_ARRIVED,
        "An error, empty or default page stands in the target's place, which answers properly without the platform.",
        needs(*FOREIGN),
        _error(elsewhere),
    ),
    Rule(
        "other-site",
        Cause.NEVER_ARRIVED,
        "The link ends on a third party's page that is not the target's.",
        needs(*FOREIGN),
        _other_site,
    ),
    Rule(
        "other-content",
        Cause.ALTERED_CONTENT,
        "The target's own host shows this client other content through the platform than without it.",
        needs(*FOREIGN),
        _altered,
    ),
)
