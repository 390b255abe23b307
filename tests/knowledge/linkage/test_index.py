from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from vangnet.knowledge.linkage import Index, Record, compare, record_of_row

SMALL = Path(__file__).parents[2] / "data" / "linkage_small.csv"


def rows() -> Iterator[dict[str, str]]:
    with SMALL.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read(row: dict[str, str]) -> Record:
    found = record_of_row(row)
    assert isinstance(found, Record)
    return found


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [read(row) for row in rows()]


def test_most_children_are_found_among_the_first_twenty(records: list[Record]) -> None:
    children: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        children[row["child_id"]].add(row["encounter_id"])
    of = {encounter: child for child, encounters in children.items() for encounter in encounters}
    index = Index(records)
    asked = [one for one in records if len(children[of[one.record_id]]) > 1]
    found = sum(
        any(candidate.record_id in children[of[one.record_id]] for candidate in index.nearest(one)) for one in asked
    )
    assert found / len(asked) > 0.9


def test_the_query_is_never_its_own_candidate(records: list[Record]) -> None:
    index = Index(records)
    for one in records[:50]:
        assert one.record_id not in {candidate.record_id for candidate in index.nearest(one, 300)}


def test_the_index_ranks_as_comparing_everything_does(records: list[Record]) -> None:
    index, compared = Index(records), 0
    for one in records[:60]:
        near = index.nearest(one, 1)
        everyone = compare(one, [other for other in records if other.record_id != one.record_id])
        if everyone[0].probability > 0.99:
            assert near[0].record_id == everyone[0].record_id
            compared += 1
    assert compared > 0


def test_an_empty_index_and_an_empty_query_find_nothing(records: list[Record]) -> None:
    assert Index([]).nearest(records[0]) == ()
    assert Index(records).nearest(Record(record_id="q")) == ()
    assert len(Index(records)) == len(records)


def test_a_key_that_everybody_shares_is_not_followed() -> None:
    crowd = [read({"encounter_id": f"e{n}", "address": "Plein 1"}) for n in range(300)]
    assert Index(crowd).nearest(read({"encounter_id": "q", "address": "Plein 1"})) == ()


def test_many_equal_names_are_cut_off_at_what_can_be_compared() -> None:
    crowd = [
        read({"encounter_id": f"e{n}", "given_names": "Nora", "family_name": f"Lind{'abcdefghij'[n % 10]}"})
        for n in range(200)
    ]
    crowd += [read({"encounter_id": f"f{n}", "vehicle": "12-AB-3", "given_names": "Mila"}) for n in range(120)]
    query = read({"encounter_id": "q", "given_names": "Nora", "family_name": "Linda", "vehicle": "12-AB-3"})
    found = Index(crowd).nearest(query, 400)
    assert len(found) == 200
    assert found[0].record_id.startswith("e")
