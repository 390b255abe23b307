"""What the pages that compare say: strings in the reader's language, made from frozen values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.utils.translation import gettext

from vangnet.chain.crosscheck.selectors import VerdictView
from vangnet.chain.encounters.selectors import Summary
from vangnet.chain.flow.weighing import Beside, Looked
from vangnet.knowledge.clocks import zone_of
from vangnet.knowledge.linkage import Explained
from vangnet.knowledge.terms import PartialDate
from vangnet.site.crosscheck.grouping import Told, comparison_named, phone_warning, told_of, when_met
from vangnet.site.crosscheck.weights import Bar, Frequency, factor_words, frequency, prior_words, staircase
from vangnet.site.pages.matters import HERE, number_of
from vangnet.site.pages.speaking import capital, counted, day, partial_date, say, script_of, when
from vangnet.trust.access.policy import Actor
from vangnet.trust.access.selectors import OrganisationCard, organisations_by_id

CHANNEL_NAMES: Final = MappingProxyType({"sis": "SIS", "pruem": "Prüm", "siena": "SIENA", "interpol": "Interpol"})
_UNSAID = frozenset({"missing", "recurring"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesPage:
    """What a cross-check says. What is not told is not there: the same page, the same length."""

    encounter_id: UUID
    heading: str
    place: str
    title: str
    lead: str
    told: Told
    not_asked: str
    may_judge: bool


def candidates_page(looked: Looked, *, may_open: bool) -> CandidatesPage:
    """Say what was found, grouped by what the reader can do; never a number beside a child."""
    told = told_of(looked.told, may_judge=looked.may_judge, may_open=may_open)
    return CandidatesPage(
        encounter_id=looked.summary.id,
        heading=gettext("Encounter %(number)s") % {"number": number_of(looked.summary.id)},
        place=when_met(looked.summary),
        title=gettext("Perhaps met before") if told.many else gettext("Not known here"),
        lead=_lead(told),
        told=told,
        not_asked=", ".join(CHANNEL_NAMES[one] for one in looked.not_asked),
        may_judge=looked.may_judge,
    )


def _lead(told: Told) -> str:
    if not told.many:
        return gettext("There is nothing to show. That can also mean that you may not see it.")
    words = gettext("%(times)s. A person judges whether it is the same child.")
    return words % {"times": capital(told.times)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What stood on one side; `script` names the script of a name that is not in Latin letters."""

    text: str
    script: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One comparison: what stood on both sides, its level in words, its factor in words, its bar."""

    label: str
    left: Value
    right: Value
    level: str
    factor: str
    bar: Bar
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One verdict in words: by whom, what and when. `take_back` is there for a standing one of the own side."""

    who: str
    what: str
    day: str
    is_revoked: bool
    take_back: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """Two encounters side by side, for the one person who judges."""

    encounter_id: UUID
    other_id: UUID
    left_title: str
    left_about: str
    right_title: str
    right_about: str
    is_content: bool
    frequency: Frequency
    prior: Row
    rows: tuple[Row, ...]
    total: Bar
    zero: str
    verdicts: tuple[Said, ...]
    state: str
    opposing: tuple[str, ...]
    phone: str
    organisation: str


def compare_page(found: Beside, actor: Actor) -> ComparePage:
    """Lay the weighing open: level, factor, bar; then what was said about it."""
    pair = found.pair
    parts = [one for one in pair.candidate.explanation if one.left or one.right or one.level not in _UNSAID]
    drawn = staircase([pair.candidate.prior_weight, *(one.match_weight for one in parts)])
    own_card = organisations_by_id([found.own.organisation_id])[found.own.organisation_id]
    return ComparePage(
        encounter_id=pair.encounter_id,
        other_id=pair.other_id,
        left_title=gettext("This encounter"),
        left_about=_about(own_card, found.own),
        right_title=_apart(found.own, pair.other),
        right_about=_about(pair.organisation, pair.other),
        is_content=pair.other is not None,
        frequency=frequency(pair.candidate.probability),
        prior=_prior(pair.candidate.prior_weight, drawn.bars[0]),
        rows=_rows(parts, drawn.bars[1:], is_content=pair.other is not None),
        total=drawn.total,
        zero=drawn.zero,
        verdicts=tuple(_said(one, found, actor) for one in pair.verdicts),
        state=_state(found, actor),
        opposing=tuple(_opposing(one, found) for one in found.opposing),
        phone=pair.organisation.contact_phone if pair.organisation.id != actor.organisation_id else "",
        organisation=pair.organisation.name,
    )


def _rows(parts: Sequence[Explained], bars: Sequence[Bar], *, is_content: bool) -> tuple[Row, ...]:
    return tuple(_row(one, bar, is_content=is_content) for one, bar in zip(parts, bars, strict=True))


def _about(card: OrganisationCard, summary: Summary | None) -> str:
    if summary is None:
        return gettext("%(who)s, without values") % {"who": card.name}
    return f"{card.name}, {_day_of(summary)}"


