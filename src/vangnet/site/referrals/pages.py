"""What the referral pages show: values in words, nothing that a template has to work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext

from vangnet.chain.flow.due import ends_of_hold
from vangnet.chain.flow.referring import Asking
from vangnet.chain.handovers.selectors import departures, requests_of
from vangnet.chain.referrals.kinds import FINAL, KINDS, Kind
from vangnet.chain.referrals.selectors import Given, Opened, Waiting, asked_next
from vangnet.knowledge.clocks import in_place, zone_of
from vangnet.knowledge.indicators import catalogue
from vangnet.knowledge.terms import Encounter, read_encounter
from vangnet.site.pages import speaking
from vangnet.site.pages.matters import HERE, left_until, number_of
from vangnet.site.pages.places import when_there, written_in
from vangnet.trust.access.selectors import OrganisationCard

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that was shared: what it is, what was said (each with its script), and on what it rests."""

    label: str
    values: tuple[tuple[str, str], ...]
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer in words: what, why, by whom and when."""

    value: str
    reason: str
    by: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """Where the child is and until when, and whether an adult asks for the child; who that is stands at the hand-over."""

    where: str
    until: str
    adult: str
    gate_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What was shared of the child: as much as can be read of it. `heading` is how the child is called here."""

    heading: str
    words: str
    seen: tuple[str, ...]
    child_words: str = ""
    facts: tuple[Fact, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """One referral as its receiver or its sender reads it."""

    kind: str
    sender: str
    receiver: str
    sent: str
    due: str
    left: str
    ground: str
    state: str
    shared: Shared
    answers: tuple[Answered, ...]
    sent_by: str
    title: str
    next: tuple[str, ...]
    other: str
    can_answer: bool
    turn: str
    turn_until: str
    phone: str
    ask_another: str
    decides: str
    now: Now | None


def page_of(opened: Opened, at: datetime, *, may_read_gate: bool = False) -> ReferralPage:
    """Make an opened referral a page."""
    line = opened.line
    due = speaking.by(line.answer_by.astimezone(HERE), at)
    return ReferralPage(
        kind=speaking.say(line.kind.words),
        sender=line.sender,
        receiver=line.receiver,
        sent=speaking.when(line.sent_at.astimezone(HERE)),
        due=due,
        left=left_until(line.answer_by, at),
        ground=speaking.say(line.kind.ground),
        state=line.state,
        answers=tuple(_answered(one) for one in opened.answers),
        sent_by=opened.sent_by,
        can_answer=opened.is_receiver and line.state not in FINAL,
        turn=_turn(opened),
        turn_until=due if line.state not in FINAL else "",
        phone=opened.phone,
        ask_another=_ask_another(opened),
        title=_title(line),
        next=_next(line),
        other=line.sender if opened.is_receiver else line.receiver,
        decides=_decides(opened),
        now=_now(opened, at, may_read_gate=may_read_gate) if opened.is_receiver and opened.shared else None,
        shared=_shared(opened),
    )


def _answered(one: Given) -> Answered:
    return Answered(value=one.value, reason=one.reason, by=one.by, when=speaking.when(one.at.astimezone(HERE)))


def _shared(opened: Opened) -> Shared:
    encounter = read_encounter({"organisation": "NL-VANGNET-PAGE", **opened.shared.get("encounter", {})})
    indicators = catalogue().indicators
    words = str(opened.shared.get("words", ""))
    seen = tuple(speaking.say(indicators[one].words) for one in opened.shared.get("indications", ()))
    if not isinstance(encounter, Encounter):
        return Shared(heading=number_of(opened.line.referral_id), words=words, seen=seen)
    return Shared(
        heading=_called(encounter),
        words=words,
        seen=seen,
        child_words=encounter.child_view.words,
        facts=_facts(encounter),
        lang=written_in(encounter.country),
    )


def _now(opened: Opened, at: datetime, *, may_read_gate: bool) -> Now:
    """Say what somebody who must answer has to know first: where, until when, and whether an adult is at the door."""
    line, told = opened.line, opened.shared.get("encounter", {})
    zone = zone_of(str(told.get("country", "NL")))
    gone = departures([line.encounter_id]).get(line.encounter_id)
    link = reverse("handovers:encounter", args=[line.encounter_id]) if may_read_gate else ""
    if gone is not None:
        time = speaking.by(in_place(gone.at, zone), at)
        words = gettext("The child is no longer with %(sender)s, since %(time)s.")
        return Now(where=words % {"sender": line.sender, "time": time}, until="", adult="", gate_link=link)
    return Now(
        where=_where_now(opened), until=_until(line.encounter_id, zone, at), adult=_adult(opened), gate_link=link
    )


def _where_now(opened: Opened) -> str:
    sender = gettext("With %(sender)s.") % {"sender": opened.line.sender}
    place = str(opened.shared.get("encounter", {}).get("place", ""))
    return f"{sender} {gettext('Met at: %(place)s.') % {'place': place}}" if place else sender


def _until(encounter_id: UUID, zone: ZoneInfo, at: datetime) -> str:
    due = ends_of_hold([encounter_id]).get(encounter_id)
    if due is None:
        return gettext(
            "No hold runs that Vangnet knows of. Then nobody there may hold this child, who is never sent off alone."
        )
    time = speaking.by(in_place(due, zone), at)
    if due <= at:
        return gettext("The hold ended at %(time)s. Nobody there may hold the child now.") % {"time": time}
    words = gettext("The hold ends at %(time)s, %(left)s, with or without your answer.")
    return words % {"time": time, "left": left_until(due, at)}


def _adult(opened: Opened) -> str:
    asked = any(one.collector_id is not None for one in requests_of([opened.line.encounter_id]))
    if asked or opened.shared.get("somebody_asks"):
        return gettext(
            "An adult is asking for the child. Who that is and what was checked stands at the hand-over."
        )
    return gettext("Nobody wrote down that an adult asks for the child. That can change.")


def _title(line: Waiting) -> str:
    """Say in the largest words what the last answer means: who takes a child over, or takes a question on."""
    if not line.kind.takes_over and line.state == "accepted":
        return gettext("%(who)s decides on this question") % {"who": line.receiver}
    if not line.kind.takes_over and line.state == "declined":
        return gettext("%(who)s does not decide on this question") % {"who": line.receiver}
    words = {
        "accepted": gettext("%(who)s takes over"),
        "declined": gettext("%(who)s cannot take over"),
        "asked_back": gettext("%(who)s wants to know more"),
    }
    return words.get(line.state, gettext("Waits for an answer")) % {"who": line.receiver}


def _next(line: Waiting) -> tuple[str, ...]:
    """Say for what whoever said yes is at turn now."""
    if line.state != "accepted":
        return ()
    gone = departures([line.encounter_id]).get(line.encounter_id)
    return tuple(speaking.say(words) for words in asked_next(line, gone))


def _ask_another(opened: Opened) -> str:
    """Give its sender the way to ask another what was refused: the same question about the same child."""
    line = opened.line
    if opened.is_receiver or line.state != "declined":
        return ""
    return f"{reverse('referrals:new', args=[line.encounter_id])}?kind={line.kind.code}"


def _decides(opened: Opened) -> str:
    """Say who decides, and who is responsible for the child meanwhile."""
    line = opened.line
    if not line.kind.takes_over:
        words = gettext("%(receiver)s decides on this question. %(sender)s stays responsible for the child.")
    elif line.state == "accepted":
        words = gettext("%(receiver)s decides what happens next.")
    elif line.state == "declined":
        words = gettext("%(sender)s stays responsible until another organisation says yes.")
    else:
        words = gettext("%(receiver)s decides on this question. Until a yes, %(sender)s stays responsible.")
    return words % {"receiver": line.receiver, "sender": line.sender}


def _turn(opened: Opened) -> str:
    """Name who is at turn: whoever answers, whoever took it over, or the sender again."""
    line = opened.line
    theirs = line.state in {"waiting", "accepted"}
    if opened.is_receiver:
        return gettext("You") if line.state != "declined" else line.sender
    return line.receiver if theirs else gettext("You")


def _called(encounter: Encounter) -> str:
    name = encounter.child.name
    return name.given_names or name.whole if name else gettext("Child without a name yet")


def _facts(encounter: Encounter) -> tuple[Fact, ...]:
    child = encounter.child
    rows: list[tuple[str, Sequence[str], str]] = [
        (gettext("Names"), [name.whole for name in child.names], gettext("as said")),
        (
            gettext("Born"),
            [speaking.partial_date(child.birth_date)] if child.birth_date else [],
            _bases()[child.birth_date_basis],
        ),
        (gettext("Met"), [when_there(encounter.met_at, encounter.country)], ""),
        (gettext("Telephone"), child.phones, gettext("as said")),
        (gettext("Interpreter"), [encounter.interpreter_language], gettext("to book one")),
        (gettext("Trusts"), [encounter.child_view.trusted_person], gettext("says the child")),
    ]
    return tuple(
        Fact(
            label=label,
            values=_scripts(values) or ((gettext("Not known"), ""),),
            basis=basis if any(values) else "",
        )
        for label, values, basis in rows
    )


def _scripts(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((one, speaking.script_of(one)) for one in values if one)


def _bases() -> dict[str, str]:
    return {
        "stated": gettext("says the child"),
        "document": gettext("stood on a document"),
        "assessed": gettext("assessed"),
        "unknown": gettext("basis not known"),
    }


def kinds() -> list[tuple[str, str, str]]:
    """Give what can be asked, for a choice on a form."""
    within = gettext("Answer within %(hours)s hours. %(ground)s")
    return [
        (
            kind.code,
            speaking.say(kind.words),
            within % {"hours": speaking.counted(kind.answer_within // HOUR), "ground": speaking.say(kind.ground)},
        )
        for kind in KINDS.values()
    ]


def receivers(
    cards: Sequence[OrganisationCard],
    own: UUID,
    kind: str,
    municipality: str,
    refused: frozenset[UUID] = frozenset(),
) -> Receivers:
    """Give the organisations that can get this question; the one responsible for the place comes first, chosen.

    Nobody is chosen where none is of the place itself: then a person has to say whom. Who `refused` this
    question before stands last and is not chosen.
    """
    takes = KINDS[kind].takes if kind in KINDS else None
    fit = [one for one in cards if one.id != own and takes and takes(regime=one.regime, code=one.code)]
    fit.sort(key=lambda one: (one.id in refused, one.municipality != municipality, one.name))
    here = [one for one in fit if one.municipality == municipality and one.municipality and KINDS[kind].part]
    first = here[0] if len(here) == 1 and here[0].id not in refused else None
    return Receivers(
        options=tuple((str(one.id), one.name, _about(one, municipality, refused)) for one in fit),
        chosen=str(first.id) if first else "",
        name=first.name if first else "",
        phone=first.contact_phone if first else "",
    )


def _about(card: OrganisationCard, municipality: str, refused: frozenset[UUID]) -> str:
    is_here = card.municipality and card.municipality == municipality
    said = (
        gettext("Refused this question.") if card.id in refused else "",
        gettext("Responsible for this place.") if is_here else "",
        card.contact_phone,
    )
    return " ".join(one for one in said if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """Who can be asked, and who is chosen beforehand with the number to call as well."""

    options: tuple[tuple[str, str, str], ...]
    chosen: str
    name: str
    phone: str


def presence(asking: Asking, at: datetime) -> str:
    """Say until when the child is held here, or that it is no longer; nothing where nobody is held."""
    zone, due = zone_of(asking.country), asking.held_until
    if asking.gone_since is not None:
        time = speaking.by(in_place(asking.gone_since, zone), at)
        return gettext("The child is no longer here since %(time)s.") % {"time": time}
    if due is None:
        return ""
    time = speaking.by(in_place(due, zone), at)
    if due <= at:
        return gettext("The hold ended at %(time)s. Nobody here may hold this child now.") % {"time": time}
    words = gettext("The hold ends by %(time)s, with or without an answer. Asking does not stop the clock.")
    return words % {"time": time}


def answers(kind: Kind) -> list[tuple[str, str, str]]:
    """Give the three answers that a receiver can give to this kind of question, none of them chosen."""
    yes, no = gettext("We take this over"), gettext("We cannot take this over")
    if not kind.takes_over:
        yes, no = gettext("We will decide on this"), gettext("We cannot decide on this")
    return [
        ("accepted", yes, gettext("From now on you are at turn.")),
        (
            "asked_back",
            gettext("We need to know more first"),
            gettext("Write your question. You stay at turn until you answer."),
        ),
        ("declined", no, gettext("Write why. The sender then asks somebody else.")),
    ]
