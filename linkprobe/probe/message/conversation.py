"""Sending a link by one account and looking at it as another, on whatever kind of message surface."""

from collections.abc import Mapping

from linkprobe.model import Client, MessageApi, Messaging, Sent, Shown, Target, Vantage, WebClient, XmppChat
from linkprobe.network import Network
from linkprobe.probe.browser import Chromium
from linkprobe.probe.message.declared import send_and_read
from linkprobe.probe.message.web_client import write_and_look
from linkprobe.probe.message.xmpp import chat


async def converse(
    network: Network,
    chromium: Chromium | None,
    vantage: Vantage,
    surface: Messaging,
    target: Target,
    *,
    token: str,
    environ: Mapping[str, str],
    client: Client | None = None,
) -> tuple[Sent, Shown | None]:
    """Send `target` once, and look at it as its recipient if it may have got through. `token` is random.

    No look (None) follows a refusal. Nothing of `environ` is in the values that come back. A web client needs
    `chromium`, and is opened as `client` (None: the ordinary browser).
    """
    match surface:
        case MessageApi():
            return await send_and_read(network, vantage, surface, target, token=token, environ=environ)
        case XmppChat():
            return await chat(network, vantage, surface, target, token=token, environ=environ)
        case WebClient():
            assert chromium is not None
            return await write_and_look(chromium, vantage, surface, target, client=client, token=token, environ=environ)
