"""What a page of the gate says: strings in the reader's language, made from the frozen view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext

from vangnet.chain.flow.gate_view import Found, GateCheck, GateView
from vangnet.knowledge.clocks import ages_at, zone_of
from vangnet.knowledge.handover import NEVER_CONDITIONS, OUTCOMES, EndState
from vangnet.knowledge.terms import Collector
from vangnet.site.handovers.questions import INTERPRETERS, QUESTIONS, Option
from vangnet.site.pages.clockface import Face, face_of
from vangnet.site.pages.speaking import by, capital, counted, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list: a mark with its word, a title, what is said about it, and who said it."""

    check: str
    mark: str
    mark_words: str
    title: str
    words: str = ""
    source: str = ""
    evidence: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What the child said, and how it was heard; `heard` is False where nobody asked yet."""

    heard: bool
    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who can help now, with a number to call."""

    name: str
    words: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePage:
    """The gate in words. `first` is the basis of presence; it stands above everything else."""

    encounter_id: UUID
    request_id: UUID | None
    heading: str
    asked: str
    first: str
    first_more: str
    kick: str
    title: str
    lead: str
    face: Face | None
    child: str
    collector: str
    voice: Voice
    reasons: tuple[Line, ...]
    looked: tuple[Line, ...]
    not_asked: str
    questions: tuple[Line, ...]
    listed: tuple[Line, ...]
    contacts: tuple[Contact, ...]
    ends: tuple[str, ...]
    incidents: tuple[str, ...]
    earlier: tuple[str, ...]


def gate_page(view: GateView, *, current: str = "") -> GatePage:
    """Say the whole gate. `current` is the question that stands open on the page."""
    child, collector = child_of(view), collector_of(view.collector)
    first, more = _two(say(view.basis_of_presence))
    return GatePage(
        encounter_id=view.encounter_id,
        request_id=view.request_id,
        heading=heading_of(view),
        asked=gettext("hand-over asked %(time)s") % {"time": local(view, view.asked_at)} if view.asked_at else "",
        first=first,
        first_more=more,
        kick=_kick(view, child, collector),
        title=_title(view),
        lead=_lead(view, child),
        face=face_of(view.hold, at=view.at),
        child=child,
        collector=collector,
        voice=voice_of(view),
        reasons=tuple(line_of(view, one) for one in _weighing(view)),
        looked=tuple(line_of(view, one) for one in view.checks if one.found or one.result.state == "failed"),
        not_asked=_not_asked(view),
        questions=tuple(_question(view, one, current) for one in QUESTIONS),
        listed=tuple(line_of(view, view.check(one)) for one in ("G-01", "G-11", "G-14", "G-17", "G-18")),
        contacts=tuple(_contact(view)),
        ends=tuple(say(end.words) for end in OUTCOMES.values()),
        incidents=tuple(_incident(view)),
        earlier=tuple(f"{say(one.end.words)} {local(view, one.at)}" for one in view.earlier),
    )


def child_of(view: GateView) -> str:
    """Call the child by the name it gives; without one it is the child."""
    name = view.facts.child.name
    return (name.given_names or name.family_name) if name else gettext("the child")


def collector_of(collector: Collector | None) -> str:
    """Call an adult by the name as stated; nobody is empty."""
    if collector is None:
        return ""
    return collector.name.whole if collector.name else gettext("an adult without a name")


def heading_of(view: GateView) -> str:
    """Say who it is about: the name, and the age with what it rests on."""
    age = ages_at(view.facts, view.at)
    child = capital(child_of(view))
    if age is None:
        return gettext("%(child)s, age not known") % {"child": child}
    years = str(age.low) if age.is_certain else gettext("%(low)s to %(high)s") % {"low": age.low, "high": age.high}
    words = _AGES().get(view.facts.child.birth_date_basis, _AGES()["unknown"])
    return words % {"child": child, "years": years}


def _AGES() -> dict[str, str]:  # noqa: N802 - a table, said in the language of the page
    return {
        "stated": gettext("%(child)s, %(years)s years old by its own account"),
        "document": gettext("%(child)s, %(years)s years old by a document"),
        "assessed": gettext("%(child)s, %(years)s years old as assessed"),
        "unknown": gettext("%(child)s, perhaps %(years)s years old"),
    }


def local(view: GateView, moment: datetime | None) -> str:
    """Write a moment on the clock of the place; with its day where that is not today."""
    if moment is None:
        return ""
    zone = zone_of(view.facts.country)
    return by(moment.astimezone(zone), view.at.astimezone(zone))


