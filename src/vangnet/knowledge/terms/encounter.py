"""One encounter with one child, as it was recorded. Absent is unknown, never no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from vangnet.knowledge.terms.dates import Moment
from vangnet.knowledge.terms.people import Child, Collector, Companion

CustodyBasis = Literal["suspect", "under_12", "witness", "voluntary", "measure", "none", "unknown"]
Channel = Literal["sis", "pruem", "siena", "interpol"]
CHANNELS: tuple[Channel, ...] = ("sis", "pruem", "siena", "interpol")
FACT_CHECKS = ("G-03", "G-06", "G-07", "G-08", "G-09", "G-12", "G-13", "G-15")
"""Checks of the gate whose fact has no other field in an encounter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """On what ground the child is held, and since when."""

    basis: CustodyBasis = "unknown"
    arrested_at: datetime | None = None
    arrived_at: datetime | None = None
    ordered_at: datetime | None = None
    pretrial_detention_offence: Literal["yes", "no", "unknown"] = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What someone did or did not see; `words` are the observer's own."""

    indicator: str
    state: Literal["observed", "not_observed", "unknown"] = "unknown"
    observer: str = ""
    at: Moment | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildView:
    """What the child itself says and wants; None is not asked."""

    heard_alone: bool | None = None
    interpreter: Literal["sworn", "none", "other", "unknown"] = "unknown"
    wants_to_go: Literal["yes", "no", "unknown"] = "unknown"
    trusted_person: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCheck:
    """Whether one international channel was asked, and what it answered."""

    channel: Channel
    state: Literal["asked", "not_asked", "answered", "unknown"] = "unknown"
    at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """What was found about one check of the gate; never that the check passed."""

    state: Literal["clear", "indicated", "unknown"] = "unknown"
    source: str = ""
    at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """What happened, who was met, what was seen.

    Only `organisation`, `country` (ISO 3166 alpha-2) and `met_at` are always there.
    `municipality` is the four-digit CBS code. Times carry their zone. `words` tell what happened
    in the recorder's own words; no rule reads them.
    """

    organisation: str
    country: str
    met_at: Moment
    encounter_id: str = ""
    place: str = ""
    municipality: str = ""
    kind: Literal["offence", "found", "report", "unknown"] = "unknown"
    offence: str = ""
    words: str = ""
    custody: Custody = Custody()
    child: Child = field(default_factory=Child)
    interpreter_language: str = ""
    observations: tuple[Observation, ...] = ()
    companions: tuple[Companion, ...] = ()
    child_view: ChildView = ChildView()
    collectors: tuple[Collector, ...] = ()
    international_check: tuple[ChannelCheck, ...] = ()
    facts: Mapping[str, KnownFact] = field(default_factory=lambda: MappingProxyType({}))
