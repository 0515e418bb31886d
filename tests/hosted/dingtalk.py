"""A custom robot of DingTalk, after https://open.dingtalk.com/document/orgapp/custom-robot-access and
…/custom-bot-send-message-type: text messages, the three security settings, the codes. Everything comes in a 200."""

import base64
import hashlib
import hmac
import time
from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import Answer, Asked, Double, must, route

TOKEN, SECRET = (
    "d7e4a1b2c3f4056789abcdef0123456789abcdef0123456789abcdef01234567",
    "SEC0a1b2c3d4e5f60718293a4b5c6d7e8f9",
)
HOUR = 3_600_000


def no(code: int, message: str) -> Answer:
    return Answer(200, {"errcode": code, "errmsg": message})


class DingTalk(Double):
    hosts = ("oapi.dingtalk.com",)
    environ: ClassVar = {"LINKPROBE_DINGTALK_TOKEN": TOKEN, "LINKPROBE_DINGTALK_SECRET": SECRET}
    allowance = 20
    signs = True
    """Whether the robot's security setting is the signature; else it is the keyword."""
    keyword = "linkprobe"

    def routes(self) -> list[Route]:
        return [route("/robot/send", self.send, "POST")]

    def too_fast(self) -> Answer:
        return no(410100, "发送速度太快而限流")

    def refusal(self) -> Answer:
        return no(430101, "含有不安全的外链")

    def send(self, asked: Asked) -> Any:
        token = asked.query.get("access_token", "")
        must(token, no(40035, "缺少参数 access_token"))
        must(token == TOKEN, no(400101, "access_token不存在"))
        must(asked.content_type == "application/json", no(43004, "无效的HTTP HEADER Content-Type"))
        given = self._json(asked)
        if self.signs:
            self._check_signature(asked)
        must(given.get("msgtype") == "text", no(400105, "不支持的消息类型"))
        part = given.get("text")
        must(isinstance(part, dict) and isinstance(part.get("content"), str), no(40035, "缺少参数 content"))
        text = given["text"]["content"]
        must(self.signs or self.keyword in text, no(310000, "keywords not in content"))
        self.take(text)
        return {"errcode": 0, "errmsg": "ok"}

    def _json(self, asked: Asked) -> dict[str, Any]:
        try:
            return dict(asked.json)
        except (ValueError, TypeError):
            raise no(40035, "缺少参数 json") from None

    def _check_signature(self, asked: Asked) -> None:
        """Milliseconds, at most an hour off; base64 of HMAC-SHA256 keyed by the secret."""
        timestamp = asked.query.get("timestamp", "")
        must(timestamp.isdecimal(), no(310000, "invalid timestamp"))
        must(abs(time.time() * 1000 - int(timestamp)) < HOUR, no(310000, "invalid timestamp"))
        made = hmac.new(SECRET.encode(), f"{timestamp}\n{SECRET}".encode(), hashlib.sha256).digest()
        must(asked.query.get("sign") == base64.b64encode(made).decode(), no(310000, "sign not match"))
