"""Weibo's sharing API, after https://open.weibo.com/wiki/2/statuses/share, …/2/statuses/show,
…/2/statuses/destroy, …/2/account/get_uid and …/wiki/Error_code.

Only links to the application's own domain are taken. Links in a text come back as short links of t.cn.
"""

from typing import Any, ClassVar

from starlette.responses import RedirectResponse
from starlette.routing import Route

from tests.hosted.double import Answer, Asked, Double, Message, must, route

SENDER, READER = "2.00abcdEF-sender", "2.00abcdEF-reader"
FORM = "application/x-www-form-urlencoded"


def error(status: int, code: int, said: str, request: str = "/2/statuses/share.json") -> Answer:
    return Answer(status, {"error": said, "error_code": code, "request": request})


class Weibo(Double):
    hosts = ("api.weibo.com", "t.cn")
    environ: ClassVar = {"LINKPROBE_WEIBO_TOKEN": SENDER, "LINKPROBE_WEIBO_READER": READER}

    def routes(self) -> list[Route]:
        return [
            route("/2/statuses/share.json", self.send, "POST"),
            route("/2/statuses/show.json", self.read),
            route("/2/statuses/destroy.json", self.delete, "POST"),
            route("/2/account/get_uid.json", self.uid),
            route("/{short}", self.short),
        ]

    def too_fast(self) -> Answer:
        return error(403, 10023, "User requests out of rate limit!")

    def refusal(self) -> Answer:
        return error(400, 10017, "appkey not bind domain!")

    def number(self) -> str:
        return f"5200000000{self.sends:06}"

    def send(self, asked: Asked) -> Any:
        given = self._form(asked)
        self._account(given, SENDER)
        text = given.get("status", "")
        must(text, error(400, 10016, "miss required parameter (status) , see doc for more info."))
        must(len(text) <= 140 * 4, error(400, 20012, "text too long, please input text less than 140 characters!"))
        must("http://" in text or "https://" in text, error(400, 10017, "text not find domain!"))
        return self._status(self.take(text))

    def read(self, asked: Asked) -> Any:
        self._account(asked.query, SENDER, READER)
        must(asked.query.get("id", "").isdecimal(), error(400, 10016, "miss required parameter (id)"))
        found = self.find(asked.query["id"])
        if found is None:
            raise error(400, 20101, "target weibo does not exist!", "/2/statuses/show.json")
        return self._status(found)

    def delete(self, asked: Asked) -> Any:
        given = self._form(asked)
        self._account(given, SENDER)
        found = self.find(given.get("id", ""))
        if found is None:
            raise error(400, 20101, "target weibo does not exist!", "/2/statuses/destroy.json")
        self.remove(found.id)
        return self._status(found)

    def uid(self, asked: Asked) -> Any:
        self._account(asked.query, SENDER, READER)
        return {"uid": 3456676543}

    def short(self, asked: Asked) -> Any:
        found = next((each for each in self.messages if each.id.endswith(asked.part("short")[1:])), None)
        if found is None:
            raise Answer(404, "")
        return RedirectResponse(found.link, 302)

    def _status(self, message: Message) -> dict[str, Any]:
        short = f"http://t.cn/A{message.id[-6:]}"
        text = message.text.replace(message.link, short) if message.link else message.text
        shown = {"created_at": "Sun Nov 22 14:00:00 +0800 2026", "id": int(message.id), "idstr": message.id}
        return {**shown, "mid": message.id, "text": text, "truncated": False, "user": {"id": 3456676543}}

    def _form(self, asked: Asked) -> dict[str, str]:
        return asked.query | (asked.form if asked.content_type == FORM else {})

    def _account(self, given: dict[str, str], *known: str) -> None:
        token = given.get("access_token", "")
        must(token, error(400, 10006, "source paramter(appkey) is missing"))
        must(token in (SENDER, READER), error(403, 21332, "invalid_access_token"))
        must(token in known, error(403, 10014, "Insufficient app permissions!"))
