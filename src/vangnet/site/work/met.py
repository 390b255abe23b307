"""The encounters of one's own organisation, by the day on which they were recorded: numbers and times, no names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext

from vangnet.chain.encounters.selectors import Summary
from vangnet.site.crosscheck.grouping import when_met
from vangnet.site.pages.matters import HERE, number_of
from vangnet.site.pages.speaking import clock_time, day
from vangnet.trust.access.policy import Actor

MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One encounter in the list: its number, when it was, who recorded it: you or a colleague."""

    number: str
    source_number: str
    time: str
    about: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The encounters that were recorded on one day."""

    title: str
    met: tuple[Met, ...]


def days_of(found: Sequence[Summary], actor: Actor) -> tuple[Day, ...]:
    """Put encounters together by the day on which they were recorded, the newest first."""
    dated: Iterable[tuple[datetime, Summary]] = ((one.recorded_at.astimezone(HERE), one) for one in found)
    return tuple(
        Day(title=day(on), met=tuple(_met(one, at, actor) for at, one in some))
        for on, some in groupby(dated, key=lambda pair: pair[0].date())
    )


def _met(one: Summary, recorded: datetime, actor: Actor) -> Met:
    recorder = (
        gettext("Encounter recorded by you.")
        if one.recorded_by == actor.person_id
        else gettext("Encounter recorded by a colleague.")
    )
    return Met(
        number=number_of(one.id),
        source_number=one.encounter_id,
        time=clock_time(recorded),
        about=gettext("Met %(when)s. %(recorder)s") % {"when": when_met(one), "recorder": recorder},
        link=reverse("encounters:advice", args=[one.id]),
    )
