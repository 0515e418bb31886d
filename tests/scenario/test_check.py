"""What a well-typed file can still have wrong in itself."""

from collections.abc import Callable

import pytest

Refused = Callable[[str], list[str]]

HEAD = "platform: p\nname: P\nowner: o\nhosts: [p.example]\n"
GATEWAY = HEAD + "surfaces:\n  link:\n    kind: gateway\n    template: {}\n"
MESSAGE = (
    HEAD
    + """\
surfaces:
  api:
    kind: message-api
    send:
      url: https://p.example/send
      json: {t: "{text}"}
"""
)
LINK = "    kind: gateway\n    template: https://p.example/?u={url}\n"
ANY = HEAD + "surfaces:\n  link:\n" + LINK


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        (
            "https://p.example/?u=",
            "'https://p.example/?u=' has no place for the target; put {url} where the target goes",
        ),
        (
            "ftp://p.example/?u={url}",
            "the URL 'ftp://p.example/?u={url}' does not begin with http:// or https://; "
            "write a whole URL such as https://www.example.com/path",
        ),
        (
            "https://{url}/x",
            "'https://{url}/x' has the target in place of a host; put {url} in the path or query",
        ),
        (
            "/go?u={url}",
            "the URL '/go?u={url}' does not begin with http:// or https://; "
            "write a whole URL such as https://www.example.com/path",
        ),
        (
            "https:///go?u={url}",
            "the URL 'https:///go?u={url}' has no proper host; write a whole URL such as https://www.example.com/path",
        ),
        (
            "https://p.example:99999/{url}",
            "the URL 'https://p.example:99999/{url}' has a malformed host or port; "
            "write a whole URL such as https://www.example.com/path",
        ),
        (
            "https://me:secret@p.example/{url}",
            "the URL 'https://me:secret@p.example/{url}' holds a user name or password; "
            "write a whole URL such as https://www.example.com/path",
        ),
        (
            "https://p.example/a b?u={url}",
            "the URL 'https://p.example/a b?u={url}' is empty or holds a space or a control character; "
            "write a whole URL such as https://www.example.com/path",
        ),
    ],
)
def test_a_gateways_template_is_a_url_with_a_place_for_the_target(template: str, fault: str, refused: Refused) -> None:
    assert refused(GATEWAY.format(f'"{template}"')) == [f"file.yaml:8: {fault}"]


