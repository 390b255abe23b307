"""The advice as a page shows it: the answer, what to do now, then why. Frozen values, every word already said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from vangnet.chain.crosscheck.selectors import Graded
from vangnet.chain.duties.selectors import ChannelState, DutyLine
from vangnet.knowledge import clocks, indicators
from vangnet.knowledge.assessment import Assessment, NextStep
from vangnet.knowledge.terms import Channel, Encounter, Observation
from vangnet.site.encounters.earlier import Earlier, earlier_of
from vangnet.site.pages.clockface import Face, face_of
from vangnet.site.pages.speaking import by, capital, clock_time, say, short_day, span, when

GATE = "gate"
ELSEWHERE = frozenset({GATE, "international_check"})
"""Steps that have a place of their own on the page."""
FIRST_UNKNOWN = 4
FIRST_EARLIER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """Whom to call, and under which number."""

    words: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do now: what, why, whom to call or where to go."""

    what: str
    why: str
    phone: Phone | None = None
    link: str = ""
    link_words: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing that was seen, in whose words, what it fits, what to do with it, and who says so."""

    what: str
    words: str
    means: str
    do: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """One duty: by when, how long still or already, what, who, by which law."""

    due: str
    left: str
    what: str
    who: str
    law: str
    note: str
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """One channel to other countries: a mark, its name, and how it stands."""

    code: str
    mark: str
    mark_words: str
    name: str
    words: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The whole page."""

    heading: str
    place: str
    title: str
    lead: str
    any_indication: bool
    basis: str
    face: Face | None
    steps: tuple[Step, ...]
    gate_link: str
    add_link: str
    voice: str
    voice_source: str
    seen: tuple[Seen, ...]
    unknown: tuple[str, ...]
    unknown_more: tuple[str, ...]
    earlier: tuple[Earlier, ...]
    earlier_more: tuple[Earlier, ...]
    duties: tuple[DutyRow, ...]
    has_table: bool
    channels: tuple[ChannelRow, ...]
    not_asked: str


def link(name: str, *ids: UUID) -> str:
    """Give an address of another step; nothing where that step has no door here."""
    try:
        return reverse(name, args=ids)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """All that the page is made of: what flow gathered about one encounter for one reader."""

    encounter_id: UUID
    assessment: Assessment
    recorded_by: str = ""
    earlier: Sequence[Graded] = ()
    duties: Sequence[DutyLine] = ()
    channels: Sequence[ChannelState] = ()


def advice_page(advised: Advised, *, at: datetime, contacts: Mapping[str, Phone] | None = None) -> Advice:
    """Say what one encounter asks for at one moment. `contacts` are telephone numbers by the code of a step."""
    assessment, facts = advised.assessment, advised.assessment.encounter
    found = assessment.screening.any_indication
    unknown = _unknown(facts)
    earlier = tuple(earlier_of(one, encounter_id=advised.encounter_id, link=link) for one in advised.earlier)
    rows = tuple(channel_row(one, zone=at.tzinfo) for one in advised.channels)
    return Advice(
        heading=_heading(facts),
        place=facts.place,
        title=_title(any_indication=found),
        lead=_lead(facts, any_indication=found),
        any_indication=found,
        basis=say(assessment.basis_of_presence),
        face=face_of(assessment.hold, at=at),
        steps=tuple(_steps(assessment, advised.encounter_id, contacts or {})),
        gate_link=link("handovers:encounter", advised.encounter_id),
        add_link=link("encounters:add", advised.encounter_id) if found else "",
        voice=facts.child_view.words,
        voice_source=_voice_source(facts),
        seen=tuple(_seen(assessment, advised.recorded_by)),
        unknown=unknown[:FIRST_UNKNOWN],
        unknown_more=unknown[FIRST_UNKNOWN:],
        earlier=earlier[:FIRST_EARLIER],
        earlier_more=earlier[FIRST_EARLIER:],
        duties=tuple(_duties(assessment.duties, advised.duties, at)),
        has_table=assessment.has_legal_table,
        channels=rows,
        not_asked=", ".join(row.name for row in rows if row.mark == "failed"),
    )


def child_words(facts: Encounter) -> str:
    """Call the child by the name it gives; without one, this child."""
    name = facts.child.name
    return (name.given_names or name.family_name) if name else gettext("this child")


def _heading(facts: Encounter) -> str:
    met = facts.met_at
    return gettext("Encounter %(time)s") % {"time": clock_time(met) if isinstance(met, datetime) else when(met)}


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


def _steps(assessment: Assessment, encounter_id: UUID, contacts: Mapping[str, Phone]) -> Iterator[Step]:
    found = assessment.screening.any_indication
    shown = [one for one in assessment.next_steps if one.code not in ELSEWHERE or (one.code == GATE and not found)]
    primary = next((one.code for one in shown if one.code in contacts or one.code == GATE), "")
    for one in shown:
        yield _step(one, encounter_id, contacts.get(one.code), first=one.code == primary)
    if not found:
        yield Step(
            what=gettext("Add what you hear or see later"),
            why=gettext("One new answer and Vangnet looks again."),
            link=link("encounters:add", encounter_id),
            link_words=gettext("Add to it"),
        )


