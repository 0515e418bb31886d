"""Tests in Python measure with fixtures, each in a lab of their own."""

from tests.pytest_plugin.conftest import Project

TESTS = """\
from linkprobe.model import Cause, Verdict


def test_a_link_opens(probe_link):
    cell = probe_link("https://item.taobao.com/item.htm?id=652874812345&spm=a1z10.share",
                      platform="weibo", surface="web-link")
    assert cell.verdict is Verdict.OPEN


def test_a_link_of_the_world_is_treated_as_the_world_says(probe_link):
    cell = probe_link("https://www.example.com/document?id=1", platform="weibo", surface="web-link")
    assert cell.causes[0] is Cause.INTERSTITIAL_CLICK


def test_a_lab_answers(lab):
    world = lab()
    assert world is lab("china-2021-11-29")
    assert world.table["item.taobao.com:443"].startswith("127.0.0.1:")


def test_a_scenario_is_audited(linkprobe_audit):
    cells = linkprobe_audit("scenarios/社交/small.yaml", platforms=["weibo"], targets=["taobao-item"])
    assert [cell.verdict for cell in cells] == [Verdict.OPEN]
"""


def test_links_labs_and_audits_are_one_line_each(here: Project) -> None:
    here.file("test_links.py", TESTS)
    here.file(
        "audits/社交/small.yaml",
        "scenario: s\nplatform: weibo\nsurfaces: [web-link]\ntargets: [taobao-item, jd-item]\n",
    )
    here.file("test_links.py", TESTS.replace("scenarios/", "audits/"))

    ended = here.run("test_links.py")

    assert "4 passed" in ended.stdout, ended.stdout


def test_a_run_that_measures_nothing_leaves_no_results(here: Project) -> None:
    here.file("test_nothing.py", "def test_nothing():\n    pass\n")

    here.run("test_nothing.py")

    assert not (here.folder / "results").exists()
