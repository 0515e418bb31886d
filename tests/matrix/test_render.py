"""The matrix as people read it."""

import html.parser
from collections.abc import Callable
from itertools import product

import msgspec
import pytest
import wcwidth

from linkprobe.matrix import FORMATS, Look, render
from linkprobe.matrix.style import TERMINAL
from linkprobe.model import Cell, Fairness, Finding, Role, Verdict

MakeCell = Callable[..., Cell]


HOSTILE = "\x1b[2J\u202e<script>alert(1)</script>|![](https://spy.example/x)@someone`"


def lines(text: str) -> list[str]:
    return text.splitlines()


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_symbol_a_word_and_a_meaning(make_cell: MakeCell, verdict: Verdict) -> None:
    text = render([make_cell(verdict)])
    row = next(line for line in lines(text) if "taobao" in line)
    assert verdict in row
    symbol = row.split("taobao")[1].split()[0]
    assert f"{symbol} {verdict}:" in text


def test_no_two_verdicts_share_a_symbol(make_cell: MakeCell) -> None:
    for look in Look:
        rows = [
            line
            for line in lines(render([make_cell(v, target=f"t{n}") for n, v in enumerate(Verdict)], look=look))
            if line.split(" ")[1:2] and line.split(" ")[1].startswith("t") and line[0] in "·-"
        ]
        symbols = [row.split()[2] for row in rows]
        assert len(set(symbols)) == len(symbols) == len(Verdict)


def test_flapping_is_a_state_of_its_own(make_cell: MakeCell) -> None:
    text = render([make_cell(Verdict.INCONCLUSIVE, flapping=True, seen=(Verdict.OPEN, Verdict.SHIELDED))])
    assert "≈ flapping" in text
    assert "seen open, shielded" in text


@pytest.mark.parametrize(("fairness", "mark"), list(zip(Fairness, "udj!", strict=True)))
def test_fairness_is_marked_and_explained(make_cell: MakeCell, fairness: Fairness, mark: str) -> None:
    text = render([make_cell(Verdict.SHIELDED, fairness=(fairness,))])
    assert f"✕ shielded {mark}" in text
    assert f"{mark} {fairness}:" in text


def test_targets_stand_below_their_category_with_their_owner(make_cell: MakeCell) -> None:
    text = render([make_cell(target="news1", category="news"), make_cell(owner="Alibaba")])
    starts = [line.split("  ")[0] for line in lines(text)]
    assert (
        starts.index("news") < starts.index("· news1") < starts.index("shopping") < starts.index("· taobao (Alibaba)")
    )


def test_neutral_links_and_canaries_stand_last_among_their_peers(make_cell: MakeCell) -> None:
    cells = [
        make_cell(target="a-canary", role=Role.CANARY),
        make_cell(target="b-neutral", role=Role.NEUTRAL),
        make_cell(target="c-own", role=Role.OWN),
    ]
    shown = [line.split()[1] for line in lines(render(cells)) if line.startswith("· ")]
    assert shown == ["c-own", "b-neutral", "a-canary"]


@pytest.mark.parametrize("format", TERMINAL)
@pytest.mark.parametrize("width", [80, 120])
def test_terminal_formats_keep_to_their_width(make_cell: MakeCell, blocked: Cell, format: str, width: int) -> None:
    cells = [
        msgspec.structs.replace(blocked, platform=platform, surface=surface, target=target)
        for platform, surface, target in product(
            ("wechat", "weibo", "some-longer-platform"),
            ("direct-chat", "group-chat", "moments", "link-gateway", "share-dialog", "bio"),
            ("taobao", "a-very-long-target-name-that-will-not-fit", "淘宝网淘宝网淘宝网淘宝网"),
        )
    ]
    assert max(wcwidth.width(line) for line in lines(render(cells, format, width=width))) <= width


def test_platforms_that_fit_share_a_table(make_cell: MakeCell) -> None:
    text = render([make_cell(platform="wechat"), make_cell(platform="weibo")])
    assert any("wechat" in line and "weibo" in line for line in lines(text)[:2])


def test_every_cell_is_shown_however_the_tables_are_split(make_cell: MakeCell) -> None:
    cells = [make_cell(surface=f"surface-{n}") for n in range(23)]
    table = render(cells).split("Legend")[0]
    assert table.count("● open") == 23


@pytest.mark.parametrize("format", TERMINAL)
def test_wide_characters_keep_columns_aligned(make_cell: MakeCell, format: str) -> None:
    text = render([make_cell(target="淘宝"), make_cell(target="taobao")], format)
    ends = {wcwidth.width(line[: line.index("●")]) for line in lines(text.split("Legend")[0]) if "●" in line}
    assert len(ends) == 1


