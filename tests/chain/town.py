"""Four invented organisations, who works there, and encounters with an invented child."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from vangnet.chain import flow
from vangnet.chain.flow import TakenIn
from vangnet.knowledge.terms import Encounter, Purpose, Reason, read_encounter
from vangnet.trust.access.policy import Actor, Role
from vangnet.trust.access.services import actor_for, create_organisation, create_person, give_role
from vangnet.trust.ledger.models import Entry

AT = datetime(2026, 3, 1, 14, 0, tzinfo=UTC)
POLICE = "NL-POL-RIJNHAVEN"
OTHER_POLICE = "NL-POL-WATERLAND"
BOARD = "NL-RVDK-RIJNHAVEN"
ABROAD = "BE-POL-SCHELDE"

RAW: dict[str, Any] = {
    "organisation": POLICE,
    "country": "NL",
    "met_at": "2026-03-01T14:20:00+01:00",
    "place": "Stationshalqq",
    "municipality": "0363",
    "kind": "offence",
    "offence": "zakkenrollenqq",
    "words": "Liep weg met de tasqq.",
    "custody": {"basis": "suspect", "arrested_at": "2026-03-01T14:20:00+01:00"},
    "child": {
        "given_names": "Zephyrineqq",
        "family_name": "Korenbloemqq",
        "other_names": [{"given_names": "Mirabelqq"}, {"family_name": "Winterqq"}],
        "birth_date": "2012-05-17",
        "birth_date_basis": "stated",
        "sex": "F",
        "birth_place": "Waterdorpqq",
        "phones": ["+31612349876", "+31687651234"],
        "address": "Lindelaanqq 7",
        "documents": [
            {"kind": "identity_card", "number": "SPECIQQ77", "issuing_country": "BE", "inspected": True},
            {"number": "LOSTQQ88"},
        ],
        "biometric_references": [{"system": "afis", "reference": "BIOQQ55"}],
    },
    "interpreter_language": "Fransqq",
    "observations": [
        {
            "indicator": "I-02",
            "state": "observed",
            "observer": "police",
            "at": "2026-03-01T14:10:00+01:00",
            "words": "portemonneeqq doorgegeven",
        },
        {"indicator": "I-25", "state": "not_observed", "observer": "police"},
    ],
    "companions": [
        {"role": "adult", "given_names": "Ottoqq", "phones": ["+31611119999"], "vehicle": "QQ-123-B"},
        {"role": "child"},
    ],
    "child_view": {"heard_alone": True, "wants_to_go": "unknown", "words": "ik wil slapenqq"},
    "collectors": [
        {
            "given_names": "Annaqq",
            "family_name": "Bakkerqq",
            "birth_date": "1980-02-03",
            "phones": ["+32400001113"],
            "vehicle": "QQ-9-XYZ",
            "address": "Dorpsstraatqq 1",
            "claimed_relation": "tanteqq",
            "identity": {"state": "verified", "document": "passport", "number": "PASQQ33"},
            "authority": {"state": "not_verified", "source": "private_deed"},
            "conflict_of_interest": "none_found",
        }
    ],
    "known": {
        "international_check": [{"channel": "sis", "state": "answered", "answer": "geen trefferqq"}],
        "facts": {"G-06": {"state": "clear", "source": "school", "words": "gebeldqq"}},
    },
}
CANARIES = (
    *sorted(set(re.findall(r"\w+qq", json.dumps(RAW)))),
    "612349876", "687651234", "611119999", "400001113", "2012-05-17", "1980-02-03",
    "SPECIQQ77", "LOSTQQ88", "BIOQQ55", "PASQQ33", "QQ-123-B", "QQ-9-XYZ",
)  # fmt: skip
"""What may stand nowhere in a dump of the database without the key."""


def facts(**changes: Any) -> Encounter:
    """Give the whole invented encounter, with top-level fields replaced."""
    read = read_encounter(RAW | changes)
    assert isinstance(read, Encounter), read
    return read


def slim(**changes: Any) -> Encounter:
    """Give an encounter of which only the three required fields are known, and what is given."""
    read = read_encounter({name: RAW[name] for name in ("organisation", "country", "met_at")} | changes)
    assert isinstance(read, Encounter), read
    return read


def after(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Who works where."""

    officer: Actor
    specialist: Actor
    other_specialist: Actor
    board: Actor
    service: Actor
    immigration: Actor
    auditor: Actor

    @classmethod
    def begin(cls) -> Town:
        return cls(
            officer=_working(POLICE, "police", "officer", Role.OFFICER),
            specialist=_working(POLICE, "police", "specialist", Role.SPECIALIST),
            other_specialist=_working(OTHER_POLICE, "police", "other", Role.SPECIALIST),
            board=_working(BOARD, "youth_care", "board", Role.RVDK),
            service=_working(POLICE, "police", "service", Role.SERVICE),
            immigration=_working(POLICE, "police", "immigration", Role.IMMIGRATION),
            auditor=_working(POLICE, "police", "auditor", Role.AUDITOR),
        )

    def met(self, encounter: Encounter, *, by: Actor | None = None, at: datetime = AT, **options: Any) -> UUID:
        """Take an encounter in and give its id."""
        taken = flow.take_in(
            actor=by or self.officer,
            purpose=Purpose.PROTECT_CHILD,
            facts=encounter,
            request_key=options.pop("request_key", None),
            at=at,
            **options,
        )
        assert isinstance(taken, TakenIn), taken
        return taken.encounter_id


def _working(code: str, regime: str, username: str, role: Role) -> Actor:
    organisation = create_organisation(
        code=code,
        name=code.title(),
        country=code[:2],
        regime=regime,
        contact_words=f"Desk {code}",
        contact_phone="0800",
    )
    person = create_person(username=username, name=f"Robin {username.title()}")
    give_role(person=person, organisation=organisation, role=role)
    actor = actor_for(person)
    assert isinstance(actor, Actor)
    return actor


def code_of(refused: object) -> str:
    """Give the code of a refusal; anything else fails the test."""
    if isinstance(refused, tuple):
        (refused,) = refused
    assert isinstance(refused, Reason), refused
    return refused.code


def written() -> list[Entry]:
    """Give the ledger's entries in the order in which they were written."""
    return list(Entry.objects.order_by("at", "number"))
