"""A platform, a target and a proxy that give back, in every place they can, whatever they are told."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any
from urllib.parse import quote

from tests.loopback import Talk

MARKS = {
    "TALK_USER": "mk-user-Zr4q",
    "TALK_PASSWORD": "mk pass&wörd/8+x=",
    "TALK_PATH": "mk-path-Qw9tuvx",
    "TALK_QUERY": "mk-query-Bn3kkq",
    "TALK_HEADER": "mk-header-Lp7/+w==",
    "TALK_BODY": 'mk"body\\Ty5\\n<b>',
    "TALK_FORM": "mk-form+Hj2 u&v",
    "TALK_BROKEN": "mk-broken-\n-Cd6e",
    "OFFICE_PASSWORD": "mk-proxy-Gf1:@/s",
    "OFFICE_KEY": "mk-vantage-Ka8v0",
}
"""A secret for each place; two of them with characters that every encoding writes in another way."""
LOGIN_ANSWER = "mk-login-answer-Xy0z"

ITEM = "https://shop.example/item"
HOURS = "https://library.example/hours"

SCENARIO = """\
scenario: echoes
targets: [item, hours]
neutral: hours
vantages: [office]
platforms:
  - platform: talk
    name: Talk
    owner: talk-inc
    hosts: [talk.example]
    surfaces:
      chat:
        kind: message-api
        login:
          call: {url: "https://api.talk.example/login", form: {user: "${TALK_USER}", password: "${TALK_PASSWORD}"}}
          takes: {token: token}
        send: &send
          url: "https://api.talk.example/${TALK_PATH}/send?key=${TALK_QUERY}"
          headers: {Authorization: "Bearer ${TALK_HEADER}", X-Session: "{login.token}"}
          json: {text: "{text}", room: "${TALK_BODY}"}
        accepted: &accepted {field: ok, equals: true, code: code, wording: said, message_id: id}
        text: "{token} {url}"
        verify: [{url: "https://api.talk.example/me?key=${TALK_QUERY}", method: GET}]
        read:
          call: {url: "https://api.talk.example/messages?key=${TALK_QUERY}", method: GET}
          messages: messages
          links: links
          card: {at: card}
          within: 1
      refused:
        kind: message-api
        send: {url: "https://api.talk.example/refuse?key=${TALK_QUERY}", form: {text: "{text}", to: "${TALK_FORM}"}}
        accepted: *accepted
        text: "{token} {url}"
        read: {call: {url: "https://api.talk.example/messages", method: GET}, within: 1}
      raises:
        kind: message-api
        send: {url: "https://api.talk.example/send", headers: {X-Broken: "${TALK_BROKEN}"}, json: {text: "{text}"}}
        accepted: *accepted
        text: "{token} {url}"
        read: {call: {url: "https://api.talk.example/messages", method: GET}, within: 1}
      card:
        kind: preview-api
        call: {url: "https://api.talk.example/card?key=${TALK_QUERY}&url={url}", method: GET}
        card: {at: card}
define:
  - {target: item, url: "https://shop.example/item", category: shops}
  - {target: hours, url: "https://library.example/hours", category: shops, neutral: true}
define_vantages:
  - vantage: office
    proxy: "http://probe:${OFFICE_PASSWORD}@127.0.0.1:PROXY_PORT"
    headers: {Authorization: "Basic ${OFFICE_KEY}", X-Country: cn}
