"""LINE's Messaging API, after https://developers.line.biz/en/reference/messaging-api/#send-push-message,
#get-bot-info, #error-responses and #rate-limits. Nothing reads a message back, and nothing takes it back. No code is
documented that is about a link; an invalid text stands for it."""

import re
from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import Answer, Asked, Double, json_object, must, route

TOKEN = "yq2Zk8xkRJmQ7sVd3nC0linechannelaccesstoken1O/w1cDnyilFU="
USER = "U4af4980629d1a2b3c4d5e6f708192a3b"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
RECEIVER = re.compile(r"[UCR][0-9a-f]{32}")


def error(status: int, message: str, *details: tuple[str, str]) -> Answer:
    found = [{"message": said, "property": where} for said, where in details]
    return Answer(status, {"message": message, "details": found} if found else {"message": message})


def invalid(said: str, where: str) -> Answer:
    return error(400, "The request body has 1 error(s)", (said, where))


class Line(Double):
    hosts = ("api.line.me",)
    environ: ClassVar = {"LINKPROBE_LINE_TOKEN": TOKEN, "LINKPROBE_LINE_USER": USER}

    def routes(self) -> list[Route]:
        return [route("/v2/bot/message/push", self.send, "POST"), route("/v2/bot/info", self.info)]

    def too_fast(self) -> Answer:
        return error(429, "The API rate limit has been exceeded. Try again later.")

    def refusal(self) -> Answer:
        return invalid("Invalid text", "messages[0].text")

    def send(self, asked: Asked) -> Any:
        self._account(asked)
        wrong = error(415, "Unsupported Media Type")
        given = json_object(
            asked, wrong, error(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
        )
        to = given.get("to")
        to_is_wrong = error(400, "The property, 'to', in the request body is invalid (line: -, column: -)")
        must(isinstance(to, str) and RECEIVER.fullmatch(to) and to == USER, to_is_wrong)
        key = asked.request.headers.get("x-line-retry-key")
        must(key is None or UUID.fullmatch(key), error(400, "The retry key is not valid"))
        messages = given.get("messages")
        must(
            isinstance(messages, list) and 1 <= len(messages) <= 5, invalid("Size must be between 1 and 5", "messages")
        )
        text = self._text(messages[0] if messages else {})
        message = self.take(text)
        return {"sentMessages": [{"id": message.id, "quoteToken": "yHAz4Ua2wx7"}]}

    def info(self, asked: Asked) -> Any:
        self._account(asked)
        return {
            "userId": "Ub9952f8",
            "basicId": "@216ru",
            "displayName": "Tests",
            "chatMode": "bot",
            "markAsReadMode": "auto",
        }

    def _account(self, asked: Asked) -> None:
        said = "Authentication failed. Confirm that the access token in the authorization header is valid."
        must(asked.bearer == TOKEN, error(401, said))

    def _text(self, message: Any) -> str:
        must(
            isinstance(message, dict) and message.get("type") == "text",
            invalid("Must be one of: text", "messages[0].type"),
        )
        text = message.get("text")
        must(isinstance(text, str) and text, invalid("May not be empty", "messages[0].text"))
        must(len(text) <= 5000, invalid("Length must be between 0 and 5000", "messages[0].text"))
        return str(text)
