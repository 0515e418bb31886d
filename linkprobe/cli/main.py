"""The entry: runs a command and turns whatever ends it into one line and an exit code."""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import typer

from linkprobe.cli.app import app
from linkprobe.cli.exits import Ended, ended_by


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line; exits with a code of `Ended`."""
    code = run(arguments)
    _flush()
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code. Our own mistakes keep their traceback, and are no finding."""
    try:
        ended = app(args=arguments, prog_name="linkprobe", standalone_mode=False)
    except typer.TyperException as usage:
        return _misused(usage.format_message())
    except typer.Abort:
        return _told("interrupted", Ended.NOT_MEASURED)
    except Exception as error:
        code = ended_by(error)
        if code is not None:
            return _told(str(error), code)
        traceback.print_exc()
        return _told("this is a fault of linkprobe itself; please report it with the lines above", Ended.NOT_MEASURED)
    return _told("interrupted", Ended.NOT_MEASURED) if ended == _BY_SIGNAL else int(ended or 0)


_BY_SIGNAL = 130
"""What typer makes of Ctrl-C."""


def _misused(said: str) -> Ended:
    """Nothing is said where the help was printed instead, for want of a command."""
    return _told(f"{said} (linkprobe --help tells how it is used)", Ended.BAD_INPUT) if said else Ended.AS_EXPECTED


def _told(message: str, code: Ended) -> Ended:
    print(f"linkprobe: {' '.join(message.split())}", file=sys.stderr)
    return code


def _flush() -> None:
    """A reader that went away (`| head`) changes no exit code."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
