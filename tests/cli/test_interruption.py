"""Being asked to end is an ordinary way to end."""

import asyncio
import os
import signal

import pytest

from linkprobe.cli.interruption import Stopped, run_until_stopped


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_run_after_it_has_let_go(sent: signal.Signals) -> None:
    let_go = []

    async def work() -> None:
        try:
            os.kill(os.getpid(), sent)
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0)
            let_go.append(True)

    with pytest.raises(Stopped):
        run_until_stopped(work())
    assert let_go == [True]


def test_complaints_of_what_was_cut_short_are_no_fault() -> None:
    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            raise ConnectionError("the browser got the signal too") from None

    with pytest.raises(Stopped):
        run_until_stopped(work())


def test_a_second_signal_does_not_wait() -> None:
    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await asyncio.sleep(30)
        finally:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(30)

    with pytest.raises((KeyboardInterrupt, Stopped)):
        run_until_stopped(work())


def test_without_a_signal_errors_are_themselves() -> None:
    async def work() -> None:
        raise ConnectionError("a fault")

    with pytest.raises(ConnectionError):
        run_until_stopped(work())


def test_what_is_done_is_returned() -> None:
    async def work() -> int:
        return 7

    assert run_until_stopped(work()) == 7
