"""One invented night at a police station: a child, an adult who asks, and the people who decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from vangnet.chain.encounters.models import Account, Encounter
from vangnet.chain.handovers import deciding, services
from vangnet.chain.handovers.models import Decision, Handover
from vangnet.chain.persons.services import record_people
from vangnet.knowledge.handover import Decision as Machine
from vangnet.knowledge.terms import Child, Collector, PersonName
from vangnet.trust.access.models import Organisation
from vangnet.trust.access.policy import Actor, Relation, Role
from vangnet.trust.access.services import (
    actor_for,
    create_organisation,
    create_person,
    give_role,
    set_receiving,
)
from vangnet.trust.keys.services import create_envelope

AT = datetime(2026, 3, 14, 1, 52, tzinfo=UTC)
READY = Machine(outcome="ready_for_two_people", checks=())
NOT_YET = Machine(outcome="not_yet", checks=())
AUTHORITY_HOLDER = "HANDED_TO_AUTHORITY_HOLDER"
BOARD_PLACE = "HANDED_TO_RVDK_ARRANGED_PLACE"
SHELTER = "HANDED_TO_SHELTER_VOLUNTARY"
ADULT = Collector(name=PersonName("Anna", "Bakker"), claimed_relation="parent")
OWN = Relation.OWN_ENCOUNTER
RECEIVER = services.Receiver(name="Anna Bakker", receipt="signed")


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def working(organisation: Organisation, username: str, role: Role) -> Actor:
    person = create_person(username=username, name=f"Robin {username.title()}")
    give_role(person=person, organisation=organisation, role=role)
    actor = actor_for(person)
    assert isinstance(actor, Actor)
    return actor


def receiving(code: str, regime: str, *places: str, country: str = "NL") -> Organisation:
    """Give an organisation that has these kinds of place for a child."""
    made = create_organisation(code=code, name=f"Huis {code}", country=country, regime=regime)
    assert set_receiving(code=made.code, kinds=places) is None
    return made


def told_anew(encounter: Encounter, *, by: UUID, minute: int = 8) -> None:
    """Put another account of an encounter beside the earlier ones."""
    Account.objects.create(
        organisation_id=encounter.organisation_id,
        encounter=encounter,
        number=encounter.accounts.count() + 1,
        facts_sealed=b"x",
        reason_sealed=b"x",
        digest=b"",
        recorded_at=after(minute),
        recorded_by_id=by,
    )


def met(organisation: Organisation, by: UUID, number: str) -> Encounter:
    envelope = create_envelope(at=AT)
    (child,) = record_people(
        organisation_id=organisation.pk,
        envelope=envelope,
        people=(Child(name=PersonName("Nora", number)),),
        made_by=by,
        at=AT,
    )
    return Encounter.objects.create(
        organisation=organisation,
        encounter_id=number,
        envelope_id=envelope.id,
        child=child,
        country="NL",
        zone="Europe/Amsterdam",
        met_at=AT,
        met_on="2026-03-14",
        kind="offence",
        recorded_at=AT,
        recorded_by_id=by,
        digest=b"",
    )


@dataclass
class Night:
    """Everybody of the night, and one request that waits for an answer."""

    police: Organisation
    board: Organisation
    officer: Actor
    first: Actor
    second: Actor
    rvdk: Actor
    encounter: Encounter
    other: Encounter
    request: UUID

    @classmethod
    def begin(cls) -> Night:
        police = create_organisation(code="NL-POL-RIJNHAVEN", name="Politie", country="NL", regime="police")
        board = create_organisation(code="NL-RVDK-RIJNHAVEN", name="Raad", country="NL", regime="youth_care")
        set_receiving(code=board.code, kinds=["crisis_foster_care", "guardianship"])
        officer = working(police, "officer", Role.OFFICER)
        encounter = met(police, officer.person_id, "26-0413")
        night = cls(
            police=police,
            board=board,
            officer=officer,
            first=working(police, "first", Role.ASSISTANT_PROSECUTOR),
            second=working(police, "second", Role.ASSISTANT_PROSECUTOR),
            rvdk=working(board, "board", Role.RVDK),
            encounter=encounter,
            other=met(police, officer.person_id, "26-0414"),
            request=encounter.pk,
        )
        night.request = night.ask()
        return night

    def ask(self, collector: Collector | None = ADULT, encounter: Encounter | None = None) -> UUID:
        asked = services.ask(
            actor=self.officer,
            encounter_id=(encounter or self.encounter).pk,
            collector=collector,
            relation=OWN,
            at=after(1),
        )
        assert isinstance(asked, UUID), asked
        return asked

    def check(
        self, state: str = "clear", minute: int = 2, request: UUID | None = None, check: str = "G-07"
    ) -> UUID:
        made = services.record_check(
            actor=self.officer,
            request_id=request or self.request,
            answer=services.Answer(
                check=check,
                state=state,
                source="none" if check == "G-02" else "register",
                evidence="looked up by hand",
            ),
            relation=OWN,
            at=after(minute),
        )
        assert isinstance(made, UUID), made
        return made

    def receives(self, outcome: str) -> UUID | None:
        """Give the organisation that receives in this way; nobody where whoever asked does."""
        if outcome == SHELTER:
            return self.shelter().pk
        return None if outcome == AUTHORITY_HOLDER else self.board.pk

    def shelter(self) -> Organisation:
        """Give the shelter of the town; it takes part from when it is first asked for."""
        known = Organisation.objects.filter(code="NL-OPV-LINDENHOF").first()
        return known or receiving("NL-OPV-LINDENHOF", "shelter", "voluntary_place")

    def propose(self, outcome: str = AUTHORITY_HOLDER, request: UUID | None = None, minute: int = 5) -> UUID:
        made = deciding.propose(
            actor=self.first,
            request_id=request or self.request,
            outcome=outcome,
            receiver_id=self.receives(outcome),
            reason="All is in order.",
            machine=READY,
            relation=OWN,
            at=after(minute),
        )
        assert isinstance(made, UUID), made
        return made

    def decide(self, outcome: str = AUTHORITY_HOLDER, request: UUID | None = None, minute: int = 5) -> Decision:
        proposal = self.propose(outcome, request, minute)
        made = deciding.confirm(
            actor=self.second,
            proposal_id=proposal,
            reason="I agree.",
            machine=READY,
            relation=OWN,
            at=after(minute + 1),
        )
        assert isinstance(made, UUID), made
        return Decision.objects.get(pk=made)

    def hand_over(self, decision: Decision) -> object:
        return services.record_handover(
            actor=self.officer,
            decision_id=decision.pk,
            receiver=RECEIVER,
            machine=READY,
            relation=OWN,
            at=after(9),
        )

    def went_missing(self, minute: int = 8) -> UUID:
        made = services.record_incident(
            actor=self.officer,
            encounter_id=self.encounter.pk,
            outcome="CHILD_WENT_MISSING",
            words="The door was open.",
            relation=OWN,
            at=after(minute),
        )
        assert isinstance(made, UUID), made
        return made

    def supersede(self, decision: Decision) -> UUID:
        made = deciding.supersede(
            actor=self.first, decision_id=decision.pk, reason="New facts.", relation=OWN, at=after(7)
        )
        assert isinstance(made, UUID), made
        return made


def row_of(decision: Decision, **changes: Any) -> Handover:
    """Give the hand-over row that rests on a decision, with something changed."""
    columns: dict[str, Any] = {
        "organisation_id": decision.organisation_id,
        "decision_id": decision.pk,
        "child_id": decision.child_id,
        "collector_id": decision.collector_id,
        "outcome": decision.outcome,
        "receiver_id": decision.receiver_id,
        "first_decider_id": decision.first_decider_id,
        "second_decider_id": decision.second_decider_id,
        "receipt_sealed": b"x",
        "handed_by_id": decision.first_decider_id,
        "handed_at": after(9),
    }
    return Handover(**columns | changes)
