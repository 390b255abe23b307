"""Record many encounters of one file at once; the rules are those of `record_encounter`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid4

from vangnet.chain.encounters import refusals
from vangnet.chain.encounters.models import Account, Encounter, Observation
from vangnet.chain.encounters.numbers import digest_of, numbered
from vangnet.chain.encounters.selectors import ACCOUNT, WORDS
from vangnet.chain.encounters.services import described, people_in, told_of
from vangnet.chain.persons import services as persons
from vangnet.knowledge import terms
from vangnet.knowledge.terms import Reason
from vangnet.trust.access.policy import Actor
from vangnet.trust.keys import services as keys
from vangnet.trust.keys.services import Envelope, Place
from vangnet.trust.rows import write_rows

_T = TypeVar("_T")
_DESCRIBED = ("encounter_id", "country", "municipality", "zone", "kind", "met_at", "met_on")
_SEEN = ("indicator", "state", "observer", "at_text", "words_sealed")
_OF = ("organisation_id", "recorded_at", "recorded_by_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One encounter of a file, ready to be recorded: its own id, its facts with their number, their digest."""

    id: UUID
    facts: terms.Encounter
    digest: bytes


def made_ready(*, actor: Actor, facts: terms.Encounter, ordinal: int) -> Row | Reason:
    """Number an encounter, or say why this account may not record it. Reads no table."""
    if facts.organisation != actor.organisation_code:
        return refusals.other_organisation(facts.organisation, actor.organisation_code)
    facts = numbered(facts, request_key=None, ordinal=ordinal)
    return Row(id=uuid4(), facts=facts, digest=digest_of(facts))


def standing(*, actor: Actor, numbers: Sequence[str]) -> dict[str, frozenset[bytes]]:
    """Give, for the numbers that stand already, the digests of what was ever told under them: one query."""
    rows = Account.objects.filter(
        encounter__organisation_id=actor.organisation_id, encounter__encounter_id__in=numbers
    )
    found: dict[str, frozenset[bytes]] = {}
    for number, digest in rows.values_list("encounter__encounter_id", "digest"):
        found[number] = found.get(number, frozenset()) | {bytes(digest)}
    return found


class _Hand(NamedTuple):
    """For which organisation, when, and by whom: the columns of `_OF`."""

    organisation_id: UUID
    at: datetime
    by: UUID


def record_encounters(*, actor: Actor, rows: Sequence[Row], at: datetime) -> None:
    """Record encounters as history, none of which stands yet: six statements for all of them.

    Must run inside a transaction; raises IntegrityError where somebody recorded one a moment ago.
    """
    hand = _Hand(actor.organisation_id, at, actor.person_id)
    envelopes = keys.create_envelopes(len(rows), at=at)
    each = list(zip(rows, envelopes, strict=True))
    children = persons.record_many(
        organisation_id=hand.organisation_id,
        met=[(envelope, people_in(row.facts)) for row, envelope in each],
        made_by=hand.by,
        at=at,
    )
    write_rows(
        Encounter,
        ("id", "envelope_id", "child_id", "digest", "is_history", *_DESCRIBED, *_OF),
        (
            (row.id, envelope.id, child, row.digest, True, *_described(row), *hand)
            for (row, envelope), child in zip(each, children, strict=True)
        ),
    )
    _write_accounts(each, hand)
    _write_observations(each, hand)


def _described(row: Row) -> tuple[Any, ...]:
    open_facts = described(row.facts)
    return tuple(open_facts[name] for name in _DESCRIBED)


def _write_accounts(each: Sequence[tuple[Row, Envelope]], hand: _Hand) -> None:
    write_rows(
        Account,
        ("id", "encounter_id", "number", "digest", "facts_sealed", *_OF),
        (
            (one, row.id, 1, row.digest, envelope.seal(told_of(row.facts), context=Place(ACCOUNT, one)), *hand)
            for one, (row, envelope) in _identified(each)
        ),
    )


def _write_observations(each: Sequence[tuple[Row, Envelope]], hand: _Hand) -> None:
    write_rows(
        Observation,
        ("id", "encounter_id", "position", *_SEEN, *_OF),
        (
            (made, row.id, place, *_seen(made, one, envelope), *hand)
            for row, envelope in each
            for made, (place, one) in _identified(enumerate(row.facts.observations))
        ),
    )


def _identified(rows: Iterable[_T]) -> Iterator[tuple[UUID, _T]]:
    """Give each row an id of its own, to which its words are sealed."""
    return ((uuid4(), row) for row in rows)


def _seen(row_id: UUID, one: terms.Observation, envelope: Envelope) -> tuple[str, str, str, str, bytes]:
    """Give the columns of `_SEEN`."""
    at_text = "" if one.at is None else terms.write_moment(one.at)
    return one.indicator, one.state, one.observer, at_text, envelope.seal(one.words, context=Place(WORDS, row_id))
