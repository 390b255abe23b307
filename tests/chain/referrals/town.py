"""An invented town: two police stations, the Board, a shelter; a child met before under another spelling."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from vangnet.chain import flow
from vangnet.knowledge.terms import Encounter, Purpose, Reason, read_encounter
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
PLACES = (
    ("NL-POL-RIJNHAVEN", "Politie Rijnhaven", "police", "088 000 09 01"),
    ("NL-POL-WATERLAND", "Politie Waterland", "police", "088 000 09 02"),
    ("NL-RVDK-RIJNHAVEN", "Raad Rijnhaven spoed", "youth_care", "088 000 01 23"),
    ("NL-OPV-LINDENHOF", "Opvang Lindenhof", "shelter", ""),
)
PEOPLE = (
    ("officer", "J. de Wit", "NL-POL-RIJNHAVEN", Role.OFFICER),
    ("desk", "S. Brouwer", "NL-POL-RIJNHAVEN", Role.ASSISTANT_PROSECUTOR),
    ("other", "L. Smit", "NL-POL-RIJNHAVEN", Role.ASSISTANT_PROSECUTOR),
    ("specialist", "A. Okkerse", "NL-POL-RIJNHAVEN", Role.SPECIALIST),
    ("auditor", "G. Haverkamp", "NL-POL-RIJNHAVEN", Role.AUDITOR),
    ("immigration", "K. Roos", "NL-POL-RIJNHAVEN", Role.IMMIGRATION),
    ("waterland", "T. Veldman", "NL-POL-WATERLAND", Role.SPECIALIST),
    ("board", "M. Kowalczyk", "NL-RVDK-RIJNHAVEN", Role.RVDK),
    ("shelter", "H. Zomer", "NL-OPV-LINDENHOF", Role.SHELTER),
)
NORA: dict[str, Any] = {
    "given_names": "Nora",
    "family_name": "Lindqvist",
    "birth_date": "2013-03-05",
    "birth_date_basis": "stated",
    "sex": "F",
    "documents": [{"kind": "identity_card", "number": "SPECI004117"}],
}
NOOR: dict[str, Any] = NORA | {"given_names": "Noor", "birth_date": "2013-05-03", "phones": ["+31 6 00004117"]}


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def told(
    organisation: str, child: dict[str, Any], met_at: datetime = HERE_SINCE, partial: str = "", **more: Any
) -> Encounter:
    raw = {
        "organisation": organisation,
        "country": "NL",
        "municipality": "0901",
        "met_at": partial or met_at.isoformat(),
        "kind": "offence",
        "custody": {"basis": "suspect", "arrived_at": met_at.isoformat(), "pretrial_detention_offence": "no"},
        "child": child,
        "observations": [{"indicator": "I-02", "state": "observed", "observer": "police", "words": "Cash."}],
        "child_view": {"heard_alone": True, "interpreter": "sworn", "wants_to_go": "no", "words": "Not with him."},
    }
    facts = read_encounter(raw | more)
    assert isinstance(facts, Encounter), facts
    return facts


RECEIVING = {
    "NL-OPV-LINDENHOF": ("protected_shelter", "voluntary_place"),
    "NL-RVDK-RIJNHAVEN": ("crisis_foster_care",),
}


@dataclass
class Town:
    """Everybody of the town, and the encounter of tonight."""

    places: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    tonight: UUID = field(default_factory=uuid4)

    @classmethod
    def build(cls, child: dict[str, Any] | None = None) -> Town:
        town = cls()
        for code, name, regime, phone in PLACES:
            town.places[code] = create_organisation(
                code=code, name=name, country="NL", regime=regime, municipality="0901", contact_phone=phone
            )
        for code, receives in RECEIVING.items():
            set_receiving(code=code, kinds=receives)
        for username, name, code, role in PEOPLE:
            town.people[username] = create_person(username=username, name=name)
            give_role(person=town.people[username], organisation=town.places[code], role=role)
        town.tonight = town.met("officer", child or NORA)
        return town

    def actor(self, username: str) -> Actor:
        actor = actor_for(self.people[username])
        assert isinstance(actor, Actor)
        return actor

    def client(self, username: str, language: str = "en") -> Client:
        client = Client()
        client.force_login(self.people[username], backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = language
        return client

    def met(
        self, by: str, child: dict[str, Any], met_at: datetime = HERE_SINCE, at: datetime | None = None, **more: Any
    ) -> UUID:
        actor = self.actor(by)
        taken = flow.take_in(
            actor=actor,
            purpose=Purpose.PROTECT_CHILD,
            facts=told(actor.organisation_code, child, met_at, **more),
            request_key=uuid4(),
            at=at or met_at + timedelta(minutes=20),
        )
        assert isinstance(taken, flow.TakenIn), taken
        return taken.encounter_id

    def refer(
        self, *, to: str = "NL-RVDK-RIJNHAVEN", kind: str = "board_urgent", by: str = "officer", minute: int = 1
    ) -> UUID:
        sent = flow.refer(
            actor=self.actor(by),
            encounter_id=self.tonight,
            receiver_id=self.places[to].id,
            kind=kind,
            words="She is tired.",
            request_key=uuid4(),
            at=after(minute),
        )
        assert not isinstance(sent, Reason), sent
        return sent.referral_id

    def answer(self, referral: UUID, value: str, *, by: str = "board", reason: str = "", minute: int = 5) -> UUID:
        given = flow.answer(
            actor=self.actor(by), referral_id=referral, value=value, reason=reason, at=after(minute)
        )
        assert isinstance(given, UUID), given
        return given

    def judge(self, by: str, encounter: UUID, other: UUID, value: str, minute: int = 3) -> Any:
        return flow.judge(
            actor=self.actor(by),
            encounter_id=encounter,
            other_id=other,
            value=value,
            reason="The same paper.",
            at=after(minute),
        )
