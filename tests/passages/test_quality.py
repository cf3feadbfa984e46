"""The bars that the reading of prose must clear on the labelled passages."""

import pytest

from passages.labels import offices, passages
from passages.measures import measure


@pytest.mark.parametrize("half", ["development", "measurement"])
def test_few_false_alarms_and_most_claims_found(half):
    found = passages(half)
    counts = measure(found)
    assert sum(count.false for count in counts.values()) <= len(found) * 0.02
    sums, told = counts["partitions"], counts["statements"]
    assert sums.found >= sums.labelled * 0.85
    assert told.found >= told.labelled * 0.80


def test_there_are_enough_passages_and_none_is_in_both_halves():
    development = {passage.text for passage in passages("development")}
    measurement = {passage.text for passage in passages("measurement")}
    assert len(development) > 100
    assert len(measurement) > 100
    assert not development & measurement


def test_the_tables_of_the_invented_offices_balance():
    for office in offices().values():
        figures = office.figures
        total = figures["t3.new.total"] + figures["t3.carried_in.total"]
        assert total == figures["t3.total.total"] + figures["t3.carried_out.total"], office.name
        ends = ("new.total", "carried_in.total", "total.total", "carried_out.total")
        outcomes = [
            value
            for code, value in figures.items()
            if code.startswith("t3.") and code.endswith(".total") and code[3:] not in ends
        ]
        assert sum(outcomes) == figures["t3.total.total"], office.name
