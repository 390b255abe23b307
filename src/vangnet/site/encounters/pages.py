"""The advice as a page shows it: the answer, what to do now, then why. Frozen values, every word already said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from vangnet.chain.flow.story import Left
from vangnet.knowledge import indicators
from vangnet.knowledge.assessment import Assessment, moment_of
from vangnet.knowledge.terms import Encounter, Observation
from vangnet.site.crosscheck.grouping import Told, told_of
from vangnet.site.encounters.channels import ChannelRow, channel_row
from vangnet.site.encounters.duty_rows import DutyRow, anchors, clock_in_doubt, duty_rows
from vangnet.site.encounters.steps import Advised, Phone, Step, link, steps_of
from vangnet.site.pages.clockface import Face, face_of
from vangnet.site.pages.places import time_there, when_there, written_in
from vangnet.site.pages.speaking import by, capital, say

FIRST_UNKNOWN = 4
LONG_AGO = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing that was seen, in whose words, what it fits, what to do with it, and who says so."""

    what: str
    words: str
    means: str
    do: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Where the child went, or that nobody knows; who decided, and what stays standing."""

    title: str
    answer: str
    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The whole page. `gone` is there once the child left: then no hold runs and nobody is handed over here."""

    heading: str
    long_ago: str
    place: str
    lang: str
    title: str
    lead: str
    decides: str
    any_indication: bool
    basis: str
    face: Face | None
    doubt: str
    gone: Gone | None
    steps: tuple[Step, ...]
    gate_link: str
    add_link: str
    account: str
    account_source: str
    voice: str
    voice_source: str
    seen: tuple[Seen, ...]
    unknown: tuple[str, ...]
    unknown_more: tuple[str, ...]
    told: Told
    duties: tuple[DutyRow, ...]
    has_table: bool
    channels: tuple[ChannelRow, ...]
    not_asked: str


def advice_page(advised: Advised, *, at: datetime, contacts: Mapping[str, Phone] | None = None) -> Advice:
    """Say what one encounter asks for at one moment. `contacts` are telephone numbers by the code of a step."""
    assessment, left = advised.assessment, advised.left
    facts, found = assessment.encounter, assessment.screening.any_indication
    duties = tuple(duty_rows(assessment.duties, advised.duties, at=at, left=left))
    return Advice(
        heading=_heading(facts, at),
        long_ago=_long_ago(facts, at),
        place=facts.place,
        lang=written_in(facts.country),
        **_answer(facts, any_indication=found),
        decides=_decides(left),
        basis=say(left.words if left else assessment.basis_of_presence),
        face=None if left else face_of(assessment.hold, at=at),
        doubt=_doubt(assessment),
        gone=_gone(left, facts, at) if left else None,
        steps=tuple(steps_of(advised, anchors(duties), contacts or {})),
        gate_link=link("handovers:encounter", advised.encounter_id),
        add_link=link("encounters:add", advised.encounter_id) if found else "",
        **_voices(facts, advised.recorded_by),
        **_not_known(facts, advised.observer),
        seen=tuple(_seen(assessment, advised.recorded_by)),
        told=told_of(advised.earlier, may_judge=advised.may_judge, may_open=False),
        duties=duties,
        has_table=assessment.has_legal_table,
        **_channels(advised, at),
    )


def _answer(facts: Encounter, *, any_indication: bool) -> dict[str, Any]:
    return {
        "title": _title(any_indication=any_indication),
        "lead": _lead(facts, any_indication=any_indication),
        "any_indication": any_indication,
    }


def _voices(facts: Encounter, recorder: str) -> dict[str, Any]:
    """Give the words of the recorder and of the child, each with whose they are."""
    return {
        "account": facts.words,
        "account_source": recorder,
        "voice": facts.child_view.words,
        "voice_source": _voice_source(facts),
    }


def _not_known(facts: Encounter, observer: str) -> dict[str, Any]:
    unknown = _unknown(facts, observer)
    return {"unknown": unknown[:FIRST_UNKNOWN], "unknown_more": unknown[FIRST_UNKNOWN:]}


def _channels(advised: Advised, at: datetime) -> dict[str, Any]:
    rows = tuple(channel_row(one, zone=at.tzinfo) for one in advised.channels)
    return {"channels": rows, "not_asked": ", ".join(row.name for row in rows if row.mark == "unasked")}


def _decides(left: Left | None) -> str:
    if left is None:
        return gettext("The specialist judges the indications. Two people together decide on a hand-over.")
    return gettext("The specialist judges the indications. Whoever received the child decides what comes next.")


def _doubt(assessment: Assessment) -> str:
    """Say beside the clock, not in the small print, that its limit was not read in the law yet."""
    hold = assessment.hold
    if hold is None or not clock_in_doubt(assessment.duties, hold.clock):
        return ""
    return gettext("A lawyer has still to check how long this hold may last.")


