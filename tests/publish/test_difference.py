from linkprobe.publish.difference import Side, text_difference


def test_equal_texts_are_called_so() -> None:
    assert text_difference("one two", "one two").same


def test_each_side_keeps_its_own_words() -> None:
    found = text_difference("buy this now for nine", "buy that now for nine")

    assert [(one.side, one.text) for one in found.passages] == [
        (Side.BOTH, "buy"), (Side.SUBJECT, "this"), (Side.DIRECT, "that"), (Side.BOTH, "now for nine"),
    ]  # fmt: skip


def test_chinese_is_compared_sign_by_sign() -> None:
    found = text_difference("已停止访问该网页", "已允许访问该网页")

    assert [one.text for one in found.passages if one.side is Side.SUBJECT] == ["停止"]


def test_texts_with_nothing_in_common_are_told_one_after_the_other() -> None:
    found = text_difference("access refused by the platform", "新闻 今天")

    assert found.apart
    assert [one.side for one in found.passages] == [Side.SUBJECT, Side.DIRECT]


def test_long_common_passages_are_shortened() -> None:
    common = " ".join(f"w{n}" for n in range(100))

    found = text_difference(f"{common} here", f"{common} there")

    assert any(one.side is Side.GAP for one in found.passages)
