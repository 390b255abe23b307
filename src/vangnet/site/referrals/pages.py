"""What the referral pages show: values in words, nothing that a template has to work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from vangnet.chain.referrals.kinds import FINAL, KINDS
from vangnet.chain.referrals.selectors import Opened
from vangnet.knowledge.clocks import in_place, zone_of
from vangnet.knowledge.indicators import catalogue
from vangnet.knowledge.terms import Encounter, Moment, read_encounter
from vangnet.site.pages import speaking
from vangnet.site.pages.matters import HERE, left_until, number_of
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
class ReferralPage:
    """One referral as its receiver or its sender reads it."""

    id: UUID
    kind: str
    sender: str
    receiver: str
    sent: str
    due: str
    left: str
    ground: str
    state: str
    words: str
    child_words: str
    facts: tuple[Fact, ...]
    seen: tuple[str, ...]
    answers: tuple[Answered, ...]
    sent_by: str
    can_answer: bool
    heading: str
    turn: str
    turn_until: str
    phone: str


def page_of(opened: Opened, at: datetime) -> ReferralPage:
    """Make an opened referral a page."""
    line = opened.line
    raw = {"organisation": "NL-VANGNET-PAGE", **opened.shared.get("encounter", {})}
    encounter = read_encounter(raw)
    facts = _facts(encounter) if isinstance(encounter, Encounter) else ()
    view = encounter.child_view.words if isinstance(encounter, Encounter) else ""
    indicators = catalogue().indicators
    return ReferralPage(
        id=line.referral_id,
        kind=speaking.say(line.kind.words),
        sender=line.sender,
        receiver=line.receiver,
        sent=speaking.when(line.sent_at.astimezone(HERE)),
        due=speaking.by(line.answer_by.astimezone(HERE), at),
        left=left_until(line.answer_by, at),
        ground=speaking.say(line.kind.ground),
        state=line.state,
        words=str(opened.shared.get("words", "")),
        child_words=view,
        facts=facts,
        seen=tuple(speaking.say(indicators[one].words) for one in opened.shared.get("indications", ())),
        answers=tuple(
            Answered(value=one.value, reason=one.reason, by=one.by, when=speaking.when(one.at.astimezone(HERE)))
            for one in opened.answers
        ),
        sent_by=opened.sent_by,
        can_answer=opened.is_receiver and line.state not in FINAL,
        heading=_called(encounter) if isinstance(encounter, Encounter) else number_of(line.referral_id),
        turn=_turn(opened),
        turn_until=speaking.by(line.answer_by.astimezone(HERE), at) if line.state not in FINAL else "",
        phone=opened.phone,
    )


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
        (gettext("Met"), [speaking.when(_in_place(encounter))], ""),
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


def _in_place(encounter: Encounter) -> Moment:
    met = encounter.met_at
    return in_place(met, zone_of(encounter.country)) if isinstance(met, datetime) else met


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


def receivers(cards: Sequence[OrganisationCard], own: UUID) -> list[tuple[str, str, str]]:
    """Give the organisations that can be asked, with how to reach them."""
    regimes = frozenset().union(*(kind.receivers for kind in KINDS.values()))
    return [(str(one.id), one.name, one.contact_phone) for one in cards if one.regime in regimes and one.id != own]


def answers() -> list[tuple[str, str, str]]:
    """Give the three answers that a receiver can give, none of them chosen."""
    return [
        ("accepted", gettext("We take this over"), gettext("From now on you are at turn.")),
        (
            "asked_back",
            gettext("We need to know more first"),
            gettext("Write your question. You stay at turn until you answer."),
        ),
        (
            "declined",
            gettext("We cannot take this over"),
            gettext("Write why. The sender then asks somebody else."),
        ),
    ]
