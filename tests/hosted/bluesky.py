"""A Bluesky account's server, after https://docs.bsky.app/docs/api/com-atproto-server-create-session,
…/com-atproto-repo-create-record, …/com-atproto-repo-delete-record, …/app-bsky-feed-get-posts,
https://docs.bsky.app/docs/advanced-guides/posts, …/rate-limits and the lexicons of app.bsky.richtext.facet.

A link is one where a facet says so by its bytes; a card is whatever the poster put there. No link is refused by a
documented code; an invalid record stands for it.
"""

import re
from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import Answer, Asked, Double, Fate, Message, json_object, must, route

DID = "did:plc:z72i7hdynmk6r22z27h6tvur"
DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
ACCOUNTS = {
    "sender.bsky.social": ("abcd-efgh-ijkl-mnop", DID, "eyJhbGciOiJIUzI1NiJ9.sender.signed"),
    "reader.bsky.social": (
        "qrst-uvwx-yzab-cdef",
        "did:plc:ewvi7nxzyoun6zhxrhs64oiz",
        "eyJhbGciOiJIUzI1NiJ9.reader.sig",
    ),
}
POST = "app.bsky.feed.post"


def error(status: int, name: str, message: str) -> Answer:
    return Answer(status, {"error": name, "message": message})


def invalid(what: str) -> Answer:
    return error(400, "InvalidRequest", what)


def wrong_record(what: str) -> Answer:
    return invalid(f"Invalid {POST} record: {what}")


class Bluesky(Double):
    hosts = ("bsky.social",)
    environ: ClassVar = {
        "LINKPROBE_BLUESKY": "sender.bsky.social",
        "LINKPROBE_BLUESKY_PASSWORD": "abcd-efgh-ijkl-mnop",
        "LINKPROBE_BLUESKY_READER": "reader.bsky.social",
        "LINKPROBE_BLUESKY_READER_PASSWORD": "qrst-uvwx-yzab-cdef",
    }

    def routes(self) -> list[Route]:
        return [
            route("/xrpc/com.atproto.server.createSession", self.create_session, "POST"),
            route("/xrpc/com.atproto.server.getSession", self.get_session),
            route("/xrpc/com.atproto.repo.createRecord", self.send, "POST"),
            route("/xrpc/com.atproto.repo.deleteRecord", self.delete, "POST"),
            route("/xrpc/app.bsky.feed.getPosts", self.read),
        ]

    def too_fast(self) -> Answer:
        headers = {"ratelimit-limit": "5000", "ratelimit-remaining": "0", "ratelimit-reset": "1795000000"}
        return Answer(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, headers)

    def refusal(self) -> Answer:
        return wrong_record("Record/facets/0/features/0/uri is not allowed")

    def number(self) -> str:
        last = "".join(LETTERS[self.sends >> shift & 31] for shift in (10, 5, 0))
        return f"at://{DID}/{POST}/3k4duaz5vf{last}"

    def create_session(self, asked: Asked) -> Any:
        given = self._input(asked)
        name, password = given.get("identifier"), given.get("password")
        must(isinstance(name, str), invalid('Input must have the property "identifier"'))
        must(isinstance(password, str), invalid('Input must have the property "password"'))
        known, did, token = ACCOUNTS.get(str(name), ("", "", ""))
        wrong = error(401, "AuthenticationRequired", "Invalid identifier or password")
        must(known and password == known, wrong)
        return {"did": did, "handle": name, "accessJwt": token, "refreshJwt": "eyJ.refresh.s", "active": True}

    def get_session(self, asked: Asked) -> Any:
        did = self._account(asked)
        return {"did": did, "handle": next(name for name, (_, id, _) in ACCOUNTS.items() if id == did), "active": True}

    def send(self, asked: Asked) -> Any:
        did = self._account(asked)
        given = self._input(asked)
        must(given.get("repo") == did == DID, invalid("Could not find repo"))
        must(given.get("collection") == POST, invalid("Invalid collection"))
        must(isinstance(given.get("record"), dict), invalid('Input must have the property "record"'))
        record = given["record"]
        self._check(record)
        links = [feature["uri"] for facet in record.get("facets", ()) for feature in facet["features"]]
        message = self.take(record["text"], links[0] if links else "", record=record)
        return {"uri": message.id, "cid": "bafyreibjifzpqj6o6wcq3hejh7y4z4z2vm", "validationStatus": "valid"}

    def read(self, asked: Asked) -> Any:
        self._account(asked)
        uris = asked.request.query_params.getlist("uris")
        must(1 <= len(uris) <= 25, invalid('Error: Params must have the property "uris"'))
        return {"posts": [self._post(found) for uri in uris if (found := self.find(uri))]}

    def delete(self, asked: Asked) -> Any:
        must(self._account(asked) == DID, invalid("Could not find repo"))
        given = self._input(asked)
        must(given.get("repo") == DID, invalid("Could not find repo"))
        rkey = given.get("rkey")
        must(isinstance(rkey, str) and TID.fullmatch(rkey), invalid("Input/rkey must be a valid Record Key"))
        self.remove(f"at://{DID}/{given.get('collection')}/{rkey}")
        return {}

    def _check(self, record: dict[str, Any]) -> None:
        must(record.get("$type") == POST, wrong_record(f"expected {POST}"))
        must(isinstance(record.get("text"), str), wrong_record('Record must have the property "text"'))
        must(len(record["text"]) <= 300, wrong_record("Record/text must not be longer than 300 graphemes"))
        created = record.get("createdAt")
        must(isinstance(created, str), wrong_record('Record must have the property "createdAt"'))
        wrong = "Record/createdAt must be an valid atproto datetime (both RFC-3339 and ISO-8601)"
        must(DATETIME.fullmatch(str(created)), wrong_record(wrong))
        for facet in record.get("facets", ()):
            self._check_facet(facet, record["text"].encode())

    def _check_facet(self, facet: dict[str, Any], text: bytes) -> None:
        start, end = (facet.get("index", {}).get(name) for name in ("byteStart", "byteEnd"))
        must(
            type(start) is int and type(end) is int, wrong_record("Record/facets/0/index/byteStart must be an integer")
        )
        must(0 <= start < end <= len(text), wrong_record("Record/facets/0/index is out of the text"))
        for feature in facet.get("features", ()):
            must(feature.get("$type") == "app.bsky.richtext.facet#link", wrong_record("unknown feature"))
            must(isinstance(feature.get("uri"), str), wrong_record("Record/facets/0/features/0/uri must be a uri"))
            must(text[start:end] == feature["uri"].encode(), wrong_record("the facet does not cover the link"))

    def _post(self, message: Message) -> dict[str, Any]:
        record = message.extra["record"]
        if message.fate is Fate.REWRITE:
            record = {**record, "text": message.text, "facets": []}
        author = {"did": DID, "handle": "sender.bsky.social"}
        return {"uri": message.id, "cid": "bafy", "author": author, "record": record, "labels": []}

    def _input(self, asked: Asked) -> dict[str, Any]:
        wrong = invalid("Wrong request encoding (Content-Type): expected application/json")
        return json_object(asked, wrong, invalid("Invalid request body"))

    def _account(self, asked: Asked) -> str:
        must(asked.request.headers.get("authorization"), error(401, "AuthMissing", "Authentication Required"))
        known = {token: did for _, did, token in ACCOUNTS.values()}
        must(asked.bearer in known, error(400, "InvalidToken", "Token could not be verified"))
        return known[asked.bearer]
