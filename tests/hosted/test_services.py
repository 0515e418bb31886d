"""What only some services owe: signatures, logins, links by their bytes, rights to read, limits."""

import msgspec
import pytest

from linkprobe.model import SendOutcome, Target
from tests.hosted.bluesky import Bluesky
from tests.hosted.conftest import TOKEN, Stage
from tests.hosted.dingtalk import DingTalk
from tests.hosted.discord import Discord
from tests.hosted.double import Double
from tests.hosted.feishu import Feishu, Lark
from tests.hosted.lemmy import Lemmy
from tests.hosted.services import SERVICES, Service, in_short
from tests.hosted.wecom import WeCom

BY_NAME = {str(service): service for service in SERVICES}
SIGNING = [
    ("dingtalk/robot", DingTalk, "LINKPROBE_DINGTALK_SECRET", "310000"),
    ("feishu/robot", Feishu, "LINKPROBE_FEISHU_SECRET", "19021"),
    ("feishu/lark-robot", Lark, "LINKPROBE_LARK_SECRET", "19021"),
]
signing = pytest.mark.parametrize(("name", "double", "secret", "code"), SIGNING)
Robot = type[DingTalk] | type[Feishu]


@signing
async def test_a_signed_message_is_accepted(name: str, double: Robot, secret: str, code: str, on_stage: Stage) -> None:
    sent, _ = await on_stage.send(double(), in_short(BY_NAME[name]))

    assert sent.outcome is SendOutcome.ACCEPTED


@signing
async def test_a_wrong_secret_is_the_accounts_fault(
    name: str, double: Robot, secret: str, code: str, on_stage: Stage
) -> None:
    sent, _ = await on_stage.send(double(), in_short(BY_NAME[name]), environ={secret: "another"})

    assert (sent.outcome, sent.code) == (SendOutcome.UNAUTHORISED, code)


@signing
async def test_without_a_secret_a_robot_that_wants_signatures_says_so(
    name: str, double: Robot, secret: str, code: str, on_stage: Stage
) -> None:
    sent, _ = await on_stage.send(double(), in_short(BY_NAME[name]), environ={secret: ""})

    assert (sent.outcome, sent.code) == (SendOutcome.UNAUTHORISED, code)


@signing
async def test_without_a_secret_a_robot_that_goes_by_a_keyword_takes_the_message(
    name: str, double: Robot, secret: str, code: str, on_stage: Stage
) -> None:
    robot = double()
    robot.signs = False
    sent, _ = await on_stage.send(robot, in_short(BY_NAME[name]), environ={secret: ""})

    assert sent.outcome is SendOutcome.ACCEPTED


@signing
async def test_a_keyword_that_was_not_allowed_is_the_accounts_fault(
    name: str, double: Robot, secret: str, code: str, on_stage: Stage
) -> None:
    robot = double()
    robot.signs, robot.keyword = False, "weather"
    sent, _ = await on_stage.send(robot, in_short(BY_NAME[name]))

    assert (sent.outcome, sent.code) == (SendOutcome.UNAUTHORISED, {"310000": "310000", "19021": "19024"}[code])


@pytest.mark.parametrize(("name", "double", "limit"), [("wecom/robot", WeCom, 20), ("dingtalk/robot", DingTalk, 20)])
async def test_the_documented_number_of_messages_passes_and_one_more_is_haste(
    name: str, double: type[Double], limit: int, on_stage: Stage
) -> None:
    robot = double()
    robot.sends = limit - 1
    last, _ = await on_stage.send(robot, in_short(BY_NAME[name]))
    more, _ = await on_stage.send(robot, in_short(BY_NAME[name]))

    assert (last.outcome, more.outcome) == (SendOutcome.ACCEPTED, SendOutcome.RATE_LIMITED)


@pytest.mark.parametrize(("name", "double"), [("bluesky/api-post", Bluesky), ("lemmy/post", Lemmy)])
async def test_a_wrong_password_sends_nothing(name: str, double: type[Double], on_stage: Stage) -> None:
    made = double()
    service = BY_NAME[name]
    sent, shown = await on_stage.send(made, in_short(service), environ={service.sender: "wrong"})

    assert (sent.outcome, sent.logging_in, shown, made.sends) == (SendOutcome.UNAUTHORISED, True, None, 0)


@pytest.mark.parametrize("before", ["", "ü ", "链接 ", "👨‍👩‍👧 "])
async def test_on_bluesky_the_link_is_found_by_its_bytes(before: str, on_stage: Stage) -> None:
    surface = msgspec.structs.replace(in_short(BY_NAME["bluesky/api-post"]), text=before + "{token} {url}")
    _, shown = await on_stage.send(
        Bluesky(), surface, target=Target(id="umlaut", url="https://shop.example/%C3%BC?q=1")
    )

    assert shown is not None
    assert shown.links == ("https://shop.example/%C3%BC?q=1",)


@pytest.mark.parametrize("name", ["discord/bot-message", "discord/webhook"])
async def test_a_discord_bot_without_the_right_to_content_accuses_nobody(name: str, on_stage: Stage) -> None:
    double = Discord()
    double.reader_has_content = False
    _, shown = await on_stage.send(double, in_short(BY_NAME[name]))

    assert shown is not None
    assert shown.failure is not None


async def test_a_lemmy_community_that_is_no_number_is_the_accounts_fault(on_stage: Stage) -> None:
    double = Lemmy()
    sent, _ = await on_stage.send(
        double, in_short(BY_NAME["lemmy/post"]), environ={"LINKPROBE_LEMMY_COMMUNITY": "tests"}
    )

    assert (sent.outcome, sent.code, double.sends) == (SendOutcome.UNAUTHORISED, "unknown", 0)


LONG = Target(id="long", url="https://shop.example/a?x=1&y=%26&z=a+b#part;(c)")


@pytest.mark.parametrize("service", [each for each in SERVICES if each.sees and each.platform != "weibo"], ids=str)
async def test_a_link_full_of_signs_comes_back_as_it_was_sent(service: Service, on_stage: Stage) -> None:
    _, shown = await on_stage.send(service.double(), in_short(service), target=LONG)

    assert shown is not None
    assert LONG.url in shown.links
    assert TOKEN in shown.text
