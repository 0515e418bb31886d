"""The lab as a process: reads its setting from the first line of stdin, prints its address, ends when stdin does."""

import asyncio
import signal
import sys
from typing import Any

import msgspec

from linkprobe.lab.errors import LabError
from linkprobe.lab.order import Failed, Order, Ready
from linkprobe.lab.server import serving


def main() -> int:
    """Entry point of the process."""
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    try:
        asyncio.run(_play(order))
    except LabError as error:
        _say(Failed(error=str(error)))
        return 2
    except BrokenPipeError:
        return 0
    return 0


async def _play(order: Order) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_trouble)
    told = asyncio.StreamReader()
    loop.add_signal_handler(signal.SIGTERM, told.feed_eof)
    async with serving(order.setting, port=order.port) as address:
        _say(Ready(address=address))
        await _end_of_input(told)


async def _end_of_input(told: asyncio.StreamReader) -> None:
    """Return once stdin is closed, which it is as well when the parent has been killed."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin)
    await told.read()
    transport.close()


def _say(word: Ready | Failed) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


def _trouble(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Handshakes and connections that clients give up are no trouble of the lab's."""
    if not isinstance(context.get("exception"), OSError):  # ssl.SSLError is one
        loop.default_exception_handler(context)


if __name__ == "__main__":
    sys.exit(main())
