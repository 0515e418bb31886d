"""The round as test results: JUnit XML and CTRF JSON. What fails is what is news, as with the exit code."""

from datetime import datetime
from xml.etree import ElementTree as xml

import msgspec

from linkprobe import __version__
from linkprobe.expectation import surprise
from linkprobe.model import Cell
from linkprobe.publish import names
from linkprobe.publish.edition import Edition
from linkprobe.publish.looks import state
from linkprobe.publish.pages import shown


def junit(edition: Edition) -> bytes:
    """JUnit: news fails; a cell without a verdict is skipped with its reason; the verdict is a property."""
    suites = xml.Element("testsuites", _totals(edition.cells))
    for platform in sorted({cell.platform for cell in edition.cells}):
        cells = tuple(cell for cell in edition.cells if cell.platform == platform)
        attributes = {"name": shown(edition.platform_name(platform)), "timestamp": edition.when[:19]}
        suite = xml.SubElement(suites, "testsuite", attributes | _totals(cells))
        for cell in cells:
            _case(suite, cell)
    xml.indent(suites)
    written: bytes = xml.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def ctrf(edition: Edition) -> bytes:
    """CTRF: our own word stays in `rawStatus`; a cell without a verdict is `other`, one not probed `skipped`."""
    tests = [_test(cell) for cell in edition.cells]
    count = {status: sum(test["status"] == status for test in tests) for status in _STATUSES}
    start, stop = (
        round(1000 * datetime.fromisoformat(when).timestamp()) for when in (edition.record.started, edition.when)
    )
    report = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "results": {
            "tool": {"name": "linkprobe", "version": __version__},
            "summary": {"tests": len(tests), **count, "start": start, "stop": stop},
            "tests": tests,
        },
    }
    return msgspec.json.encode(report) + b"\n"


_STATUSES = ("passed", "failed", "skipped", "pending", "other")


def _totals(cells: tuple[Cell, ...]) -> dict[str, str]:
    failures = sum(surprise(cell) is not None for cell in cells)
    skipped = sum(not state(cell).speaks for cell in cells)
    return {"tests": str(len(cells)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _case(suite: xml.Element, cell: Cell) -> None:
    where = ".".join((cell.platform, cell.surface, cell.vantage))
    case = xml.SubElement(suite, "testcase", {"classname": shown(where), "name": shown(cell.target)})
    properties = xml.SubElement(case, "properties")
    for name, value in _properties(cell):
        xml.SubElement(properties, "property", {"name": name, "value": shown(value)})
    news = surprise(cell)
    if news is not None:
        failure = xml.SubElement(case, "failure", {"type": news.news, "message": shown(news.sentence)})
        failure.text = _findings(cell)
    elif not state(cell).speaks:
        xml.SubElement(case, "skipped", {"message": shown(f"{state(cell)}: {cell.reason}")})


def _properties(cell: Cell) -> tuple[tuple[str, str], ...]:
    return (
        ("verdict", state(cell)),
        ("causes", ";".join(cell.causes)),
        ("fairness", ";".join(cell.fairness)),
        ("evidence", names.cell_page(cell)),
    )


def _findings(cell: Cell) -> str:
    return "\n".join(shown(f"{one.plane}: {one.cause} by rule {one.rule}: {one.evidence}") for one in cell.findings)


def _test(cell: Cell) -> dict[str, object]:
    news = surprise(cell)
    test: dict[str, object] = {
        "name": shown(" / ".join((cell.platform, cell.surface, cell.target)) + f" at {cell.vantage}"),
        "status": _status(cell),
        "duration": 0,
        "rawStatus": str(state(cell)),
        "flaky": cell.flapping,
        "retries": cell.attempts - 1,
        "filePath": names.cell_page(cell),
        "tags": [*cell.causes, *cell.fairness],
    }
    message = news.sentence if news else "" if state(cell).speaks else cell.reason
    return test | ({"message": shown(message)} if message else {})


def _status(cell: Cell) -> str:
    if surprise(cell) is not None:
        return "failed"
    if state(cell).speaks:
        return "passed"
    return "skipped" if cell.verdict == "skipped" else "other"
