"""How a message is sent and looked at: requests, answers, logins, signatures, as platforms' files declare them."""

from enum import StrEnum
from typing import Any

import msgspec


class HttpCall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One declared request; `json` or `form`, not both. What stands in braces is filled in:

    `{url}` the target, `{text}` the whole message, `{token}` its random word, `{message}` the platform's id of it,
    `{message_name}` what stands after that id's last slash, `{now}` the time in ISO 8601, `{timestamp}` and `{sign}`
    as `Signature` makes them, `{login.NAME}` and `{reader.NAME}` what a `Login` took. `{link_start}` and `{link_end}`
    are the link's byte offsets in the message; standing alone in a JSON body they are numbers, and so is what follows
    `int:` at the beginning of a text there. `${NAME}` takes the account's variable NAME, which is how accounts stay out
    of the files.
    """

    url: str
    method: str = "POST"
    headers: dict[str, str] = {}
    json: dict[str, Any] | None = None
    form: dict[str, str] | None = None


class Accepted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """When an answer counts as accepted: status among `status`, and the body's field (a dotted path) equal to a value.

    `code` and `wording` are paths of the platform's own code and sentence; `message_id` of the new message.
    """

    status: tuple[int, ...] = (200, 201, 202, 204)
    field: str = ""
    equals: str | int | bool | None = None
    code: str = ""
    wording: str = ""
    message_id: str = ""
    rate_limited: tuple[str, ...] = ()
    """Codes (or HTTP statuses) that mean: too fast."""
    unauthorised: tuple[str, ...] = ()
    """Codes (or HTTP statuses) that mean: wrong or expired account."""


class Signing(StrEnum):
    """How a robot's request is signed, by whose documentation."""

    DINGTALK = "dingtalk"
    """Milliseconds in `{timestamp}`; `{sign}` is base64 of HMAC-SHA256, keyed by the secret,
    of timestamp, newline, secret."""
    FEISHU = "feishu"
    """Seconds in `{timestamp}`; `{sign}` is base64 of HMAC-SHA256, keyed by timestamp, newline, secret, of nothing."""


class Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A signature that goes with each request; `secret` is a `${NAME}`. Without the secret nothing is signed."""

    by: Signing
    secret: str


class Login(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A request that turns an account into what later requests carry: `takes` maps a name to a dotted path of its
    answer, and `{login.NAME}` (`{reader.NAME}` for the reader's login) stands for it."""

    call: HttpCall
    takes: dict[str, str]


class Viewer(StrEnum):
    """As whom a message is looked at. The sender's own view proves nothing about the recipient's."""

    RECEIVER = "receiver"
    ANYONE = "anyone"
    """Without any account."""
    SENDER = "sender"


class XmppAccount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One end of a chat: local part and password, each a `${NAME}` as a rule."""

    user: str
    password: str


class Deed(StrEnum):
    """One thing a person does in a web client before he can write or read."""

    FILL = "fill"
    CLICK = "click"
    PRESS = "press"
    WAIT = "wait"


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A deed at a CSS selector. `text` is what is filled in or the key that is pressed; `${NAME}` takes the account's
    variable NAME in both."""

    do: Deed
    at: str
    text: str = ""


class ReadBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How another viewer looks at the message: the request, where the messages are, and what is in each.

    Paths are dotted (`data.items`, `0.text`, `*`); for an HTML answer they are CSS selectors.
    """

    call: HttpCall
    format: str = "json"
    """`json` or `html`."""
    messages: str = ""
    text: str = "text"
    links: str = ""
    """Where clickable links stand; empty means that URLs in an HTML text's anchors, or none in plain text, count."""
    card: "CardFields | None" = None
    within: float = 5.0
    """Seconds after which a message that has not been seen counts as dropped."""
    later: float = 0.0
    """Seconds after its arrival at which the message is looked for again; 0 for no second look."""
    viewer: Viewer = Viewer.RECEIVER
    linkify: bool = False
    """The service's clients make a link of every web address in the text, so that those are links."""
    preview: HttpCall | None = None
    """The request by which a recipient's client asks for the card; `card` then lies in its answer."""
    card_within: float = 0.0
    """Seconds after the arrival for which the card is waited for, and then until it no longer changes."""


class CardFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a preview card's fields lie, as dotted paths; of several, with bars between, the first that is there."""

    at: str = ""
    title: str = "title"
    description: str = "description"
    image: str = "image"
    url: str = "url"
