"""What a run leaves out for want of accounts."""

import msgspec

from linkprobe.accounts import Accounts
from linkprobe.audit.missing import what_is_missing
from linkprobe.audit.secrecy import redaction_of
from linkprobe.model import Case, HttpCall, MessageApi, Platform, Target, Vantage

CHAT = MessageApi(send=HttpCall(url="https://api.talk.example/send?k=${TALK_KEY}", json={"text": "{text}"}))
PLATFORM = Platform(id="talk", name="Talk", owner="t", hosts=("talk.example",), surfaces={"chat": CHAT, "more": CHAT})
CASE = Case(
    scenario="s",
    platform=PLATFORM,
    surface_id="chat",
    target=Target(id="a", url="https://a.example/?room=lobby99"),
    neutral=None,
    vantage=Vantage(),
)
SECOND = msgspec.structs.replace(CASE, account="second")
ABROAD = msgspec.structs.replace(CASE, vantage=Vantage(id="office", headers={"Authorization": "Basic ${OFFICE}"}))


def test_with_all_accounts_nothing_is_missing() -> None:
    assert what_is_missing([CASE], Accounts({"TALK_KEY": "k"})) is None


def test_missing_accounts_are_named_once_with_their_cells() -> None:
    missing = what_is_missing([CASE, CASE, SECOND], Accounts({}))

    assert missing is not None
    assert (missing.cells, missing.accounts) == (3, ("second", "talk"))
    assert str(missing) == "3 cells skipped, for there is no account for second, talk"


def test_a_file_may_hold_one_and_lack_the_other() -> None:
    missing = what_is_missing([CASE, SECOND], Accounts({}, {"second": {"TALK_KEY": "k"}}))

    assert str(missing) == "1 cell skipped, for there is no account for talk"


def test_a_vantage_without_its_credentials_is_named_itself() -> None:
    missing = what_is_missing([ABROAD], Accounts({"TALK_KEY": "k"}))

    assert missing is not None
    assert missing.accounts == ("office",)


def test_the_secrets_of_every_account_and_vantage_of_a_round_are_hidden() -> None:
    accounts = Accounts(
        {}, {"talk": {"TALK_KEY": "first-key"}, "second": {"TALK_KEY": "second-key"}, "office": {"OFFICE": "b2ZmaWNl"}}
    )
    redaction = redaction_of([CASE, SECOND, ABROAD], accounts)

    assert redaction.text("first-key second-key b2ZmaWNl") == "[redacted] [redacted] [redacted]"


def test_what_stands_in_a_shared_link_is_no_secret() -> None:
    assert redaction_of([CASE], Accounts({"TALK_KEY": "lobby99"})).text("lobby99") == "lobby99"