BAD: dict[str, tuple[str, str]] = {
    "id with a space": (
        ANY.replace("platform: p", "platform: my platform"),
        "file.yaml:1: 'my platform' is not an id; use letters, digits, '-', '_' and '.', without spaces",
    ),
    "surface's id with a slash": (
        ANY.replace("  link:", "  a/b:"),
        "file.yaml:6: 'a/b' is not an id; use letters, digits, '-', '_' and '.', without spaces",
    ),
    "URL as a host": (
        ANY.replace("[p.example]", '["https://p.example/"]'),
        "file.yaml:4: 'https://p.example/' is not a host; write a bare name such as www.example.com",
    ),
    "wildcard host": (
        ANY.replace("[p.example]", '["*.p.example"]'),
        "file.yaml:4: '*.p.example' is not a host; write p.example; subdomains are included",
    ),
    "host in capitals": (
        ANY.replace("[p.example]", '["=P.example"]'),
        "file.yaml:4: the host '=P.example' has capitals; write =p.example",
    ),
    "no surface": (HEAD + "surfaces: {}\n", "file.yaml:5: 'p' has no surface; declare at least one"),
    "client that is not there": (
        ANY + "    client: ap\nclients:\n  app: {user_agent: x}\n",
        "file.yaml:9: no client 'ap' is declared here; did you mean 'app'?",
    ),
    "empty user agent": (
        ANY + 'clients:\n  app: {user_agent: " "}\n',
        "file.yaml:10: the user agent is empty; write the whole string the app sends",
    ),
    "user agent of two lines": (
        ANY + 'clients:\n  app: {user_agent: "a\\nb"}\n',
        "file.yaml:10: 'user_agent' holds a line break or control character; write it on one line",
    ),
    "header's name": (
        ANY + "clients:\n  app: {user_agent: x, headers: {'X Y': z}}\n",
        "file.yaml:10: 'X Y' is not a header name; write a name such as X-Requested-With",
    ),
    "header's value": (
        ANY + 'clients:\n  app: {user_agent: x, headers: {X: "a\\r\\nB: c"}}\n',
        "file.yaml:10: 'X' holds a line break or control character; write it on one line",
    ),
    "viewport without area": (
        ANY + "clients:\n  app: {user_agent: x, viewport: [0, 5]}\n",
        "file.yaml:10: the viewport has no area; write width and height, such as [393, 851]",
    ),
    "empty phrase": (
        ANY + 'phrases:\n  - {text: " ", means: copy-only}\n',
        "file.yaml:10: the phrase is empty and would match every page; write the wording",
    ),
    "phrase that its example lacks": (
        ANY + "phrases:\n  - {text: stop, means: block-page, example: Stopped}\n",
        "file.yaml:10: the example does not hold the phrase 'stop'; quote it whole",
    ),
    "added parameter": (
        ANY + "added_parameters: [utm_source=p]\n",
        "file.yaml:9: 'utm_source=p' is not a parameter's name; write the name alone, such as utm_source",
    ),
    "share dialog without a place": (
        ANY + "share_dialogs:\n  post: {template: 'https://p.example/share'}\n",
        "file.yaml:10: 'https://p.example/share' has no place for the target; put {url} where the target goes",
    ),
    "further gateway without a place": (
        ANY.replace("{url}", "{url}\n    also: ['https://p.example/']"),
        "file.yaml:9: 'https://p.example/' has no place for the target; put {url} where the target goes",
    ),
    "refusal without a code": (
        ANY + 'refusals:\n  "": {about: link}\n',
        "file.yaml:10: the code of a refusal is empty; write the code as the platform's answer holds it",
    ),
    "refusal about something else": (
        ANY + 'refusals:\n  "1": {about: money}\n',
        "file.yaml:10: 'about' cannot be 'money'; known are account, content, link, rate, unclear",
    ),
    "source without a URL": (
        ANY + "sources:\n  - {url: a book}\n",
        "file.yaml:10: the URL 'a book' is empty or holds a space or a control character; "
        "write a whole URL such as https://www.example.com/path",
    ),
    "source's date": (
        ANY + "sources:\n  - {url: 'https://x.example/', observed: 29.11.2021}\n",
        "file.yaml:10: '29.11.2021' is not a date; write 2021-11-29, 2021-11 or 2021",
    ),
    "opener without a place": (
        HEAD + "surfaces:\n  chat:\n    kind: in-app\n    opener: https://p.example/\n",
        "file.yaml:8: 'https://p.example/' has no place for the target; put {url} where the target goes",
    ),
    "send that carries nothing": (
        MESSAGE.replace('"{text}"', '"hello"'),
        "file.yaml:8: the request does not carry the link; put {text} or {url} into its URL or body",
    ),
    "message without the target": (
        MESSAGE + "    text: hello\n",
        "file.yaml:11: the message does not carry the target; put {url} into it",
    ),
    "two bodies": (
        MESSAGE + '      form: {t: "{text}"}\n',
        "file.yaml:11: a request has one body; keep 'json' or 'form'",
    ),
    "method": (
        MESSAGE + "      method: post\n",
        "file.yaml:11: 'post' is not a method to send; did you mean 'POST'?",
    ),
    "address of a call": (
        MESSAGE.replace("https://p.example/send", "p.example/send"),
        "file.yaml:9: the URL 'p.example/send' does not begin with http:// or https://; "
        "write a whole URL such as https://www.example.com/path",
    ),
    "value without a field": (
        MESSAGE + "    accepted: {equals: 0}\n",
        "file.yaml:11: 'equals' needs a field to look at; add 'field:' with its dotted path",
    ),
    "no status": (
        MESSAGE + "    accepted: {status: []}\n",
        "file.yaml:11: no status counts as accepted; list at least one, or leave the key out",
    ),
    "format to read": (
        MESSAGE + "    read:\n      call: {url: 'https://p.example/'}\n      format: htlm\n",
        "file.yaml:13: 'htlm' cannot be read; did you mean 'html'?",
    ),
    "no time to look": (
        MESSAGE + "    read:\n      call: {url: 'https://p.example/'}\n      within: 0\n",
        "file.yaml:13: no time to look for the message; give the seconds to wait, such as 5",
    ),
    "look in the past": (
        MESSAGE + "    read:\n      call: {url: 'https://p.example/'}\n      later: -1\n",
        "file.yaml:13: a later look cannot be in the past; give seconds, or 0 for none",
    ),
    "message's id that nobody takes": (
        MESSAGE + "    read:\n      call: {url: 'https://p.example/{message}'}\n",
        "file.yaml:12: the request asks for {message}, and no id is taken from the answer; "
        "add 'message_id:' under 'accepted', the path of the new message's id",
    ),
    "message's id that a deletion needs": (
        MESSAGE + "    delete: {method: DELETE, url: 'https://p.example/{message}'}\n",
        "file.yaml:11: the request asks for {message}, and no id is taken from the answer; "
        "add 'message_id:' under 'accepted', the path of the new message's id",
    ),
    "secret in a file": (
        MESSAGE + "    sign: {by: dingtalk, secret: SEC1234}\n",
        "file.yaml:11: a secret does not stand in a file; write it as ${NAME}, and set NAME where the audit runs",
    ),
    "sign that nobody makes": (
        MESSAGE.replace('{t: "{text}"}', '{t: "{text}", s: "{sign}"}'),
        "file.yaml:8: the request carries {sign}, and nothing says how it is made; "
        "add 'sign:' with 'by:' and 'secret:'",
    ),
    "time of a signature that nobody makes": (
        MESSAGE.replace("p.example/send", "p.example/send?t={timestamp}"),
        "file.yaml:8: the request carries {timestamp}, and nothing says how it is made; "
        "add 'sign:' with 'by:' and 'secret:'",
    ),
    "login that is not there": (
        MESSAGE.replace("p.example/send", "p.example/send?t={login.token}"),
        "file.yaml:8: the request carries {login.token}, and there is no 'login'; "
        "add 'login:' with the request and what it takes",
    ),
    "what a login does not take": (
        MESSAGE.replace("p.example/send", "p.example/send?t={login.tokn}")
        + "    login: {call: {url: 'https://p.example/login'}, takes: {token: data.token}}\n",
        "file.yaml:8: 'login' takes no 'tokn'; did you mean 'token'?",
    ),
    "what a reader does not take": (
        MESSAGE
        + "    reader: {call: {url: 'https://p.example/login'}, takes: {token: data.token}}\n"
        + "    delete: {url: 'https://p.example/x', headers: {A: '{reader.user}'}}\n",
        "file.yaml:12: 'reader' takes no 'user'; known are token",
    ),
    "method of a check": (
        MESSAGE + "    verify:\n      - {url: 'https://p.example/me', method: get}\n",
        "file.yaml:12: 'get' is not a method to send; did you mean 'GET'?",
    ),
    "card that lies nowhere": (
        MESSAGE + "    read:\n      call: {url: 'https://p.example/'}\n      preview: {url: 'https://p.example/c'}\n",
        "file.yaml:13: a card is asked for, and nothing says where it is in the answer; "
        "add 'card:' with where its fields lie in the answer",
    ),
    "card in the past": (
        MESSAGE + "    read:\n      call: {url: 'https://p.example/'}\n      card_within: -1\n",
        "file.yaml:13: a card cannot be waited for in the past; give seconds, or 0 for none",
    ),
    "anyone with an account": (
        MESSAGE
        + "    read:\n      call: {url: 'https://p.example/', headers: {Cookie: '${WHO}'}}\n      viewer: anyone\n",
        "file.yaml:13: anyone needs no account, and the request carries one; leave the account out, or the viewer",
    ),
    "anyone with a login": (
        MESSAGE
        + "    reader: {call: {url: 'https://p.example/login'}, takes: {token: t}}\n"
        + "    read:\n      call: {url: 'https://p.example/?t={reader.token}'}\n      viewer: anyone\n",
        "file.yaml:14: anyone needs no account, and the request carries one; leave the account out, or the viewer",
    ),
    "preview that carries nothing": (
        HEAD + "surfaces:\n  card:\n    kind: preview-api\n    call: {url: 'https://p.example/card'}\n",
        "file.yaml:8: the request does not carry the link; put {url} into its URL or body",
    ),
    "target's URL": (
        "targets:\n  - {target: a, url: a.example}\n",
        "file.yaml:2: the URL 'a.example' does not begin with http:// or https://; "
        "write a whole URL such as https://www.example.com/path",
    ),
    "target's id": (
        "targets:\n  - {target: '', url: 'https://a.example/'}\n",
        "file.yaml:2: '' is not an id; use letters, digits, '-', '_' and '.', without spaces",
    ),
    "target twice": (
        "targets:\n  - {target: a, url: 'https://a.example/'}\n  - {target: a, url: 'https://b.example/'}\n",
        "file.yaml:3: the target 'a' is declared twice here; rename one of them",
    ),
    "neutral canary": (
        "targets:\n  - {target: a, url: 'https://a.example/', neutral: true, canary: true}\n",
        "file.yaml:2: a target is neutral or a canary, not both; keep one of the two keys",
    ),
    "empty landmark": (
        "targets:\n  - {target: a, url: 'https://a.example/', landmark: {}}\n",
        "file.yaml:2: the landmark is empty; give it a text, a selector or a canonical URL",
    ),
    "proxy": (
        "vantages:\n  - {vantage: v, proxy: 127.0.0.1:1080}\n",
        "file.yaml:2: the proxy's address does not begin with http:// or socks5:// or socks5h://; "
        "write it like socks5://127.0.0.1:1080",
    ),
    "password in a proxy's address": (
        "vantages:\n  - {vantage: v, proxy: 'socks5://me:s3cret@127.0.0.1:1080'}\n",
        "file.yaml:2: the proxy's address holds a password; "
        "write ${NAME} in its place, and set NAME in the environment or in the accounts file",
    ),
    "credential in a header": (
        "vantages:\n  - vantage: v\n    headers: {Authorization: Basic c2VjcmV0}\n",
        "file.yaml:3: the header 'Authorization' holds a credential; "
        "write ${NAME} in its place, and set NAME in the environment or in the accounts file",
    ),
    "account's name": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\naccount: my shop\n",
        "file.yaml:4: 'my shop' is not an id; use letters, digits, '-', '_' and '.', without spaces",
    ),
    "share dialog that is called like a surface": (
        ANY + "share_dialogs:\n  link: {template: 'https://p.example/share?u={url}'}\n",
        "file.yaml:10: 'link' is a surface already; rename one of them",
    ),
    "vantage twice": (
        "vantages:\n  - {vantage: v}\n  - {vantage: v}\n",
        "file.yaml:3: the vantage 'v' is declared twice here; rename one of them",
    ),
    "no vantage": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\nvantages: []\n",
        "file.yaml:4: the list of vantages is empty; name one, or leave the key out for 'here'",
    ),
    "outcome that ends before it begins": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\n"
        "known:\n  - {verdict: open, since: 2021-11-29, until: 2021-09}\n",
        "file.yaml:5: the outcome ends before it begins; put 'until' after 'since'",
    ),
    "outcome's source": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\nknown:\n  - {verdict: open, source: hearsay}\n",
        "file.yaml:5: the URL 'hearsay' does not begin with http:// or https://; "
        "write a whole URL such as https://www.example.com/path",
    ),
    "platform twice": (
        "scenario: s\ntargets: [rival-item]\nplatforms:\n"
        + "".join("  - " + ANY.replace("\n", "\n    ").strip() + "\n" for _ in range(2)),
        "file.yaml:12: the platform 'p' is declared twice here; rename one of them",
    ),
    "world without a date": (
        "world: w\ntitle: W\ndate: ''\n",
        "file.yaml:3: the world has no date; write the day it describes, such as 2021-11-29",
    ),
    "negative delay": (
        "world: w\ntitle: W\ndate: 2021-11\nplatforms:\n  talk:\n    - {treatment: delay, seconds: -1}\n",
        "file.yaml:6: a delay cannot be negative; give seconds",
    ),
    "negative spread": (
        "world: w\ntitle: W\ndate: 2021-11\nplatforms:\n  talk:\n    - {treatment: delay, spread: -1}\n",
        "file.yaml:6: a standard deviation cannot be negative; give seconds, or 0 for none",
    ),
    "negative slowness": (
        "world: w\ntitle: W\ndate: 2021-11\ntargets:\n  - {condition: slow, targets: [rival-item], seconds: -1}\n",
        "file.yaml:5: a delay cannot be negative; give seconds",
    ),
    "gate for nobody": (
        "world: w\ntitle: W\ndate: 2021-11\ntargets:\n  - {condition: gate, targets: [rival-item]}\n",
        "file.yaml:5: a gate must say whom it turns away; "
        "list parts of user agents under 'agents', such as MicroMessenger",
    ),
    "condition of nothing": (
        "world: w\ntitle: W\ndate: 2021-11\ntargets:\n  - {condition: login}\n",
        "file.yaml:5: the condition 'login' names no target; list them under 'targets'",
    ),
}


