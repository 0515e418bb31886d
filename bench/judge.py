"""How well the judge names causes on labelled pages: python -m bench.judge --pages DIR [--json FILE].

Every refused, walled or erroneous page is the subject for a target whose control is a benign page of another family,
drawn with a fixed seed; a benign page is judged against its own second capture, or against itself a minute later.
Families fall into the parts `tune` and `report` by a hash of their names; what was tuned was tuned on the first.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
from tabulate import tabulate

from bench.baselines import BASELINES, answer
from bench.pages import OPEN, Trial, trials
from bench.scores import Score, macro_f1, scores
from linkprobe.judge import RULES_VERSION, judge
from linkprobe.judge.reading import kinds
from linkprobe.model import Arm, Cause, Judgement, Verdict
from linkprobe.page import read

BIG = (80_000, 120_000)
"""Bytes of the pages whose median time is reported."""
TAKES = 3
"""Times each page is judged; the fastest counts, as what others do on the machine only adds."""
NO_CAUSES = (Cause.HARNESS_BLIND, Cause.TARGET_DOWN, Cause.TARGET_CHANGED)
"""What says that there is nothing to say."""


class Answer(msgspec.Struct, frozen=True):
    """One page judged: what was expected, what was said, and how long it took from bytes to judgement."""

    file: str
    label: str
    family: str
    part: str
    expected: str
    answered: str
    rule: str
    reason: str
    paired: bool
    control: str
    bytes: int
    milliseconds: float
    baselines: dict[str, str]


def judged(trial: Trial) -> Answer:
    judgement, took = min((_timed(trial) for _ in range(TAKES)), key=lambda timed: timed[1])
    return Answer(
        file=trial.page.file,
        label=trial.page.label + (f":{trial.page.kind}" if trial.page.kind else ""),
        family=trial.page.family,
        part=trial.page.part,
        expected=trial.expected,
        answered=named(judgement),
        rule=judgement.findings[0].rule if judgement.findings else "",
        reason=judgement.reason,
        paired=trial.paired,
        control=trial.control.file,
        bytes=len(trial.page.body),
        milliseconds=round(took * 1000, 2),
        baselines={name: answer(baseline, trial) for name, baseline in BASELINES.items()},
    )


def _timed(trial: Trial) -> tuple[Judgement, float]:
    """The judgement and its CPU seconds, from the subject's bytes on."""
    forget(trial)
    started = time.process_time()
    judgement = judge(trial.measurement)
    return judgement, time.process_time() - started


def forget(trial: Trial) -> None:
    """Empties the caches but for the controls, which a round takes once and shares between all its cells."""
    read.cache_clear()
    kinds.cache_clear()
    control = trial.measurement.direct[0]
    judge(msgspec.structs.replace(trial.measurement, subject=msgspec.structs.replace(control, arm=Arm.SUBJECT)))


def named(judgement: Judgement) -> str:
    """The cause of the verdict; the verdict's own name where there is none."""
    causes = [cause for cause in judgement.causes if cause not in NO_CAUSES]
    return judgement.verdict.value if judgement.verdict is Verdict.OPEN or not causes else causes[0].value


def figures(answers: list[Answer]) -> dict[str, Any]:
    """All figures of a part."""
    found = scores((one.expected, one.answered) for one in answers)
    benign = [one for one in answers if one.expected == OPEN]
    pairs = [one for one in benign if one.paired]
    return {
        "pages": len(answers),
        "macro_f1": macro_f1(found),
        "causes": [score._asdict() for score in found],
        "same_url_pairs": len(pairs),
        "same_url_pairs_called_different": sum(one.answered != OPEN for one in pairs),
        "benign": len(benign),
        "benign_called_anything_else": sum(one.answered != OPEN for one in benign),
        "baselines": {name: _baseline(answers, name) for name in BASELINES},
    }


def _baseline(answers: list[Answer], name: str) -> dict[str, Any]:
    found = scores((one.expected, one.baselines[name]) for one in answers)
    return {"macro_f1": macro_f1(found), "causes": [score._asdict() for score in found]}


def median_ms(answers: list[Answer]) -> float | None:
    times = sorted(one.milliseconds for one in answers if BIG[0] <= one.bytes <= BIG[1])
    return times[len(times) // 2] if times else None


def confusion(answers: Iterable[Answer]) -> str:
    """Rows are what the labels say, columns what the judge says."""
    seen = Counter((f"{one.label} → {one.expected or '?'}", one.answered) for one in answers)
    columns = sorted({answered for _, answered in seen})
    rows = [[row, *(seen[row, column] or "" for column in columns)] for row in sorted({row for row, _ in seen})]
    return tabulate(rows, headers=["label → expected", *columns], tablefmt="simple")


def report(answers: list[Answer], show: Callable[[str], None]) -> dict[str, Any]:
    """Prints everything and returns the figures."""
    whole: dict[str, Any] = {"rules": RULES_VERSION, "median_ms_100_kb": median_ms(answers), "parts": {}}
    show(confusion(answers) + "\n")
    for part in ("tune", "report", "all"):
        chosen = [one for one in answers if part in (one.part, "all")]
        whole["parts"][part] = made = figures(chosen)
        show(f"{part}: {made['pages']} pages, families {', '.join(sorted({one.family for one in chosen}))}")
        show(_table(made) + "\n")
    show(f"facts and judgement of a 100 KB page: {whole['median_ms_100_kb']} ms CPU at the median")
    return whole


def _table(made: dict[str, Any]) -> str:
    rows = [list(Score(**score)) for score in made["causes"]]
    text = tabulate(rows, headers=["cause", "pages", "precision", "recall", "F1"], floatfmt=".3f")
    others = "; ".join(f"{name} {one['macro_f1']:.3f}" for name, one in made["baselines"].items())
    return (
        f"{text}\nmacro-F1 {made['macro_f1']:.3f} ({others})\n"
        f"same-URL pairs called different: {made['same_url_pairs_called_different']} of {made['same_url_pairs']}; "
        f"benign pages called anything else: {made['benign_called_anything_else']} of {made['benign']}"
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.judge", description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, help="folder with manifest.tsv, and pairs.tsv if any")
    parser.add_argument("--json", type=Path, help="file for the figures and every answer")
    parser.add_argument("--wrong", action="store_true", help="list the wrong answers of the part `tune`")
    chosen = parser.parse_args(arguments)
    if not (chosen.pages / "manifest.tsv").exists():
        print(f"{chosen.pages}: no manifest.tsv; give a folder laid out as the README of the pages says")
        return 2
    answers = [judged(trial) for trial in trials(chosen.pages)]
    whole = report(answers, print)
    if chosen.wrong:
        for one in answers:
            if one.part == "tune" and one.expected and one.answered != one.expected:
                print(f"{one.file} {one.expected} → {one.answered} [{one.rule}] {one.reason[:200]}")
    if chosen.json:
        document = {**whole, "answers": [msgspec.to_builtins(one) for one in answers]}
        chosen.json.write_bytes(msgspec.json.format(msgspec.json.encode(document)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
