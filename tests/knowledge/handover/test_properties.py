"""What holds for every night that can be invented."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from vangnet.knowledge.handover import NEVER_CONDITIONS, HandoverRequest, Known, decide
from vangnet.knowledge.terms import (
    Authority,
    Child,
    ChildView,
    Collector,
    Document,
    Identity,
    KnownFact,
    PartialDate,
    PersonName,
)

TEXT = st.text(max_size=12)
THREE = st.sampled_from(["clear", "indicated", "unknown"])
VERIFIED = st.sampled_from(["verified", "not_verified", "unknown"])
SOURCES = st.sampled_from(
    ["authority_register", "brp", "court_decision", "foreign_certificate", "private_deed", "none", "unknown"]
)
FACTS = st.dictionaries(
    st.sampled_from(["G-03", "G-06", "G-07", "G-08", "G-09", "G-12", "G-13", "G-15"]),
    st.builds(KnownFact, state=THREE, source=TEXT, words=TEXT),
)
NAMES = st.none() | st.builds(PersonName, TEXT, TEXT)
CHILDREN = st.builds(
    Child,
    name=NAMES,
    birth_date=st.none() | st.builds(PartialDate, st.integers(2005, 2020)),
    birth_date_basis=st.sampled_from(["stated", "document", "assessed", "unknown"]),
    sex=st.sampled_from(["F", "M", "X", "unknown"]),
    birth_place=TEXT,
    address=TEXT,
    documents=st.lists(st.builds(Document, number=TEXT, inspected=st.booleans()), max_size=1).map(tuple),
)
VIEWS = st.builds(
    ChildView,
    heard_alone=st.none() | st.booleans(),
    interpreter=st.sampled_from(["sworn", "none", "other", "unknown"]),
    wants_to_go=st.sampled_from(["yes", "no", "unknown"]),
    trusted_person=st.sampled_from(["", "an aunt"]),
    words=TEXT,
)
COLLECTORS = st.builds(
    Collector,
    name=NAMES,
    phones=st.lists(TEXT, max_size=1).map(tuple),
    vehicle=TEXT,
    address=TEXT,
    claimed_relation=TEXT,
    identity=st.builds(Identity, state=VERIFIED, number=TEXT),
    authority=st.builds(Authority, state=VERIFIED, source=SOURCES),
    conflict_of_interest=st.sampled_from(["none_found", "indicated", "unknown"]),
)
INDICATORS = st.lists(st.sampled_from(["I-04", "I-46", "I-47", "I-50", "I-51", "I-52", "I-54"]), max_size=2)
KNOWN = st.builds(
    Known,
    child=CHILDREN,
    age_certain=st.booleans(),
    view=VIEWS,
    facts=FACTS,
    any_indication=st.booleans(),
    conflict_risks=INDICATORS.map(tuple),
    risks=INDICATORS.map(tuple),
    collectors_count=st.integers(0, 3),
    clock_running=st.none() | st.booleans(),
)
REQUESTS = st.builds(HandoverRequest, collector=COLLECTORS, others=st.integers(0, 2))


def in_order(asked: HandoverRequest, known: Known) -> tuple[HandoverRequest, Known]:
    """Give the same night with every condition met, so that one change at a time can be judged."""
    assert asked.collector is not None
    parent = replace(
        asked.collector,
        identity=Identity(state="verified"),
        authority=Authority(state="verified", source="brp"),
        conflict_of_interest="none_found",
    )
    child = replace(known.child, birth_date=PartialDate(2012), birth_date_basis="stated")
    view = replace(known.view, heard_alone=True, interpreter="sworn", wants_to_go="yes")
    facts = {check: KnownFact(state="clear") for check in ("G-03", "G-07", "G-09", "G-12", "G-13")}
    return replace(asked, collector=parent), replace(
        known, child=child, view=view, facts={**known.facts, **facts}, conflict_risks=(), risks=()
    )


BLANKS: dict[str, Any] = {
    "birth date": lambda asked, known: (asked, replace(known, child=Child(name=known.child.name))),
    "heard alone": lambda asked, known: (asked, replace(known, view=replace(known.view, heard_alone=None))),
    "interpreter": lambda asked, known: (asked, replace(known, view=replace(known.view, interpreter="unknown"))),
    "wish": lambda asked, known: (asked, replace(known, view=replace(known.view, wants_to_go="unknown"))),
    "identity": lambda asked, known: (_with(asked, identity=Identity()), known),
    "authority": lambda asked, known: (_with(asked, authority=Authority(source="brp")), known),
    "source": lambda asked, known: (_with(asked, authority=Authority(state="verified")), known),
    "conflict": lambda asked, known: (_with(asked, conflict_of_interest="unknown"), known),
    **{
        check: lambda asked, known, check=check: (
            asked,
            replace(known, view=replace(known.view, trusted_person=""), facts=_without(known, check)),
        )
        for check in ("G-03", "G-07", "G-13")
    },
}


def _with(asked: HandoverRequest, **changes: Any) -> HandoverRequest:
    assert asked.collector is not None
    return replace(asked, collector=replace(asked.collector, **changes))


def _without(known: Known, check: str) -> dict[str, KnownFact]:
    return {id_: fact for id_, fact in known.facts.items() if id_ != check}


@given(REQUESTS, KNOWN)
def test_with_every_condition_met_the_gate_opens(asked: HandoverRequest, known: Known) -> None:
    assert decide(*in_order(asked, known)).outcome == "ready_for_two_people"


@given(REQUESTS, KNOWN, st.sampled_from(sorted(BLANKS)))
def test_one_required_thing_unknown_and_the_gate_is_not_open(
    asked: HandoverRequest, known: Known, what: str
) -> None:
    assert decide(*BLANKS[what](*in_order(asked, known))).outcome == "not_yet"


@given(REQUESTS, KNOWN, st.sampled_from(sorted(BLANKS)))
def test_forgetting_something_required_never_opens_the_gate(
    asked: HandoverRequest, known: Known, what: str
) -> None:
    if decide(asked, known).outcome != "ready_for_two_people":
        assert decide(*BLANKS[what](asked, known)).outcome != "ready_for_two_people"


@given(REQUESTS, KNOWN)
def test_unknown_is_never_passed(asked: HandoverRequest, known: Known) -> None:
    nothing = replace(known, child=Child(), view=ChildView(), facts={}, clock_running=None)
    nobody = Collector(claimed_relation="parent")
    states = {one.state for one in decide(replace(asked, collector=nobody), nothing).checks}
    assert "passed" not in states


@given(REQUESTS, KNOWN)
def test_any_conflict_of_interest_is_never_ready(asked: HandoverRequest, known: Known) -> None:
    proven, fine = in_order(asked, known)
    clear = {**fine.facts, "G-09": KnownFact(state="indicated")}
    assert decide(_with(proven, conflict_of_interest="indicated"), fine).outcome == "refer"
    assert decide(proven, replace(fine, conflict_risks=("I-04",))).outcome == "refer"
    assert decide(proven, replace(fine, facts=clear)).outcome == "refer"


@given(REQUESTS, KNOWN)
def test_a_claimed_relation_alone_never_opens(asked: HandoverRequest, known: Known) -> None:
    proven, fine = in_order(asked, known)
    assert decide(_with(proven, authority=Authority()), fine).outcome == "not_yet"


@given(REQUESTS, KNOWN)
def test_the_answer_is_the_one_the_required_results_give(asked: HandoverRequest, known: Known) -> None:
    decision = decide(asked, known)
    required = [one for one in decision.checks if one.required_by != "advice" and one.check not in NEVER_CONDITIONS]
    if decision.outcome == "ready_for_two_people":
        assert all(one.state == "passed" for one in required)
    else:
        assert any(one.state != "passed" for one in required)
    assert (decision.outcome == "refer") == any(one.state == "failed" and not one.mendable for one in required)


@given(REQUESTS, KNOWN, NAMES, TEXT)
def test_who_someone_is_changes_not_one_byte(
    asked: HandoverRequest, known: Known, name: PersonName | None, text: str
) -> None:
    other = _with(
        asked, name=name, phones=(text,), vehicle=text, address=text, claimed_relation=text, birth_date=None
    )
    child = replace(
        known.child, name=name, other_names=(), birth_place=text, address=text, phones=(text,), sex="unknown"
    )
    facts = {check: replace(fact, words=text, source=text) for check, fact in known.facts.items()}
    changed = replace(known, child=child, view=replace(known.view, words=text), facts=facts)
    assert repr(decide(other, changed)) == repr(decide(asked, known))


@given(REQUESTS, KNOWN)
def test_no_sentence_of_the_gate_holds_a_forbidden_word(asked: HandoverRequest, known: Known) -> None:
    said = json.dumps([(one.reason.nl, one.reason.en) for one in decide(asked, known).checks]).lower()
    for word in ("release", "low risk", "laag risico", "score", "langer vasthouden", "verlengen", "verdachte"):
        assert word not in said