@pytest.mark.parametrize(("text", "line"), BAD.values(), ids=BAD)
def test_a_fault_says_where_it_is_and_what_would_be_right(text: str, line: str, refused: Refused) -> None:
    assert refused(text) == [line]


GOOD: dict[str, str] = {
    "address of a server that everybody runs": MESSAGE.replace("https://p.example/send", "${TALK_SERVER}/send"),
    "proxy that is a variable": "vantages:\n  - {vantage: v, proxy: '${PROXY}'}\n",
    "credential that is a variable": "vantages:\n  - {vantage: v, headers: {Authorization: 'Bearer ${STAGING}'}}\n",
    "account": "scenario: s\nplatform: talk\ntargets: [rival-item]\naccount: shop.2\n",
    "ids in Chinese": ANY.replace("platform: p", "platform: 微信").replace("  link:", "  朋友圈:"),
    "internationalised hosts": ANY.replace("[p.example]", "[例子.测试]").replace(
        "https://p.example", "https://例子.测试"
    ),
    "IP addresses": ANY.replace("[p.example]", '["127.0.0.1", "::1"]').replace(
        "https://p.example", "http://[::1]:8080"
    ),
    "proxy with an account": "vantages:\n  - {vantage: v, proxy: 'socks5://me:${PROXY_PASSWORD}@10.0.0.1:1080'}\n",
    "added parameter": ANY + "added_parameters: [ref]\n",
    "what else is known of a platform": ANY
    + "fictitious: true\ncrawlers:\n  preview: {user_agent: P/1}\nshare_dialogs:\n"
    + "  post: {template: 'https://p.example/share?u={url}', anonymous: Login}\nrefusals:\n  '1': {about: rate}\n",
    "dates in part": 'world: w\ntitle: W\ndate: "2021"\n',
    "opener": HEAD + "surfaces:\n  chat:\n    kind: in-app\n    opener: https://p.example/{url}\n",
    "nested body": MESSAGE.replace('{t: "{text}"}', '{a: [1, null, {b: ["{url}"]}], c: true}'),
    "read-back": MESSAGE
    + "    accepted: {message_id: id}\n    read:\n      call: {method: GET, url: 'https://p.example/{message}'}\n",
    "message with all that can be declared": MESSAGE.replace(
        '{t: "{text}"}', '{t: "{text}", by: "{login.user}", at: "{timestamp}", s: "{sign}"}'
    )
    + "    accepted: {message_id: id}\n    sign: {by: feishu, secret: '${SECRET}'}\n"
    + "    login: {call: {url: 'https://p.example/login', json: {p: '${ONE}'}}, takes: {user: id}}\n"
    + "    reader: {call: {url: 'https://p.example/login', json: {p: '${TWO}'}}, takes: {token: data.token}}\n"
    + "    verify: [{method: GET, url: 'https://p.example/me', headers: {A: '{reader.token}'}}]\n"
    + "    delete: {method: DELETE, url: 'https://p.example/{message}'}\n"
    + "    read:\n      call: {method: GET, url: 'https://p.example/', headers: {A: '{reader.token}'}}\n"
    + "      preview: {url: 'https://p.example/c?u={url}'}\n      card: {at: card}\n      card_within: 65\n",
    "anyone who looks into a room": MESSAGE
    + "    read:\n      call: {method: GET, url: 'https://p.example/${ROOM}'}\n      viewer: anyone\n",
    "phrase without an example": ANY + "phrases:\n  - {text: stop, means: block-page}\n",
    "outcome that has ended": "scenario: s\nplatform: talk\ntargets: [rival-item]\n"
    "known:\n  - {verdict: open, since: 2021-09, until: 2021-11-29, source: 'https://x.example/'}\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_is_right_is_taken(text: str, refused: Refused) -> None:
    assert refused(text) == []


def test_validation_tells_all_faults_of_a_file_at_once(refused: Refused) -> None:
    second = "{target: b b, url: 'https://b.example/', hosts: ['*.b.example']}"
    text = f"targets:\n  - {{target: a, url: nowhere}}\n  - {second}\n"

    assert [line.split(":")[1] for line in refused(text)] == ["2", "3", "3"]


@pytest.mark.parametrize("host", ["a..b", "-a.example", "a-.example", "", "a b", "a/b", "x" * 64, "::zz", ".a"])
def test_no_host_is_taken_that_is_none(host: str, refused: Refused) -> None:
    (line,) = refused(f"targets:\n  - {{target: a, url: 'https://a.example/', hosts: ['{host}']}}\n")

    assert "is not a host" in line
