"""Whom TLS trusts: the public authorities, a CA of ours, or both; for Python and for Chromium."""

import shutil
import ssl
import subprocess
import tempfile
from pathlib import Path

import httpx

from linkprobe.network.failure import NetworkError, TrustMissing


def trust(ca: Path | None, *, public: bool) -> ssl.SSLContext:
    """A client's TLS context that trusts `ca`, and the public authorities if `public`. Raises `NetworkError`."""
    context = httpx.create_ssl_context(trust_env=False) if public else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca:
        try:
            context.load_verify_locations(cafile=ca)
        except (OSError, ssl.SSLError) as error:
            raise NetworkError(f"--cacert {ca}: no certificate that can be read ({error})") from None
    return context


def nss_home(ca: Path) -> Path:
    """A new temporary home folder in which Chromium trusts `ca`; the caller removes it. Raises `TrustMissing`."""
    certutil = shutil.which("certutil")
    if not certutil:
        raise TrustMissing("certutil is missing, without which Chromium cannot trust a CA: install libnss3-tools")
    home = Path(tempfile.mkdtemp(prefix="linkprobe-home-"))
    database = home / ".pki" / "nssdb"
    database.mkdir(parents=True)
    try:
        _certutil(certutil, database, "-N", "--empty-password")
        _certutil(certutil, database, "-A", "-t", "C,,", "-n", "linkprobe", "-i", str(ca))
    except NetworkError:
        shutil.rmtree(home, ignore_errors=True)
        raise
    return home


def _certutil(program: str, database: Path, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - found on the path, fixed arguments
        [program, "-d", f"sql:{database}", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NetworkError(f"certutil: {done.stderr.strip() or f'exit code {done.returncode}'}")
