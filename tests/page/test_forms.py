"""Forms and what they ask for."""

import pytest

from linkprobe.page.parts import FormKind
from tests.page.pages import facts


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("<form><input name=u><input type=PASSWORD name=p></form>", FormKind.LOGIN),
        ("<form><input type=password><input type=password></form>", FormKind.OTHER),
        ("<form><input type=search name=x></form>", FormKind.SEARCH),
        ("<form role=search><input name=x></form>", FormKind.SEARCH),
        ("<form><input name=q></form>", FormKind.SEARCH),
        ("<form><input name=captcha></form>", FormKind.CAPTCHA),
        ("<form><div class='g-recaptcha'></div></form>", FormKind.CAPTCHA),
        ("<form><input name=email><textarea name=m></textarea></form>", FormKind.OTHER),
    ],
)
def test_a_form_is_told_by_its_fields(form: str, kind: FormKind) -> None:
    assert [found.kind for found in facts(form).forms] == [kind]


def test_a_password_field_outside_a_form_is_a_login() -> None:
    page = facts("<div><input type='password'></div><form><input name=q></form>")

    assert page.asks_for(FormKind.LOGIN)
    assert page.has_password


def test_a_form_names_its_visible_fields_and_where_it_goes() -> None:
    page = facts("<form action='/go'><input type=hidden name=token><input id=mail><input type=submit name=s></form>")

    assert page.forms[0].fields == ("mail",)
    assert page.forms[0].action == "https://target.example/go"


def test_a_form_without_an_action_goes_to_its_own_page() -> None:
    page = facts("<form><input></form>")

    assert page.forms[0].action == page.url
