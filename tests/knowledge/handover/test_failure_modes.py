"""The failure modes of domain D.1, each as a row: who stands at the desk, and what the gate says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from knowledge.handover.gate import HONEST, collector, known, request
from vangnet.knowledge.handover import decide
from vangnet.knowledge.terms import Child, ChildView, Collector, Identity, KnownFact, PartialDate


@dataclass(frozen=True, kw_only=True)
class Night:
    """One night: what differs from an honest parent with everything in order, and the answer."""

    outcome: str
    why: Mapping[str, str] = field(default_factory=dict)
    asks: Collector = field(default_factory=collector)
    others: int = 0
    known: Mapping[str, Any] = field(default_factory=dict)


def facts(**changes: str) -> dict[str, KnownFact]:
    named = {check.replace("_", "-"): KnownFact(state=state) for check, state in changes.items()}  # type: ignore[arg-type]
    return {**HONEST.facts, **named}


NOTHING_ANSWERS = {check: KnownFact(state="unknown", source="register down") for check in HONEST.facts}
NIGHTS = {
    "real parent with foreign papers, inspected": Night(
        asks=collector(source="foreign_certificate"), outcome="ready_for_two_people", why={"G-06": "unknown"}
    ),
    "real parent with foreign papers nobody could read": Night(
        asks=collector(authority="unknown", source="foreign_certificate"),
        outcome="not_yet",
        why={"G-05": "unknown"},
    ),
    "step-parent without authority": Night(
        asks=collector(authority="not_verified", source="none"), outcome="not_yet", why={"G-05": "failed"}
    ),
    "step-parent to whom a court gave authority": Night(
        asks=collector(source="court_decision"), outcome="ready_for_two_people"
    ),
    "sibling of 17": Night(
        asks=Collector(
            birth_date=PartialDate(2008), claimed_relation="brother", identity=Identity(state="verified")
        ),
        outcome="not_yet",
        why={"G-04": "passed", "G-05": "unknown"},
    ),
    "two collectors, one of whom has authority": Night(others=1, outcome="ready_for_two_people"),
    "grandparent with de-facto care": Night(
        asks=collector(authority="not_verified", source="brp"), outcome="not_yet", why={"G-05": "failed"}
    ),
    "grandparent with a notarised transfer of care": Night(
        asks=collector(source="private_deed"), outcome="refer", why={"G-05": "failed"}
    ),
    "stateless child with a stated birth date": Night(
        known={"child": Child(birth_date=PartialDate(2012), birth_date_basis="stated"), "age_certain": False},
        outcome="ready_for_two_people",
        why={"G-01": "passed"},
    ),
    "unknown name, age assessed": Night(
        known={"child": Child(birth_date=PartialDate(2012), birth_date_basis="assessed")},
        outcome="ready_for_two_people",
    ),
    "child that refuses a safe real parent": Night(
        known={"view": ChildView(heard_alone=True, interpreter="none", wants_to_go="no")},
        outcome="refer",
        why={"G-02": "failed", "G-05": "passed", "G-10": "passed"},
    ),
    "interpreter not available": Night(
        known={"view": ChildView(heard_alone=None, interpreter="unknown", wants_to_go="unknown")},
        outcome="not_yet",
        why={"G-02": "unknown"},
    ),
    "the collector interpreted": Night(
        known={"view": ChildView(heard_alone=True, interpreter="other", wants_to_go="yes")},
        outcome="not_yet",
        why={"G-02": "failed"},
    ),
    "registers down": Night(
        asks=collector(authority="unknown"),
        known={"facts": NOTHING_ANSWERS},
        outcome="not_yet",
        why={"G-05": "unknown", "G-07": "unknown", "G-09": "unknown"},
    ),
    "forged certificate": Night(
        asks=collector(authority="not_verified", source="foreign_certificate"),
        outcome="not_yet",
        why={"G-05": "failed"},
    ),
    "certificate disputed by the authority abroad": Night(
        asks=collector(source="foreign_certificate"),
        known={"facts": facts(G_06="indicated")},
        outcome="not_yet",
        why={"G-05": "failed", "G-06": "failed"},
    ),
    "collector with a lawyer who presses, authority shown": Night(
        known={"risks": ("I-53",)}, outcome="ready_for_two_people"
    ),
    "collector with a lawyer who presses, nothing shown": Night(
        asks=collector(authority="unknown", source="unknown"), known={"risks": ("I-29", "I-53")}, outcome="not_yet"
    ),
    "child turning 12 tonight": Night(
        known={"child": Child(birth_date=PartialDate(2014, 3, 2), birth_date_basis="document")},
        outcome="ready_for_two_people",
    ),
    "perhaps 18 tonight, age open": Night(known={"age_certain": False}, outcome="ready_for_two_people"),
    "namesake who collected another child": Night(
        known={"facts": facts(G_08="indicated")}, outcome="ready_for_two_people", why={"G-08": "failed"}
    ),
    "shelter worker who rightly collects many": Night(
        asks=collector(source="court_decision"),
        known={"facts": facts(G_08="indicated"), "any_indication": True},
        outcome="ready_for_two_people",
    ),
    "true parent who may exploit": Night(
        asks=collector(conflict="indicated"), outcome="refer", why={"G-05": "passed", "G-10": "failed"}
    ),
    "conflict not looked at yet": Night(
        asks=collector(conflict="unknown"), outcome="not_yet", why={"G-10": "unknown"}
    ),
    "a body with a measure": Night(known={"facts": facts(G_07="indicated")}, outcome="refer"),
    "the hold ended while the checks were open": Night(
        asks=collector(identity="unknown"),
        known={"clock_running": False},
        outcome="not_yet",
        why={"G-17": "failed"},
    ),
    "witness child, no hold": Night(known={"clock_running": None}, outcome="ready_for_two_people"),
    "answers of child and adult differ, an indication stands": Night(
        known={"facts": facts(G_12="indicated"), "any_indication": True}, outcome="not_yet", why={"G-12": "failed"}
    ),
    "only advice is open": Night(
        known={"facts": {check: HONEST.facts[check] for check in ("G-03", "G-07", "G-13")}},
        outcome="ready_for_two_people",
        why={"G-06": "unknown", "G-08": "unknown", "G-09": "unknown", "G-12": "unknown", "G-15": "unknown"},
    ),
}


@pytest.mark.parametrize("night", NIGHTS.values(), ids=NIGHTS.keys())
def test_the_gate_gives_each_night_its_answer(night: Night) -> None:
    decision = decide(request(night.asks, night.others), known(**night.known))
    states = {one.check: one.state for one in decision.checks}
    assert decision.outcome == night.outcome
    assert {check: states[check] for check in night.why} == dict(night.why)
