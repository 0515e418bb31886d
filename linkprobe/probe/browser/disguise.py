"""Posing as a client: one story told by the user agent, the headers and the scripts, in the page and in its tabs.

What stays untrue in a tab that the page opens, because it asks before any session of ours can reach it: its first
requests lack `X-Requested-With`, its hints are empty after a redirect, and a client without hints sends empty ones.
"""

from typing import Any, NamedTuple

import msgspec

from linkprobe.model import Client, Vantage
from linkprobe.probe.agents import ORDINARY, accept_language, client_hints, extra_headers
from linkprobe.probe.browser.scripting import call

LAUNCH = (
    f"--user-agent={ORDINARY.user_agent}",
    "--enable-features=SkipListAccountsWithoutGaiaCookies,UACHOverrideBlank",
)
"""Without these a tab that a page opens would send hints of "HeadlessChrome" after a redirect, where headers set for
the context no longer apply. The flag replaces Playwright's own, of which the first feature is kept; its
CDPScreenshotNewSurface is not: it draws the page anew for every picture, at several times the CPU."""

PLATFORMS = {
    "Android": "Linux armv81",
    "iOS": "iPhone",
    "macOS": "MacIntel",
    "Windows": "Win32",
    "HarmonyOS": "Linux armv81",
}
"""What `navigator.platform` says on a system; elsewhere `Linux x86_64`."""

HARMLESS = frozenset({"accept", "accept-language", "content-language", "user-agent", "save-data"})
"""Headers besides `sec-*` that never make a cross-origin request ask permission first (Fetch standard, "CORS-safelisted
request-header" and "forbidden request-header")."""

MOBILE_SCALE = 2.0
"""Device pixels per CSS pixel of a phone; more only costs time."""


class Disguise(NamedTuple):
    """What makes a context pass for a client. `navigation` headers go with documents only.

    An app's web view adds its `X-Requested-With` below the page, where no permission is asked. Set for a whole context
    it makes every cross-origin script, font and call ask first, and most servers say no: the page would break, and the
    platform would be blamed.
    """

    options: dict[str, Any]
    override: dict[str, Any]
    script: str
    navigation: dict[str, str]
    bridged: bool


def disguise(client: Client | None, vantage: Vantage, word: str) -> Disguise:
    """How to pose as `client` (None: the ordinary browser) at `vantage`; `word` marks what our scripts say to us."""
    posed = client or ORDINARY
    headers = extra_headers(client, vantage)
    everywhere = {name: value for name, value in headers.items() if _is_harmless(name)}
    return Disguise(
        options=_options(posed, everywhere),
        override=_override(posed),
        script=_script(posed, word),
        navigation={name: value for name, value in headers.items() if not _is_harmless(name)},
        bridged=posed.bridge is not None,
    )


def _is_harmless(name: str) -> bool:
    return name in HARMLESS or name.startswith("sec-")


def _options(client: Client, headers: dict[str, str]) -> dict[str, Any]:
    width, height = client.viewport
    return {
        "user_agent": client.user_agent,
        "viewport": {"width": width, "height": height},
        "device_scale_factor": MOBILE_SCALE if client.mobile else 1.0,
        "is_mobile": client.mobile,
        "has_touch": client.mobile,
        "locale": client.language,
        "timezone_id": client.timezone,
        "extra_http_headers": headers,
        "accept_downloads": False,
    }


def _override(client: Client) -> dict[str, Any]:
    """For the first tab, where it outlasts redirects. Without metadata Chromium sends no hints, as WebKit sends none.

    Tabs that the page opens send the first language alone: Playwright sets it there from the locale.
    """
    metadata = client_hints(client).metadata
    return {
        "userAgent": client.user_agent,
        "acceptLanguage": ",".join(_languages(client)),
        "platform": _platform(client),
        **({"userAgentMetadata": metadata} if metadata else {}),
    }


def _platform(client: Client) -> str:
    return PLATFORMS.get(client.os, "Linux x86_64")


def _languages(client: Client) -> list[str]:
    return [part.partition(";")[0] for part in accept_language(client.language).split(",")]


def _script(client: Client, word: str) -> str:
    story = {
        "hints": client_hints(client).metadata,
        "platform": _platform(client),
        "languages": _languages(client),
        "bridge": msgspec.structs.asdict(client.bridge) if client.bridge else None,
        "word": word,
    }
    return ";".join((call("timers", word), call("apps"), call("disguise", story)))
