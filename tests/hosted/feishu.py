"""A custom bot of Feishu, and of Lark, which differs by its host, after
https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: text messages, signature, keywords, the limits and
the codes. Everything comes in a 200. No code is documented that is about a link."""

import base64
import hashlib
import hmac
import time
from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import Answer, Asked, Double, must, route

HOOK, SECRET = "c1b2a3d4-0f0e-4d4c-8b8a-112233445566", "FT1dnAgPYYTcpafMTkhPjc"
HOUR = 3600


def no(code: int, message: str) -> Answer:
    return Answer(200, {"code": code, "data": {}, "msg": message})


class Feishu(Double):
    hosts = ("open.feishu.cn",)
    environ: ClassVar = {"LINKPROBE_FEISHU_HOOK": HOOK, "LINKPROBE_FEISHU_SECRET": SECRET}
    allowance = 100
    signs = True
    """Whether the bot's security setting is the signature; else it is the keyword."""
    keyword = "linkprobe"

    def routes(self) -> list[Route]:
        return [route("/open-apis/bot/v2/hook/{hook}", self.send, "POST")]

    def too_fast(self) -> Answer:
        return no(11232, "frequency limited")

    def refusal(self) -> Answer:
        """No such code is documented: the one for wrong parameters stands for it."""
        return no(19002, "params error, content is not allowed")

    def send(self, asked: Asked) -> Any:
        invalid = "param invalid: incoming webhook access token invalid"
        must(asked.part("hook") == HOOK, no(19001, invalid))
        must(asked.content_type == "application/json", no(9499, "Bad Request"))
        given = self._json(asked)
        if self.signs:
            self._check_signature(given)
        must(given.get("msg_type"), no(19002, "params error, msg_type need"))
        must(given["msg_type"] == "text", no(19002, "params error, msg_type is invalid"))
        content = given.get("content")
        must(isinstance(content, dict) and isinstance(content.get("text"), str), no(9499, "Bad Request"))
        text = given["content"]["text"]
        must(self.signs or self.keyword in text, no(19024, "Key Words Not Found"))
        self.take(text)
        return {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}

    def _json(self, asked: Asked) -> dict[str, Any]:
        try:
            return dict(asked.json)
        except (ValueError, TypeError):
            raise no(9499, "Bad Request") from None

    def _check_signature(self, given: dict[str, Any]) -> None:
        """Seconds, at most an hour off; base64 of HMAC-SHA256 of nothing, keyed by timestamp and secret."""
        wrong = no(19021, "sign match fail or timestamp is not within one hour from current time")
        timestamp = str(given.get("timestamp", ""))
        must(timestamp.isdecimal() and abs(time.time() - int(timestamp)) < HOUR, wrong)
        made = hmac.new(f"{timestamp}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
        must(given.get("sign") == base64.b64encode(made).decode(), wrong)


class Lark(Feishu):
    hosts = ("open.larksuite.com",)
    environ: ClassVar = {"LINKPROBE_LARK_HOOK": HOOK, "LINKPROBE_LARK_SECRET": SECRET}
