import pytest

from linkprobe.publish.redact import header, without_secrets


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/?token=s3cr3t",
        "https://a.example/?x=1&access_token=s3cr3t",
        "https://a.example/cb#session_id=s3cr3t",
        "https://a.example/?wx_pass_ticket=s3cr3t&y=2",
        "https://me:s3cr3t@a.example/",
        "proxy socks5://me:s3cr3t@127.0.0.1:1080 refused",
    ],
)
def test_credentials_in_urls_are_replaced(url: str) -> None:
    assert "s3cr3t" not in without_secrets(url)


def test_the_rest_of_a_url_stays() -> None:
    assert (
        without_secrets("https://a.example/?id=7&token=x&from=share")
        == "https://a.example/?id=7&token=(redacted)&from=share"
    )


def test_ordinary_parameters_stay() -> None:
    url = "https://a.example/item?id=7&shareId=16900001&design=2"

    assert without_secrets(url) == url


def test_a_cookie_is_told_by_its_name_only() -> None:
    assert header("Set-Cookie", "sid=s3cr3t; HttpOnly") == "sid=(redacted)"


def test_authorisation_is_not_told() -> None:
    assert header("Authorization", "Bearer s3cr3t") == "(redacted)"