def _two(text: str) -> tuple[str, str]:
    """Cut after the second sentence: the ground and until when, and what then."""
    parts = text.split(". ")
    head, rest = ". ".join(parts[:2]), ". ".join(parts[2:])
    return (f"{head}." if rest else head), rest


def _kick(view: GateView, child: str, collector: str) -> str:
    if view.done:
        return gettext("%(child)s went to: %(receiver)s") % {
            "child": capital(child),
            "receiver": view.done.receiver,
        }
    if not collector:
        return gettext("Nobody asks to take %(child)s along") % {"child": child}
    return gettext("May %(child)s go with %(collector)s?") % {"child": child, "collector": collector}


def _title(view: GateView) -> str:
    if view.done:
        return gettext("The hand-over is recorded")
    if view.decision and view.decision.holds:
        return gettext("Two people decided")
    return {
        "not_yet": gettext("Not yet"),
        "refer": gettext("Not yet. Put this to the Board"),
        "ready_for_two_people": gettext("Two people can decide now"),
    }[view.outcome]


def _lead(view: GateView, child: str) -> str:
    if view.done:
        return gettext("%(receiver)s received %(child)s.") % {"receiver": view.done.receiver, "child": child}
    if view.decision and view.decision.holds:
        elsewhere = not_with(view, view.decision.end)
        return f"{ahead(view, view.decision.end)}. {elsewhere}".strip()
    if view.outcome == "ready_for_two_people":
        return gettext("Everything that law and policy ask is in order. One proposes, another confirms.")
    if not view.collector:
        return gettext("Nobody asks for %(child)s. Look for a safe place together with the Board.") % {
            "child": child
        }
    said = [_count_of(view)]
    if view.child_view.wants_to_go == "no":
        said.append(gettext("%(child)s does not want to go along.") % {"child": capital(child)})
    elif view.outcome == "refer":
        said.append(gettext("This cannot be settled at this desk."))
    return " ".join(said)


def _count_of(view: GateView) -> str:
    open_ = sum(_is_condition(one) and one.result.state != "passed" for one in view.checks)
    if open_ == 1:
        return gettext("One thing is not in order or not known.")
    return gettext("%(number)s things are not in order or not known.") % {"number": capital(counted(open_))}


def _is_condition(one: GateCheck) -> bool:
    return one.result.required_by != "advice" and one.result.check not in NEVER_CONDITIONS


def _weighing(view: GateView) -> Iterable[GateCheck]:
    """Give what is not in order, then what somebody looked at and does not know; advice only where it failed."""
    failed = [one for one in view.checks if one.result.state == "failed"]
    unknown = [one for one in view.checks if one.result.state == "unknown" and one.found]
    return (*failed, *unknown)


def _not_asked(view: GateView) -> str:
    open_ = [one for one in view.checks if one.result.state == "unknown" and not one.found and _is_condition(one)]
    return ", ".join(say(one.title).lower() if n else say(one.title) for n, one in enumerate(open_))


def line_of(view: GateView, one: GateCheck) -> Line:
    """Say one check: its mark, its reason in two parts, and who recorded what when."""
    mark, words = _mark(one)
    title, rest = _sentence(say(one.result.reason))
    return Line(
        check=one.result.check,
        mark=mark,
        mark_words=words,
        title=title,
        words=f"{rest} {_standing(one)}".strip(),
        source=who_says(view, one.last),
        evidence=one.last.evidence if one.last and one.result.check != "G-02" else "",
    )


def _standing(one: GateCheck) -> str:
    failed_advice = one.result.required_by == "advice" and one.result.state == "failed"
    return gettext("This is advice, no refusal.") if failed_advice and one.result.check != "G-08" else ""


def _sentence(text: str) -> tuple[str, str]:
    head, dot, rest = text.partition(". ")
    return (f"{head}." if dot else text), rest


def _mark(one: GateCheck) -> tuple[str, str]:
    if one.result.state == "passed":
        return "done", gettext("done")
    if one.result.state == "failed":
        return "failed", gettext("not in order")
    if one.last and one.last.source == "register_down":
        return "down", gettext("register not reachable")
    return ("unknown", gettext("not known")) if one.found else ("todo", gettext("still to do"))


def _question(view: GateView, check: str, current: str) -> Line:
    one = view.check(check)
    mark, words = _mark(one)
    now = check == current
    return Line(
        check=check,
        mark="now" if now else mark,
        mark_words=gettext("now") if now else words,
        title=say(one.title),
        words=gettext("you are here") if now else _short(view, one, mark, words),
        current=now,
    )


