"""Whose values a case is probed with."""

import msgspec

from linkprobe.accounts import Accounts, Whence, at_vantage, secrets_at
from linkprobe.model import Case, Gateway, Platform, Target, Vantage

PLATFORM = Platform(
    id="talk",
    name="Talk",
    owner="t",
    hosts=("talk.example",),
    surfaces={"l": Gateway(template="https://t.example/{url}")},
)
CASE = Case(
    scenario="s",
    platform=PLATFORM,
    surface_id="l",
    target=Target(id="a", url="https://a.example/"),
    neutral=None,
    vantage=Vantage(),
)
ACCOUNTS = Accounts(
    {"TOKEN": "everybody's", "ROOM": "r"}, {"talk": {"TOKEN": "talk's"}, "second": {"TOKEN": "second's"}}
)


def test_the_account_bears_the_platforms_id() -> None:
    assert ACCOUNTS.of(CASE)["TOKEN"] == "talk's"


def test_a_scenario_may_name_another() -> None:
    assert ACCOUNTS.of(msgspec.structs.replace(CASE, account="second"))["TOKEN"] == "second's"


def test_what_the_file_leaves_out_comes_from_the_environment() -> None:
    values = ACCOUNTS.of(CASE)

    assert values["ROOM"] == "r"
    assert (values.whence("TOKEN"), values.whence("ROOM"), values.whence("KEY")) == (
        Whence.FILE,
        Whence.ENVIRONMENT,
        None,
    )
    assert (set(values), len(values)) == ({"TOKEN", "ROOM"}, 2)


def test_nothing_printed_holds_a_value() -> None:
    told = f"{ACCOUNTS!r} {ACCOUNTS} {ACCOUNTS.of(CASE)!r} {ACCOUNTS.of(CASE)}"

    assert "'s" not in told
    assert told.startswith("Accounts(talk, second)")


def test_a_vantage_takes_its_variables_from_the_account_of_its_own_id() -> None:
    vantage = Vantage(
        id="office", proxy="socks5://me:${PASSWORD}@127.0.0.1:1080", headers={"Authorization": "Basic ${KEY}"}
    )
    values = Accounts({}, {"office": {"PASSWORD": "p@ss", "KEY": "a2V5"}}).at(vantage)

    filled = at_vantage(vantage, values)

    assert (filled.proxy, filled.headers) == ("socks5://me:p%40ss@127.0.0.1:1080", {"Authorization": "Basic a2V5"})
    assert secrets_at(vantage, values) == ("p@ss", "a2V5")


def test_of_a_whole_proxys_address_the_password_is_the_secret() -> None:
    vantage = Vantage(id="office", proxy="${PROXY}")
    values = {"PROXY": "http://me:s3cret%21@proxy.example:8080"}

    assert at_vantage(vantage, values).proxy == values["PROXY"]
    assert secrets_at(vantage, values) == ("s3cret!",)


def test_a_vantage_without_variables_stays_as_it_is() -> None:
    vantage = Vantage(headers={"X-Country": "cn"})

    assert at_vantage(vantage, {}) is vantage


def test_another_account_is_another_lane() -> None:
    assert (CASE.lane, msgspec.structs.replace(CASE, account="second").lane) == ("talk@here", "talk@here#second")
