"""A possible earlier encounter in words: who holds it, what agrees, what this reader may do. Never a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from vangnet.chain.crosscheck.selectors import Graded
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Candidate
from vangnet.knowledge.terms import PartialDate
from vangnet.site.pages.speaking import day, partial_date, say
from vangnet.site.pages.templatetags.vangnet import tel

MOST = 3
"""How many agreements are named; the page where a person judges shows them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One possible earlier encounter as the advice shows it."""

    title: str
    reason: str
    link: str = ""
    link_words: str = ""
    call: str = ""
    number: str = ""


def earlier_of(one: Graded, *, encounter_id: UUID, link: Callable[..., str]) -> Earlier:
    """Say what this reader is told of a possible earlier encounter."""
    compare = link("crosscheck:compare", encounter_id, one.encounter_id) if one.encounter_id else ""
    match one.answer:
        case Answer.CONTENT:
            words = gettext("Compare the two") if compare else ""
            return Earlier(title=_title(one), reason=reason_of(one), link=compare, link_words=words)
        case Answer.CONTACT:
            return _contact(one)
        case _:
            return _older(is_own=one.encounter_id is not None)


def _older(*, is_own: bool) -> Earlier:
    if is_own:
        return Earlier(
            title=gettext("An older encounter of your own organisation"),
            reason=gettext("You see no content. Your own specialist can decide to open it."),
        )
    return Earlier(
        title=gettext("An older encounter elsewhere"),
        reason=gettext("You see no content. The specialist of that organisation can decide to open it."),
    )


def _title(one: Graded) -> str:
    name = one.organisation.name if one.organisation else ""
    if one.summary is None:
        return name
    met = one.summary.met_at
    return f"{name}, {day(met) if met else partial_date(PartialDate.parse(one.summary.met_on))}"


def _contact(one: Graded) -> Earlier:
    card = one.organisation
    told = gettext("There is a contact point. You see no content; they have it.")
    return Earlier(
        title=card.name if card else gettext("Another organisation"),
        reason=f"{reason_of(one)} {told}".strip(),
        call=gettext("Call the contact point") if card and card.contact_phone else "",
        number=tel(card.contact_phone) if card else "",
    )


def reason_of(one: Graded) -> str:
    """Say in whole sentences what agrees, the weightiest first."""
    return " ".join(_agreements(one.candidate)) if one.candidate else ""


def _agreements(candidate: Candidate) -> tuple[str, ...]:
    agreeing = sorted(
        (part for part in candidate.explanation if part.match_weight > 0 and part.comparison != "sex"),
        key=lambda part: -part.match_weight,
    )
    return tuple(f"{comparison_words(part.comparison)}: {_lower(say(part.words))}" for part in agreeing[:MOST])


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def comparison_words(comparison: str) -> str:
    """Name what was compared."""
    words = {
        "given_name": gettext("Given name"),
        "family_name": gettext("Family name"),
        "birth_date": gettext("Birth date"),
        "phone": gettext("Phone"),
        "address": gettext("Address"),
        "document": gettext("Document"),
        "biometric": gettext("Number of a biometric match"),
        "collector_phone": gettext("Adult"),
        "vehicle": gettext("Vehicle"),
    }
    return words.get(comparison) or comparison.replace("_", " ").capitalize()
