"""The page about the catalogue is the catalogue's own, and what it shows newcomers works."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linkprobe.model import Gateway, Source, Sure
from linkprobe.scenario import Catalogue, faults, load_catalogue, shipped
from linkprobe.scenario.catalogue_page import COMMAND, EXAMPLE, Table, shipped_page
from linkprobe.scenario.sureness import sureness
from linkprobe.scenario.unwrap import unwrap

PAGE = Path(__file__).parents[2] / "docs" / "catalogue.md"
Write = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text("utf-8")


def test_the_page_is_up_to_date(page: str) -> None:
    assert page == shipped_page(), f"the catalogue has changed: {COMMAND}"


def test_the_page_is_written_by_the_command_it_names(page: str) -> None:
    command = COMMAND.partition(" > ")[0].split()
    assert command[0] == "python"

    written = subprocess.run([sys.executable, *command[1:]], capture_output=True, check=True)

    assert written.stdout.decode() == page


def test_the_page_names_every_real_platform_and_no_fictitious_one(page: str, shipped_catalogue: Catalogue) -> None:
    for platform in shipped_catalogue.platforms.values():
        assert (f"| `{platform.id}` |" in page) is not platform.fictitious


def test_the_page_says_of_every_gateway_whether_it_answers_a_hand_made_link(
    page: str, shipped_catalogue: Catalogue
) -> None:
    rows = [line for line in page.splitlines() if line.startswith("|")]
    for platform in shipped_catalogue.platforms.values():
        for name, surface in platform.surfaces.items():
            if isinstance(surface, Gateway) and not platform.fictitious:
                [row] = [each for each in rows if each.startswith(f"| {platform.id} | {name} |")]
                assert f" | {'no' if surface.signed else 'yes'} | " in row


def test_the_page_names_every_real_target_and_every_world(page: str, shipped_catalogue: Catalogue) -> None:
    real = [each for each in shipped_catalogue.targets.values() if not each.category.startswith("lab-")]

    assert [each.id for each in real if each.id not in page] == []
    assert [name for name in shipped_catalogue.worlds if f"`{name}`" not in page] == []


def test_a_platform_is_added_in_ten_lines(write: Write, page: str) -> None:
    path = write("mine/platforms/my-forum.yaml", EXAMPLE)
    mine = load_catalogue(shipped(), path.parents[1])

    assert len(EXAMPLE.splitlines()) == 10
    assert EXAMPLE in page
    assert faults(path, mine) == ()
    assert unwrap("https://forum.example/leave?to=https%3A%2F%2Frival.example%2F", mine.platforms).through == (
        "my-forum",
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ((), "unverified"),
        ((None,), "unverified"),
        ((Sure.UNVERIFIED,), "unverified"),
        ((Sure.REPORTED, Sure.RULE), "rule"),
        ((Sure.RULE, Sure.DOCUMENTED), "documented"),
        ((Sure.REPORTED, Sure.UNVERIFIED), "reported, in part unverified"),
        ((Sure.DOCUMENTED, None), "documented, in part unverified"),
    ],
)
def test_an_entry_is_as_sure_as_its_best_source_and_says_so_where_part_of_it_is_not(
    said: tuple[Sure | None, ...], shown: str
) -> None:
    assert str(sureness([Source(url="https://a.example/", sure=each) for each in said])) == shown


def test_a_cell_cannot_break_its_table() -> None:
    assert str(Table(("a",), [("x|y\nz",)])) == "| a |\n| --- |\n| x\\|y z |\n"
