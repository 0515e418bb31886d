"""The page `docs/catalogue.md`: what the catalogue covers, how sure it is, how to add to it.

Write it anew with `python -m linkprobe.scenario.catalogue_page > docs/catalogue.md`.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linkprobe.model import (
    Gateway,
    InApp,
    MessageApi,
    Platform,
    Policy,
    PreviewApi,
    Source,
    Sure,
    Surface,
    Target,
    WebClient,
    World,
    XmppChat,
)
from linkprobe.scenario.catalogue import Catalogue
from linkprobe.scenario.load import load_catalogue, read_policy, shipped
from linkprobe.scenario.sureness import STRONGEST_FIRST, sureness

COMMAND = "python -m linkprobe.scenario.catalogue_page > docs/catalogue.md"
_KINDS = {
    Gateway: "gateway",
    InApp: "in-app",
    MessageApi: "message-api",
    PreviewApi: "preview-api",
    XmppChat: "xmpp",
    WebClient: "web-client",
}
_TOP = f"""\
# What the catalogue covers, and how sure it is

Generated from `scenarios/`; do not edit. After a change there: `{COMMAND}`.

Nothing in it was seen on a live platform by this project. Each entry names its sources, and each source says how sure
it is: `documented` (its owner, or the source text named, says so), `rule` (a maintained userscript or filter list
matches it), `reported` (the press or a tester says so), `unverified` (from memory, or assumed: no fact). An entry is
shown with the best of its sources, and with the remark that it is in part unverified where one of them is.
"""
EXAMPLE = """\
platform: my-forum
name: My Forum
owner: my-company
hosts: [forum.example]
surfaces:
  post:
    kind: gateway
    template: https://forum.example/leave?to={url}
    sources:
      - {url: "https://forum.example/help/links", observed: 2026-10-01, sure: documented}
"""
_HOW_TO = f"""\
## Add a platform in ten lines

```yaml
{EXAMPLE}```

Save it as `platforms/my-forum.yaml` in a folder of your own, or in `scenarios/` to give it to everybody. Then

```
linkprobe validate my-catalogue/platforms/my-forum.yaml
linkprobe check https://example.org/ --platform my-forum --catalog my-catalogue --live
```

