"""The commands and their options. Each hands over to a module that does the work and returns the exit code."""

from pathlib import Path
from typing import Annotated

import typer

from linkprobe.cli.options import (
    DEFAULT_WORLD,
    RESULTS,
    Accounts,
    AllowPrivate,
    CaCert,
    Catalog,
    ConnectTo,
    Format,
    Inside,
    Jobs,
    Json,
    Live,
    NoBrowser,
    Platforms,
    Rate,
    Repeat,
    Results,
    RoundId,
    Surfaces,
    Targets,
    Vantages,
    World,
)

app = typer.Typer(
    name="linkprobe",
    help="Measures what platforms do to links that point at other services, and proves it.",
    epilog="Exit codes: 0 nothing unexpected, 1 an unexpected finding or a known one gone, 2 bad input, "
    "3 the harness could not measure or was interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
lab = typer.Typer(
    name="lab", help="The built-in lab: real host names, TLS and platforms on loopback.", no_args_is_help=True
)
app.add_typer(lab)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True)] = False,
) -> None:
    if version:
        from linkprobe import __version__

        print(f"linkprobe {__version__}")
        raise typer.Exit


@app.command()
def audit(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO|DIR]...", help="Files or folders of cases; with --resume, the round."),
    ] = None,
    world: World = "",
    live: Live = False,
    connect_to: ConnectTo = [],
    cacert: CaCert = None,
    inside: Inside = [],
    allow_private: AllowPrivate = False,
    accounts: Accounts = None,
    catalog: Catalog = [],
    platform: Platforms = [],
    surface: Surfaces = [],
    target: Targets = [],
    vantage: Vantages = [],
    repeat: Repeat = 3,
    jobs: Jobs = 4,
    rate: Rate = None,
    no_browser: NoBrowser = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a round that was stopped: the latest, or the one named.")
    ] = False,
    check_truth: Annotated[
        bool, typer.Option("--check-truth", help="In the lab: compare every cell with what its world says.")
    ] = False,
    results: Results = RESULTS,
    json: Json = "",
    format: Format = "simple",
) -> int:
    """Audit platforms by scenarios and print the matrix. Without --live or --connect-to it runs in the built-in lab."""
    from linkprobe.cli import auditing
    from linkprobe.cli.invocation import Invocation
    from linkprobe.cli.output import Output

    invocation = Invocation(
        scenarios=tuple(scenarios or ()),
        world=world,
        live=live,
        connect_to=tuple(connect_to),
        cacert=str(cacert or ""),
        inside=tuple(inside),
        allow_private=allow_private,
        accounts=str(accounts or ""),
        catalog=tuple(map(str, catalog)),
        platforms=tuple(platform),
        surfaces=tuple(surface),
        targets=tuple(target),
        vantages=tuple(vantage),
        repeat=repeat,
        jobs=jobs,
        rate=rate,
        browser=not no_browser,
    )
    run = auditing.resume if resume else auditing.audit
    return run(invocation, Output(results=results, json=json, format=format, check_truth=check_truth))


@app.command()
def check(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="The links.")],
    world: World = "",
    connect_to: ConnectTo = [],
    live: Live = False,
    cacert: CaCert = None,
    inside: Inside = [],
    allow_private: AllowPrivate = False,
    accounts: Accounts = None,
    catalog: Catalog = [],
    platform: Platforms = [],
    surface: Surfaces = [],
    repeat: Repeat = 3,
    jobs: Jobs = 4,
    rate: Rate = None,
    no_browser: NoBrowser = False,
    results: Results = RESULTS,
    json: Json = "",
    format: Format = "simple",
) -> int:
    """Ask how links fare on every platform. Live, unless --world or --connect-to says otherwise."""
    from linkprobe.cli import auditing
    from linkprobe.cli.invocation import Invocation
    from linkprobe.cli.output import Output

    return auditing.audit(
        Invocation(
            urls=tuple(urls),
            world=world,
            live=live or not (world or connect_to),
            connect_to=tuple(connect_to),
            cacert=str(cacert or ""),
            inside=tuple(inside),
            allow_private=allow_private,
            accounts=str(accounts or ""),
            catalog=tuple(map(str, catalog)),
            platforms=tuple(platform),
            surfaces=tuple(surface),
            repeat=repeat,
            jobs=jobs,
            rate=rate,
            browser=not no_browser,
        ),
        Output(results=results, json=json, format=format),
    )


@app.command()
def judge(round: RoundId = "", results: Results = RESULTS, json: Json = "", format: Format = "simple") -> int:
    """Judge a stored round again by today's rules, offline, and say what changed."""
    from linkprobe.cli import rounds
    from linkprobe.cli.output import Output

    return rounds.judge(round, Output(results=results, json=json, format=format))


@app.command()
def matrix(round: RoundId = "", results: Results = RESULTS, json: Json = "", format: Format = "simple") -> int:
    """Print the matrix of a stored round."""
    from linkprobe.cli import rounds
    from linkprobe.cli.output import Output

    return rounds.matrix(round, Output(results=results, json=json, format=format))


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="The earlier round.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later round.")],
    results: Results = RESULTS,
) -> int:
    """Compare two stored rounds cell by cell. Exits with 1 where they differ."""
    from linkprobe.cli import rounds

    return rounds.diff(before, after, results)


