"""What a control is worth: whether the target stands without the platform, and if not, in what way it fails."""

from enum import StrEnum

from linkprobe.judge.kind import Kind
from linkprobe.judge.landmark import holds
from linkprobe.judge.look import Look


class Footing(StrEnum):
    """The state in which a control found the target. Only the first two can be compared with."""

    STANDS = "stands"
    WALLED = "walled"
    """The target's own login or app wall, which it shows to everybody."""
    CHALLENGED = "challenged"
    REFUSES = "refuses"
    LIMITED = "limited"
    CHANGED = "changed"
    DOWN = "down"
    BLIND = "blind"
    """The control could not be taken, by a fault on our side."""


FIRM = (Footing.STANDS, Footing.WALLED)
"""Controls one can compare with."""

_BY_STATUS = {429: Footing.LIMITED, 401: Footing.REFUSES, 403: Footing.REFUSES, 451: Footing.REFUSES}
_GONE = (404, 410)
_BY_KIND = {
    Kind.LOGIN: Footing.WALLED,
    Kind.APP: Footing.WALLED,
    Kind.PARKED: Footing.CHANGED,
    Kind.DEFAULT: Footing.CHANGED,
    Kind.NOT_FOUND: Footing.CHANGED,
    Kind.HTTP_ERROR: Footing.CHANGED,
    Kind.NET_ERROR: Footing.DOWN,
}
_WALLS = (Kind.LOGIN, Kind.APP)
_BY_KIND_WHERE_LANDMARK_IS_MISSING = {
    Kind.BLOCK: Footing.REFUSES,
    Kind.OPEN_IN_BROWSER: Footing.REFUSES,
    Kind.COPY: Footing.REFUSES,
}


def footing(look: Look) -> Footing:
    """The state of the target in a control. Its landmark beats every other sign."""
    if look.page is None:
        return _without_page(look)
    landmark = look.target.landmark
    if landmark is not None and holds(landmark, look.page):
        return Footing.STANDS
    if landmark is None and look.is_full and look.status < 400 and look.visit.settled:
        return Footing.STANDS
    return _by_signs(look) or _by_matter(look, expected=landmark is not None)


def _without_page(look: Look) -> Footing:
    if look.downloaded:
        return Footing.STANDS
    return Footing.DOWN if look.failed else Footing.BLIND


def _by_signs(look: Look) -> Footing | None:
    if look.kind is Kind.CHALLENGE:
        return Footing.CHALLENGED
    if look.status >= 500 or look.status in _GONE:
        return Footing.DOWN
    by_status = _BY_STATUS.get(look.status)
    # A page with matter of its own may speak of errors and sales; only a poor one is what it speaks of.
    return by_status or (_BY_KIND.get(look.kind) if look.kind in _WALLS or not look.is_rich else None)


def _by_matter(look: Look, *, expected: bool) -> Footing:
    if look.needs_script or not look.visit.settled:
        return Footing.BLIND
    if not expected:
        return Footing.STANDS
    return _BY_KIND_WHERE_LANDMARK_IS_MISSING.get(look.kind, Footing.CHANGED)