"""
HOSTS = ("api.talk.example", "www.talk.example", "shop.example", "library.example")


def echoes(heard: list[str]) -> Callable[..., Awaitable[None]]:
    """An ASGI app for all hosts. What it is told goes to `heard`, and back with every answer."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        told = await _told(scope, receive)
        if scope["path"] not in ("/out", "/landing"):  # where the echoes themselves lead
            heard.append(told)
        status, headers, body = _answer(scope, " ".join(heard[-30:]))
        raw = [(name.encode(), value.encode("utf-8", "replace")) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": body.encode("utf-8", "replace")})

    return app


async def _told(scope: Any, receive: Any) -> str:
    body, more = b"", True
    while more:
        event = await receive()
        body, more = body + event.get("body", b""), event.get("more_body", False)
    headers = " ".join(f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in scope["headers"])
    return f"{scope['raw_path'].decode()}?{scope['query_string'].decode()} {headers} {body.decode('utf-8', 'replace')}"


def _answer(scope: Any, told: str) -> tuple[int, list[tuple[str, str]], str]:
    host = next(value for name, value in scope["headers"] if name in (b"host", b":authority")).decode()
    session = host == "api.talk.example" and scope["path"].endswith(("/send", "/messages")) and scope["query_string"]
    if not session:  # what a login returned is given back to those alone who logged in
        told = told.replace(LOGIN_ANSWER, "")
    secrets = " ".join(MARKS.values())
    in_url = f"k={quote(secrets, safe='')}&b={quote(base64.b64encode(secrets.encode()), safe='')}"
    cookie = f"{MARKS['TALK_PATH']}={MARKS['TALK_QUERY']}; path=/{MARKS['TALK_QUERY']}"
    echo = [("x-echo", _printable(told)[-3000:]), ("x-secret", _printable(secrets)), ("set-cookie", cookie)]
    if host == "api.talk.example":
        given = f"{secrets} {LOGIN_ANSWER}" if session else secrets
        answer = json.dumps(_api(scope["path"], told, given, in_url))
        return 200, [("content-type", "application/json"), *echo], answer
    page = _page(told, secrets)
    if scope["path"] == "/out":
        return 302, [("location", f"https://www.talk.example/landing?{in_url}#{in_url}"), *echo], page
    return 200, [("content-type", "text/html; charset=utf-8"), *echo], page


def _printable(text: str) -> str:
    return "".join(character if " " <= character <= "~" else "?" for character in text)


def _page(told: str, secrets: str) -> str:
    coded = base64.b64encode(f"me:{secrets}".encode()).decode()
    return (
        f"<!doctype html><title>{escape(secrets)}</title><link rel=canonical href='/{quote(secrets, safe='')}'>"
        f"<h1>A page</h1><p>{escape(told)}</p><script>var told = {json.dumps(secrets)}, coded = '{coded}'</script>"
        f"<form><input name=k value='{escape(secrets)}'></form><p>{'Opening hours and hammers. ' * 40}</p>"
    )


def _api(path: str, told: str, secrets: str, in_url: str) -> dict[str, Any]:
    if path == "/login":
        return {"ok": True, "token": LOGIN_ANSWER, "said": secrets}
    if path == "/refuse":
        return {"ok": False, "code": MARKS["TALK_FORM"], "said": f"{secrets} {told[-800:]}"}
    card = {"title": secrets, "description": told[-800:], "image": f"/i?{in_url}", "url": f"/c?{in_url}"}
    link = f"https://www.talk.example/out?{in_url}"
    message = {"text": f"{told[-4000:]} {secrets}", "links": [link], "card": card, "id": MARKS["TALK_QUERY"]}
    return {
        "ok": True,
        "id": MARKS["TALK_QUERY"],
        "said": secrets,
        "code": secrets,
        "messages": [message],
        "card": card,
    }


def tunnel(heard: list[str], ports: dict[str, int]) -> Talk:
    """An HTTP proxy that wants an account and leads the hosts to these ports."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        account = head.partition("Proxy-Authorization: Basic ")[2].partition("\r\n")[0]
        heard.append(base64.b64decode(account).decode())
        port = ports[head.split()[1].partition(":")[0]]
        there, back = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        async with asyncio.TaskGroup() as group:
            group.create_task(_pass_on(reader, back))
            group.create_task(_pass_on(there, writer))

    return talk


async def _pass_on(here: asyncio.StreamReader, there: asyncio.StreamWriter) -> None:
    try:
        while data := await here.read(65536):
            there.write(data)
            await there.drain()
    except OSError:
        pass
    finally:
        there.close()