def test_vantages_have_tables_of_their_own(make_cell: MakeCell) -> None:
    text = render([make_cell(vantage="cn-mobile"), make_cell(Verdict.SHIELDED, vantage="de")])
    assert text.index("At cn-mobile:") < text.index("● open") < text.index("At de:") < text.index("✕ shielded")


def test_a_finding_is_told_with_cause_rule_control_and_evidence(blocked: Cell) -> None:
    below = " ".join(render([blocked]).split("Findings")[1].split())
    assert "✕ taobao: shielded, discriminatory (3 attempts)" in below
    assert "open: block-page by rule open.block-page; the neutral link is not treated so. 已停止访问该网页" in below


def test_links_treated_alike_share_a_finding(blocked: Cell) -> None:
    other = msgspec.structs.replace(blocked, target="tmall")
    assert "✕ taobao, tmall: shielded" in render([blocked, other])


def test_an_innocent_finding_of_an_open_link_is_told_too(make_cell: MakeCell, blocked: Cell) -> None:
    assert "● taobao: open" in render([make_cell(findings=blocked.findings)])


def test_a_cell_without_a_verdict_says_why(make_cell: MakeCell) -> None:
    text = render([make_cell(Verdict.INCONCLUSIVE, reason="no vantage inside the app")])
    assert "? taobao: inconclusive; no vantage inside the app" in text


def test_counts_have_denominators(make_cell: MakeCell, blocked: Cell) -> None:
    cells = [blocked, make_cell(target="a"), make_cell(Verdict.DOWN, target="b"), make_cell(platform="qq")]
    text = render(cells)
    assert "all: 3 of 4 cells with a verdict (2 open, 1 shielded); 1 without (1 down)" in text
    assert "qq: 1 of 1 cells" in text
    assert "of 1 degraded or shielded cells: 1 discriminatory" in text


def test_no_cells_are_said_to_be_none() -> None:
    assert "no cells" in render([])


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_words_are_harmless_in_every_format(make_cell: MakeCell, format: str) -> None:
    finding = Finding(
        plane=msgspec.json.decode('"open"'), cause=msgspec.json.decode('"block-page"'), rule="r", evidence=HOSTILE
    )
    cells = [
        make_cell(Verdict.SHIELDED, target=HOSTILE, owner=HOSTILE, category=HOSTILE, vantage=HOSTILE),
        make_cell(Verdict.INCONCLUSIVE, platform=HOSTILE, surface=HOSTILE, reason=HOSTILE),
    ]
    text = render([msgspec.structs.replace(cell, findings=(finding,)) for cell in cells], format)
    assert text.replace("\n", "").isprintable()


def test_hostile_words_make_no_elements_in_html(make_cell: MakeCell, blocked: Cell) -> None:
    finding = msgspec.structs.replace(blocked.findings[0], evidence=HOSTILE)
    hostile = msgspec.structs.replace(blocked, target=HOSTILE, owner=HOSTILE, findings=(finding,), platform=HOSTILE)
    silent = make_cell(Verdict.INCONCLUSIVE, reason=HOSTILE, target=HOSTILE, surface=HOSTILE)
    tags: set[str] = set()

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)

    Reader().feed(render([hostile, silent], "html"))
    assert tags <= {"p", "table", "thead", "tbody", "tr", "th", "td", "pre"}


def test_hostile_words_are_quoted_in_markdown(blocked: Cell) -> None:
    finding = msgspec.structs.replace(blocked.findings[0], evidence="<img src=x> @team `![](https://spy.example/)")
    text = render([msgspec.structs.replace(blocked, findings=(finding,))], "github")
    assert "`<img src=x> @team ˋ![](https://spy.example/)`" in text


def test_an_unknown_format_is_refused(make_cell: MakeCell) -> None:
    with pytest.raises(ValueError, match="latex"):
        render([make_cell()], "latex")


def test_colour_changes_no_word(blocked: Cell) -> None:
    plain, coloured = render([blocked]), render([blocked], color=True)
    assert "\x1b[31m✕ shielded d\x1b[0m" in coloured
    assert wcwidth.strip_sequences(coloured) == plain


def test_colour_stays_out_of_markup(blocked: Cell) -> None:
    assert "\x1b" not in render([blocked], "github", color=True)


def test_a_terminal_without_unicode_gets_ascii(blocked: Cell) -> None:
    text = render([blocked], look=Look.ASCII)
    assert text.isascii()
    assert "x shielded d" in text
