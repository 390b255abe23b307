"""The duties that hang on the legal-status record, and on nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from vangnet.knowledge.clocks.answer import Duty, Started, duty_of
from vangnet.knowledge.clocks.rows import table
from vangnet.knowledge.clocks.zones import zone_of
from vangnet.knowledge.terms import Words

LEGAL_STATUS_DUTIES = frozenset({"CLK-21", "CLK-22"})
"""Ids of the duties that read the legal-status record; `duties` never gives one of them."""

_SHORTER_SINCE = date(2023, 5, 18)  # WBV 2023/11, Vc B8/3.1 (read)
_THREE_MONTHS = Words("Hier: ten hoogste 3 maanden.", "Here: at most 3 months.")
_THIRTY_DAYS = Words("Hier: ten hoogste 30 dagen.", "Here: at most 30 days.")
_NOT_KNOWN = Words(
    "Niet bekend of de Dublinverordening geldt. Ga uit van 30 dagen: dat is strenger.",
    "Not known whether the Dublin rules hold. Assume 30 days, which is stricter.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalStatus:
    """The part of a legal-status record that a clock hangs on; None is unknown, or not granted."""

    reflection_period_granted_at: datetime | None = None
    dublin_claimant: bool | None = None


def _longest(status: LegalStatus, granted: datetime) -> Words:
    day = granted.astimezone(zone_of("NL")).date()
    if day < _SHORTER_SINCE or status.dublin_claimant is False:
        return _THREE_MONTHS
    return _NOT_KNOWN if status.dublin_claimant is None else _THIRTY_DAYS


def legal_status_duties(status: LegalStatus, *, at: datetime) -> tuple[Duty, ...]:
    """Give the duties of a reflection period that was granted by `at`; none where it was not.

    Neither row is hard, so neither gets a deadline; the note says the period. The 30 days hold
    for what was granted from 18 May 2023 on. Source: Vc B8/3.1; CoE convention art. 13.
    """
    granted = status.reflection_period_granted_at
    if granted is None or granted > at:
        return ()
    rows = table()
    periods = {"CLK-21": (_longest(status, granted),), "CLK-22": ()}
    return tuple(
        duty_of(rows[clock], Started(at=granted.astimezone(UTC), notes=notes), zone_of("NL"))
        for clock, notes in periods.items()
    )
