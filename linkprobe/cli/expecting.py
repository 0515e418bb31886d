"""The known outcomes of scenario files, brought up to what a round found."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.output import remark, show
from linkprobe.expectation import surprise
from linkprobe.matrix import plain
from linkprobe.model import Case, Cause, Cell, Known, Scenario, Verdict
from linkprobe.scenario import Catalogue, load_catalogue, read_world, shipped
from linkprobe.scenario.document import Document, parse
from linkprobe.scenario.expand import expand
from linkprobe.scenario.load import read_file, scenario_files
from linkprobe.scenario.rewrite import rewritten
from linkprobe.store import RoundRecord, Store


class Round(NamedTuple):
    """A stored round, and the files and the date it was held against."""

    record: RoundRecord
    cells: tuple[Cell, ...]
    catalogue: Catalogue
    on: str
    paths: tuple[Path, ...]

    @property
    def since(self) -> str:
        """The date new entries bear: the world's in a lab, else the round's."""
        return self.on or self.record.started[:10]


def expect(round_id: str, files: Sequence[Path], results: Path, *, update: bool) -> Ended:
    """Shows what of the known outcomes no longer holds, as a patch; with `update` it is written."""
    done = _round(round_id, files, results)
    changes = [change for path in scenario_files(done.paths) for change in _changed(path, done)]
    for path, before, after in changes:
        if update:
            path.write_text(after, "utf-8")
            remark(f"{path}: known outcomes are those of round {done.record.id}")
        else:
            show(_patch(path, before, after))
    if not changes:
        show(f"round {done.record.id}: nothing is news, no file changes")
    return Ended.UNEXPECTED if changes and not update else Ended.AS_EXPECTED


def _round(round_id: str, files: Sequence[Path], results: Path) -> Round:
    with Store.open(results, create=False) as store:
        record = store.round(round_id) if round_id else store.latest(finished=True)
        if record is None:
            raise Refused(f"there is no finished round in {results}: linkprobe audit makes one")
        cells = store.cells(record.id)
    asked = Invocation.from_kept(record.invocation)
    catalogue = load_catalogue(shipped(), *map(Path, asked.catalog))
    world = read_world(asked.world_asked, catalogue) if asked.world_asked else None
    named = files or [Path(name) for name in asked.scenarios or (world.scenarios if world else ())]
    return Round(record, cells, catalogue, world.date if world else "", tuple(named or (shipped(),)))


def _changed(path: Path, done: Round) -> Iterator[tuple[Path, str, str]]:
    """The file's text before and after, where it changes."""
    scenario, document = read_file(path)
    cells = [cell for cell in done.cells if isinstance(scenario, Scenario) and cell.scenario == scenario.id]
    if not cells:
        return
    assert isinstance(scenario, Scenario)
    before = path.read_text("utf-8-sig")
    cases = {case.key: case for case in expand(scenario, document, done.catalogue, done.on)}
    judged = [cell for cell in cells if cell.key in cases]
    news = [cell for cell in judged if surprise(_against(cell, cases[cell.key])) is not None]
    if not news:
        return
    after = _written(scenario, document, before, judged, news, cases, done)
    yield path, before, after


def _written(
    scenario: Scenario,
    document: Document,
    before: str,
    cells: Sequence[Cell],
    news: Sequence[Cell],
    cases: dict[tuple[str, str, str, str], Case],
    done: Round,
) -> str:
    """First without the entries of which nothing is left; what is then still news gets entries of its own."""
    drop = _outlived(scenario, cells, news, cases)
    text = rewritten(document, before, drop, ())
    left = _news(text, document.path, cells, done)
    text = rewritten(document, before, drop, _entries(left, scenario, done.since))
    if still := _news(text, document.path, cells, done):
        named = plain(" / ".join(still[0].key[:3]))
        raise Refused(f"{document.path}: what is known of {named} cannot be told apart by surface, target and vantage")
    return text


def _outlived(
    scenario: Scenario,
    cells: Sequence[Cell],
    news: Sequence[Cell],
    cases: dict[tuple[str, str, str, str], Case],
) -> set[int]:
    """Known outcomes of which every cell they speak for is news."""
    spoken: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        known = cases[cell.key].known
        if known is not None:
            spoken[max(index for index, each in enumerate(scenario.known) if each == known)].append(cell)
    return {index for index, those in spoken.items() if all(cell in news for cell in those)}


def _news(text: str, path: Path | None, cells: Sequence[Cell], done: Round) -> list[Cell]:
    """The cells that are news to a file with this text."""
    document = parse(text, path)
    scenario = msgspec.convert(document.data, Scenario)
    cases = {case.key: case for case in expand(scenario, document, done.catalogue, done.on)}
    return [cell for cell in cells if surprise(_against(cell, cases[cell.key])) is not None]


def _against(cell: Cell, case: Case) -> Cell:
    known = case.known
    return msgspec.structs.replace(
        cell,
        expect=case.expect,
        known=known.verdict if known else None,
        known_causes=known.causes if known else (),
        known_note=known.note if known else "",
    )


def _entries(news: Iterable[Cell], scenario: Scenario, since: str) -> Iterator[Known]:
    """One entry for what is alike, on surfaces where the same targets meet it."""
    alike: defaultdict[tuple[Verdict, tuple[Cause, ...], str], dict[str, list[str]]] = defaultdict(dict)
    for cell in news:
        causes = cell.causes[:1] if cell.verdict.is_finding else ()
        targets = alike[cell.verdict, causes, cell.vantage].setdefault(cell.surface, [])
        targets += [cell.target] if cell.target not in targets else []
    for (verdict, causes, vantage), by_surface in alike.items():
        for together in dict.fromkeys(map(tuple, by_surface.values())):
            yield Known(
                verdict=verdict,
                causes=causes,
                surfaces=tuple(surface for surface, those in by_surface.items() if tuple(those) == together),
                targets=together,
                vantages=(vantage,) if len(scenario.vantages) > 1 else (),
                since=since,
            )


def _patch(path: Path, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), f"a/{path.name}", f"b/{path.name}", lineterm=""
    )
    return "\n".join(map(plain_line, lines))


def plain_line(line: str) -> str:
    """A line of a file with its indentation, harmless for a terminal."""
    indent = line[: len(line) - len(line.lstrip(" +-"))]
    return indent + plain(line[len(indent) :])
