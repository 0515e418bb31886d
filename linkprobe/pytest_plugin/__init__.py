"""The pytest plugin: scenario files are suites, cells are items. Imports nothing heavy before a scenario is met."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from linkprobe.pytest_plugin.fixtures import lab, linkprobe_audit, linkprobe_desk, probe_link
from linkprobe.pytest_plugin.options import add_options, add_shared_options

if TYPE_CHECKING:
    from linkprobe.pytest_plugin.collecting import ScenarioFile
    from linkprobe.pytest_plugin.exchange import Exchange

__all__ = ["lab", "linkprobe_audit", "linkprobe_desk", "probe_link"]

_SUFFIXES = (".yaml", ".yml")
_EXCHANGE: "pytest.StashKey[Exchange]" = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declares the plugin's own options."""
    add_options(parser)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(parser: pytest.Parser) -> Generator[None]:
    """Declares what pytest-playwright may declare too, once it is known whether that plugin is there."""
    result = yield
    add_shared_options(parser)
    return result


def pytest_configure(config: pytest.Config) -> None:
    """Explains the marks that scenarios give their items; those of a scenario are declared when it is collected."""
    for mark, told in (
        ("linkprobe", "a cell of a linkprobe scenario"),
        ("platform_ID", "cells of a scenario by platform, such as platform_wechat"),
        ("surface_ID", "cells of a scenario by surface, such as surface_direct-chat"),
        ("category_ID", "cells of a scenario by the target's category, such as category_shopping"),
        ("obligation", "an obligation of a policy"),
        ("plane_ID", "cells of a scenario by what is looked at: plane_send, plane_display, plane_open"),
    ):
        config.addinivalue_line("markers", f"{mark}: {told}")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    """Takes scenario files, and no other YAML."""
    if file_path.suffix not in _SUFFIXES:
        return None
    from linkprobe.pytest_plugin.collecting import ScenarioFile, is_scenario_file

    patterns = parent.config.getini("linkprobe_scenarios")
    if not is_scenario_file(file_path, patterns, named=parent.session.isinitpath(file_path)):
        return None
    return ScenarioFile.from_parent(parent, path=file_path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Adds the obligations of a policy, so that they are selected like everything else."""
    if _has_cells(items):
        from linkprobe.pytest_plugin.obligations import obligations

        items += obligations(session, items)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Begins to measure what was selected, before the first item is run."""
    config = session.config
    broken = session.testsfailed and not config.option.continue_on_collection_errors
    if config.option.collectonly or config.option.setuponly or broken or not _has_cells(session.items):
        return
    from linkprobe.pytest_plugin.rounds import begin

    begin(config, session.items, getattr(config, "workerinput", {}).get("linkprobe"))


def _has_cells(items: list[pytest.Item]) -> bool:
    return any(item.get_closest_marker("linkprobe") for item in items)


def pytest_report_collectionfinish(config: pytest.Config) -> list[str]:
    """Says which round measures the items."""
    from linkprobe.pytest_plugin.state import round_of

    under_way = round_of(config)
    return [f"linkprobe: {under_way.announced}"] if under_way is not None else []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Closes the round: its books where every item was told, else at once."""
    from linkprobe.pytest_plugin.state import round_of

    interrupted = exitstatus == pytest.ExitCode.INTERRUPTED
    for ending in (round_of(session.config), session.config.stash.get(_EXCHANGE, None)):
        if ending is not None:
            ending.close(stop=interrupted)
    engine = _engine(session.config)
    if engine is not None:
        from linkprobe.pytest_plugin.summary import write_json

        write_json(engine, session.config)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The matrix, where it was asked for, and where the round lies."""
    engine = _engine(config)
    if engine is not None:
        from linkprobe.pytest_plugin.summary import summarise

        summarise(engine, terminalreporter)


def _engine(config: pytest.Config) -> Any:
    from linkprobe.pytest_plugin.state import round_of

    ending = round_of(config) or config.stash.get(_EXCHANGE, None)
    return ending.engine if ending is not None else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a worker of pytest-xdist where its cells are measured: here, in one round for all workers."""
    if _EXCHANGE not in node.config.stash:
        from linkprobe.pytest_plugin.exchange import Exchange

        node.config.stash[_EXCHANGE] = Exchange(node.config)
    node.workerinput["linkprobe"] = node.config.stash[_EXCHANGE].address


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Generator[None, Any, Any]:
    """Lets pytest-xdist divide scenarios by lane; what else there is goes as it would."""
    ordinary = yield
    from linkprobe.pytest_plugin.lanes import ByLane

    return ByLane(ordinary, config, log)
