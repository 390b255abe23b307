"""What an officer filled in, as the encounter of the contract, or what is not right yet.

Nothing is guessed: an empty field is left out, and absent is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from vangnet.knowledge.clocks import zone_of
from vangnet.knowledge.terms import Moment, PartialDate, Reason, write_moment
from vangnet.site.encounters import moments
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.speaking import say

OTHER_NAMES = 6
COMPANIONS = 4
STATES = frozenset({"observed", "not_observed"})
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where the form is filled in: the organisation, its place, and as what its people observe."""

    organisation: str
    country: str
    municipality: str = ""
    observer: str = "police"

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the clock on the wall."""
        return zone_of(self.country)


@dataclass(slots=True, kw_only=True)
class Draft:
    """An encounter while it is read from a form: its JSON, the field behind each place, and the mistakes."""

    raw: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The encounter of the contract as JSON, or what must be mended first."""

    raw: Mapping[str, Any]
    mistakes: tuple[Mistake, ...]
    places: Mapping[str, str]

    def mistakes_of(self, reasons: Iterable[Reason]) -> tuple[Mistake, ...]:
        """Put reasons of the contract beside the fields they are about."""
        return tuple(mistake_of(reason, self.places) for reason in reasons)


def blank(desk: Desk, *, at: datetime) -> Filled:
    """Give the empty form: here and now are filled in, everything else is not known."""
    now = at.astimezone(desk.zone)
    return Filled(
        values={
            "met_day": str(now.day),
            "met_month": str(now.month),
            "met_year": str(now.year),
            "met_time": f"{now:%H:%M}",
            "municipality": desk.municipality,
            "custody_basis": "unknown",
            "birth_basis": "stated",
            "interpreter": "unknown",
        }
    )


def read_form(typed: Typed, *, desk: Desk, at: datetime) -> Read:
    """Read the intake. `at` is now; what happened lies before it."""
    draft = Draft()
    draft.raw |= {"organisation": desk.organisation, "country": desk.country}
    met = _met(draft, typed, desk, at)
    _put(draft, "", typed, (("place", "place"), ("municipality", "municipality"), ("kind", "kind")))
    _put(draft, "", typed, (("words", "what_happened"), ("offence", "offence"), ("encounter_id", "own_number")))
    _put(draft, "", typed, (("interpreter_language", "interpreter_language"),))
    _nest(draft, "child", _child(draft, typed))
    _nest(draft, "custody", _custody(draft, typed, met, desk.zone))
    _nest(draft, "child_view", _view(draft, typed))
    _list(draft, "observations", _observations(draft, typed, desk.observer, met))
    _list(draft, "companions", _companions(draft, typed))
    _list(draft, "collectors", _collectors(draft, typed))
    return Read(raw=draft.raw, mistakes=tuple(draft.mistakes), places=draft.places)


def _text(typed: Typed, name: str) -> str:
    return typed.get(name, "").strip()


