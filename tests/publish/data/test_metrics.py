import msgspec
from prometheus_client.parser import text_string_to_metric_families

from linkprobe.publish.data.metrics import metrics
from linkprobe.publish.edition import Edition


def families(edition: Edition) -> dict[str, list[tuple[dict[str, str], float]]]:
    found = text_string_to_metric_families(metrics(edition).decode())
    return {one.name: [(sample.labels, sample.value) for sample in one.samples] for one in found}


def test_prometheus_reads_a_verdict_for_each_cell(edition: Edition) -> None:
    assert len(families(edition)["linkprobe_verdict"]) == len(edition.cells)


def test_counts_by_state_add_up_to_the_cells(edition: Edition) -> None:
    assert sum(value for _, value in families(edition)["linkprobe_cells"]) == len(edition.cells)


def test_the_time_of_the_round_is_in_unix_seconds(edition: Edition) -> None:
    assert families(edition)["linkprobe_round_timestamp_seconds"][0][1] == 1772361720


def test_labels_survive_quotes_and_backslashes(edition: Edition) -> None:
    strange = 'a"b\\c'
    edition.cells = (msgspec.structs.replace(edition.cells[0], target=strange), *edition.cells[1:])

    assert families(edition)["linkprobe_verdict"][0][0]["target"] == strange