A gateway needs no more than that. [scenarios.md](scenarios.md#platform) explains every further key: the apps a link is
opened in, message and preview APIs, wordings, refusal codes. For the shipped catalogue give each surface, client,
phrase and code its source; `tests/scenario/test_entries.py` holds every entry to that.
"""


class Table(NamedTuple):
    """Rows under a head, in Markdown."""

    head: Sequence[str]
    rows: Iterable[Sequence[object]]

    def __str__(self) -> str:
        lines = (self.head, ["---"] * len(self.head), *self.rows)
        return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def page(catalogue: Catalogue, policies: Iterable[Policy]) -> str:
    """The whole page."""
    real = sorted((each for each in catalogue.platforms.values() if not each.fictitious), key=lambda each: each.id)
    targets = [each for each in catalogue.targets.values() if not each.category.startswith("lab-")]
    parts = [
        _TOP,
        _HOW_TO,
        f"## In numbers\n\n{_numbers(real, targets)}",
        f"## How sure\n\n{_how_sure(real)}",
        f"## Gateways\n\n{_gateways_intro(real)}\n{_gateways(real)}",
        f"## Platforms\n\n{_platforms(real)}",
        f"## Targets\n\n{_TARGETS_INTRO}\n{_targets(targets)}",
        f"## Worlds\n\n{_worlds(catalogue.worlds.values())}",
        f"## Policies\n\n{_policies(policies)}",
    ]
    return "\n".join(parts)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def _numbers(real: list[Platform], targets: list[Target]) -> Table:
    kinds = Counter(_KINDS[type(surface)] for _, _, surface in _surfaces(real))
    rows = [
        ("platforms", len(real)),
        *((f"surfaces: {kind}", count) for kind, count in sorted(kinds.items())),
        ("in-app clients", sum(len(each.clients) for each in real)),
        ("crawlers that fetch previews", sum(len(each.crawlers) for each in real)),
        ("share dialogs", sum(len(each.share_dialogs) for each in real)),
        ("known wordings", sum(len(each.phrases) for each in real)),
        ("refusal codes", sum(len(each.refusals) for each in real)),
        ("targets", len(targets)),
        ("their categories", len({each.category for each in targets})),
    ]
    return Table(("what", "how many"), rows)


def _how_sure(real: list[Platform]) -> Table:
    vouched = {
        "surfaces": [surface.sources for _, _, surface in _surfaces(real)],
        "in-app clients": [client.sources for each in real for client in each.clients.values()],
        "crawlers": [client.sources for each in real for client in each.crawlers.values()],
        "share dialogs": [dialog.sources for each in real for dialog in each.share_dialogs.values()],
        "wordings": [phrase.sources for each in real for phrase in each.phrases],
        "refusal codes": [refusal.sources for each in real for refusal in each.refusals.values()],
    }
    head = ("what", *(word.value for word in STRONGEST_FIRST), "of these in part unverified")
    return Table(head, (_sure_row(what, sources) for what, sources in vouched.items()))


def _sure_row(what: str, vouched: list[tuple[Source, ...]]) -> tuple[object, ...]:
    found = [sureness(sources) for sources in vouched]
    words: Counter[Sure] = Counter(each.best for each in found)
    return (what, *(words[word] for word in STRONGEST_FIRST), sum(each.partly for each in found))


def _surfaces(real: Iterable[Platform]) -> Iterator[tuple[Platform, str, Surface]]:
    for platform in real:
        yield from ((platform, name, surface) for name, surface in platform.surfaces.items())


def _doors(real: Iterable[Platform]) -> list[tuple[Platform, str, Gateway]]:
    return [(each, name, surface) for each, name, surface in _surfaces(real) if isinstance(surface, Gateway)]


def _gateways_intro(real: list[Platform]) -> str:
    doors = [surface for _, _, surface in _doors(real)]
    signed = sum(door.signed for door in doors)
    return (
        f"{len(doors) - signed} of {len(doors)} gateways are taken to answer a link that anybody makes by hand; "
        f"{signed} want one that the platform\nitself minted, and a cell on them is inconclusive. "
        "Short links that hold nothing of their target, such as those of t.co,\nare no gateways here.\n"
    )


def _gateways(real: list[Platform]) -> Table:
    rows = (
        (
            each.id,
            name,
            f"`{door.template}`",
            door.encoding.value,
            "no" if door.signed else "yes",
            sureness(door.sources),
        )
        for each, name, door in _doors(real)
    )
    return Table(("platform", "surface", "template", "encoding", "answers a hand-made link", "how sure"), rows)


def _platforms(real: list[Platform]) -> Table:
    head = ("platform", "name", "owner", "surfaces", "clients", "crawlers", "wordings", "refusals", "dialogs")
    return Table(head, (_platform_row(each) for each in real))


def _platform_row(platform: Platform) -> tuple[object, ...]:
    surfaces = (
        f"{name} ({_KINDS[type(surface)]}; {sureness(surface.sources)})" for name, surface in platform.surfaces.items()
    )
    counts = (platform.clients, platform.crawlers, platform.phrases, platform.refusals, platform.share_dialogs)
    return (
        f"`{platform.id}`",
        platform.name,
        platform.owner,
        ", ".join(surfaces),
        *(len(part) or "" for part in counts),
    )


_TARGETS_INTRO = """\
A category is a peer group: products of one kind, of different owners, which compete with each other. Those ending in
`-global` are the peers outside China. Most ids in the links are placeholders, and no landmark was looked at live: put
in a link of your own and look before you audit the live web.
"""


def _targets(targets: list[Target]) -> Table:
    rows = []
    for category in sorted({each.category for each in targets}):
        members = sorted((each for each in targets if each.category == category), key=lambda each: each.id)
        products = ", ".join(f"{each.id} ({each.owner or 'nobody'})" for each in members if not each.neutral)
        rows.append((f"`{category}`", products, ", ".join(each.id for each in members if each.neutral)))
    return Table(("category", "products (owner)", "neutral link"), rows)


def _worlds(worlds: Iterable[World]) -> Table:
    ordered = sorted(worlds, key=lambda each: (each.date, each.id))
    return Table(("world", "date", "what it shows"), ((f"`{each.id}`", each.date, each.title) for each in ordered))


def _policies(policies: Iterable[Policy]) -> Table:
    rows = ((f"`{each.id}`", each.title, each.standing.value, len(each.stages)) for each in policies)
    return Table(("policy", "what it is", "standing", "stages"), rows)


def shipped_page() -> str:
    """The page of the shipped catalogue."""
    catalogue = load_catalogue(shipped())
    names = sorted(path.stem for path in (shipped() / "policies").glob("*.yaml"))
    return page(catalogue, [read_policy(name, [shipped()], catalogue) for name in names])


if __name__ == "__main__":  # pragma: no cover - its test runs it in a process of its own
    sys.stdout.write(shipped_page())
