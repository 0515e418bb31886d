"""Fixtures for tests in Python: a lab in one line, a link on a platform, a whole audit."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from linkprobe.pytest_plugin.desk import AuditDesk, Desk, LabDesk, LinkDesk


@pytest.fixture(scope="session")
def linkprobe_desk(pytestconfig: pytest.Config) -> "Iterator[Desk]":
    """What the other fixtures measure with; override it to change where and how they do."""
    from linkprobe.pytest_plugin.desk import Desk
    from linkprobe.pytest_plugin.state import choices_of

    with Desk(choices_of(pytestconfig)) as desk:
        yield desk


@pytest.fixture(scope="session")
def lab(linkprobe_desk: "Desk") -> "LabDesk":
    """A described internet on loopback: `lab("every-treatment")` answers where it is. Ends with the session."""
    return linkprobe_desk.lab


@pytest.fixture(scope="session")
def linkprobe_audit(linkprobe_desk: "Desk") -> "AuditDesk":
    """Audits scenarios: `linkprobe_audit("scenarios/weibo")` answers the cells, with their fairness."""
    return linkprobe_desk.audit


@pytest.fixture(scope="session")
def probe_link(linkprobe_desk: "Desk") -> "LinkDesk":
    """Measures one link: `probe_link("https://…", platform="wechat").verdict`."""
    return linkprobe_desk.link
