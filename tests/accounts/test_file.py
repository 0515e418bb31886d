"""The file of accounts: where it is found, and when it is refused."""

from pathlib import Path

import pytest

from linkprobe.accounts import Accounts, read_accounts
from linkprobe.scenario import ScenarioError

SECRET = "xoxb-5f3a9c"
TEXT = f"accounts: {{slack: {{BOT: {SECRET}}}}}\n"


def kept(path: Path, text: str = TEXT, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def bot(accounts: Accounts) -> str:
    return accounts.named("slack").get("BOT", "")


def test_the_file_that_is_named_comes_first(tmp_path: Path) -> None:
    named, other = kept(tmp_path / "a.yaml"), kept(tmp_path / "b.yaml", "accounts: {}\n")

    assert bot(read_accounts({"LINKPROBE_ACCOUNTS": str(other)}, str(named))) == SECRET


def test_the_environment_names_the_next(tmp_path: Path) -> None:
    kept(tmp_path / ".config" / "linkprobe" / "accounts.yaml", "accounts: {}\n")
    environ = {"LINKPROBE_ACCOUNTS": str(kept(tmp_path / "a.yaml")), "HOME": str(tmp_path)}

    assert bot(read_accounts(environ)) == SECRET


@pytest.mark.parametrize(("variable", "folder"), [("XDG_CONFIG_HOME", "linkprobe"), ("HOME", ".config/linkprobe")])
def test_the_users_settings_are_the_usual_place(variable: str, folder: str, tmp_path: Path) -> None:
    path = kept(tmp_path / folder / "accounts.yaml")

    accounts = read_accounts({variable: str(tmp_path)})

    assert (accounts.file, bot(accounts)) == (path, SECRET)


def test_without_a_file_there_is_the_environment(tmp_path: Path) -> None:
    accounts = read_accounts({"HOME": str(tmp_path), "BOT": SECRET})

    assert (accounts.file, bot(accounts)) == (None, SECRET)


@pytest.mark.parametrize("how", ["named", "by the environment"])
def test_a_file_that_is_asked_for_must_be_there(how: str, tmp_path: Path) -> None:
    path = str(tmp_path / "none.yaml")

    with pytest.raises(ScenarioError, match="cannot be read"):
        read_accounts({"LINKPROBE_ACCOUNTS": path}) if how != "named" else read_accounts({}, path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_may_open_is_refused(mode: int, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="chmod 600") as caught:
        read_accounts({}, str(kept(tmp_path / "a.yaml", mode=mode)))

    assert SECRET not in str(caught.value)


def test_a_file_in_a_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    with pytest.raises(ScenarioError, match="could be committed; put it outside"):
        read_accounts({}, str(kept(tmp_path / "deep" / "down" / "a.yaml")))


def test_a_link_into_a_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / ".git").write_text("gitdir: elsewhere\n", "utf-8")
    (tmp_path / "a.yaml").symlink_to(kept(tmp_path / "work" / "a.yaml"))

    with pytest.raises(ScenarioError, match="could be committed"):
        read_accounts({}, str(tmp_path / "a.yaml"))


def test_a_file_that_is_not_utf8_is_refused_without_its_bytes(tmp_path: Path) -> None:
    path = kept(tmp_path / "a.yaml")
    path.write_bytes(TEXT.encode() + b"\xff")

    with pytest.raises(ScenarioError, match="not UTF-8") as caught:
        read_accounts({}, str(path))

    assert caught.value.__suppress_context__
