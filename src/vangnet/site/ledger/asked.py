"""What somebody looks for in the ledger: kept in the session, so that it stands in no address and no log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext

from vangnet.site.pages.filled import Filled, Mistake
from vangnet.trust.ledger.acts import ACTS_IN_WORDS
from vangnet.trust.ledger.selectors import Wanted

KEY: Final = "ledger_asked"
FIELDS: Final = (
    *("since_day", "since_month", "since_year"),
    *("until_day", "until_month", "until_year"),
    *("person", "act", "record"),
)
_ENDING = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was filled in, and what it asks for; where something is wrong it asks for everything."""

    filled: Filled
    wanted: Wanted

    @property
    def is_narrow(self) -> bool:
        """Whether anything narrows the list."""
        return self.wanted != Wanted()


def kept(request: HttpRequest, zone: ZoneInfo) -> Asked:
    """Read what this session looks for."""
    found = request.session.get(KEY)
    return read(found if isinstance(found, dict) else {}, zone)


def sent(request: HttpRequest, zone: ZoneInfo) -> Asked:
    """Read what a form asks for, and keep it where nothing is wrong."""
    asked = read({name: request.POST.get(name, "") for name in FIELDS}, zone)
    if not asked.filled.mistakes:
        request.session[KEY] = dict(asked.filled.values)
    return asked


def read(values: Mapping[str, str], zone: ZoneInfo) -> Asked:
    """Read the fields: two days on the clock of the organisation, a colleague, an act, a number."""
    mistakes: list[Mistake] = []
    since, until = (_day(values, name, mistakes) for name in ("since", "until"))
    if since and until and until < since:
        sentence = gettext("The last day is before the first. Change one of them.")
        mistakes.append(Mistake(field="until_day", sentence=sentence))
    person, act, ending = _person(values, mistakes), _act(values, mistakes), _ending(values, mistakes)
    filled = Filled(values={name: str(values.get(name, "")) for name in FIELDS}, mistakes=tuple(mistakes))
    if mistakes:
        return Asked(filled=filled, wanted=Wanted())
    wanted = Wanted(
        since=_begin(since, zone) if since else None,
        until=_begin(until + timedelta(days=1), zone) if until else None,
        actor_id=person,
        acts=frozenset({act}) if act else frozenset(),
        ending=ending,
    )
    return Asked(filled=filled, wanted=wanted)


def _begin(one: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(one, time(), tzinfo=zone)


def _day(values: Mapping[str, str], name: str, mistakes: list[Mistake]) -> date | None:
    parts = [values.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        year, month, day = (int(part) for part in parts)
        one = date(year, month, day)
    except ValueError:
        one = None
    if one is None or not 2000 <= one.year <= 2200:
        sentence = gettext("Write this day as day, month and year, such as 14 3 2026, or leave it empty.")
        mistakes.append(Mistake(field=f"{name}_day", sentence=sentence))
        return None
    return one


def _person(values: Mapping[str, str], mistakes: list[Mistake]) -> UUID | None:
    text = values.get("person", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        mistakes.append(Mistake(field="person", sentence=gettext("Choose a colleague from the list.")))
        return None


def _act(values: Mapping[str, str], mistakes: list[Mistake]) -> str:
    text = values.get("act", "")
    if text and text not in ACTS_IN_WORDS:
        mistakes.append(Mistake(field="act", sentence=gettext("Choose what happened from the list.")))
        return ""
    return text


def _ending(values: Mapping[str, str], mistakes: list[Mistake]) -> str:
    text = re.sub(r"[\s-]", "", values.get("record", "")).lower()
    if text and not _ENDING.fullmatch(text):
        sentence = gettext("A number has eight signs, 0 to 9 and A to F, such as 4F2A-09BC.")
        mistakes.append(Mistake(field="record", sentence=sentence))
        return ""
    return text
