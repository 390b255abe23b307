"""A file into the database, many rows a commit: what is answered is on the disk, what is not is not there at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Literal
from uuid import UUID

from django.db import IntegrityError, transaction

from vangnet.chain.crosscheck import services as crosscheck
from vangnet.chain.encounters import bulk, refusals
from vangnet.chain.encounters.bulk import Row
from vangnet.chain.encounters.digests import digests_of
from vangnet.chain.encounters.numbers import canonical
from vangnet.chain.flow.take_in import store
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Encounter, Purpose, Reason, still_to_come
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.ledger import services as ledger

Taken = Literal["stored", "there_already"]
Answer = Taken | tuple[Reason, ...]
Placed = tuple[Encounter, int]
MOST = 5000
"""Rows that a caller gives at once: large enough to fill a commit, small enough to hold in memory."""
HELD_SECONDS = 0.2
"""How long encounters are taken in under one commit: somebody at a desk waits no longer than this for it."""


@dataclass(slots=True, kw_only=True)
class Importer:
    """Takes in the rows of one file as one account; equal rows without a number are counted, so all stay."""

    actor: Actor
    purpose: Purpose
    history: bool
    now: Callable[[], datetime]
    _equal: Counter[bytes] = field(default_factory=Counter)

    def take(self, rows: Sequence[Encounter]) -> list[Answer]:
        """Take rows in, as `read_encounter` gave them, and answer for each; every answer is durable.

        The same again changes nothing. A row that is refused keeps no other out.
        """
        placed = [(facts, self._ordinal(facts)) for facts in rows]
        return self._history(placed) if self.history else list(self._encounters(placed))

    def _ordinal(self, facts: Encounter) -> int:
        if facts.encounter_id:
            return 0
        content = hashlib.sha256(canonical(facts)).digest()
        self._equal[content] += 1
        return self._equal[content] - 1

    def _encounters(self, placed: Sequence[Placed]) -> Iterator[Answer]:
        """Take in encounter after encounter, each whole, as many under one commit as fit in its time."""
        done = 0
        while done < len(placed):
            until = monotonic() + HELD_SECONDS
            answers: list[Answer] = []
            with transaction.atomic():
                while done + len(answers) < len(placed) and (not answers or monotonic() < until):
                    answers.append(self._one(*placed[done + len(answers)]))
            yield from answers
            done += len(answers)

    def _one(self, facts: Encounter, ordinal: int) -> Answer:
        with transaction.atomic():
            taken = store(
                actor=self.actor,
                purpose=self.purpose,
                facts=facts,
                request_key=None,
                at=self.now(),
                history=self.history,
                ordinal=ordinal,
            )
        if isinstance(taken, tuple):
            return taken
        return "stored" if taken.created else "there_already"

    def _history(self, placed: Sequence[Placed]) -> list[Answer]:
        """Take in history, all that is new under one commit; one by one where somebody else is doing the same."""
        refused = permit(self.actor, "import_history", self.purpose, Relation.NONE).reason
        if refused is not None:
            return [(refused,) for _ in placed]
        answers, new = self._sorted_out(placed)
        try:
            self._store(new)
        except IntegrityError:
            return [self._one(facts, ordinal) for facts, ordinal in placed]
        return answers

    def _sorted_out(self, placed: Sequence[Placed]) -> tuple[list[Answer], list[Row]]:
        """Say of each row whether it is new, there already, refused, or told otherwise before."""
        at = self.now()
        ready = [self._made_ready(facts, ordinal, at) for facts, ordinal in placed]
        numbers = [row.facts.encounter_id for row in ready if isinstance(row, Row)]
        told = bulk.standing(actor=self.actor, numbers=numbers)
        answers: list[Answer] = []
        new: list[Row] = []
        for row in ready:
            if isinstance(row, tuple):
                answers.append(row)
            elif (digests := told.get(row.facts.encounter_id)) is None:
                told[row.facts.encounter_id] = frozenset({row.digest})
                new.append(row)
                answers.append("stored")
            else:
                answers.append("there_already" if row.digest in digests else (refusals.CORRECT_IT,))
        return answers, new

    def _made_ready(self, facts: Encounter, ordinal: int, at: datetime) -> Row | tuple[Reason, ...]:
        row = bulk.made_ready(actor=self.actor, facts=facts, ordinal=ordinal)
        return (row,) if isinstance(row, Reason) else still_to_come(facts, at=at) or row

    def _store(self, new: Sequence[Row]) -> None:
        """Record, index and write down what is new: all of it or nothing. What takes long comes before the lock."""
        if not new:
            return
        records = [(row.id, record_of(row.facts)) for row in new]
        at = self.now()
        with transaction.atomic():
            bulk.record_encounters(actor=self.actor, rows=new, at=at)
            crosscheck.index_many(organisation_id=self.actor.organisation_id, records=records)
            self._write_down(digests_of([row.id for row in new]), at)

    def _write_down(self, bindings: Mapping[UUID, str], at: datetime) -> None:
        """Write one entry for every hundred: each encounter is named in one, so that its whole story can be read."""
        ids = list(bindings)
        for first in range(0, len(ids), ledger.LARGEST_ENTRY):
            some = ids[first : first + ledger.LARGEST_ENTRY]
            ledger.record(
                actor=self.actor,
                act="import_history",
                purpose=self.purpose,
                subjects=some,
                counts={"duties": 0},
                bindings={one: bindings[one] for one in some},
                at=at,
            )
