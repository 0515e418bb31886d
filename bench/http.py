"""What `visit_http` costs over bare httpx: CPU of this process per probe, against a server in another process.

Both ask for the same pages over TLS and HTTP/2 on loopback. Bare httpx stands in its best arrangement: one TLS context,
one shared HTTP/2 transport, a client per probe, redirects followed, the body read. Rounds alternate; medians count.
"""

import argparse
import asyncio
import contextlib
import socket
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config
from tabulate import tabulate

from linkprobe.model import Vantage
from linkprobe.network import Entry, Mapped
from linkprobe.probe.http import visit_http

PAGE = b"<!doctype html><title>page</title>" + b"<p>words and words and words</p>" * 155
"""5 KB."""
Probe = Callable[[str], Awaitable[None]]


async def app(scope: dict[str, Any], _: Any, send: Any) -> None:
    """`/3` redirects to `/2` and so on; each redirect sets a cookie; `/0` is the page."""
    if scope["type"] != "http":
        return
    left = int(scope["path"][1:] or 0)
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    if left:
        headers += [(b"location", b"/%d" % (left - 1)), (b"set-cookie", b"hop%d=1; Path=/" % left)]
    await send({"type": "http.response.start", "status": 302 if left else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if left else PAGE})


async def serve_forever(folder: Path) -> None:
    """The server process: tells its port on stdout and lives until stdin closes."""
    door = socket.create_server(("127.0.0.1", 0))
    print(door.getsockname()[1], flush=True)
    config = Config()
    config.bind = [f"fd://{door.detach()}"]
    config.certfile, config.keyfile = str(folder / "cert.pem"), str(folder / "key.pem")
    config.errorlog = None
    config.keep_alive_max_requests = sys.maxsize  # bare httpx does not survive a server that closes its connection

    async def over() -> None:
        await asyncio.to_thread(sys.stdin.read)

    await serve(app, config, shutdown_trigger=over)  # type: ignore[arg-type]


@contextlib.asynccontextmanager
async def server(folder: Path) -> AsyncIterator[int]:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(folder / "ca.pem"))
    leaf = ca.issue_cert("localhost")
    leaf.private_key_pem.write_to_path(str(folder / "key.pem"))
    leaf.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.http",
        "--serve",
        str(folder),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.stdin.close()
        await process.wait()


class Shared(httpx.AsyncBaseTransport):
    """Keeps a client from closing the transport it shares."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._inner.handle_async_request(request)


def bare(transport: httpx.AsyncBaseTransport) -> Probe:
    shared = Shared(transport)

    async def probe(url: str) -> None:
        async with httpx.AsyncClient(transport=shared, follow_redirects=True, timeout=30.0) as client:
            response = await client.get(url)
        assert response.content == PAGE

    return probe


def ours(network: Mapped) -> Probe:
    vantage = Vantage()

    async def probe(url: str) -> None:
        visit = await visit_http(network, vantage, url, client=None)
        assert visit.page is not None
        assert visit.page.body == PAGE

    return probe


async def cost(probe: Probe, url: str, *, number: int, concurrency: int) -> float:
    """CPU milliseconds of this process per probe."""
    left = iter(range(number))

    async def worker() -> None:
        for _ in left:
            await probe(url)

    start = time.process_time()
    await asyncio.gather(*(worker() for _ in range(concurrency)))
    return (time.process_time() - start) / number * 1000


async def compare(port: int, ca: Path, rounds: int, number: int) -> list[tuple[str, int, float, float, float]]:
    transport = httpx.AsyncHTTPTransport(verify=ssl.create_default_context(cafile=ca), http2=True)
    network = Mapped((Entry("localhost", port, "127.0.0.1", port),), ca=ca)
    rows = []
    for what, path in (("5 KB page", "/0"), ("3 redirects, 3 cookies, page", "/3")):
        for concurrency in (1, 8, 64):
            url = f"https://localhost:{port}{path}"
            costs: dict[str, list[float]] = {"bare": [], "ours": []}
            for probe in (bare(transport), ours(network)):
                await cost(probe, url, number=2 * concurrency, concurrency=concurrency)
            for _ in range(rounds):
                for name, probe in (("bare", bare(transport)), ("ours", ours(network))):
                    costs[name].append(await cost(probe, url, number=number, concurrency=concurrency))
            theirs, mine = statistics.median(costs["bare"]), statistics.median(costs["ours"])
            rows.append((what, concurrency, theirs, mine, mine / theirs))
    await network.aclose()
    await transport.aclose()
    return rows


async def main(rounds: int, number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        async with server(Path(name)) as port:
            rows = await compare(port, Path(name) / "ca.pem", rounds, number)
    heads = ("probe", "at once", "httpx, CPU ms", "visit_http, CPU ms", "ratio")
    print(tabulate(rows, heads, tablefmt="github", floatfmt=("", "", ".2f", ".2f", ".2f")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--number", type=int, default=300, help="probes per round")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    asyncio.run(serve_forever(given.serve) if given.serve else main(given.rounds, given.number))
