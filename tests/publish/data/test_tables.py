import csv
import io

import msgspec
import pytest

from linkprobe.publish.data.tables import CELLS, FINDINGS, OBSERVATIONS, as_csv, disarmed, findings, seen
from linkprobe.publish.edition import Edition


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x", "=cmd|' /C calc'!A0"])
def test_no_text_is_a_formula(text: str) -> None:
    assert disarmed(text).startswith("'")


def test_formulas_from_the_world_are_disarmed_in_every_table(edition: Edition) -> None:
    strange = [msgspec.structs.replace(cell, reason=" =HYPERLINK(1)", url="@x") for cell in edition.cells]

    first = rows(as_csv(CELLS, strange))[0]

    assert first["reason"] == "'=HYPERLINK(1)"
    assert first["url"] == "'@x"


def test_there_is_a_row_for_each_cell_finding_and_observation(edition: Edition) -> None:
    assert len(rows(as_csv(CELLS, edition.cells))) == len(edition.cells)
    assert len(rows(as_csv(FINDINGS, findings(edition.cells)))) == sum(len(cell.findings) for cell in edition.cells)
    assert len(rows(as_csv(OBSERVATIONS, seen(edition)))) == len(edition.shelf.all())


def test_a_row_is_one_line_even_where_the_world_breaks_lines(edition: Edition) -> None:
    cell = msgspec.structs.replace(edition.cells[0], reason="one\ntwo\r\nthree\x1b[31m")

    content = as_csv(CELLS, [cell]).decode()

    assert len(content.splitlines()) == 2
    assert "\x1b" not in content


def test_what_is_unknown_is_empty(edition: Edition) -> None:
    cell = msgspec.structs.replace(edition.cells[0], planes={}, expect=None)

    row = rows(as_csv(CELLS, [cell]))[0]

    assert (row["send"], row["expect"]) == ("", "")


def test_a_secret_in_a_url_is_not_published(edition: Edition) -> None:
    cell = msgspec.structs.replace(edition.cells[0], url="https://a.example/?access_token=s3cr3t")

    assert b"s3cr3t" not in as_csv(CELLS, [cell])
