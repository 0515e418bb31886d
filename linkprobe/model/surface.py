"""Where a platform meets a link: gateways, apps, chats, previews, share dialogs."""

from enum import StrEnum
from typing import TypeAlias

import msgspec

from linkprobe.model.message import Accepted, CardFields, HttpCall, Login, ReadBack, Signature, Step, XmppAccount
from linkprobe.model.source import Source


class Encoding(StrEnum):
    """How a gateway's URL template carries the target."""

    PERCENT = "percent"
    DOUBLE_PERCENT = "double-percent"
    BASE64 = "base64"
    RAW = "raw"


class _Surface(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    """What all surfaces share. `client` names one of the platform's clients, empty the ordinary browser."""

    title: str = ""
    client: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def shows_cards(self) -> bool:
        """Whether it says where a preview card would stand."""
        return False


class Gateway(_Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="gateway"):
    """A redirector in front of outside links: `https://link.example/?target={url}`."""

    template: str
    encoding: Encoding = Encoding.PERCENT
    signed: bool = False
    """The gateway answers only links the platform minted; a hand-made one says nothing."""
    also: tuple[str, ...] = ()
    """Further templates with the same encoding, of other hosts, clients or years: recognised, not probed."""


class InApp(_Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="in-app"):
    """A link tapped inside the app. What the app does is seen only from inside it, unless `opener` routes links
    through a URL anyone can ask (`{url}` stands for the percent-encoded target)."""

    opener: str = ""
    encoding: Encoding = Encoding.PERCENT


class _Messaging(_Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all message surfaces share: what is said, by whom, and how long one waits for it at the other end."""

    text: str = "{token} {url}"
    """The message; `{url}` is the target, `{token}` a random word by which the arrival is recognised."""
    accounts: tuple[str, ...] = ()
    """Variables of the account that must be set; without them the cell is skipped."""
    blind_to: str = ""
    """What this surface cannot prove, in words."""


class MessageApi(
    _Messaging, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="message-api"
):
    """A message API over HTTP, declared: send, when it counts as accepted, and how another viewer reads it back.

    `login` and `reader` are made once a message. `verify` holds requests that show whether the accounts work and
    change nothing; `delete` takes the message back (`{message}`) when it has been looked at.
    """

    send: HttpCall
    accepted: Accepted = Accepted()
    read: ReadBack | None = None
    text: str = "{url}"
    sign: Signature | None = None
    login: Login | None = None
    reader: Login | None = None
    verify: tuple[HttpCall, ...] = ()
    delete: HttpCall | None = None

    @property
    def shows_links(self) -> bool:
        """Whether it says where a live link would stand, so that its absence means something."""
        return self.read is not None and bool(self.read.links or self.read.format == "html" or self.read.linkify)

    @property
    def shows_cards(self) -> bool:
        """Whether it says where a preview card would stand."""
        return self.read is not None and self.read.card is not None


class XmppChat(_Messaging, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="xmpp"):
    """A chat between two accounts of an XMPP server, or in a room, over BOSH (XEP-0124, XEP-0206).

    Recipients' clients make a link of every web address in a body, so that those count as links; cards are made by
    the clients and not seen.
    """

    bosh: str
    domain: str
    sender: XmppAccount
    receiver: XmppAccount
    room: str = ""
    """The room's bare address (XEP-0045); empty for a chat between the two."""
    within: float = 5.0
    """Seconds after which a message that has not been seen counts as dropped."""

    @property
    def shows_links(self) -> bool:
        """Whether it says where a live link would stand."""
        return True


class WebClient(
    _Messaging, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="web-client"
):
    """A chat's own web client in a browser, opened by two people. All but `address` and the steps are CSS selectors."""

    address: str
    """Where both open the client; `${NAME}` takes a variable of the account."""
    sender: tuple[Step, ...]
    receiver: tuple[Step, ...]
    """What each of the two does until he is in."""
    ready: str
    """What shows that he is."""
    composer: str
    submit: str = ""
    """What is clicked to send; empty for the Enter key."""
    message: str
    """One message; the one that holds the token is looked at."""
    body: str = ""
    """Its text inside; empty for all of it."""
    link: str = "a[href]"
    card: CardFields | None = None
    """The card inside the message: `at` its own selector, the fields' inside it."""
    refused: str = ""
    """What shows the sender that the message was not taken; its text is the platform's wording."""
    within: float = 10.0
    """Seconds after which a message that has not been seen counts as dropped."""
    card_within: float = 10.0
    """Seconds after the arrival for which the card is waited for."""

    @property
    def shows_links(self) -> bool:
        """Whether it says where a live link would stand."""
        return True

    @property
    def shows_cards(self) -> bool:
        """Whether it says where a preview card would stand."""
        return self.card is not None


class PreviewApi(
    _Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="preview-api"
):
    """An API that returns a link's preview card without sending anything."""

    call: HttpCall
    card: CardFields = CardFields()
    accepted: Accepted = Accepted()
    accounts: tuple[str, ...] = ()

    @property
    def shows_cards(self) -> bool:
        """A card is all it shows."""
        return True


class ShareDialog(
    _Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="share-dialog"
):
    """A page of the platform's that other sites open to have a link shared: its URL with `{url}` in it.

    It does not lead to the target: what counts is whether the target is in the composer it ends on.
    """

    template: str
    anonymous: str = ""
    """What a visitor who is not logged in gets; a login wall there says nothing about the link."""


Messaging: TypeAlias = MessageApi | XmppChat | WebClient
"""Surfaces on which a link is sent by one account and seen by another."""

Surface: TypeAlias = Gateway | InApp | MessageApi | XmppChat | WebClient | PreviewApi | ShareDialog
