"""Rules of share dialogs: the neutral link gets a composer that holds it, and this one does not."""

from collections.abc import Iterator

from linkprobe.judge.dialog import Dialog, End, Held, dialog_of, survives
from linkprobe.judge.kind import Kind
from linkprobe.judge.rule import Evidence, Rule, needs
from linkprobe.judge.rules.stopped import describe
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause
from linkprobe.page.address import host_of


def _pair(scene: Scene) -> tuple[Dialog, Dialog] | None:
    """The dialogs of this link and of the neutral one."""
    mine, theirs = dialog_of(scene), dialog_of(scene.other) if scene.other is not None else None
    return (mine, theirs) if mine is not None and theirs is not None else None


def _refused(scene: Scene) -> Iterator[str]:
    pair = _pair(scene)
    if pair is None or not pair[1].takes_link:
        return
    mine, theirs = pair
    if mine.end is End.REFUSAL or (mine.end is End.ELSEWHERE and _stands_for_form(mine, theirs)):
        yield f"{_told(mine)}, where the neutral link gets a composer"


def _stands_for_form(mine: Dialog, theirs: Dialog) -> bool:
    """Whether a page of the same host, which asks for no app, stands where the neutral link's has room to write."""
    here, there = mine.look.page, theirs.look.page
    if here is None or there is None or mine.look.kind is Kind.APP:
        return False
    return there.is_writable and here.host == there.host


def _told(dialog: Dialog) -> str:
    failure = dialog.look.visit.failure
    if dialog.look.page is not None:
        return describe(dialog.look)
    return f"{failure.kind.value if failure else 'no page'} at {host_of(dialog.look.visit.requested)}"


def _emptied(scene: Scene) -> Iterator[str]:
    pair = _pair(scene)
    if pair is None or pair[0].end is not End.COMPOSER or not pair[1].takes_link:
        return
    mine, theirs = pair
    gone = mine.held is Held.NOWHERE
    hidden = mine.held is Held.ADDRESS and theirs.held is Held.WHOLE and _same_place(mine, theirs)
    if (gone or hidden) and _same_means(mine, theirs):
        yield f"the composer at {host_of(mine.look.visit.landed or '')} holds nothing of the link"


def _cut(scene: Scene) -> Iterator[str]:
    pair = _pair(scene)
    if pair is None or pair[0].end is not End.COMPOSER or pair[0].held is not Held.CUT:
        return
    if pair[1].end is End.COMPOSER and pair[1].held is Held.WHOLE and _same_means(*pair):
        yield f"the composer at {host_of(pair[0].look.visit.landed or '')} holds the address cut short"


def lost_before_login(scene: Scene) -> Iterator[str]:
    """Where both links end on one login page, and only the neutral one is known there."""
    pair = _pair(scene)
    if pair is None or pair[0].end is not End.LOGIN or pair[1].end is not End.LOGIN or scene.other is None:
        return
    here, there = pair[0].look.page, pair[1].look.page
    if here is None or there is None or not (_same_place(*pair) and _same_means(*pair)):
        return
    settled = pair[0].look.visit.settled and pair[1].look.visit.settled
    if settled and survives(there, scene.other.target.url) and not survives(here, scene.target.url):
        yield f"the login at {here.host} leads on with the neutral link, and without this one"


def _same_place(mine: Dialog, theirs: Dialog) -> bool:
    """Whether both ended at one address, whatever its parameters."""
    here, there = (each.look.visit.landed or "" for each in (mine, theirs))
    return here.partition("?")[0] == there.partition("?")[0]


def _same_means(mine: Dialog, theirs: Dialog) -> bool:
    """Whether both were seen by the same means: what a script does to a field does not show by HTTP."""
    return mine.look.visit.executor is theirs.look.visit.executor


_NEEDS = needs(Evidence.DIALOG, Evidence.DIRECT, Evidence.NEUTRAL)

RULES = (
    Rule(
        "dialog-refuses-link",
        Cause.SEND_REFUSED,
        "The share dialog says no to this link, or fails, and gives the neutral link a composer.",
        _NEEDS,
        _refused,
    ),
    Rule(
        "composer-without-link",
        Cause.CONTENT_REPLACED,
        "The share dialog opens a composer without the link, where the neutral link stands in its own.",
        _NEEDS,
        _emptied,
    ),
    Rule(
        "composer-cuts-link",
        Cause.STRIPPED_PARAMETERS,
        "The share dialog's composer holds the address without what was shared with it.",
        _NEEDS,
        _cut,
    ),
    Rule(
        "lost-before-login",
        Cause.CONTENT_REPLACED,
        "The login before the share dialog leads on with the neutral link and has lost this one.",
        _NEEDS,
        lost_before_login,
    ),
)
