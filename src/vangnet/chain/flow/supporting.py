"""What a person's *same* verdict supports: signs that only several encounters of one child can show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from vangnet.chain.crosscheck.selectors import answer_about, child_of, encounters_of
from vangnet.chain.encounters.selectors import opened_as_own, summaries
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.terms import Encounter, Purpose
from vangnet.trust.access.policy import Actor

MOST = 50


def supported_by(facts: Encounter, others: Sequence[Encounter]) -> frozenset[str]:
    """Give the recurrence signs that the encounters of one child show together.

    Only encounters that *same* verdicts joined belong here; a candidate never does.
    """
    return frozenset(sign for sign, shows in _SIGNS if others and shows(facts, others))


def earlier_facts(
    actor: Actor, purpose: Purpose, encounter_id: UUID, at: datetime
) -> tuple[tuple[UUID, Encounter], ...]:
    """Open the other encounters of the same child whose content this actor is told; at most 50."""
    others = encounters_of(child_of(encounter_id)) - {encounter_id}
    told = summaries(others)
    content = [one for one in told.values() if answer_about(actor, purpose, one, at) is Answer.CONTENT]
    content.sort(key=lambda one: (one.met_on, one.id))
    return tuple((one.id, opened_as_own(one.id).facts) for one in content[-MOST:])


def _known_elsewhere_otherwise(facts: Encounter, others: Sequence[Encounter]) -> bool:
    """I-40: the same biometric reference, under another name or birth date."""
    own = {one.reference for one in facts.child.biometric_references}
    shared = [one for one in others if own & {two.reference for two in one.child.biometric_references}]
    return any(
        one.child.name != facts.child.name or one.child.birth_date != facts.child.birth_date for one in shared
    )


def _age_changes(facts: Encounter, others: Sequence[Encounter]) -> bool:
    """I-41: another year of birth was stated at another encounter."""
    years = {one.child.birth_date.year for one in (facts, *others) if one.child.birth_date is not None}
    return len(years) > 1


def _again_without_gain(facts: Encounter, others: Sequence[Encounter]) -> bool:
    """I-42: the same kind of offence before, and somebody saw that the child keeps nothing of it (I-05)."""
    offences = [one for one in (facts, *others) if one.kind == "offence" and one.offence]
    keeps_nothing = any(
        seen.indicator == "I-05" and seen.state == "observed" for one in offences for seen in one.observations
    )
    kinds = [one.offence.casefold() for one in offences]
    return keeps_nothing and len(kinds) > len(set(kinds))


_SIGNS: tuple[tuple[str, Callable[[Encounter, Sequence[Encounter]], bool]], ...] = (
    ("I-40", _known_elsewhere_otherwise),
    ("I-41", _age_changes),
    ("I-42", _again_without_gain),
)
