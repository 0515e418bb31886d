"""An evidence pack: all that a notice to a platform needs about one finding, in one file that never varies."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from functools import partial

import msgspec

from linkprobe import __version__
from linkprobe.matrix.machine import cell_as_json
from linkprobe.matrix.plain import json_safe
from linkprobe.model import Cell, Finding, Measurement, Observation, Visit
from linkprobe.publish import redact
from linkprobe.publish.cell_page import command, observations
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File
from linkprobe.publish.language import dictionary
from linkprobe.publish.names import cell_page, pack_name
from linkprobe.publish.pages import shown
from linkprobe.publish.shelf import Shelf

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only date a zip file's members bear, so that the same evidence gives the same bytes."""

_ARMS = ("subject", "direct")


def pack(edition: Edition, cell: Cell, finding: Finding, measurement: Measurement) -> File:
    """The finding's pack: a letter in words, the finding, both arms, bodies, screenshots and their hashes."""
    members = {
        "README.txt": letter(edition, cell, finding, measurement).encode(),
        "finding.json": _json(_finding(edition, cell, finding)),
        **{
            f"arms/{key}.json": edition.shelf.kept(("json", seen), partial(_observation, seen))
            for key, seen in observations(measurement)
        },
        **dict(_bodies(measurement, edition.shelf)),
    }
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items()))
    return File(f"{edition.folder}/{pack_name(cell, finding)}", _zipped({**members, "SHA256SUMS": sums.encode()}))


def letter(edition: Edition, cell: Cell, finding: Finding, measurement: Measurement) -> str:
    """The finding in words: what was probed, when, from where, what was seen, by which rule."""
    words = dictionary()
    rule = words.get(f"rule.{finding.rule}", ("", ""))[0]
    neutral = {True: "yes", False: "no", None: "not known"}[finding.uniform]
    simulated = "SIMULATED: this was measured in linkprobe's lab and says nothing about the real platform.\n\n"
    lines = [
        f"Finding: {finding.cause} on plane {finding.plane}",
        finding.cause.facts.sentence,
        "",
        f"Platform:      {edition.platform_name(cell.platform)} ({cell.platform}), surface {cell.surface}",
        f"Link:          {edition.target_name(cell.target)} ({cell.target})",
        f"URL shared:    {cell.url}",
        f"Probed from:   {cell.vantage}",
        f"Round:         {edition.record.id}, from {edition.record.started} to {edition.record.finished or '-'}",
        f"Rule:          {finding.rule} (rule set {edition.record.rules}): {rule}",
        f"Evidence:      {finding.evidence}",
        f"Verdict:       {cell.verdict} in {cell.attempts} attempts: {', '.join(cell.seen)}",
        f"Fairness:      {', '.join(cell.fairness) or 'not comparable'}; neutral link treated so too: {neutral}",
        "",
        *(_arm(key, seen) for key, seen in observations(measurement)),
        "",
        f"Repeat it:     {command(edition, cell)}",
        f"Page:          {edition.folder}/{cell_page(cell)}",
        f"Made by:       linkprobe {__version__}",
        "",
        "bodies/ holds pages as received, never to be opened in a browser that has network access.",
        "SHA256SUMS lists the digests of all files here; those in bodies/ and screenshots/ are also their names.",
        "Credentials in URLs and cookies in headers are replaced in arms/*.json; nothing else is changed.",
    ]
    return (simulated if edition.simulated else "") + "\n".join(map(shown_line, lines)) + "\n"


def shown_line(line: str) -> str:
    """A line whose columns stay; what came from the world in it cannot steer a terminal."""
    head, gap, rest = line.partition(":  ")
    return f"{head}{gap}{' ' * (len(rest) - len(rest.lstrip()))}{shown(rest)}" if gap else shown(line)


def _arm(key: str, seen: Observation) -> str:
    visit = seen.visit
    if visit is None:
        return f"Arm {key}: at {seen.at}: {seen.blind or seen.skipped or 'nothing was opened'}"
    where = visit.landed or (visit.failure.kind if visit.failure else "nowhere")
    status = f" ({visit.page.status})" if visit.page else ""
    return f"Arm {key}: at {seen.at}: {len(visit.hops)} hops in {visit.seconds:.3f} s to {where}{status}"


def _finding(edition: Edition, cell: Cell, finding: Finding) -> dict[str, object]:
    return {
        "linkprobe": __version__,
        "rules": edition.record.rules,
        "round": edition.record.id,
        "mode": edition.record.mode,
        "started": edition.record.started,
        "finished": edition.record.finished,
        "finding": msgspec.to_builtins(finding),
        "cell": cell_as_json(cell),
    }


def _observation(seen: Observation) -> bytes:
    visit = _redacted(seen.visit) if seen.visit else None
    return _json(msgspec.to_builtins(msgspec.structs.replace(seen, visit=visit)))


def _redacted(visit: Visit) -> Visit:
    page = visit.page
    if page is not None:
        headers = tuple((name, redact.header(name, value)) for name, value in page.headers)
        page = msgspec.structs.replace(page, headers=headers)
    return msgspec.structs.replace(visit, page=page, clicked=_redacted(visit.clicked) if visit.clicked else None)


def _json(value: object) -> bytes:
    text = msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=2).decode()
    return (json_safe(redact.without_secrets(text)) + "\n").encode()


def _bodies(measurement: Measurement, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """Of the two arms that are compared; the other controls are told with their digests."""
    for key, seen in observations(measurement):
        visit = seen.visit if key in _ARMS else None
        while visit is not None:
            yield from _of_visit(visit, shelf)
            visit = visit.clicked


def _of_visit(visit: Visit, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    if visit.page and visit.page.digest and (body := shelf.body(visit.page.digest)) is not None:
        yield f"bodies/{visit.page.digest}.bin", body
    shot = visit.screenshot
    if shot and (kind := shelf.image_kind(shot.digest)) and (image := shelf.body(shot.digest)):
        yield f"screenshots/{shot.digest}.{kind}", image


def _zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sorted(members.items()):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            stored = name.endswith((".jpg", ".png"))
            archive.writestr(info, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()