def _short(view: GateView, one: GateCheck, mark: str, words: str) -> str:
    if one.last:
        when = local(view, one.last.at)
        return when if mark == "done" else f"{words}, {when}"
    if mark in {"done", "failed"}:
        return gettext("stood in the encounter") if mark == "done" else words
    return "" if _is_condition(one) else gettext("advice")


def who_says(view: GateView, found: Found | None) -> str:
    """Say who recorded an answer, when, and where it comes from."""
    if found is None:
        return ""
    source = words_of(option_words(found.check, found.source)) if found.source else ""
    return ", ".join(filter(None, [found.by, local(view, found.at), source]))


def option_words(check: str, code: str) -> str | Promise:
    """Say what a source of a question is in words; what is not in the list is empty."""
    options: tuple[Option, ...] = INTERPRETERS if check == "G-02" else QUESTIONS[check].sources
    return next((option[1] for option in options if option[0] == code), "")


def words_of(text: str | Promise) -> str:
    """Give a lazy sentence in the language of the page."""
    return str(text)


def voice_of(view: GateView) -> Voice:
    """Say what the child said, when and through whom; where nobody asked, that."""
    said, found = view.child_view, view.check("G-02").last
    words = (found.evidence if found else "") or said.words
    heard = bool(found or words or said.heard_alone is not None)
    told = [capital(child_of(view))]
    if said.heard_alone:
        told.append(gettext("heard alone"))
    elif said.heard_alone is False:
        told.append(gettext("not heard alone"))
    if found:
        told.append(gettext("at %(time)s") % {"time": local(view, found.at)})
    if said.interpreter != "unknown":
        told.append(_through(said.interpreter))
    if said.trusted_person:
        told.append(gettext("trusts %(person)s") % {"person": said.trusted_person})
    return Voice(heard=heard, words=words, source=", ".join(told))


def _through(interpreter: str) -> str:
    words = {
        "sworn": gettext("with a sworn interpreter"),
        "none": gettext("without an interpreter"),
        "other": gettext("someone else interpreted"),
    }
    return words[interpreter]


def _contact(view: GateView) -> Iterable[Contact]:
    for card in view.contacts:
        yield Contact(name=card.name, words=card.contact_words, phone=card.contact_phone)


def _incident(view: GateView) -> Iterable[str]:
    for one in view.incidents:
        yield f"{say(one.end.words)} {one.by}, {local(view, one.at)}."


def stated(view: GateView) -> dict[str, str]:
    """Fill in the adult that the encounter named already, so that nobody types a name twice."""
    if not view.facts.collectors:
        return {}
    one = view.facts.collectors[0]
    return {
        "collector_given": one.name.given_names if one.name else "",
        "collector_family": one.name.family_name if one.name else "",
        "collector_relation": one.claimed_relation,
        "collector_phone": next(iter(one.phones), ""),
        "collector_vehicle": one.vehicle,
    }


def end_options(view: GateView, ends: Iterable[EndState]) -> list[tuple[str, str]]:
    """Give ends as a choice of which nothing is chosen."""
    return [(end.code, ahead(view, end)) for end in ends]


def ahead(view: GateView, end: EndState) -> str:
    """Say an end that has not come yet, with the name of the child; an incident has come."""
    words = {
        "HANDED_TO_AUTHORITY_HOLDER": gettext("%(child)s goes to whoever has authority"),
        "HANDED_TO_GI_OR_NIDOS": gettext("%(child)s goes to a certified body or Nidos"),
        "HANDED_TO_SHELTER_VOLUNTARY": gettext("%(child)s goes to a safe place it agrees to"),
        "HANDED_TO_RVDK_ARRANGED_PLACE": gettext("%(child)s goes to a place the Board arranges"),
    }
    return words[end.code] % {"child": capital(child_of(view))} if end.code in words else say(end.words)


def not_with(view: GateView, end: EndState) -> str:
    """Say with whom the child does not go, where somebody asked and it goes elsewhere."""
    if not view.collector or end.needs_ready:
        return ""
    return gettext("Not with %(collector)s.") % {"collector": collector_of(view.collector)}


def changed_words(view: GateView, changed: Iterable[str]) -> str:
    """Name the checks that changed since, by their titles."""
    return ", ".join(
        say(view.check(one).title) for one in changed if one in {row.result.check for row in view.checks}
    )
