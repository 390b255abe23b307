from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from chain.town import facts, slim
from vangnet.knowledge.terms import PartialDate
from vangnet.site.encounters import timeline
from vangnet.site.encounters.timeline import Entry

ZONE = ZoneInfo("Europe/Amsterdam")
MET = datetime(2026, 3, 14, 1, 52, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def dutch() -> Any:
    with override("nl"):
        yield


def test_the_newest_stands_first_and_a_long_silence_is_an_open_question() -> None:
    rows = timeline.rows_of(
        [
            Entry(at=PartialDate(2025, 7), title="Weg uit de opvang"),
            Entry(at=MET, title="Ontmoet", is_new=True),
            Entry(at=PartialDate(2026, 2, 21), title="Eerder ontmoet"),
            Entry(at=PartialDate(2024), title="Ergens in dat jaar", is_undone=True),
        ]
    )
    assert [(row.date, row.small, row.dot, row.void) for row in rows] == [
        ("14 mrt", "2026, 01:52", "new", False),
        ("21 feb", "2026", "fact", True),
        ("6 maanden", "niets bekend", "gap", True),
        ("juli", "2025, dag niet bekend", "about", True),
        ("6 maanden", "niets bekend", "gap", True),
        ("2024", "maand niet bekend", "undone", False),
    ]
    assert rows[2].entry is None


def test_an_encounter_says_who_met_the_child_under_which_name_and_what_it_said() -> None:
    one = timeline.entry_of(facts(), organisation="Politie Rijnhaven", by="J. de Wit", link="/x")
    assert one.title == "Ontmoet door Politie Rijnhaven"
    assert one.words == "Als Zephyrineqq Korenbloemqq. Er waren aanwijzingen van uitbuiting."
    assert (one.source, one.voice) == ("J. de Wit, Politie Rijnhaven", "ik wil slapenqq")
    assert one.link_words == "Bekijk of draai terug"


def test_no_indication_is_not_said_to_be_safe_and_nothing_recorded_says_nothing() -> None:
    seen = slim(observations=[{"indicator": "I-25", "state": "not_observed"}])
    one = timeline.entry_of(seen, organisation="Politie", by="", link="")
    assert one.words == "Er is geen aanwijzing vastgelegd. Dat bewijst niet dat er niets was."
    assert (one.source, one.link_words) == ("Politie", "")
    assert timeline.entry_of(slim(), organisation="Politie", by="", link="").words == ""


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("stated", "het kind zegt het"),
        ("document", "stond op een document"),
        ("assessed", "geschat door een arts"),
        ("unknown", "niet bekend waarop het steunt"),
    ],
)
def test_every_name_is_a_claim_on_a_ground(basis: str, words: str) -> None:
    told = slim(
        met_at=MET.isoformat(),
        child={
            "given_names": "Nora",
            "birth_date": "2013-03",
            "birth_date_basis": basis,
            "other_names": [{"given_names": "Нора"}],
        },
    )
    now, other = timeline.said_of(told, "Politie")
    assert (now.name, now.born, now.basis, now.script) == ("Nora", "maart 2013", words, "")
    assert now.where == "14 maart 2026, 01:52, Politie"
    assert (other.name, other.born, other.script) == ("Нора", "niet bekend", "und-Cyrl")


def test_a_child_without_a_name_has_no_claims() -> None:
    assert timeline.said_of(slim(), "Politie") == ()
