import json
import subprocess
import sys
from pathlib import Path

from tests.publish.conftest import Site


def frictionless(package: Path) -> subprocess.CompletedProcess[str]:
    # A process of its own: its libraries warn, and bring charset detectors that ours must not come to rely on.
    program = "import sys, frictionless as f; r = f.validate(sys.argv[1]); print(r.flatten()); sys.exit(not r.valid)"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, package.name],
        cwd=package.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_frictionless_finds_package_and_tables_valid(site: Site) -> None:
    told = frictionless(site.march / "data" / "datapackage.json")

    assert told.returncode == 0, told.stdout + told.stderr


def test_frictionless_notices_a_table_that_was_changed(site: Site, tmp_path: Path) -> None:
    for name in ("datapackage.json", "cells.csv", "findings.csv", "observations.csv"):
        (tmp_path / name).write_bytes((site.march / "data" / name).read_bytes())
    with (tmp_path / "cells.csv").open("ab") as table:
        table.write(b"one,too,few\n")

    assert frictionless(tmp_path / "datapackage.json").returncode != 0


def test_a_simulated_round_says_so_in_its_description(site: Site) -> None:
    package = json.loads((site.march / "data" / "datapackage.json").read_text("utf-8"))

    assert package["description"].startswith("SIMULATED")
