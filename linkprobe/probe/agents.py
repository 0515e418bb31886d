"""What a probe says it is: the request headers and client hints of the client it poses as."""

from typing import Any, NamedTuple

from linkprobe.model import Client, Vantage

ORDINARY = Client(
    user_agent=(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
    ),
    brands={"Chromium": "156.0.8078.79", "Google Chrome": "156.0.8078.79", "Not)A;Brand": "24.0.0.0"},
    os="Linux",
)
"""The ordinary desktop browser. Linux, because that is what the browser arm runs on: fonts, `navigator.platform` and
hints agree. It never says what it is for: a stock rule of web application firewalls refuses agents that contain
"link", which would make up blocks that no platform set."""

ACCEPT = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
ACCEPT_PLAIN = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""What WebKit sends, and anything else that is no Chromium."""

ENCODINGS = "gzip, deflate, zstd"
"""What the body reader decodes within a bound; browsers also take br."""


class ClientHints(NamedTuple):
    """A client's hints: the three headers sent unasked, and `userAgentMetadata` as Chromium's protocol takes it.

    Both are empty for a client without brands, which has no `navigator.userAgentData` either.
    """

    headers: dict[str, str]
    metadata: dict[str, Any] | None


def client_hints(client: Client) -> ClientHints:
    """The hints that agree with the client's brands, system and model."""
    if not client.brands:
        return ClientHints({}, None)
    brands = [{"brand": name, "version": version.partition(".")[0]} for name, version in client.brands.items()]
    headers = {
        "sec-ch-ua": ", ".join(f'"{_quoted(brand["brand"])}";v="{brand["version"]}"' for brand in brands),
        "sec-ch-ua-mobile": "?1" if client.mobile else "?0",
        "sec-ch-ua-platform": f'"{_quoted(client.os)}"',
    }
    metadata = {
        "brands": brands,
        "fullVersionList": [{"brand": name, "version": version} for name, version in client.brands.items()],
        "fullVersion": client.brands.get("Chromium") or next(iter(client.brands.values())),
        "platform": client.os,
        "platformVersion": client.os_version,
        "architecture": "" if client.mobile else "x86",
        "bitness": "" if client.mobile else "64",
        "model": client.model,
        "mobile": client.mobile,
        "wow64": False,
    }
    return ClientHints(headers, metadata)


def accept_language(language: str) -> str:
    """The header Chromium derives from its first language: `zh-CN` becomes `zh-CN,zh;q=0.9`."""
    base = language.partition("-")[0]
    return language if base == language else f"{language},{base};q=0.9"


def extra_headers(client: Client | None, vantage: Vantage) -> dict[str, str]:
    """The headers that a browser context must add: hints, the client's own, the vantage's. The last word wins."""
    posed = client or ORDINARY
    language = {"accept-language": accept_language(posed.language)}
    return _merged(client_hints(posed).headers, language, posed.headers, vantage.headers)


def headers_for(client: Client | None, vantage: Vantage) -> dict[str, str]:
    """The headers of a navigation over TLS as `client` sends them (None: the ordinary browser), in its order.

    Over plain HTTP a browser leaves out those that start with `sec-`.
    """
    posed = client or ORDINARY
    chromium = bool(posed.brands)
    first = {"upgrade-insecure-requests": "1", "user-agent": posed.user_agent}
    navigation = {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    return _merged(
        client_hints(posed).headers,
        first if chromium else {"user-agent": posed.user_agent},
        {"accept": ACCEPT if chromium else ACCEPT_PLAIN},
        navigation | ({"sec-fetch-user": "?1"} if chromium else {}),
        {"accept-encoding": ENCODINGS, "accept-language": accept_language(posed.language)},
        posed.headers,
        vantage.headers,
    )


def _merged(*parts: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for part in parts for name, value in part.items()}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