@app.command()
def publish(
    round: Annotated[str, typer.Option("--round", metavar="ROUND", help="Which round; the last finished one.")] = "",
    results: Results = RESULTS,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the site goes.")] = Path("site"),
    policy: Annotated[
        list[str],
        typer.Option("--policy", metavar="P", help="Hold platforms against these; all that name platforms without it."),
    ] = [],
    catalog: Catalog = [],
) -> int:
    """Publish a stored round: a static site that works from a folder, and open data beside it."""
    from linkprobe.cli import publishing

    return publishing.publish(round, results, out, policy, catalog)


@app.command()
def policy(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="A policy of the catalogue, or a file.")],
    round: RoundId = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day to judge by; the round's without it.")] = "",
    catalog: Catalog = [],
    results: Results = RESULTS,
    json: Json = "",
    format: Format = "simple",
) -> int:
    """Hold a stored round against a policy's dated obligations. Exits with 1 where one is breached."""
    from linkprobe.cli import policies
    from linkprobe.cli.output import Output

    return policies.assess(policy, round, on, catalog, Output(results=results, json=json, format=format))


@app.command()
def expect(
    round: Annotated[
        str, typer.Argument(metavar="[ROUND]", help="A round of linkprobe status; the last finished one.")
    ] = "",
    update: Annotated[bool, typer.Option("--update", help="Write the files instead of showing a patch.")] = False,
    scenario: Annotated[
        list[Path], typer.Option(metavar="FILE|DIR", help="Only these files; those of the round without it.")
    ] = [],
    results: Results = RESULTS,
) -> int:
    """Bring the known outcomes of scenario files up to what a round found, keeping comments."""
    from linkprobe.cli import expecting

    return expecting.expect(round, scenario, results, update=update)


@app.command()
def status(results: Results = RESULTS) -> int:
    """List the stored rounds."""
    from linkprobe.cli import rounds

    return rounds.status(results)


@app.command()
def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Scenario, platform, target, world or policy files.")
    ],
    catalog: Catalog = [],
) -> int:
    """Check files and name every fault with its line and what would be right."""
    from linkprobe.cli import files as checking

    return checking.validate(files, catalog)


@app.command()
def schema() -> int:
    """Print the JSON Schema of all files, for editors."""
    from linkprobe.cli import files as checking

    return checking.schema()


@app.command()
def doctor(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO|DIR]...", help="With --accounts: only what these files need."),
    ] = None,
    accounts: Annotated[
        bool, typer.Option("--accounts", help="Check the accounts instead, over the real network, without sending.")
    ] = False,
    accounts_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Accounts, instead of $LINKPROBE_ACCOUNTS or the usual file.")
    ] = None,
    connect_to: ConnectTo = [],
    live: Live = False,
    cacert: CaCert = None,
    allow_private: AllowPrivate = False,
    catalog: Catalog = [],
    platform: Platforms = [],
    results: Results = RESULTS,
) -> int:
    """Say what this machine has and lacks, and how to get it; or which accounts are there, and whether they work."""
    from linkprobe.cli import accounts as of_accounts
    from linkprobe.cli import doctor as examination
    from linkprobe.cli.invocation import Invocation

    if not accounts:
        return examination.examine(results)
    return of_accounts.examine(
        Invocation(
            scenarios=tuple(scenarios or ()),
            connect_to=tuple(connect_to),
            live=live or not connect_to,
            cacert=str(cacert or ""),
            allow_private=allow_private,
            accounts=str(accounts_file or ""),
            catalog=tuple(map(str, catalog)),
            platforms=tuple(platform),
        )
    )


@lab.command()
def serve(
    world: World = DEFAULT_WORLD,
    catalog: Catalog = [],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Answer on this port; 0 takes a free one.")] = 0,
    map: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="Write the name map here, for --connect-to @FILE.")
    ] = None,
    json: Annotated[
        str, typer.Option("--json", metavar="FILE", help="Write where all answers as JSON; - is the standard output.")
    ] = "",
) -> int:
    """Run the lab until Ctrl-C and print how to point linkprobe, or anything else, at it."""
    from linkprobe.cli import serving

    return serving.serve(world, catalog, port, map, json)


@lab.command("check")
def lab_check(
    worlds: Annotated[
        list[str] | None, typer.Argument(metavar="[WORLD]...", help="Names or files; all without.")
    ] = None,
    catalog: Catalog = [],
    repeat: Repeat = 3,
    jobs: Jobs = 12,
    results: Results = RESULTS,
) -> int:
    """Audit worlds of the lab and hold every cell against what the world says: all worlds, unless some are named."""
    from linkprobe.cli import lab_check as proving
    from linkprobe.cli.invocation import Invocation

    asked = Invocation(catalog=tuple(map(str, catalog)), repeat=repeat, jobs=jobs)
    return proving.check(worlds or (), asked, results)
