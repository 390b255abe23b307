"""Whether everything that an encounter tells can have happened by now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from vangnet.knowledge.terms.dates import Moment
from vangnet.knowledge.terms.encounter import Encounter
from vangnet.knowledge.terms.words import Reason, Words

CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far a moment may lie ahead: the clock of a telephone or of another system is not always right."""
_LATEST_DAY = ZoneInfo("Etc/GMT-14")


def still_to_come(facts: Encounter, *, at: datetime) -> tuple[Reason, ...]:
    """Say which times of an encounter lie after `at`, each with its place; nothing is recorded before it happened."""
    return tuple(
        _reason(where) for where, moment in _moments(facts) if moment is not None and _is_to_come(moment, at=at)
    )


def _is_to_come(moment: Moment, *, at: datetime) -> bool:
    """Whether something of this moment cannot have happened at `at`; a part of a date begins where it is day first."""
    if isinstance(moment, datetime):
        return moment > at + CLOCK_DIFFERENCE
    return moment.earliest > at.astimezone(_LATEST_DAY).date()


def _moments(facts: Encounter) -> Iterator[tuple[str, Moment | None]]:
    yield "met_at", facts.met_at
    for name in ("arrested_at", "arrived_at", "ordered_at"):
        yield f"custody.{name}", getattr(facts.custody, name)
    for number, seen in enumerate(facts.observations):
        yield f"observations[{number}].at", seen.at
    for number, collector in enumerate(facts.collectors):
        yield f"collectors[{number}].birth_date", collector.birth_date
    for number, asked in enumerate(facts.international_check):
        yield f"known.international_check[{number}].at", asked.at
    for check, fact in facts.facts.items():
        yield f"known.facts.{check}.at", fact.at


def _reason(where: str) -> Reason:
    words = Words(
        f"{where} ligt in de toekomst; kijk dag, tijd en zone na.",
        f"{where} lies in the future; check day, time and zone.",
    )
    return Reason(code="still_to_come", where=where, words=words)
