"""Recurrence signs: what only several encounters of one child show together, once a person judged them the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vangnet.knowledge.terms import Encounter


def supported_by(facts: Encounter, others: Sequence[Encounter]) -> frozenset[str]:
    """Give the recurrence signs that the encounters of one child show together.

    Only encounters that *same* verdicts joined belong here; a candidate never does.
    """
    return frozenset(sign for sign, shows in _SIGNS if others and shows(facts, others))


def _known_elsewhere_otherwise(_facts: Encounter, others: Sequence[Encounter]) -> bool:
    """I-40: somebody recorded it at another encounter of this child.

    Names and numbers of a match serve to find the child again; no rule reads them.
    """
    return any(seen.indicator == "I-40" and seen.state == "observed" for one in others for seen in one.observations)


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
