"""What kinds of place an organisation can have for a child: a closed list, which its card is written in.

Closed youth care is not in it: that needs an order of a court, which no gate stands in for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vangnet.knowledge.terms import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """One way to receive a child, and under which regimes an organisation can have it."""

    code: str
    words: Words
    regimes: frozenset[str]
    source: str


RECEIVING: Mapping[str, Receiving] = MappingProxyType(
    {
        one.code: one
        for one in (
            Receiving(
                code="crisis_foster_care",
                words=Words("crisispleegzorg", "crisis foster care"),
                regimes=frozenset({"youth_care"}),
                source="Jeugdwet 2.3 (memory)",
            ),
            Receiving(
                code="guardianship",
                words=Words(
                    "jeugdbescherming met een maatregel of als voogd",
                    "youth protection under a measure or as guardian",
                ),
                regimes=frozenset({"youth_care"}),
                source="BW 1:241; BW 1:257; BW 1:302(2)",
            ),
            Receiving(
                code="protected_shelter",
                words=Words("beschermde opvang", "protected shelter"),
                regimes=frozenset({"shelter"}),
                source="CoE convention art. 12 (memory); SIS 2018/1862 art. 33",
            ),
            Receiving(
                code="voluntary_place",
                words=Words("een plek waar een kind zelf mee instemt", "a place for a child who agrees to it"),
                regimes=frozenset({"shelter"}),
                source="domain B.2 (practice)",
            ),
        )
    }
)
"""First table, for the jurist to change."""