def _step(one: NextStep, encounter_id: UUID, phone: Phone | None, *, first: bool) -> Step:
    targets = {
        GATE: ("handovers:encounter", gettext("Begin the hand-over")),
        "call_board": ("referrals:new", gettext("Ask it through Vangnet too")),
    }
    name, words = targets.get(one.code, ("", ""))
    address = link(name, encounter_id) if name else ""
    return Step(
        what=say(one.what).rstrip("."),
        why=say(one.why),
        phone=phone,
        link=address,
        link_words=words if address else "",
        first=first,
    )


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
            source=_source(observation, recorded_by),
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


def _source(observation: Observation | None, recorded_by: str) -> str:
    moment = observation.at if observation else None
    parts = (recorded_by, when(moment) if moment else gettext("time not recorded"))
    return ", ".join(part for part in parts if part)


def _unknown(facts: Encounter) -> tuple[str, ...]:
    answered = {one.indicator for one in facts.observations if one.state != "unknown"}
    asked = indicators.prompts(observer="police", moment="encounter")
    return tuple(say(one.words) for one in asked if one.id not in answered)


def _duties(duties: Iterable[clocks.Duty], lines: Iterable[DutyLine], at: datetime) -> Iterator[DutyRow]:
    done = {one.clock: one for one in lines if one.done_at is not None}
    ordered = sorted(duties, key=lambda one: (one.due_at is None, one.due_at or one.starts_at or at, one.clock))
    for duty in ordered:
        line = done.get(duty.clock)
        yield _done(duty, line, at) if line else duty_row(duty, at=at)


def _done(duty: clocks.Duty, line: DutyLine, at: datetime) -> DutyRow:
    moment = line.done_at.astimezone(at.tzinfo) if line.done_at else None
    return DutyRow(
        due=gettext("done"),
        left=f"{short_day(moment)} {clock_time(moment)}" if moment else "",
        what=say(duty.words),
        who=gettext("By %(name)s.") % {"name": line.done_by},
        law=duty.source,
        note="",
        done=True,
    )


def duty_row(duty: clocks.Duty, *, at: datetime) -> DutyRow:
    """Write one duty that is still open; only a hard term has a time, and one in doubt says so."""
    due, left = _due(duty, at)
    return DutyRow(
        due=due,
        left=left,
        what=say(duty.words),
        who=f"{capital(say(duty.holder))}.",
        law=_law(duty),
        note=say(duty.note),
    )


def _due(duty: clocks.Duty, at: datetime) -> tuple[str, str]:
    if duty.due_at is not None and duty.due_at > at:
        words = gettext("by %(time)s") % {"time": by(duty.due_at, at)}
        return words, gettext("%(span)s left") % {"span": span(duty.due_at - at)}
    if duty.due_at is not None:
        words = gettext("was %(time)s") % {"time": by(duty.due_at, at)}
        return words, gettext("%(span)s ago") % {"span": span(at - duty.due_at)}
    if duty.hard:
        return gettext("term"), gettext("start not known")
    running = gettext("running %(span)s") % {"span": span(at - duty.starts_at)} if duty.starts_at else ""
    return (gettext("as soon as possible") if duty.event else gettext("stands open")), running


def _law(duty: clocks.Duty) -> str:
    parts = [f"{duty.source}."]
    if duty.event:
        parts.append(gettext("The law gives no hours."))
    if duty.hard and duty.certainty != "read":
        parts.append(gettext("To be checked by a lawyer."))
    return " ".join(parts)


def channel_names() -> Mapping[Channel, str]:
    """Name the four channels to other countries, with what each can tell."""
    return {
        "sis": gettext("SIS, alerts in Europe"),
        "pruem": gettext("Prüm, fingerprints and DNA"),
        "siena": gettext("SIENA, through the expertise centre"),
        "interpol": gettext("Interpol"),
    }


def channel_row(one: ChannelState, *, zone: tzinfo | None) -> ChannelRow:
    """Write how one channel stands; not asked is as loud as a check that failed."""
    marks = {
        "not_asked": ("failed", gettext("not asked")),
        "asked": ("waiting", gettext("asked, no answer yet")),
        "answered": ("done", gettext("answered")),
    }
    mark, words = marks[one.state]
    who = [part for part in (one.asked_by, when(one.at.astimezone(zone)) if one.at else "") if part]
    return ChannelRow(
        code=one.channel,
        mark=mark,
        mark_words=words,
        name=channel_names()[one.channel],
        words=f"{capital(words)}. {', '.join(who)}".strip() if who else f"{capital(words)}.",
        answer=one.answer,
    )
