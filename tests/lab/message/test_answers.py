import pytest

from linkprobe.lab.message.answers import accepted, refused, wrong
from linkprobe.lab.message.declared import Wrong
from linkprobe.model import Accepted, SendOutcome
from linkprobe.probe.message.acceptance import outcome

DINGTALK = Accepted(
    status=(200,), field="errcode", equals=0, code="errcode", wording="errmsg", unauthorised=("310000",)
)
SLACK = Accepted(status=(200,), field="ok", equals=True, code="error", unauthorised=("invalid_auth",))
STATUS = Accepted(status=(201, 200), code="error", message_id="data.id", unauthorised=("401",))
BARE = Accepted(status=(204,))
NAMED = Accepted(field="result", equals="sent")
RULES = (DINGTALK, SLACK, STATUS, BARE, NAMED)


@pytest.mark.parametrize("rule", RULES)
def test_an_accepted_answer_passes_the_platforms_own_test(rule: Accepted) -> None:
    status, body = accepted(rule, "m1")

    assert outcome(rule, status, body) is SendOutcome.ACCEPTED


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("code", ["", "430101", "link_blocked", "422"])
def test_a_refusal_fails_it(rule: Accepted, code: str) -> None:
    status, body = refused(rule, code, "no")

    assert outcome(rule, status, body) is SendOutcome.REFUSED


@pytest.mark.parametrize("rule", RULES)
def test_a_wrong_account_is_said_in_the_platforms_way(rule: Accepted) -> None:
    status, body = wrong(rule, Wrong.ACCOUNT, "header")

    assert outcome(rule, status, body) is SendOutcome.UNAUTHORISED


def test_dingtalks_refusal_stands_inside_a_success() -> None:
    assert refused(DINGTALK, "430101", "含有不安全的外链") == (200, {"errcode": 430101, "errmsg": "含有不安全的外链"})


def test_the_message_id_stands_where_the_file_says() -> None:
    assert accepted(STATUS, "m1").body == {"data": {"id": "m1"}}
