"""The reporter's table in the documents is what its world owes."""

import re
from pathlib import Path

from linkprobe.lab.truth import truth
from linkprobe.model import Verdict
from linkprobe.scenario import Catalogue, load_scenarios, read_world

PAGE = Path(__file__).parents[2] / "docs" / "reporters-table.md"


def test_the_table_shows_each_cell_as_its_world_owes_it(shipped_catalogue: Catalogue) -> None:
    world = read_world("china-2021-09-17-morning", shipped_catalogue)
    cases = load_scenarios(map(Path, world.scenarios), shipped_catalogue, on=world.date)
    owed: dict[str, list[Verdict]] = {}
    for case in sorted(cases, key=lambda case: case.platform.id):
        owed.setdefault(case.target.id, []).append(truth(world, case, cases).verdict)

    rows = re.findall(r"^· (\S+) \(\w+\) +(.+)$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert {name: [Verdict(word) for word in re.findall("open|degraded|shielded", row)] for name, row in rows} == owed
