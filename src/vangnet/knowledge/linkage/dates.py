"""How two birth dates of one child can differ, by the ways in which people misstate them."""

from __future__ import annotations

from typing import Literal

from vangnet.knowledge.linkage.identifiers import is_one_sign_apart
from vangnet.knowledge.terms import PartialDate

DateLevel = Literal[
    "exact",
    "exact_first_january",
    "day_month_swapped",
    "one_digit",
    "first_january",
    "years_off",
    "swapped_and_years_off",
    "same_year",
    "claimed_younger",
    "partial_compatible",
    "near_year",
    "conflicting",
]
_LIMITS = (12, 14, 18)
_YEARS_OFF = 5
_NEAR = 3


def _digits(day: PartialDate) -> str:
    return f"{day.year:04d}{day.month or 0:02d}{day.day or 0:02d}"


def _is_first_january(day: PartialDate) -> bool:
    return (day.month, day.day) == (1, 1)


def _age_at(birth: PartialDate, met: PartialDate) -> int:
    first, last = birth.earliest, met.latest
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def just_under_a_limit(birth: PartialDate, met: PartialDate | None) -> int | None:
    """Give the age limit (12, 14 or 18) that this date put the child just under when it was met."""
    if met is None:
        return None
    age = _age_at(birth, met)
    return age + 1 if age + 1 in _LIMITS else None


def _partial_level(left: PartialDate, right: PartialDate) -> DateLevel:
    overlap = left.earliest <= right.latest and right.earliest <= left.latest
    if overlap:
        return "partial_compatible"
    return "near_year" if abs(left.year - right.year) <= _NEAR else "conflicting"


def _same_year_level(left: PartialDate, right: PartialDate) -> DateLevel:
    if (left.month, left.day) == (right.day, right.month):
        return "day_month_swapped"
    if is_one_sign_apart(_digits(left), _digits(right)):
        return "one_digit"
    return "first_january" if _is_first_january(left) or _is_first_january(right) else "same_year"


def _other_year_level(left: PartialDate, right: PartialDate) -> DateLevel:
    near = abs(left.year - right.year)
    if (left.month, left.day) == (right.month, right.day) and near <= _YEARS_OFF:
        return "near_year" if _is_first_january(left) else "years_off"
    if (left.month, left.day) == (right.day, right.month) and near <= _YEARS_OFF:
        return "swapped_and_years_off"
    if is_one_sign_apart(_digits(left), _digits(right)):
        return "one_digit"
    return "near_year" if near <= _NEAR else "conflicting"


def _is_claimed(
    left: PartialDate, right: PartialDate, left_met: PartialDate | None, right_met: PartialDate | None
) -> bool:
    """Whether one date makes the child just too young at its encounter, and the other does not."""
    pairs = ((left, left_met, right), (right, right_met, left))
    return any(
        other.earliest < claimed.earliest
        and met is not None
        and (limit := just_under_a_limit(claimed, met)) is not None
        and _age_at(other, met) >= limit
        for claimed, met, other in pairs
    )


def birth_date_level(
    left: PartialDate,
    right: PartialDate,
    *,
    left_met: PartialDate | None = None,
    right_met: PartialDate | None = None,
) -> DateLevel:
    """Say how two birth dates agree. Symmetric; the days of the encounters may be unknown."""
    if not (left.is_full and right.is_full):
        level = _partial_level(left, right)
    elif left == right:
        level = "exact_first_january" if _is_first_january(left) else "exact"
    elif left.year == right.year:
        level = _same_year_level(left, right)
    else:
        level = _other_year_level(left, right)
    if level in ("near_year", "conflicting") and _is_claimed(left, right, left_met, right_met):
        return "claimed_younger"
    return level
