"""What is printed, where, and in which characters."""

import os
import shutil
import sys
import textwrap
from pathlib import Path

import msgspec

from linkprobe.cli.exits import Refused
from linkprobe.matrix import FORMATS, Look, as_text
from linkprobe.scenario.names import quoted, suggest

_SYMBOLS = "●◐✕▽◇–≈·…"


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """Where results go and how they look. `json` is a file, `-` for the standard output, or empty for none."""

    results: Path
    json: str = ""
    format: str = "simple"
    check_truth: bool = False

    def checked(self) -> None:
        """Raises `Refused` for what would only be noticed when the work is done."""
        if self.format not in FORMATS:
            raise Refused(f"there is no format {quoted(self.format)}; {suggest(self.format, FORMATS)}")
        if self.json and self.json != "-":
            folder = Path(self.json).absolute().parent
            if not os.access(folder, os.W_OK) or Path(self.json).is_dir():
                raise Refused(f"--json {self.json}: no file can be written there")

    @property
    def for_people(self) -> bool:
        """Whether the standard output is for people; with `--json -` it is for a machine alone."""
        return self.json != "-"

    def write_json(self, value: dict[str, object]) -> None:
        """Writes the JSON where it was asked for, if it was."""
        if not self.json:
            return
        if self.json == "-":
            show(as_text(value).rstrip("\n"))
            return
        try:
            Path(self.json).write_text(as_text(value), "utf-8")
        except OSError as error:
            raise Refused(f"--json {self.json}: {error.strerror}; linkprobe matrix --json writes it again") from error


def look() -> Look:
    """Unicode where the standard output can show the symbols."""
    try:
        _SYMBOLS.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return Look.ASCII
    return Look.UNICODE


def width() -> int:
    """Columns to fill: the terminal's, at least 40; 80 where there is none."""
    return max(shutil.get_terminal_size((80, 24)).columns, 40)


def colour() -> bool:
    """Whether the standard output shows colour and nobody asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show(text: str) -> None:
    """Prints results on the standard output. A reader that went away is no error."""
    try:
        print(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def remark(text: str) -> None:
    """Prints a remark about the run on the standard error, in lines that a terminal shows whole."""
    told = f"linkprobe: {text}"
    if sys.stderr.isatty():
        told = textwrap.fill(told, width(), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    print(told, file=sys.stderr)
