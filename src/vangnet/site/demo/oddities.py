"""What an auditor and a privacy officer would look for, planted once: each is found on the pages that they have."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from vangnet.chain import flow
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Encounter, Purpose, Reason, read_encounter
from vangnet.site.demo.building import WorldError
from vangnet.site.demo.world import World, newest_of_thirty_five
from vangnet.trust.access.accounts import actor_named
from vangnet.trust.access.policy import Actor

SEARCHES, CORRECTIONS = 11, 6


def plant(last_night: datetime) -> None:
    """Have one colleague correct one record again and again in the evening, and search for many children at night.

    Their role allows both, so nothing refused it; that it stands out is for a person to see.
    """
    colleague = _somebody("night")
    _corrected(colleague, last_night - timedelta(hours=6))
    _searched(colleague, last_night)


def _searched(colleague: Actor, at: datetime) -> None:
    """Search for eleven children within ten minutes, and record no encounter."""
    for number, raw in enumerate(World().encounters()[-SEARCHES:]):
        facts = _facts(raw)
        told = flow.cross_check_record(
            actor=colleague,
            purpose=Purpose.IDENTIFY_CHILD,
            record=record_of(facts),
            at=at + timedelta(seconds=50 * number),
        )
        if isinstance(told, Reason):
            raise WorldError(told.whole.en)


def _corrected(colleague: Actor, at: datetime) -> None:
    """Record one encounter and correct it six times before the evening is over."""
    raw = newest_of_thirty_five() | {
        "encounter_id": "NL-POL-RIJNHAVEN-NACHT-1",
        "met_at": at.isoformat(timespec="seconds"),
        "child": {"given_names": "Bram", "family_name": "Visser", "sex": "M"},
    }
    taken = flow.take_in(
        actor=colleague, purpose=Purpose.PROTECT_CHILD, facts=_facts(raw), request_key=uuid.uuid4(), at=at
    )
    if isinstance(taken, tuple):
        raise WorldError(taken[0].whole.en)
    for number in range(1, CORRECTIONS + 1):
        told = flow.correct(
            actor=colleague,
            purpose=Purpose.PROTECT_CHILD,
            encounter_id=taken.encounter_id,
            facts=_facts(raw | {"place": f"plein {number}"}),
            reason="De plaats was anders.",
            at=at + timedelta(minutes=20 * number),
        )
        if isinstance(told, tuple):
            raise WorldError(told[0].whole.en)


def _facts(raw: dict[str, object]) -> Encounter:
    facts = read_encounter(raw)
    if not isinstance(facts, Encounter):
        raise WorldError(facts[0].whole.en)
    return facts


def _somebody(username: str) -> Actor:
    actor = actor_named(username)
    if isinstance(actor, Reason):
        raise WorldError(actor.whole.en)
    return actor
