from linkprobe.lab.directory import Directory
from linkprobe.lab.routes import Endpoints, differing, table
from linkprobe.lab.setting import setting
from linkprobe.model import Condition, Gateway, Is, Landmark, Platform, Target, Vantage, World
from linkprobe.scenario import Catalogue

ENDS = Endpoints(https=1, http=2, refusing=3, resetting=4, silent=5)
PLATFORM = Platform(
    id="p",
    name="P",
    owner="o",
    hosts=("=a.example", "Static.A.example"),
    surfaces={"link": Gateway(template="https://go.a.example/?u={url}")},
)
ITEM = Target(
    id="item",
    url="https://b.example/1",
    hosts=("b-cdn.example",),
    landmark=Landmark(canonical="https://www.b.example/1"),
)
OTHER = Target(id="other", url="https://b.example/2")
UMLAUT = Target(id="umlaut", url="https://bücher.example/")


def directory(*states: Is, targets: tuple[Target, ...] = (ITEM,), vantages: tuple[Vantage, ...] = ()) -> Directory:
    catalogue = Catalogue(
        platforms={"p": PLATFORM},
        targets={target.id: target for target in targets},
        vantages={vantage.id: vantage for vantage in vantages},
    )
    return Directory(setting(World(id="w", title="", date="", targets=states), catalogue))


def test_every_host_answers_on_both_ports() -> None:
    rows = table(directory(), ENDS, "here")

    assert rows["b.example:443"] == "127.0.0.1:1"
    assert rows["b.example:80"] == "127.0.0.1:2"


def test_hosts_are_those_of_links_templates_landmarks_and_declarations() -> None:
    hosts = {row.partition(":")[0] for row in table(directory(), ENDS, "here")}

    assert hosts == {"a.example", "static.a.example", "go.a.example", "b.example", "www.b.example", "b-cdn.example"}


def test_a_host_beyond_ascii_stands_in_its_ascii_form() -> None:
    assert "xn--bcher-kva.example:443" in table(directory(targets=(UMLAUT,)), ENDS, "here")


def test_a_host_that_fails_leads_to_its_failure() -> None:
    found = {
        state: table(directory(Is(condition=state)), ENDS, "here")["b.example:443"]
        for state in (Condition.DOWN_DNS, Condition.DOWN_REFUSED, Condition.DOWN_RESET, Condition.DOWN_TIMEOUT)
    }

    assert list(found.values()) == ["", "127.0.0.1:3", "127.0.0.1:4", "127.0.0.1:5"]


def test_a_host_that_another_target_needs_does_not_fail_below_http() -> None:
    shared = directory(Is(condition=Condition.DOWN_DNS, targets=("item",)), targets=(ITEM, OTHER))

    assert table(shared, ENDS, "here")["b.example:443"] == "127.0.0.1:1"


def test_rows_that_differ_at_a_vantage_are_listed_for_it() -> None:
    abroad = Vantage(id="abroad", headers={"X-Geo": "xx"})
    made = directory(Is(condition=Condition.DOWN_REFUSED, vantages=("abroad",)), vantages=(abroad, Vantage()))

    rows = differing(made, ENDS, ["abroad", "here"], "here")

    assert list(rows) == ["abroad"]
    assert rows["abroad"]["b.example:443"] == "127.0.0.1:3"
    assert "a.example:443" not in rows["abroad"]
