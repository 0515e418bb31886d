"""The committed sample of a published round: python -m bench.sample SITE [results/sample].

Copies the tables, the machine-readable cells and the matrix of the site's newest round, with sums and a page that says
what they are.
"""

import argparse
import hashlib
import json
import re
import shutil
from pathlib import Path

FILES = ("cells.csv", "findings.csv", "observations.csv", "datapackage.json", "cells.json", "matrix.md")
ABOUT = """# A sample round

**Simulated**: measured in linkprobe's lab, world `{world}`; it says nothing about the real platforms.
Round `{round}`, {cells} cells, rule set {rules}.

Made by

    make audit
    .venv/bin/python -m bench.sample site

from the `data/` folder of the round that `site/` then holds. `datapackage.json` describes the tables and has their
hashes; `matrix.md` is the matrix for reading. The evidence packs and the pages stay out of the repository: the first
command makes them again.
"""


def newest(site: Path) -> Path:
    """The folder of the round that the site's lasting names lead to."""
    found = re.search(r'rel="canonical" href="([^"]+)/data\.html"', (site / "data.html").read_text("utf-8"))
    if found is None:
        raise SystemExit(f"{site} is no published site: linkprobe publish --out {site} makes one")
    return site / found[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="a folder that linkprobe publish wrote")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("results/sample"))
    options = parser.parse_args()
    data = newest(options.site) / "data"
    for name in FILES:
        shutil.copyfile(data / name, options.folder / name)
    sums = (f"{hashlib.sha256((options.folder / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES)
    (options.folder / "SHA256SUMS").write_text("".join(sums), "utf-8")
    (options.folder / "README.md").write_text(about(options.site, options.folder), "utf-8")
    print(f"copied {len(FILES)} files of {data} to {options.folder}")


def about(site: Path, folder: Path) -> str:
    """What the sample is, in words."""
    told = json.loads((folder / "cells.json").read_text("utf-8"))
    band = re.search(r'data-t="band\.lab" data-v="([^"]+)"', (site / "index.html").read_text("utf-8"))
    if band is None:
        raise SystemExit("only a simulated round may become the sample: a live one is about real platforms")
    return ABOUT.format(world=band[1], round=told["round"], rules=told["rules"], cells=len(told["cells"]))


if __name__ == "__main__":
    main()
