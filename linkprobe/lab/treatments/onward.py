"""Treatments that let the link through: silently, by script, with other parameters, later, or to somewhere else."""

import json

from starlette.responses import Response

from linkprobe.lab.pages.markup import text
from linkprobe.lab.treatments.stage import Stage, own_url, redirect


def shim(stage: Stage) -> Response:
    """Redirects, by way of another host of the platform's where it has one."""
    return redirect(own_url(stage.platform, "jump", stage.code, second=True), status=302 + 5 * stage.manner(2))


def script(stage: Stage) -> Response:
    """A page whose script goes on at once."""
    ways = ("location.replace(u)", "window.location.href=u", 'setTimeout("go()",20);function go(){location=u}')
    address = json.dumps(stage.onward).replace("<", "\\u003c").replace("/", "\\/")
    return stage.page("", "", head=f"<script>var u={address};{ways[stage.manner(3)]}</script>")


def meta_refresh(stage: Stage) -> Response:
    """A page whose meta element goes on at once."""
    return stage.page("", "", head=f'<meta http-equiv="refresh" content="0;url={text(stage.onward)}">')
