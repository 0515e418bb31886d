"""A group robot of WeCom, after https://developer.work.weixin.qq.com/document/path/99110 (text messages, 2048 bytes,
20 messages a minute) and …/path/90313 (codes). Everything comes in a 200."""

from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import Answer, Asked, Double, must, route

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
MORE = "hint: [1642384567], from ip: 192.0.2.1, more info at https://open.work.weixin.qq.com/devtool/query?e="


def no(code: int, message: str) -> Answer:
    return Answer(200, {"errcode": code, "errmsg": f"{message}, {MORE}{code}"})


class WeCom(Double):
    hosts = ("qyapi.weixin.qq.com",)
    environ: ClassVar = {"LINKPROBE_WECOM_KEY": KEY}
    allowance = 20

    def routes(self) -> list[Route]:
        return [route("/cgi-bin/webhook/send", self.send, "POST")]

    def too_fast(self) -> Answer:
        return no(45009, "api freq out of limit")

    def refusal(self) -> Answer:
        """An undocumented code: none of the documented ones is about links."""
        return no(99999, "content is not allowed")

    def send(self, asked: Asked) -> Any:
        must(asked.query.get("key") == KEY, no(93000, "invalid webhook url"))
        given = self._json(asked)
        must(given.get("msgtype") == "text", no(40008, "invalid message type"))
        part = given.get("text")
        must(isinstance(part, dict) and isinstance(part.get("content"), str), no(44004, "text content is empty"))
        text = given["text"]["content"]
        must(text, no(44004, "text content is empty"))
        must(len(text.encode()) <= 2048, no(40058, "content exceed max length"))
        self.take(text)
        return {"errcode": 0, "errmsg": "ok"}

    def _json(self, asked: Asked) -> dict[str, Any]:
        wrong = no(47001, "data format error")
        must(asked.content_type == "application/json", wrong)
        try:
            return dict(asked.json)
        except (ValueError, TypeError):
            raise wrong from None
