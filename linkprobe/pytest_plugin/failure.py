"""A failed item in words: the verdict first, then the scenario's lines, both arms, the evidence, how to repeat it."""

import os
import shlex
import shutil
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import wcwidth
from tabulate import tabulate

from linkprobe.cli.invocation import Mode
from linkprobe.cli.options import RESULTS
from linkprobe.matrix.plain import plain
from linkprobe.model import Case
from linkprobe.pytest_plugin.choices import Choices
from linkprobe.pytest_plugin.outcome import ArmTold, Outcome
from linkprobe.pytest_plugin.source import Source
from linkprobe.store.evidence import Evidence

_LABEL = 10
_NARROWEST = 24


def told(headline: str, outcome: Outcome, case: Case, source: Source, choices: Choices) -> str:
    """The whole report; its first line stands alone in summaries."""
    blocks = [
        plain(headline),
        "",
        *_scenario(case, source),
        "",
        *_rules(outcome),
        _arms(outcome, case, shutil.get_terminal_size().columns),
        "",
        *_evidence(outcome, choices),
        f"again:    {command(case, source, choices)}",
    ]
    return "\n".join(blocks)


def command(case: Case, source: Source, choices: Choices) -> str:
    """The command that measures this cell alone once more, in the same network."""
    asked = choices.invocation
    parts = ["linkprobe", "audit", _near(source.path), *_where(choices)]
    parts += [part for folder in asked.catalog for part in ("--catalog", _near(Path(folder)))]
    parts += ["--platform", case.platform.id, "--surface", case.surface_id, "--target", case.target.id]
    parts += ["--vantage", case.vantage.id] if len(source.scenario.vantages) > 1 else []
    parts += ["--no-browser"] if not asked.browser else []
    parts += ["--results", _near(choices.results)] if choices.results != RESULTS else []
    return shlex.join(parts)


def _where(choices: Choices) -> Iterator[str]:
    asked, settings = choices.invocation, choices.settings
    if asked.mode is Mode.LAB:
        yield from ("--world", asked.world_asked)
        return
    if asked.live:
        yield "--live"
    for option in ("connect-to", "inside"):
        for given in settings.several(option):
            yield from (f"--{option}", given)
    if asked.cacert:
        yield from ("--cacert", _near(Path(asked.cacert)))
    if asked.allow_private:
        yield "--allow-private"


def _near(path: Path) -> str:
    """The path as seen from here, where that is shorter."""
    return min(os.path.relpath(path), str(path), key=len)


def _scenario(case: Case, source: Source) -> Iterator[str]:
    name = _near(source.path)
    for line in source.quoted(case):
        yield f"{name}:{line.number}: {line.text}"


def _rules(outcome: Outcome) -> Iterator[str]:
    cell = outcome.cell
    for finding in cell.findings:
        yield f"{finding.plane}: {finding.cause} by rule {finding.rule}: {plain(finding.evidence)}"
    if cell.reason and not cell.findings:
        yield plain(cell.reason)
    yield f"{cell.attempts} attempts: {', '.join(cell.seen)}" if cell.attempts > 1 else "one attempt"
    yield ""


def _arms(outcome: Outcome, case: Case, width: int) -> str:
    """Both arms side by side, each in half of the width."""
    column = max(_NARROWEST, (width - _LABEL - 4) // 2)
    rows = list(_rows(outcome.subject, outcome.direct or ArmTold(said="not taken"), column))
    headers = ["", f"through {case.platform.id} {case.surface_id}", "direct"]
    return tabulate(rows, headers, tablefmt="simple", disable_numparse=True)


def _rows(subject: ArmTold, direct: ArmTold, column: int) -> Iterator[list[str]]:
    for label, left, right in (
        ("by", subject.executor, direct.executor),
        *(("hops" if not n else "", a, b) for n, (a, b) in enumerate(zip_longest(subject.hops, direct.hops))),
        ("landed", subject.landed, direct.landed),
        ("title", subject.title, direct.title),
        ("time", _seconds(subject), _seconds(direct)),
        ("said", subject.said, direct.said),
    ):
        if left or right:
            yield [label, _folded(left or "", column), _folded(right or "", column)]


def _folded(text: str, column: int) -> str:
    """Wrapped by what the terminal shows: a wide character takes two columns, and a URL may break anywhere."""
    lines, line = [], ""
    for character in plain(text):
        if wcwidth.width(line + character) > column:
            lines.append(line)
            line = ""
        line += character
    return "\n".join([*lines, line])


def _seconds(arm: ArmTold) -> str:
    return f"{arm.seconds:.2f} s" if arm.seconds is not None else ""


def _evidence(outcome: Outcome, choices: Choices) -> Iterator[str]:
    kept = Evidence(choices.results / "evidence")
    for number, digest in enumerate(outcome.cell.evidence[:4]):
        yield f"{'' if number else 'evidence:':<10}{_near(kept.path(digest))}"
    for number, file in enumerate(outcome.files):
        yield f"{'' if number else 'pictures:':<10}{_near(Path(file))}"
    yield f"round:    {outcome.round_id}"
