"""One invented night at a desk: Nora is here since 02:10, and an adult asks for her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from vangnet.chain.encounters.services import record_encounter
from vangnet.chain.flow import deciding
from vangnet.chain.flow.correcting import Corrected, correct
from vangnet.chain.flow.gate import gate
from vangnet.chain.flow.gate_view import GateView
from vangnet.chain.referrals import services as referrals
from vangnet.knowledge.terms import (
    Child,
    Collector,
    Custody,
    Encounter,
    Observation,
    PartialDate,
    PersonName,
    Purpose,
    Reason,
)
from vangnet.trust.access.models import Organisation, Person
from vangnet.trust.access.policy import Actor, Role
from vangnet.trust.access.services import (
    actor_for,
    create_organisation,
    create_person,
    give_role,
    set_receiving,
)

AT = datetime(2026, 3, 14, 2, 41, tzinfo=UTC)
HERE_SINCE = datetime(2026, 3, 14, 1, 10, tzinfo=UTC)
ADULT = Collector(name=PersonName("T.", "Verhagen"), claimed_relation="uncle", phones=("+31 6 00000000",))
PASSED: tuple[tuple[str, str, str], ...] = (
    ("G-02", "wants_to_go", "sworn"),
    ("G-03", "clear", "person"),
    ("G-04", "verified", "document"),
    ("G-05", "verified", "authority_register"),
    ("G-07", "clear", "register"),
    ("G-10", "none_found", "person"),
    ("G-13", "clear", "person"),
)


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def facts(number: str = "26-0413", **more: object) -> Encounter:
    given: dict[str, object] = {
        "custody": Custody(basis="suspect", arrived_at=HERE_SINCE, pretrial_detention_offence="no"),
        "child": Child(
            name=PersonName("Nora", ""), birth_date=PartialDate(2013, 2), birth_date_basis="stated", sex="F"
        ),
    }
    return Encounter(
        organisation="NL-POL-RIJNHAVEN",
        country="NL",
        municipality="0901",
        met_at=HERE_SINCE,
        encounter_id=number,
        **(given | more),  # type: ignore[arg-type]
    )


def indicated(number: str = "26-0413") -> Encounter:
    return facts(number, observations=(Observation(indicator="I-02", state="observed", observer="police"),))


def done(made: object) -> UUID:
    """Give what an act made; a refusal fails the test."""
    assert isinstance(made, UUID), made
    return made


def code(made: object) -> str:
    """Give the code of a refusal that is said in both languages; anything else fails the test."""
    assert isinstance(made, Reason), made
    assert made.words.nl != made.words.en
    return made.code


@dataclass
class Desk:
    """Everybody of the night."""

    police: Organisation
    board: Organisation
    people: dict[str, Person]
    encounter_id: UUID

    @classmethod
    def open(cls, told: Encounter | None = None) -> Desk:
        police = create_organisation(
            code="NL-POL-RIJNHAVEN", name="Bureau Rijnhaven", country="NL", regime="police", municipality="0901"
        )
        board = create_organisation(
            code="NL-RVDK-RIJNHAVEN",
            name="Raad, spoed",
            country="NL",
            regime="youth_care",
            municipality="0901",
            contact_words="Dag en nacht",
            contact_phone="088 000 01 23",
        )
        set_receiving(code=board.code, kinds=["crisis_foster_care", "guardianship"])
        desk = cls(police=police, board=board, people={}, encounter_id=uuid4())
        for username, name, where, role in (
            ("officer", "J. de Wit", police, Role.OFFICER),
            ("desk", "S. Brouwer", police, Role.ASSISTANT_PROSECUTOR),
            ("other", "L. Smit", police, Role.ASSISTANT_PROSECUTOR),
            ("auditor", "G. Haverkamp", police, Role.AUDITOR),
            ("board", "M. Kowalczyk", board, Role.RVDK),
        ):
            desk.people[username] = create_person(username=username, name=name)
            give_role(person=desk.people[username], organisation=where, role=role)
        desk.encounter_id = desk.met(told or facts())
        return desk

    def met(self, told: Encounter) -> UUID:
        with transaction.atomic():
            made = record_encounter(actor=self.actor("officer"), facts=told, request_key=None, at=HERE_SINCE)
        assert not isinstance(made, Reason), made
        return made.id

    def actor(self, username: str) -> Actor:
        actor = actor_for(self.people[username])
        assert isinstance(actor, Actor)
        return actor

    def ask(self, collector: Collector | None = ADULT) -> UUID:
        made = deciding.ask_gate(
            actor=self.actor("officer"), encounter_id=self.encounter_id, collector=collector, at=after(0)
        )
        assert isinstance(made, UUID), made
        return made

    def check(
        self,
        request: UUID,
        check: str,
        state: str,
        source: str,
        minute: int = 1,
        words: str = "",
        by: str = "officer",
    ) -> UUID:
        made = deciding.record_check(
            actor=self.actor(by),
            request_id=request,
            check=check,
            state=state,
            source=source,
            evidence=words,
            at=after(minute),
        )
        assert isinstance(made, UUID), made
        return made

    def passed(self, request: UUID) -> None:
        for check, state, source in PASSED:
            self.check(request, check, state, source)

    def view(self, request: UUID | None = None, by: str = "desk", minute: int = 30) -> GateView:
        seen = gate(
            actor=self.actor(by),
            encounter_id=None if request else self.encounter_id,
            request_id=request,
            at=after(minute),
        )
        assert isinstance(seen, GateView), seen
        return seen

    def receives(self, outcome: str) -> UUID | None:
        """Give who receives in this way: nobody but who asked, the shelter of the town, or the Board."""
        if outcome == "HANDED_TO_AUTHORITY_HOLDER":
            return None
        return self.shelter().pk if outcome == "HANDED_TO_SHELTER_VOLUNTARY" else self.board.pk

    def shelter(self) -> Organisation:
        """Give the shelter of the town; it takes part from when it is first asked for."""
        known = Organisation.objects.filter(code="NL-OPV-LINDENHOF").first()
        if known:
            return known
        made = create_organisation(code="NL-OPV-LINDENHOF", name="Opvang", country="NL", regime="shelter")
        set_receiving(code=made.code, kinds=["protected_shelter", "voluntary_place"])
        return made

    def propose(
        self, request: UUID, outcome: str, by: str = "desk", minute: int = 5, to: UUID | None = None
    ) -> UUID | Reason:
        return deciding.propose(
            actor=self.actor(by),
            request_id=request,
            outcome=outcome,
            receiver_id=to or self.receives(outcome),
            reason="Een veilige plek.",
            at=after(minute),
        )

    def confirm(self, request: UUID, proposal: UUID, by: str = "other", minute: int = 6) -> UUID | Reason:
        return deciding.confirm(
            actor=self.actor(by),
            request_id=request,
            proposal_id=proposal,
            reason="Ook ik zie geen gezag.",
            at=after(minute),
        )

    def hand_over(self, request: UUID, minute: int = 9) -> UUID | Reason:
        receiver = deciding.Receiver(name="K. Dijk", receipt="getekend 04:00")
        return deciding.hand_over(
            actor=self.actor("officer"), request_id=request, receiver=receiver, at=after(minute)
        )

    def correct(self, told: Encounter, minute: int = 7) -> None:
        """Put another account beside the first, as the page on which one adds does."""
        made = correct(
            actor=self.actor("officer"),
            purpose=Purpose.PROTECT_CHILD,
            encounter_id=self.encounter_id,
            facts=told,
            reason="Later verteld.",
            at=after(minute),
        )
        assert isinstance(made, Corrected), made

    def refer(self) -> None:
        with transaction.atomic():
            sent = referrals.send(
                actor=self.actor("officer"),
                encounter_id=self.encounter_id,
                question=referrals.Question(
                    receiver_id=self.board.pk, kind="board_urgent", shared={}, request_key=uuid4()
                ),
                at=after(0),
            )
        assert not isinstance(sent, Reason), sent
