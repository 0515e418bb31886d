"""Ctrl-C, and being asked to end, as an ordinary way for a run to end."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(Exception):
    """The run was asked to end, and has let go of everything it held."""


def run_until_stopped(work: Coroutine[Any, Any, T]) -> T:
    """Runs `work` in a loop of its own. Raises `Stopped` after a signal; a second one ends the process at once."""
    return asyncio.run(_until_stopped(work))


async def _until_stopped(work: Coroutine[Any, Any, T]) -> T:
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)
    asked = asyncio.Event()

    def stop() -> None:
        asked.set()
        for each in _SIGNALS:
            loop.remove_signal_handler(each)
        # What nobody waits for any more (a driver that got the signal too) would otherwise be told by asyncio.
        loop.set_exception_handler(lambda _loop, _context: None)
        task.cancel()

    for each in _SIGNALS:
        loop.add_signal_handler(each, stop)
    try:
        return await task
    except BaseException as error:
        # What was cut short may complain in its own words (a browser that got the signal too); that is no fault.
        if asked.is_set():
            raise Stopped from error
        raise
    finally:
        for each in _SIGNALS:
            loop.remove_signal_handler(each)
