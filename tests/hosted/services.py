"""Which shipped surface is held against which double, and what its service documents."""

from functools import cache
from typing import NamedTuple

import msgspec

from linkprobe.model import MessageApi, Viewer
from linkprobe.scenario import Catalogue, load_catalogue, shipped
from tests.hosted.bluesky import Bluesky
from tests.hosted.dingtalk import DingTalk
from tests.hosted.discord import Discord
from tests.hosted.double import LATE, STEP, Double
from tests.hosted.feishu import Feishu, Lark
from tests.hosted.lemmy import Lemmy
from tests.hosted.line import Line
from tests.hosted.mastodon import Mastodon
from tests.hosted.matrix import Matrix
from tests.hosted.mattermost import Mattermost
from tests.hosted.rocket_chat import RocketChat
from tests.hosted.slack import Slack
from tests.hosted.telegram import Telegram
from tests.hosted.wecom import WeCom
from tests.hosted.weibo import Weibo
from tests.hosted.zulip import Zulip

ENOUGH = STEP * LATE + 0.3
"""Seconds in which a late card is there; short of the shipped times, for tests."""


class Service(NamedTuple):
    """A shipped surface and its double."""

    platform: str
    surface: str
    double: type[Double]
    code: str
    """By which it refuses a link; empty where it has but a sentence."""
    sender: str
    """A variable without whose right value nothing can be sent."""
    reader: str = ""
    """The same for looking; empty where nobody looks, or without an account."""
    sees: bool = True
    """Whether the message can be looked at."""
    card: bool = True
    deletes: bool = True
    verifies: bool = True
    drop_shows: bool = True
    """Whether a message that is not there can be told from a look that failed."""
    viewer: Viewer = Viewer.RECEIVER

    def __str__(self) -> str:
        return f"{self.platform}/{self.surface}"


def robot(platform: str, surface: str, double: type[Double], code: str, sender: str) -> Service:
    """A service that takes messages and shows, deletes and checks nothing."""
    return Service(
        platform, surface, double, code, sender, sees=False, card=False, deletes=False, verifies=False, drop_shows=False
    )


_PLUGIN = "plugin.message_will_be_posted.dismiss_post"
_BOT, _HOOK, _SEEN = "LINKPROBE_DISCORD_BOT", "LINKPROBE_DISCORD_WEBHOOK", "LINKPROBE_DISCORD_READER"
_SKY, _LEMMY = "LINKPROBE_BLUESKY_PASSWORD", "LINKPROBE_LEMMY_PASSWORD"

SERVICES = (
    Service("telegram", "channel-post", Telegram, "400", "LINKPROBE_TELEGRAM_BOT", viewer=Viewer.ANYONE),
    Service(
        "slack", "bot-message", Slack, "message_blocked_by_policy", "LINKPROBE_SLACK_BOT", "LINKPROBE_SLACK_READER"
    ),
    Service("discord", "bot-message", Discord, "240000", _BOT, _SEEN),
    Service("discord", "webhook", Discord, "240000", _HOOK, _SEEN),
    Service("mastodon", "post", Mastodon, "", "LINKPROBE_MASTODON_TOKEN", "LINKPROBE_MASTODON_READER"),
    Service("bluesky", "api-post", Bluesky, "InvalidRequest", _SKY, "LINKPROBE_BLUESKY_READER_PASSWORD", card=False),
    Service("lemmy", "post", Lemmy, "blocked_url", _LEMMY, "LINKPROBE_LEMMY_READER_PASSWORD"),
    Service("mattermost", "channel", Mattermost, _PLUGIN, "LINKPROBE_MATTERMOST_TOKEN", "LINKPROBE_MATTERMOST_READER"),
    Service(
        "rocket-chat",
        "room",
        RocketChat,
        "error-app-prevented-sending",
        "LINKPROBE_ROCKET_CHAT_TOKEN",
        "LINKPROBE_ROCKET_CHAT_READER_TOKEN",
    ),
    Service("zulip", "channel", Zulip, "BAD_REQUEST", "LINKPROBE_ZULIP_BASIC", "LINKPROBE_ZULIP_READER", card=False),
    robot("line", "push", Line, "", "LINKPROBE_LINE_TOKEN")._replace(verifies=True),
    robot("dingtalk", "robot", DingTalk, "430101", "LINKPROBE_DINGTALK_TOKEN"),
    robot("feishu", "robot", Feishu, "19002", "LINKPROBE_FEISHU_HOOK"),
    robot("feishu", "lark-robot", Lark, "19002", "LINKPROBE_LARK_HOOK"),
    robot("wecom", "robot", WeCom, "99999", "LINKPROBE_WECOM_KEY"),
    Service(
        "weibo",
        "share-api",
        Weibo,
        "10017",
        "LINKPROBE_WEIBO_TOKEN",
        "LINKPROBE_WEIBO_READER",
        card=False,
        drop_shows=False,
    ),
    Service("matrix", "room", Matrix, "M_FORBIDDEN", "LINKPROBE_MATRIX_TOKEN", "LINKPROBE_MATRIX_READER"),
)


@cache
def catalogue() -> Catalogue:
    """The shipped one."""
    return load_catalogue(shipped())


def as_shipped(service: Service) -> MessageApi:
    """The surface as its platform's file declares it."""
    surface = catalogue().platforms[service.platform].surfaces[service.surface]
    assert isinstance(surface, MessageApi)
    return surface


def in_short(service: Service) -> MessageApi:
    """The same with less patience, and nothing else changed."""
    surface = as_shipped(service)
    if surface.read is None:
        return surface
    patience = ENOUGH if surface.read.card_within else 0.0
    read = msgspec.structs.replace(surface.read, within=0.4, card_within=patience)
    return msgspec.structs.replace(surface, read=read)
