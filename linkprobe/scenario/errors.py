"""The one exception of the scenario files: which file, which line, what is wrong and what would be right."""

from pathlib import Path


class ScenarioError(Exception):
    """A file that cannot be used; `str()` is one line, `file.yaml:12: what is wrong; what would be right`."""

    def __init__(self, message: str, remedy: str = "", *, path: Path | None = None, line: int | None = None) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
        self.path = path
        self.line = line

    def __str__(self) -> str:
        line = self.line if self.path or self.line is None else f"line {self.line}"
        place = ":".join(str(part) for part in (self.path, line) if part is not None)
        text = "; ".join(part for part in (self.message, self.remedy) if part)
        return f"{place}: {text}" if place else text