def _gone(left: Left, facts: Encounter, at: datetime) -> Gone:
    moment = by(left.at.astimezone(at.tzinfo), at)
    recorded = gettext("Recorded by %(name)s.") % {"name": left.by}
    if left.end.kind == "incident":
        words = gettext("Call the Board now. This is always reviewed.")
        title = gettext("Where is %(child)s?") % {"child": child_words(facts)}
        return Gone(title=title, answer=say(left.end.words), words=words, source=f"{moment}. {recorded}")
    decided = gettext("%(first)s and %(second)s decided this together.")
    return Gone(
        title=gettext("%(child)s is no longer here") % {"child": capital(child_words(facts))},
        answer=gettext("Received by %(receiver)s, at %(time)s.") % {"receiver": left.receiver, "time": moment},
        words=decided % {"first": left.deciders[0], "second": left.deciders[1]},
        source=recorded,
    )


def child_words(facts: Encounter) -> str:
    """Call the child by the name it gives; without one, this child."""
    name = facts.child.name
    return (name.given_names or name.family_name) if name else gettext("this child")


def _heading(facts: Encounter, at: datetime) -> str:
    """Name the encounter by its time, and with its day where that is not today."""
    met = facts.met_at
    today = isinstance(met, datetime) and met.astimezone(at.tzinfo).date() == at.date()
    time = time_there(met, facts.country) if isinstance(met, datetime) and today else when_there(met, facts.country)
    return gettext("Encounter %(time)s") % {"time": time}


def _long_ago(facts: Encounter, at: datetime) -> str:
    """Say of an encounter of more than a week ago that it does not happen now."""
    days = (at - moment_of(facts)).days
    if days < LONG_AGO:
        return ""
    words = gettext("This was %(days)s days ago. It does not say where the child is now, or what was done since.")
    return words % {"days": days}


def _title(*, any_indication: bool) -> str:
    if any_indication:
        return gettext("There are indications of exploitation")
    return gettext("You recorded no indication")


def _lead(facts: Encounter, *, any_indication: bool) -> str:
    if not any_indication:
        return gettext("That does not prove there is nothing. At a hand-over the same questions apply as always.")
    words = gettext(
        "Treat %(child)s as a possible victim. The slightest indication is enough, also when something was taken."
    )
    return words % {"child": child_words(facts)}


def _voice_source(facts: Encounter) -> str:
    alone = {
        True: gettext("heard alone"),
        False: gettext("not heard alone"),
        None: gettext("not known whether heard alone"),
    }[facts.child_view.heard_alone]
    return f"{capital(child_words(facts))}, {alone}"


def _seen(assessment: Assessment, recorded_by: str) -> Iterator[Seen]:
    catalogue = indicators.catalogue().indicators
    told = {one.indicator: one for one in assessment.encounter.observations if one.state == "observed"}
    for one in assessment.screening.indications:
        item, observation = catalogue[one.indicator], told.get(one.indicator)
        yield Seen(
            what=say(one.words).rstrip("."),
            words=observation.words if observation else "",
            means=meaning(item),
            do=say(item.action),
            source=_source(observation, recorded_by, assessment.encounter),
        )


def meaning(item: indicators.Indicator) -> str:
    """Say what something that was seen fits with; never how strong it is."""
    by_dimension = {
        "exploitation": gettext("Fits with: somebody else profits from it."),
        "coercion_at_destination": gettext("Fits with: somebody else decides what the child does."),
        "coercive_recruitment": gettext("Fits with: the child was brought here by force."),
        "deceptive_recruitment": gettext("Fits with: the child was promised something else."),
        "recruitment_by_abuse_of_vulnerability": gettext("Fits with: somebody used that the child is vulnerable."),
        "abuse_of_vulnerability_at_destination": gettext("Fits with: somebody uses that the child is vulnerable."),
    }
    by_category = {
        "act": gettext("Fits with: somebody else moves or houses the child."),
        "means": gettext("Fits with: somebody else decides what the child does."),
        "exploitation": gettext("Fits with: somebody else profits from it."),
        "situation": gettext("Fits with: somebody else arranges where the child is."),
        "recurrence": gettext("Says: this child or this adult was met before."),
        "hand-over": gettext("Counts at the hand-over."),
        "vulnerability": gettext("Says that the child needs protection. On its own it is no indication."),
    }
    return by_dimension.get(item.ilo_dimension or "") or by_category[item.category]


def _source(observation: Observation | None, recorded_by: str, facts: Encounter) -> str:
    """Say who recorded it, and when it was seen; without a time of its own that of the encounter."""
    if observation is not None and observation.at is not None:
        time = when_there(observation.at, facts.country)
    else:
        time = gettext("at the encounter, %(time)s") % {"time": when_there(facts.met_at, facts.country)}
    return ", ".join(part for part in (recorded_by, time) if part)


def _unknown(facts: Encounter, observer: str) -> tuple[str, ...]:
    answered = {one.indicator for one in facts.observations if one.state != "unknown"}
    asked = indicators.prompts(observer=observer, moment="encounter")
    return tuple(say(one.words) for one in asked if one.id not in answered)
