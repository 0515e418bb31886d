"""Gates of share dialogs: what a visitor without an account meets says nothing about the link."""

from linkprobe.judge.dialog import Dialog, End, dialog_of, survives
from linkprobe.judge.gates.gate import Gate
from linkprobe.judge.rules.dialog import lost_before_login
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause, Verdict


def _login(scene: Scene) -> str:
    dialog = dialog_of(scene)
    if dialog is None or dialog.end is not End.LOGIN or any(lost_before_login(scene)):
        return ""
    told = f"{_host(dialog)} asks for a login; the link {_known(dialog, scene.target.url)}"
    other = dialog_of(scene.other) if scene.other is not None else None
    if other is None or other.end is not End.LOGIN or scene.other is None:
        return told
    return f"{told}, and the neutral link {_known(other, scene.other.target.url)}"


def _known(dialog: Dialog, url: str) -> str:
    page = dialog.look.page
    return "is kept for afterwards" if page is not None and survives(page, url) else "is not seen to be kept"


def _challenge(scene: Scene) -> str:
    dialog = dialog_of(scene)
    return f"{_host(dialog)} asks" if dialog is not None and dialog.end is End.CHALLENGE else ""


def _host(dialog: Dialog) -> str:
    return dialog.look.page.host if dialog.look.page is not None else ""


_NO = Verdict.INCONCLUSIVE

GATES: tuple[Gate, ...] = (
    Gate("dialog-login", _NO, Cause.LOGIN_WALL, "The share dialog wants an account first.", _login),
    Gate(
        "dialog-challenge",
        _NO,
        Cause.CHALLENGE,
        "The share dialog wants a proof of being human first.",
        _challenge,
    ),
)
