from pathlib import Path

import pytest

from linkprobe.probe.browser import BrowserMissing, executable, find_chromium


@pytest.fixture(autouse=True)
def _no_debian_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(executable, "DEBIAN_SHELL", tmp_path / "absent")


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_named_browser_comes_before_all_others(tmp_path: Path) -> None:
    named = program(tmp_path / "mine")
    program(tmp_path / "bin" / "chromium")

    assert find_chromium({"LINKPROBE_BROWSER": str(named), "PATH": str(tmp_path / "bin")}) == named


def test_a_named_browser_that_is_no_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BrowserMissing, match=r"LINKPROBE_BROWSER names .*nowhere"):
        find_chromium({"LINKPROBE_BROWSER": str(tmp_path / "nowhere")})


def test_debians_headless_shell_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = program(tmp_path / "shell")
    monkeypatch.setattr(executable, "DEBIAN_SHELL", shell)
    program(tmp_path / "bin" / "chromium")

    assert find_chromium({"PATH": str(tmp_path / "bin")}) == shell


def test_the_newest_headless_shell_that_playwright_downloaded_is_found(tmp_path: Path) -> None:
    folder = tmp_path / ".cache" / "ms-playwright"
    program(folder / "chromium-1300" / "chrome-linux" / "chrome")
    program(folder / "chromium_headless_shell-987" / "chrome-linux" / "headless_shell")
    newest = program(folder / "chromium_headless_shell-1200" / "chrome-linux" / "headless_shell")

    assert find_chromium({"HOME": str(tmp_path), "PATH": ""}) == newest


def test_playwrights_own_folder_can_be_elsewhere(tmp_path: Path) -> None:
    found = program(tmp_path / "chromium-1300" / "chrome-linux" / "chrome")

    assert find_chromium({"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "PATH": ""}) == found


def test_a_browser_on_the_path_is_found_last(tmp_path: Path) -> None:
    found = program(tmp_path / "google-chrome")

    assert find_chromium({"PATH": str(tmp_path)}) == found


def test_without_any_browser_one_line_says_how_to_get_one() -> None:
    with pytest.raises(BrowserMissing, match="playwright install chromium") as missing:
        find_chromium({"PATH": ""})

    assert "\n" not in str(missing.value)
