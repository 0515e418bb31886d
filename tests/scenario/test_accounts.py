"""The accounts file: what it may hold, and that nothing said about it shows a value."""

from pathlib import Path

import pytest

from linkprobe.scenario import ScenarioError
from linkprobe.scenario.accounts import parse_accounts

SECRET = "xoxb-5f3a9c"
FILE = Path("accounts.yaml")


def test_values_are_read_by_account_and_variable() -> None:
    text = f"accounts:\n  slack: {{LINKPROBE_SLACK_BOT: {SECRET}}}\n  shop-2:\n    NAME: '12345'\n"

    assert parse_accounts(text, FILE).accounts == {
        "slack": {"LINKPROBE_SLACK_BOT": SECRET},
        "shop-2": {"NAME": "12345"},
    }


def test_what_is_printed_of_it_are_the_names_alone() -> None:
    assert repr(parse_accounts(f"accounts:\n  slack: {{BOT: {SECRET}}}\n", FILE)) == "AccountsFile(slack)"


BAD = {
    "a value that YAML takes for an alias": (f"accounts:\n  slack:\n    BOT: *{SECRET}\n", 3, "not YAML"),
    "a value that YAML takes for a tag": (f"accounts:\n  slack:\n    BOT: !{SECRET}\n", 3, "not YAML"),
    "a value without end": (f'accounts:\n  slack:\n    BOT: "{SECRET}\n', 4, "not YAML"),
    "a value in place of a key": (f"accounts:\n  slack:\n    '{SECRET}': x\n", 3, "not the name of a variable"),
    "the same key twice": (f"accounts:\n  slack:\n    {SECRET}: a\n    {SECRET}: b\n", 4, "not YAML"),
    "a value where an account belongs": (f"accounts:\n  slack: {SECRET}\n", 2, "the account 'slack' is no mapping"),
    "a value where all accounts belong": (f"accounts: {SECRET}\n", 1, "the accounts are no mapping"),
    "nothing but a value": (f"{SECRET}\n", 1, "no accounts here"),
    "a file without accounts": (f"slack: {{BOT: {SECRET}}}\n", 1, "no accounts here"),
    "a key beside accounts": (f"accounts: {{}}\nBOT: {SECRET}\n", 2, "only 'accounts:'"),
    "a name with spaces": (f"accounts:\n  {SECRET} 1: {{}}\n", 2, "not the name of an account"),
    "a number": ("accounts:\n  slack:\n    BOT: 5392\n", 3, "the value of BOT is no text; put it in quotes"),
    "an empty value": ("accounts:\n  slack:\n    BOT: ' '\n", 3, "the value of BOT is no text"),
    "a value that is a list": (f"accounts:\n  slack:\n    BOT: [{SECRET}]\n", 3, "the value of BOT is no text"),
}


@pytest.mark.parametrize(("text", "line", "said"), BAD.values(), ids=BAD)
def test_a_fault_says_file_and_line_and_no_value(text: str, line: int, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_accounts(text, FILE)

    told = str(caught.value)
    assert told.startswith(f"accounts.yaml:{line}: ")
    assert said in told
    assert SECRET not in told
    assert "5392" not in told
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