def _day_of(summary: Summary) -> str:
    if summary.met_at is not None:
        return day(summary.met_at.astimezone(zone_of(summary.country)))
    return partial_date(PartialDate.parse(summary.met_on))


def _apart(own: Summary, other: Summary | None) -> str:
    if other is None:
        return gettext("Another organisation")
    days = (_first_day(own) - _first_day(other)).days
    if days == 0:
        return gettext("The same day")
    words = gettext("%(many)s later") if days < 0 else gettext("%(many)s earlier")
    return capital(words % {"many": _long(abs(days))})


def _first_day(summary: Summary) -> date:
    return PartialDate.parse(summary.met_on).earliest


def _long(days: int) -> str:
    sizes: tuple[tuple[int, str, str], ...] = (
        (730, gettext("%(many)s years"), "365"),
        (60, gettext("%(many)s months"), "30"),
        (14, gettext("%(many)s weeks"), "7"),
        (2, gettext("%(many)s days"), "1"),
    )
    for least, words, size in sizes:
        if days >= least:
            return words % {"many": counted(days // int(size))}
    return gettext("one day")


def _prior(bits: float, bar: Bar) -> Row:
    nothing = Value(text="")
    return Row(
        label=gettext("Before comparing"),
        left=nothing,
        right=nothing,
        level=gettext("Two encounters taken at random are almost never the same child."),
        factor=prior_words(bits),
        bar=bar,
    )


def _row(one: Explained, bar: Bar, *, is_content: bool) -> Row:
    written = _WRITTEN.get(one.comparison, str)
    return Row(
        label=comparison_named(one.comparison),
        left=_value(written(one.left) or _none(one)),
        right=_value(written(one.right) or (_none(one) if is_content else "")),
        level=say(one.words),
        factor=factor_words(one.match_weight),
        bar=bar,
        warning=phone_warning([one]),
    )


def _none(one: Explained) -> str:
    return gettext("not known") if one.level in _UNSAID else ""


def _phones(text: str) -> str:
    """Write the last nine digits, which are what is compared, so that they can be read aloud."""
    found = text.split(", ") if text else []
    return ", ".join(f"… {one[:-6]} {one[-6:-3]} {one[-3:]}" for one in found)


def _value(text: str) -> Value:
    return Value(text=text, script=script_of(text))


def _dates(text: str) -> str:
    return ", ".join(partial_date(PartialDate.parse(one)) for one in text.split(", ") if one)


def _sex(text: str) -> str:
    words = {"F": gettext("girl"), "M": gettext("boy"), "unknown": gettext("not known")}
    return words.get(text, text)


_WRITTEN: Final[MappingProxyType[str, Callable[[str], str]]] = MappingProxyType(
    {"birth_date": _dates, "sex": _sex, "phone": _phones, "collector_phone": _phones}
)


def verdict_words() -> dict[str, str]:
    """Name the three verdicts, of equal weight."""
    return {
        "same": gettext("The same child"),
        "different": gettext("Not the same"),
        "unsure": gettext("Cannot be said yet"),
    }


def verdict_options() -> list[tuple[str, str]]:
    """Give the three verdicts for a choice; none is chosen."""
    return list(verdict_words().items())


def _said(one: VerdictView, found: Beside, actor: Actor) -> Said:
    own = one.organisation_id == actor.organisation_id
    card = found.organisations.get(one.organisation_id)
    who = found.people.get(one.given_by, "") if own else (card.name if card else "")
    return Said(
        who=who,
        what=verdict_words()[one.value],
        day=when(one.given_at.astimezone(HERE)),
        is_revoked=one.revoked_at is not None,
        take_back=one.verdict_id if own and one.revoked_at is None else None,
    )


def _standing(verdicts: Iterable[VerdictView], organisation_id: UUID, *, own: bool) -> str:
    held = [
        one.value for one in verdicts if one.revoked_at is None and (one.organisation_id == organisation_id) is own
    ]
    return held[-1] if held else ""


def _state(found: Beside, actor: Actor) -> str:
    """Say what the verdicts together have done."""
    pair = found.pair
    ours = _standing(pair.verdicts, actor.organisation_id, own=True)
    theirs = _standing(pair.verdicts, actor.organisation_id, own=False)
    across = pair.organisation.id != actor.organisation_id
    if pair.is_joined:
        return gettext("The two count as one child. Each encounter keeps its own record.")
    if ours == "same" and across and not theirs:
        return gettext("Waits for %(who)s. They judge for their own side.") % {"who": pair.organisation.name}
    if ours and theirs and ours != theirs:
        return gettext("The two sides do not agree. The two do not count as one child.")
    if ours == "same":
        return gettext("Not joined: another verdict keeps them apart.")
    return gettext("The two do not count as one child.") if ours else ""


def _opposing(one: VerdictView, found: Beside) -> str:
    return gettext(
        "%(who)s judged on %(day)s that one of these and another encounter are not the same child. "
        "If you say the same here, both verdicts stand beside each other until somebody chooses."
    ) % {"who": found.people.get(one.given_by, ""), "day": day(one.given_at.astimezone(HERE))}
