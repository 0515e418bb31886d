"""The lab's throwaway certificate authority: one leaf certificate per host, chosen by the name the client asks for."""

import ssl
from pathlib import Path

import trustme

ALPN = ["h2", "http/1.1"]


class Authority:
    """Issues a certificate for each of `hosts` when it is first asked for.

    One certificate per host keeps HTTP/2 clients from using one connection for several hosts. A handshake for a
    name outside `hosts` fails.
    """

    def __init__(self, hosts: frozenset[str]) -> None:
        self._authority = trustme.CA(organization_name="linkprobe lab")
        self._hosts = hosts
        self._contexts: dict[str, ssl.SSLContext] = {}
        self.context = self._context("nameless.invalid")
        self.context.sni_callback = self._choose

    def write(self, path: Path) -> None:
        """Write the authority's own certificate, which clients of the lab must trust."""
        self._authority.cert_pem.write_to_path(str(path))

    def _choose(self, connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> int | None:
        host = (name or "").lower()
        if host not in self._hosts:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        if host not in self._contexts:
            self._contexts[host] = self._context(host)
        connection.context = self._contexts[host]
        return None

    def _context(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(ALPN)
        self._authority.issue_cert(host).configure_cert(context)
        return context
