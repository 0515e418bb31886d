"""Reading a response body within bounds, and taking off its content encodings within the same bounds."""

import io
import zlib
from collections.abc import Callable

import httpx
import zstandard

MOST_ENCODINGS = 3
ZSTD_WINDOW = 8 * 1024 * 1024
"""RFC 9659: what a decoder for the web must take, and need not exceed."""


class Received:
    """What has come in of a body so far, up to `cap` bytes. Stays usable when reading it fails in the middle."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._data = bytearray()
        self.truncated = True
        self.undecodable: httpx.DecodingError | None = None

    async def read(self, response: httpx.Response) -> None:
        """Take in the body until it ends or the cap is reached. Raises httpx's transport errors."""
        assert isinstance(response.stream, httpx.AsyncByteStream)
        async for part in response.stream:
            self._data += part
            if len(self._data) > self._cap:
                del self._data[self._cap :]
                return
        self.truncated = False

    def decoded(self, encodings: str) -> bytes:
        """The body without its content `encodings`, up to the cap; empty, with `undecodable` set, if they are wrong."""
        try:
            return self._decoded(encodings)
        except httpx.DecodingError as error:
            self.undecodable = error
            return b""

    def _decoded(self, encodings: str) -> bytes:
        body = bytes(self._data)
        if not encodings:
            return body
        names = [name.strip().lower() for name in encodings.split(",") if name.strip()]
        if len(names) > MOST_ENCODINGS:
            raise httpx.DecodingError(f"{len(names)} content encodings on top of each other")
        for name in reversed(names):
            body = self._without(name, body)
        return body

    def _without(self, name: str, body: bytes) -> bytes:
        if name == "identity" or not body:
            return body
        decode = DECODERS.get(name)
        if decode is None:
            raise httpx.DecodingError(f"content encoding {name[:40]!r} was not asked for")
        try:
            plain = decode(body, self._cap + 1)
        except (zlib.error, zstandard.ZstdError) as error:
            raise httpx.DecodingError(f"{name}: {error}") from error
        self.truncated |= len(plain) > self._cap
        return plain[: self._cap]


def _gzip(body: bytes, most: int) -> bytes:
    return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, most)


def _deflate(body: bytes, most: int) -> bytes:
    """With the zlib wrapper that RFC 9110 asks for, or without it as some servers send it."""
    try:
        return zlib.decompressobj().decompress(body, most)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, most)


def _zstd(body: bytes, most: int) -> bytes:
    reader = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).stream_reader(
        io.BytesIO(body), read_across_frames=True
    )
    return reader.read(most)


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "zstd": _zstd,
}
