"""How a robot's request is signed. Pure: the time comes from the caller.

Sources: DingTalk, "custom robot access", https://open.dingtalk.com/document/orgapp/custom-robot-access;
Feishu, "add a custom bot", https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from linkprobe.model import Signature, Signing
from linkprobe.probe.message.fill import Fill


def signature_holes(declared: Signature | None, environ: Mapping[str, str], now: datetime) -> dict[str, str]:
    """`timestamp` and `sign` for one request at `now`; empty where there is no secret to sign with."""
    secret = Fill(environ).text(declared.secret).strip() if declared else ""
    if declared is None or not secret:
        return {}
    timestamp = timestamp_of(declared.by, now)
    return {"timestamp": timestamp, "sign": sign(declared.by, secret, timestamp)}


def timestamp_of(by: Signing, now: datetime) -> str:
    """The time as this signature writes it: milliseconds for DingTalk, seconds for Feishu."""
    seconds = now.timestamp()
    return str(int(seconds * 1000)) if by is Signing.DINGTALK else str(int(seconds))


def sign(by: Signing, secret: str, timestamp: str) -> str:
    """The signature in base64, not yet percent-encoded."""
    line = f"{timestamp}\n{secret}".encode()
    key, said = (secret.encode(), line) if by is Signing.DINGTALK else (line, b"")
    return base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
