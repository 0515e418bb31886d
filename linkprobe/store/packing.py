"""Observations with their bodies taken out and put back; both leave everything else as it was."""

from collections.abc import Callable

import msgspec

from linkprobe.model import Capture, Observation, Screenshot, Visit

Keep = Callable[[bytes], str]
Fetch = Callable[[str], bytes]


def unpack_bodies(observation: Observation, keep: Keep) -> Observation:
    """The observation without bodies and images; each went to `keep`, whose digest stands in its place."""
    if observation.visit is None:
        return observation
    return msgspec.structs.replace(observation, visit=_emptied(observation.visit, keep))


def refill_bodies(observation: Observation, fetch: Fetch) -> Observation:
    """The observation as it was before `unpack_bodies`."""
    if observation.visit is None:
        return observation
    return msgspec.structs.replace(observation, visit=_filled(observation.visit, fetch))


def _emptied(visit: Visit, keep: Keep) -> Visit:
    return msgspec.structs.replace(
        visit,
        page=_emptied_page(visit.page, keep) if visit.page else None,
        screenshot=_emptied_image(visit.screenshot, keep) if visit.screenshot else None,
        clicked=_emptied(visit.clicked, keep) if visit.clicked else None,
    )


def _emptied_page(page: Capture, keep: Keep) -> Capture:
    return msgspec.structs.replace(page, body=b"", digest=keep(page.body)) if page.body else page


def _emptied_image(shot: Screenshot, keep: Keep) -> Screenshot:
    return Screenshot(digest=keep(shot.image)) if shot.image else shot


def _filled(visit: Visit, fetch: Fetch) -> Visit:
    return msgspec.structs.replace(
        visit,
        page=_filled_page(visit.page, fetch) if visit.page else None,
        screenshot=_filled_image(visit.screenshot, fetch) if visit.screenshot else None,
        clicked=_filled(visit.clicked, fetch) if visit.clicked else None,
    )


def _filled_page(page: Capture, fetch: Fetch) -> Capture:
    return msgspec.structs.replace(page, body=fetch(page.digest)) if page.digest else page


def _filled_image(shot: Screenshot, fetch: Fetch) -> Screenshot:
    return msgspec.structs.replace(shot, image=fetch(shot.digest)) if shot.digest else shot
