"""What makes a probe another probe."""

import msgspec

from linkprobe.model import Case, Executor, Gateway, Platform, Target, Vantage
from linkprobe.store.task import direct_task, subject_task

PLATFORM = Platform(
    id="talk",
    name="Talk",
    owner="t",
    hosts=("talk.example",),
    surfaces={"link": Gateway(template="https://t.example/{url}")},
)
CASE = Case(
    scenario="s",
    platform=PLATFORM,
    surface_id="link",
    target=Target(id="a", url="https://a.example/"),
    neutral=None,
    vantage=Vantage(),
)
SECOND = msgspec.structs.replace(CASE, account="second")


def test_another_account_is_another_probe_in_another_lane() -> None:
    one, other = (subject_task("r", case, None, 1, sends=True) for case in (CASE, SECOND))

    assert one.key != other.key
    assert (one.lane, other.lane) == ("talk@here", "talk@here#second")


def test_the_same_link_without_the_platform_is_shared_by_all_accounts() -> None:
    assert direct_task("r", CASE, Executor.HTTP, 1) == direct_task("r", SECOND, Executor.HTTP, 1)
