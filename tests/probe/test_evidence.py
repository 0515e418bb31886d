"""Which headers are kept, and how."""

from linkprobe.probe.evidence import LONGEST_HEADER, MOST_HEADERS, kept_headers


def test_names_are_in_lower_case_and_order_is_kept() -> None:
    assert kept_headers([(b"B", b"1"), (b"a", b"2"), (b"b", b"3")]) == (("b", "1"), ("a", "2"), ("b", "3"))


def test_there_is_an_end_to_them() -> None:
    kept = kept_headers([(b"x", b"y" * 100_000)] * 1000)

    assert len(kept) == MOST_HEADERS
    assert len(kept[0][1]) == LONGEST_HEADER


def test_a_cookies_name_is_kept_without_its_value() -> None:
    assert kept_headers([(b"Set-Cookie", b"__cf_bm=abc; path=/")]) == (("set-cookie", "__cf_bm=[redacted]"),)


def test_a_cookie_without_a_name_is_kept_without_its_value() -> None:
    assert kept_headers([(b"set-cookie", b"justvalue")])[0][1] == "[redacted]"


def test_credentials_are_kept_without_their_value() -> None:
    assert kept_headers([(b"Authorization", b"Bearer x")]) == (("authorization", "[redacted]"),)


def test_nothing_in_them_reaches_a_terminal() -> None:
    assert kept_headers([(b"x\x1b", b"\x1b[31m\r\n\xe2\x80\xaered")]) == (("x ", " [31m   red"),)
