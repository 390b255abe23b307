"""What is closed by its age is closed at every door: read, sent, compared, judged, corrected and added to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from chain.town import BOARD, RAW, Town, after, code_of, facts, slim, written
from vangnet.chain import flow
from vangnet.chain.crosscheck.services import Judged
from vangnet.chain.duties import services as duties
from vangnet.chain.encounters import services as encounters
from vangnet.chain.encounters.models import Account, Encounter
from vangnet.chain.flow.referring import Asking
from vangnet.chain.handovers.models import Check, Incident, Request
from vangnet.chain.referrals.selectors import Opened
from vangnet.knowledge.terms import ChannelCheck, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.access.selectors import organisation
from vangnet.trust.keys import services as keys

YEAR = 366 * 24 * 60
NAME = {"given_names": "Nora", "family_name": "Visser", "birth_date": "2012-05-17"}


def refer(actor: Actor, encounter_id: UUID, minutes: float) -> UUID | Reason:
    board = organisation(BOARD)
    assert board is not None
    sent = flow.refer(
        actor=actor,
        encounter_id=encounter_id,
        receiver_id=board.id,
        kind="board_urgent",
        words="Can you come?",
        request_key=uuid4(),
        at=after(minutes),
    )
    return sent if isinstance(sent, Reason) else sent.referral_id


def given(found: UUID | Reason) -> UUID:
    assert isinstance(found, UUID), found
    return found


@pytest.fixture
def old(town: Town) -> dict[str, UUID]:
    """Give an encounter that will be older than a year, with a referral, a question at its gate and an incident."""
    met = town.met(facts(encounter_id="NL-1", child=NAME))
    asked = given(flow.ask_gate(actor=town.officer, encounter_id=met, collector=None, at=after(1)))
    incident = flow.record_incident(
        actor=town.officer, encounter_id=met, outcome="CHILD_WENT_MISSING", words="Gone.", at=after(3)
    )
    return {
        "met": met,
        "asked": asked,
        "sent": given(refer(town.officer, met, 2)),
        "incident": given(incident),
    }


DOORS: dict[str, Callable[[Actor, dict[str, UUID], float], Any]] = {
    "advice": lambda actor, old, at: flow.advice(
        actor=actor, purpose=Purpose.PROTECT_CHILD, encounter_id=old["met"], at=after(at)
    ),
    "timeline": lambda actor, old, at: flow.timeline(
        actor=actor, purpose=Purpose.PROTECT_CHILD, encounter_id=old["met"], at=after(at)
    ),
    "gate": lambda actor, old, at: flow.gate(actor=actor, encounter_id=old["met"], at=after(at)),
    "referral": lambda actor, old, at: flow.referral(actor=actor, referral_id=old["sent"], at=after(at)),
    "asking": lambda actor, old, at: flow.asking(actor=actor, encounter_id=old["met"], at=after(at)),
    "refer": lambda actor, old, at: refer(actor, old["met"], at),
    "correct": lambda actor, old, at: flow.correct(
        actor=actor,
        purpose=Purpose.PROTECT_CHILD,
        encounter_id=old["met"],
        facts=slim(encounter_id="NL-1"),
        reason="Heard otherwise.",
        at=after(at),
    ),
    "abroad": lambda actor, old, at: duties.record_international_check(
        actor=actor,
        purpose=Purpose.PROTECT_CHILD,
        relation=Relation.OWN_ENCOUNTER,
        encounter_id=old["met"],
        check=ChannelCheck(channel="pruem", state="asked"),
        at=after(at),
    ),
    "ask_gate": lambda actor, old, at: flow.ask_gate(
        actor=actor, encounter_id=old["met"], collector=None, at=after(at)
    ),
    "record_check": lambda actor, old, at: flow.record_check(
        actor=actor,
        request_id=old["asked"],
        check="G-07",
        state="clear",
        source="register",
        evidence="x",
        at=after(at),
    ),
    "record_incident": lambda actor, old, at: flow.record_incident(
        actor=actor, encounter_id=old["met"], outcome="CHILD_WENT_MISSING", words="Gone.", at=after(at)
    ),
    "pair": lambda actor, old, at: flow.pair(
        actor=actor, encounter_id=old["met"], other_id=old["tonight"], at=after(at)
    ),
    "judge": lambda actor, old, at: flow.judge(
        actor=actor, encounter_id=old["met"], other_id=old["tonight"], value="same", reason="scar", at=after(at)
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_to_it_is_closed_until_a_specialist_opens_it(
    town: Town, old: dict[str, UUID], door: str
) -> None:
    old["tonight"] = town.met(slim(encounter_id="NL-2", child=NAME), at=after(YEAR))
    kept = [model.objects.count() for model in (Account, Request, Check, Incident)]
    entries = len(written())
    refused = DOORS[door](town.specialist, old, YEAR)
    assert code_of(refused) == "over_a_year"
    assert [model.objects.count() for model in (Account, Request, Check, Incident)] == kept
    assert len(written()) == entries
    given(
        encounters.open_older(
            actor=town.specialist, encounter_id=old["met"], reason="The same child again.", at=after(YEAR + 1)
        )
    )
    assert not isinstance(DOORS[door](town.specialist, old, YEAR + 2), Reason | tuple)


@pytest.mark.parametrize("door", DOORS)
def test_within_the_year_they_are_open(town: Town, old: dict[str, UUID], door: str) -> None:
    old["tonight"] = town.met(slim(encounter_id="NL-2", child=NAME), at=after(9))
    assert not isinstance(DOORS[door](town.specialist, old, 9), Reason | tuple)


def test_the_receiver_of_a_referral_reads_on(town: Town, old: dict[str, UUID]) -> None:
    opened = flow.referral(actor=town.board, referral_id=old["sent"], at=after(YEAR))
    assert isinstance(opened, Opened)
    assert opened.shared["encounter"]["child"]["given_names"] == "Nora"


def test_it_is_still_compared_and_its_own_values_are_not_told(town: Town, old: dict[str, UUID]) -> None:
    town.met(slim(encounter_id="NL-2", child=NAME), at=after(YEAR))

    def explained(minutes: float) -> list[str]:
        told = flow.cross_check(
            actor=town.specialist, purpose=Purpose.IDENTIFY_CHILD, encounter_id=old["met"], at=after(minutes)
        )
        assert isinstance(told, tuple)
        return [part.left for one in told if one.candidate for part in one.candidate.explanation]

    assert len(explained(YEAR)) > 1
    assert not any(explained(YEAR))
    given(
        encounters.open_older(
            actor=town.specialist, encounter_id=old["met"], reason="The same child again.", at=after(YEAR + 1)
        )
    )
    assert any(explained(YEAR + 2))


def test_a_verdict_can_be_taken_back_all_the_same(town: Town, old: dict[str, UUID]) -> None:
    tonight = town.met(slim(encounter_id="NL-2", child=NAME), at=after(9))
    joined = flow.judge(
        actor=town.specialist, encounter_id=old["met"], other_id=tonight, value="same", reason="scar", at=after(9)
    )
    assert isinstance(joined, Judged)
    gone = flow.revoke(actor=town.specialist, encounter_id=old["met"], verdict_id=joined.verdict_id, at=after(YEAR))
    assert isinstance(gone, Judged)
    assert not gone.is_joined


def test_a_referral_of_what_was_destroyed_says_so(town: Town, old: dict[str, UUID]) -> None:
    keys.destroy(Encounter.objects.get().envelope_id, at=after(5))
    for actor in (town.officer, town.board):
        assert code_of(flow.referral(actor=actor, referral_id=old["sent"], at=after(6))) == "destroyed"


def test_before_a_question_is_asked_its_page_stands_in_the_ledger(town: Town, old: dict[str, UUID]) -> None:
    before = len(written())
    found = flow.asking(actor=town.officer, encounter_id=old["met"], at=after(5))
    assert isinstance(found, Asking)
    assert (found.municipality, found.gone_since) == (RAW["municipality"], after(3))
    (entry,) = written()[before:]
    assert (entry.act, entry.subjects) == ("read_encounter", [str(old["met"])])
    assert code_of(flow.asking(actor=town.board, encounter_id=old["met"], at=after(5))) == "relation"
    assert len(written()) == before + 1
