"""What is news, and what is not."""

import pytest

from linkprobe.expectation import News, surprise, surprises
from linkprobe.model import Cause, Cell, Fairness, Role, Verdict


def cell(verdict: Verdict, **others: object) -> Cell:
    facts: dict[str, object] = {"role": Role.RIVAL} | others
    return Cell(
        platform="p", surface="s", target="t", url="https://t.example/", vantage="here", category="c", verdict=verdict,
        **facts,  # type: ignore[arg-type]
    )  # fmt: skip


def news(verdict: Verdict, **others: object) -> News | None:
    found = surprise(cell(verdict, **others))
    return found.news if found else None


@pytest.mark.parametrize("verdict", [Verdict.DEGRADED, Verdict.SHIELDED])
def test_a_finding_is_news(verdict: Verdict) -> None:
    assert news(verdict) is News.FOUND


def test_an_open_link_is_no_news() -> None:
    assert news(Verdict.OPEN) is None


def test_a_justified_finding_is_no_news() -> None:
    assert news(Verdict.SHIELDED, role=Role.CANARY, fairness=(Fairness.JUSTIFIED,)) is None


def test_a_canary_that_passes_is_news() -> None:
    assert news(Verdict.OPEN, role=Role.CANARY, fairness=(Fairness.UNSAFE,)) is News.UNSAFE


@pytest.mark.parametrize("verdict", [v for v in Verdict if not v.says_something])
@pytest.mark.parametrize("said", [{}, {"expect": Verdict.OPEN}, {"known": Verdict.SHIELDED}], ids=str)
def test_a_cell_without_a_verdict_is_never_news(verdict: Verdict, said: dict[str, object]) -> None:
    assert news(verdict, **said) is None


def test_flapping_is_no_news() -> None:
    assert news(Verdict.SHIELDED, flapping=True) is None


def test_what_is_expected_is_no_news() -> None:
    assert news(Verdict.DEGRADED, expect=Verdict.DEGRADED) is None


@pytest.mark.parametrize("verdict", [Verdict.OPEN, Verdict.SHIELDED])
def test_other_than_expected_is_news_for_better_or_worse(verdict: Verdict) -> None:
    assert news(verdict, expect=Verdict.DEGRADED) is News.UNEXPECTED


def test_a_blocked_canary_is_no_news_where_links_are_expected_to_open() -> None:
    justified = (Fairness.JUSTIFIED,)
    assert news(Verdict.SHIELDED, role=Role.CANARY, fairness=justified, expect=Verdict.OPEN) is None


def test_a_passing_canary_is_news_even_where_links_are_expected_to_open() -> None:
    assert news(Verdict.OPEN, role=Role.CANARY, fairness=(Fairness.UNSAFE,), expect=Verdict.OPEN) is News.UNSAFE


def test_what_is_known_is_no_news_whatever_is_expected() -> None:
    assert news(Verdict.SHIELDED, known=Verdict.SHIELDED, expect=Verdict.OPEN) is None


def test_a_known_finding_that_is_gone_is_news() -> None:
    assert news(Verdict.OPEN, known=Verdict.SHIELDED) is News.GONE


def test_a_known_finding_that_is_gone_is_news_even_where_that_is_expected() -> None:
    assert news(Verdict.OPEN, known=Verdict.SHIELDED, expect=Verdict.OPEN) is News.GONE


@pytest.mark.parametrize(("known", "now"), [(Verdict.SHIELDED, Verdict.DEGRADED), (Verdict.OPEN, Verdict.SHIELDED)])
def test_another_verdict_than_known_is_news(known: Verdict, now: Verdict) -> None:
    assert news(now, known=known) is News.CHANGED


def test_a_known_cause_among_others_is_no_news() -> None:
    causes = (Cause.BLOCK_PAGE, Cause.NO_CARD)
    assert news(Verdict.SHIELDED, known=Verdict.SHIELDED, known_causes=(Cause.BLOCK_PAGE,), causes=causes) is None


def test_a_known_cause_that_is_another_is_news() -> None:
    found = surprise(
        cell(Verdict.SHIELDED, known=Verdict.SHIELDED, known_causes=(Cause.BLOCK_PAGE,), causes=(Cause.DEAD_CLICK,))
    )
    assert found is not None
    assert (found.news, "block-page" in found.sentence) == (News.CHANGED, True)


def test_the_note_of_what_is_known_is_told() -> None:
    found = surprise(cell(Verdict.OPEN, known=Verdict.SHIELDED, known_note="since 2021"))
    assert found is not None
    assert found.sentence == "known as shielded (since 2021), and now open"


def test_news_comes_in_the_order_of_the_cells() -> None:
    cells = (cell(Verdict.SHIELDED), cell(Verdict.OPEN), cell(Verdict.DEGRADED))
    assert [found.cell.verdict for found in surprises(cells)] == [Verdict.SHIELDED, Verdict.DEGRADED]
