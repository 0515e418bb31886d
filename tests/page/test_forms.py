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


def test_what_stands_in_fields_is_read_once_hidden_ones_among_them() -> None:
    page = facts("<input value=' a '><input type=hidden value=b><input value=a><textarea> c </textarea><input>")

    assert page.entered == ("a", "b", "c")


@pytest.mark.parametrize("room", ["<textarea></textarea>", "<div contenteditable></div>", "<div role=textbox></div>"])
def test_there_is_room_to_write(room: str) -> None:
    assert facts(room).is_writable


@pytest.mark.parametrize("room", ["<input name=q>", "<div contenteditable=false></div>", "<p>Write to us</p>"])
def test_there_is_no_room_to_write(room: str) -> None:
    assert not facts(room).is_writable


@pytest.mark.parametrize("script", ["<script>draw()</script>", "<script src=/app.js></script>"])
def test_scripts_may_change_a_page(script: str) -> None:
    assert facts(f"<p>Hello{script}").has_scripts
    assert not facts("<p>Hello").has_scripts
