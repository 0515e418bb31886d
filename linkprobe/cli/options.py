"""The options that commands share."""

from pathlib import Path
from typing import Annotated, Any

import typer

RESULTS = Path("results")
DEFAULT_WORLD = "china-2021-11-29"
"""The lab's internet where none is named."""


def _option(group: str, name: str = "", *, help: str, **others: Any) -> Any:
    return typer.Option(*([name] if name else []), help=help, rich_help_panel=group, **others)


_WHERE, _WHICH, _HOW, _OUT = "Where", "Which cells", "How", "Results"
_CONNECT_TO = "Send connections elsewhere, as curl does. Without --live nothing else resolves. @FILE: one a line."
_INSIDE = "A proxy that stands inside an app, such as wechat=socks5://127.0.0.1:1080."
_CATALOG = "More platforms, targets and worlds; replaces what it names again."
_RATE = "Most starts a second per platform and vantage; 0.5 where it is live, else no limit."

World = Annotated[str, _option(_WHERE, metavar="NAME|FILE", help="Audit in the built-in lab, in this world.")]
Live = Annotated[bool, _option(_WHERE, "--live", help="Audit the real network, politely.")]
ConnectTo = Annotated[list[str], _option(_WHERE, metavar="HOST:PORT:ADDR:PORT|@FILE", help=_CONNECT_TO)]
CaCert = Annotated[
    Path | None, _option(_WHERE, metavar="FILE", help="Trust this CA (PEM); with --connect-to alone, only this one.")
]
Inside = Annotated[list[str], _option(_WHERE, metavar="PLATFORM[/SURFACE]=PROXY", help=_INSIDE)]
AllowPrivate = Annotated[bool, _option(_WHERE, "--allow-private", help="Let links lead to private addresses.")]

Accounts = Annotated[
    Path | None, _option(_WHERE, metavar="FILE", help="Accounts, instead of $LINKPROBE_ACCOUNTS or the usual file.")
]

Catalog = Annotated[list[Path], _option(_WHICH, metavar="DIR", help=_CATALOG)]
Platforms = Annotated[list[str], _option(_WHICH, "--platform", metavar="P", help="Only this platform.")]
Surfaces = Annotated[list[str], _option(_WHICH, "--surface", metavar="S", help="Only this surface.")]
Targets = Annotated[list[str], _option(_WHICH, "--target", metavar="T", help="Only this target.")]
Vantages = Annotated[list[str], _option(_WHICH, "--vantage", metavar="V", help="Only this vantage.")]

Repeat = Annotated[int, _option(_HOW, min=1, max=10, help="Attempts that must agree before a finding stands.")]
Jobs = Annotated[int, _option(_HOW, min=1, max=64, help="Browser probes at once.")]
Rate = Annotated[float | None, _option(_HOW, min=0.001, help=_RATE)]
NoBrowser = Annotated[bool, _option(_HOW, "--no-browser", help="HTTP only; cells that need more say so.")]

Results = Annotated[Path, _option(_OUT, metavar="DIR", help="Where rounds and their evidence are kept.")]
Json = Annotated[str, _option(_OUT, "--json", metavar="FILE", help="Write the cells as JSON; - for standard output.")]
Format = Annotated[str, _option(_OUT, "--format", metavar="FORMAT", help="simple, grid, github, html, ...")]
RoundId = Annotated[str, typer.Argument(metavar="[ROUND]", help="A round of linkprobe status; the latest without it.")]
