"""Bring the index in line with what is claimed of an encounter: what is claimed now, and what ever was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from vangnet.chain.crosscheck import services as crosscheck
from vangnet.chain.encounters.selectors import Opened
from vangnet.chain.persons.facts import Person
from vangnet.chain.persons.selectors import ever_claimed
from vangnet.knowledge.linkage import Record, record, record_of
from vangnet.knowledge.terms import Child, Collector, Companion, Encounter

_UNITED = (
    "names",
    "birth_dates",
    "phones",
    "addresses",
    "documents",
    "biometrics",
    "collector_phones",
    "vehicles",
)


def index_anew(opened: Opened) -> None:
    """Make an encounter findable by everybody and everything that is claimed of it.

    Must run inside the transaction that changed it.
    """
    crosscheck.index(
        encounter_id=opened.summary.id,
        organisation_id=opened.summary.organisation_id,
        record=_with_earlier(opened.facts, ever_claimed(opened.envelope)),
    )


def _with_earlier(facts: Encounter, earlier: Iterable[Person]) -> Record:
    """Give an encounter as the index keeps it: what is claimed now first, then what ever was."""
    now = record_of(facts)
    blank = Encounter(
        organisation=facts.organisation,
        country=facts.country,
        met_at=facts.met_at,
        encounter_id=facts.encounter_id,
    )
    known = [now, *(record_of(_with(blank, person)) for person in earlier)]
    united: dict[str, Any] = {
        name: tuple(value for one in known for value in getattr(one, name)) for name in _UNITED
    }
    return record(replace(now, **united))


def _with(blank: Encounter, person: Person) -> Encounter:
    match person:
        case Child():
            return replace(blank, child=person)
        case Collector():
            return replace(blank, collectors=(person,))
        case Companion():
            return replace(blank, companions=(person,))
