"""Known outcomes rewritten in the text of a file, everything else left as it was."""

import pytest

from linkprobe.model import Cause, Known, Verdict
from linkprobe.scenario import ScenarioError
from linkprobe.scenario.document import parse
from linkprobe.scenario.rewrite import last_line, rewritten

FILE = """\
scenario: s
known:
  - verdict: open   # since the opening
    targets: [a]

  - verdict: shielded
    causes: [block-page]
  # what is expected
expect: open
"""
NEW = Known(verdict=Verdict.DEGRADED, causes=(Cause.COPY_ONLY,), targets=("b", "c"), since="2021-11-29")


def changed(text: str, drop: tuple[int, ...] = (), add: tuple[Known, ...] = ()) -> str:
    return rewritten(parse(text), text, drop, add)


def test_nothing_asked_changes_nothing() -> None:
    assert changed(FILE) == FILE


def test_an_entry_goes_with_its_lines_and_the_comments_around_it_stay() -> None:
    without = changed(FILE, drop=(1,))

    assert "shielded" not in without
    assert "# since the opening" in without
    assert "# what is expected\nexpect: open\n" in without


def test_a_new_entry_follows_the_old_ones_at_their_depth() -> None:
    assert (
        "    causes: [block-page]\n"
        "  - verdict: degraded\n"
        "    causes: [copy-only]\n"
        "    targets: [b, c]\n"
        "    since: 2021-11-29\n"
        "  # what is expected\n"
    ) in changed(FILE, add=(NEW,))


def test_a_list_without_entries_goes_with_its_key() -> None:
    assert "known" not in changed(FILE, drop=(0, 1))


def test_a_list_whose_entries_are_all_replaced_keeps_its_key() -> None:
    replaced = parse(changed(FILE, drop=(0, 1), add=(NEW,))).data["known"]

    assert [entry["verdict"] for entry in replaced] == ["degraded"]


def test_a_file_without_the_list_gets_one() -> None:
    assert changed("scenario: s\n", add=(NEW,)).startswith("scenario: s\nknown:\n  - verdict: degraded\n")


def test_an_entry_within_a_line_is_refused() -> None:
    with pytest.raises(ScenarioError, match="does not begin a line of its own"):
        changed("scenario: s\nknown: [{verdict: open}]\n", drop=(0,))


def test_an_entry_ends_where_the_file_does() -> None:
    assert last_line(["known:", "  - verdict: open", "    since: 2021-11-29", ""], 2) == 3
