"""What a round was asked to do."""

from pathlib import Path

import pytest

from linkprobe.cli.exits import Refused
from linkprobe.cli.invocation import POLITE, Invocation, Mode


def test_without_anything_it_is_the_lab() -> None:
    assert (Invocation().mode, Invocation().world_asked) == (Mode.LAB, "china-2021-11-29")


def test_a_map_alone_is_a_closed_network() -> None:
    assert Invocation(connect_to=("a:1:b:2",)).mode is Mode.MAPPED


def test_a_map_with_live_is_the_real_network() -> None:
    assert Invocation(connect_to=("a:1:b:2",), live=True).mode is Mode.LIVE


@pytest.mark.parametrize(
    ("invocation", "pace"),
    [
        (Invocation(), None),
        (Invocation(rate=2), 2),
        (Invocation(live=True), POLITE),
        (Invocation(live=True, rate=5), 5),
        (Invocation(connect_to=("a:1:b:2",)), None),
    ],
)
def test_only_the_real_network_is_polite_by_itself(invocation: Invocation, pace: float | None) -> None:
    assert invocation.pace == pace


@pytest.mark.parametrize(
    "invocation",
    [
        Invocation(world="w", live=True),
        Invocation(world="w", connect_to=("a:1:b:2",)),
        Invocation(cacert="ca.pem"),
        Invocation(inside=("wechat=socks5://127.0.0.1:1",)),
    ],
)
def test_arguments_that_contradict_each_other_are_refused(invocation: Invocation) -> None:
    with pytest.raises(Refused):
        invocation.checked()


def test_it_comes_back_from_the_store_as_it_was() -> None:
    asked = Invocation(scenarios=("/a",), live=True, rate=0.1, browser=False, platforms=("wechat",))
    assert Invocation.from_kept(asked.as_kept()) == asked


def test_what_another_version_kept_is_refused() -> None:
    with pytest.raises(Refused, match="another version"):
        Invocation.from_kept({"repeat": "often"})


def test_paths_mean_the_same_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    located = Invocation(scenarios=("s.yaml",), catalog=("c",), cacert="ca.pem", world="w.yaml").located()
    paths = (*located.scenarios, *located.catalog, located.cacert, located.world)
    assert paths == tuple(str(tmp_path / name) for name in ("s.yaml", "c", "ca.pem", "w.yaml"))


def test_a_world_by_name_is_no_path() -> None:
    assert Invocation(world="china").located().world == "china"


def test_a_map_file_stands_for_its_lines(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("# the lab\na:1:b:2\n\n c:3:d:4 \n", "utf-8")
    asked = Invocation(connect_to=("x:1:y:2", f"@{tmp_path / 'map'}"))
    assert asked.located().connect_to == ("x:1:y:2", "a:1:b:2", "c:3:d:4")


def test_a_map_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        Invocation(connect_to=(f"@{tmp_path / 'none'}",)).located()