def _put(draft: Draft, path: str, typed: Typed, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Take over texts as they stand: (name in the contract, name of the field); unknown is left out."""
    found: dict[str, Any] = {}
    for name, where in pairs:
        draft.places[f"{path}.{name}".removeprefix(".")] = where
        if (value := _text(typed, where)) and value != "unknown":
            found[name] = value
    if not path:
        draft.raw |= found
    return found


def _nest(draft: Draft, name: str, found: dict[str, Any]) -> None:
    if found:
        draft.raw[name] = found


def _list(draft: Draft, name: str, found: Iterator[dict[str, Any]]) -> None:
    if rows := list(found):
        draft.raw[name] = rows


def _met(draft: Draft, typed: Typed, desk: Desk, at: datetime) -> Moment | None:
    draft.places["met_at"] = "met_day"
    read = moments.read_date(typed, "met")
    clock = _clock(draft, typed, "met_time")
    if read.mistake:
        draft.mistakes.append(read.mistake)
        return None
    if read.date is None:
        sentence = gettext("Fill in on which day it was. Only a year is good too.")
        draft.mistakes.append(Mistake(field="met_day", sentence=sentence))
        return None
    met = _moment(read.date, clock, desk.zone)
    if late := moments.too_late(met, at=at.astimezone(desk.zone), prefix="met"):
        draft.mistakes.append(late)
    draft.raw["met_at"] = write_moment(met)
    return met


def _moment(day: PartialDate, clock: time | None, zone: ZoneInfo) -> Moment:
    return datetime.combine(day.earliest, clock, zone) if clock and day.is_full else day


def _clock(draft: Draft, typed: Typed, name: str) -> time | None:
    try:
        return moments.read_time(typed.get(name, ""))
    except ValueError:
        draft.mistakes.append(moments.unreadable_time(name))
        return None


def _child(draft: Draft, typed: Typed) -> dict[str, Any]:
    pairs = (("given_names", "child_given"), ("family_name", "child_family"), ("sex", "sex"))
    found = _put(draft, "child", typed, pairs)
    if others := list(_other_names(draft, typed)):
        found["other_names"] = others
    draft.places["child.birth_date"] = "birth_day"
    birth = moments.read_date(typed, "birth")
    if birth.mistake:
        draft.mistakes.append(birth.mistake)
    if birth.date:
        found["birth_date"] = str(birth.date)
        found |= _put(draft, "child", typed, (("birth_date_basis", "birth_basis"),))
    if phone := _text(typed, "child_phone"):
        found["phones"] = [phone]
        draft.places["child.phones"] = "child_phone"
    if number := _text(typed, "document_number"):
        draft.places["child.documents"] = "document_number"
        kind = _put(draft, "child.documents", typed, (("kind", "document_kind"),))
        inspected = {"inspected": True} if typed.get("document_inspected") else {}
        found["documents"] = [{"number": number} | kind | inspected]
    return found


def _other_names(draft: Draft, typed: Typed) -> Iterator[dict[str, Any]]:
    at = 0
    for number in range(1, OTHER_NAMES + 1):
        pairs = (("given_names", f"other_given_{number}"), ("family_name", f"other_family_{number}"))
        if name := _put(draft, f"child.other_names[{at}]", typed, pairs):
            at += 1
            yield name


def _custody(draft: Draft, typed: Typed, met: Moment | None, zone: ZoneInfo) -> dict[str, Any]:
    pairs = (("basis", "custody_basis"), ("pretrial_detention_offence", "pretrial"))
    found = _put(draft, "custody", typed, pairs)
    for name in ("arrested", "arrived", "ordered"):
        where = f"{name}_time"
        draft.places[f"custody.{name}_at"] = where
        clock = _clock(draft, typed, where)
        moment = moments.nearest(clock, met, zone) if clock and met else None
        if moment:
            found[f"{name}_at"] = moment.isoformat()
        elif clock and met:
            sentence = gettext("Fill in the whole day of the encounter first. Then this time has a day.")
            draft.mistakes.append(Mistake(field=where, sentence=sentence))
    return found


def _view(draft: Draft, typed: Typed) -> dict[str, Any]:
    pairs = (
        ("interpreter", "interpreter"),
        ("wants_to_go", "wants_to_go"),
        ("trusted_person", "trusted_person"),
        ("words", "child_words"),
    )
    heard = {"yes": {"heard_alone": True}, "no": {"heard_alone": False}}.get(typed.get("heard_alone", ""), {})
    return heard | _put(draft, "child_view", typed, pairs)


def _observations(draft: Draft, typed: Typed, observer: str, met: Moment | None) -> Iterator[dict[str, Any]]:
    at = 0
    for name in sorted(typed):
        if not name.startswith("seen_"):
            continue
        indicator = name.removeprefix("seen_")
        words = _text(typed, f"words_{indicator}")
        state = typed[name] if typed[name] in STATES else "unknown"
        if state == "unknown" and not words:
            continue
        draft.places[f"observations[{at}]"] = f"words_{indicator}" if words else name
        at += 1
        told = {"words": words} if words else {}
        when = {"at": write_moment(met)} if met else {}
        yield {"indicator": indicator, "state": state, "observer": observer} | when | told


def _companions(draft: Draft, typed: Typed) -> Iterator[dict[str, Any]]:
    at = 0
    for number in range(1, COMPANIONS + 1):
        path = f"companions[{at}]"
        about = _person(draft, path, typed, "with", f"_{number}")
        role = typed.get(f"with_role_{number}", "")
        draft.places[path] = f"with_role_{number}"
        if not role and about:
            sentence = gettext("Say whether this is a child or an adult. An estimate is good.")
            draft.mistakes.append(Mistake(field=f"with_role_{number}", sentence=sentence))
        elif role:
            at += 1
            yield {"role": role} | about


def _collectors(draft: Draft, typed: Typed) -> Iterator[dict[str, Any]]:
    path = "collectors[0]"
    about = _person(draft, path, typed, "collector", "")
    about |= _put(draft, path, typed, (("claimed_relation", "collector_relation"),))
    if about:
        yield about


def _person(draft: Draft, path: str, typed: Typed, who: str, number: str) -> dict[str, Any]:
    pairs = (
        ("given_names", f"{who}_given{number}"),
        ("family_name", f"{who}_family{number}"),
        ("vehicle", f"{who}_vehicle{number}"),
    )
    found = _put(draft, path, typed, pairs)
    if phone := _text(typed, f"{who}_phone{number}"):
        found["phones"] = [phone]
    draft.places[f"{path}.phones"] = f"{who}_phone{number}"
    return found


def mistake_of(reason: Reason, places: Mapping[str, str]) -> Mistake:
    """Put one reason of the contract beside its field; one about no field stands at the head of the page."""
    near = [path for path in places if reason.where == path or reason.where.startswith((f"{path}.", f"{path}["))]
    where = places[max(near, key=len)] if near else "inhoud"
    return Mistake(field=where, sentence=_sentence(reason))


def _sentence(reason: Reason) -> str:
    plain = {
        "born_later": gettext("The birth date lies after the encounter. Check both dates."),
        "still_to_come": gettext("This time is still to come. Was it yesterday?"),
        "maxLength": gettext("This is too long. Say it shorter."),
    }
    if reason.where == "municipality":
        return gettext("A municipality has a code of four figures, such as 0363.")
    return plain.get(reason.code) or say(reason.words)
