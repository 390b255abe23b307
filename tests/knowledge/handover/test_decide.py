"""The gate check by check: one honest parent, and one thing changed at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.handover.gate import HONEST, PARENT, collector, known, request, result
from vangnet.knowledge.handover import (
    ABOUT_THE_ADULT,
    CHECKS,
    NEVER_CONDITIONS,
    OUTCOMES,
    HandoverRequest,
    Known,
    Wish,
    decide,
    outcome_of,
    standing,
)
from vangnet.knowledge.terms import BiometricReference, Child, ChildView, Document, KnownFact, PartialDate

IDS = [f"G-{number:02d}" for number in range(1, 19)]


def test_all_eighteen_checks_are_listed_in_order_run_or_not() -> None:
    assert [one.check for one in decide(HandoverRequest(), Known()).checks] == IDS
    assert [one.check for one in decide(request(), HONEST).checks] == IDS


def test_every_result_has_a_reason_in_two_languages_and_a_source() -> None:
    for one in decide(request(), HONEST).checks:
        assert one.reason.nl
        assert one.reason.en
        assert one.source
    assert all(check.words.nl and check.words.en for check in CHECKS)


def test_an_honest_parent_with_proven_authority_is_ready_for_two_people() -> None:
    assert decide(request(), HONEST).outcome == "ready_for_two_people"


def test_nobody_asking_is_not_yet_whatever_else_is_known() -> None:
    assert decide(HandoverRequest(), HONEST).outcome == "not_yet"
    assert decide(HandoverRequest(), known(conflict_risks=("I-06",))).outcome == "not_yet"


def test_nothing_known_is_not_yet_and_nothing_passed() -> None:
    decision = decide(HandoverRequest(collector=collector()), Known())
    assert decision.outcome == "not_yet"
    assert {one.state for one in decide(HandoverRequest(), Known()).checks} == {"unknown"}


@pytest.mark.parametrize(
    ("check", "without", "with_indication"),
    [
        *((one, "law", "law") for one in ("G-03", "G-05", "G-07", "G-10", "G-17")),
        *((one, "policy", "policy") for one in ("G-01", "G-02", "G-04", "G-13", "G-16", "G-18")),
        *((one, "advice", "advice") for one in ("G-06", "G-08", "G-11", "G-14", "G-15")),
        *((one, "advice", "policy") for one in ("G-09", "G-12")),
    ],
)
def test_the_table_of_standing(check: str, without: str, with_indication: str) -> None:
    assert standing(check, False) == without
    assert standing(check, True) == with_indication
    found = {one.check: one.required_by for one in decide(request(), known(any_indication=True)).checks}
    assert found[check] == with_indication


def test_a_check_outside_the_table_has_no_standing() -> None:
    with pytest.raises(KeyError):
        standing("G-19", False)


def test_the_five_never_conditions_never_hold_anyone_back() -> None:
    assert {"G-11", "G-14", "G-16", "G-17", "G-18"} == NEVER_CONDITIONS
    results = decide(request(), HONEST).checks
    for check in NEVER_CONDITIONS:
        failed = [
            replace(one, state="failed", mendable=False, required_by="law") if one.check == check else one
            for one in results
        ]
        assert outcome_of(failed) == "ready_for_two_people"


@pytest.mark.parametrize(
    ("child", "state"),
    [
        (Child(), "unknown"),
        (Child(birth_date=PartialDate(2012), birth_date_basis="stated"), "passed"),
        (Child(birth_date=PartialDate(2012), birth_date_basis="assessed"), "passed"),
        (Child(birth_date=PartialDate(2012)), "unknown"),
        (Child(birth_date_basis="stated"), "unknown"),
        (Child(documents=(Document(number="X", inspected=True),)), "passed"),
        (Child(documents=(Document(number="X"),)), "unknown"),
        (Child(biometric_references=(BiometricReference(system="s", reference="r"),)), "passed"),
    ],
)
def test_g01_rests_on_a_claim_with_its_grade_of_proof_and_never_on_a_name(child: Child, state: str) -> None:
    assert result("G-01", known(child=child)).state == state


def test_g01_says_that_an_uncertain_age_is_a_child() -> None:
    assert "presume a child" in result("G-01", known(age_certain=False)).reason.en
    assert "presume" not in result("G-01", known(age_certain=True)).reason.en


HEARD = ChildView(heard_alone=True, interpreter="sworn", wants_to_go="yes")


@pytest.mark.parametrize(
    ("view", "state", "mendable"),
    [
        (HEARD, "passed", True),
        (replace(HEARD, interpreter="none"), "passed", True),
        (replace(HEARD, interpreter="other"), "failed", True),
        (replace(HEARD, interpreter="unknown"), "unknown", True),
        (replace(HEARD, heard_alone=False), "failed", True),
        (replace(HEARD, heard_alone=None), "unknown", True),
        (replace(HEARD, heard_alone=None, interpreter="other"), "failed", True),
        (replace(HEARD, wants_to_go="unknown"), "unknown", True),
        (replace(HEARD, wants_to_go="no"), "failed", False),
        (replace(HEARD, wants_to_go="no", heard_alone=None, interpreter="other"), "failed", False),
    ],
)
def test_g02_the_child_is_heard_alone_through_a_neutral_interpreter_and_its_wish_counts(
    view: ChildView, state: str, mendable: bool
) -> None:
    found = result("G-02", known(view=view))
    assert (found.state, found.mendable) == (state, mendable)


@pytest.mark.parametrize(
    ("fact", "person", "state"),
    [
        ("clear", "", "passed"),
        ("unknown", "aunt", "passed"),
        ("indicated", "aunt", "failed"),
        ("indicated", "", "failed"),
        ("unknown", "", "unknown"),
        ("unknown", "  ", "unknown"),
    ],
)
def test_g03_the_choice_of_a_trusted_person(fact: str, person: str, state: str) -> None:
    view = replace(HEARD, trusted_person=person)
    found = result("G-03", known(view=view, facts={"G-03": KnownFact(state=fact)}))  # type: ignore[arg-type]
    assert (found.state, found.mendable) == (state, True)


@pytest.mark.parametrize(
    ("identity", "state"), [("verified", "passed"), ("not_verified", "failed"), ("unknown", "unknown")]
)
def test_g04_the_paper_of_the_adult(identity: str, state: str) -> None:
    found = result("G-04", HONEST, request(collector(identity=identity)))
    assert (found.state, found.mendable) == (state, True)


@pytest.mark.parametrize(
    ("authority", "source", "state", "mendable"),
    [
        *(
            ("verified", source, "passed", True)
            for source in ("authority_register", "brp", "court_decision", "foreign_certificate")
        ),
        *((state, "private_deed", "failed", False) for state in ("verified", "not_verified", "unknown")),
        *((state, "none", "failed", True) for state in ("verified", "not_verified", "unknown")),
        *(("not_verified", source, "failed", True) for source in ("brp", "foreign_certificate", "unknown")),
        *(("unknown", source, "unknown", True) for source in ("brp", "court_decision", "unknown")),
        ("verified", "unknown", "unknown", True),
    ],
)
def test_g05_authority_and_what_shows_it(authority: str, source: str, state: str, mendable: bool) -> None:
    found = result("G-05", HONEST, request(collector(authority=authority, source=source)))
    assert (found.state, found.mendable) == (state, mendable)


@pytest.mark.parametrize("relation", ["parent", "mother", "grandparent", "step-parent", "brother of 17", ""])
def test_g05_claimed_kinship_alone_never_passes(relation: str) -> None:
    one = replace(collector(authority="unknown", source="unknown"), claimed_relation=relation)
    assert result("G-05", HONEST, request(one)).state == "unknown"
    assert decide(request(one), HONEST).outcome == "not_yet"


@pytest.mark.parametrize(("abroad", "state"), [("unknown", "passed"), ("clear", "passed"), ("indicated", "failed")])
def test_g05_a_foreign_paper_stands_until_someone_doubts_it(abroad: str, state: str) -> None:
    facts = {**HONEST.facts, "G-06": KnownFact(state=abroad)}  # type: ignore[arg-type]
    found = result("G-05", known(facts=facts), request(collector(source="foreign_certificate")))
    assert (found.state, found.mendable) == (state, True)


def test_g05_a_doubt_abroad_does_not_touch_a_dutch_proof() -> None:
    facts = {**HONEST.facts, "G-06": KnownFact(state="indicated")}
    assert decide(request(), known(facts=facts)).outcome == "ready_for_two_people"


def test_g05_says_that_someone_else_asks_too() -> None:
    found = result("G-05", HONEST, HandoverRequest(collector=PARENT, others=1))
    assert found.state == "passed"
    assert "Someone else asks" in found.reason.en
    assert "iemand anders" in found.reason.nl
    assert "Someone else" not in result("G-05", HONEST).reason.en


@pytest.mark.parametrize("check", ["G-06", "G-08", "G-12", "G-13", "G-15"])
def test_a_fact_is_clear_indicated_or_unknown(check: str) -> None:
    for fact, state in (("clear", "passed"), ("indicated", "failed"), ("unknown", "unknown")):
        facts = {**HONEST.facts, check: KnownFact(state=fact)}  # type: ignore[arg-type]
        found = result(check, known(facts=facts))
        assert (found.state, found.mendable) == (state, True)
    assert result(check, known(facts={})).state == "unknown"


@pytest.mark.parametrize(("check", "indicator"), [("G-08", "I-51"), ("G-12", "I-50"), ("G-12", "I-52")])
def test_an_indicator_that_was_seen_stands_for_a_fact_that_was_not_recorded(check: str, indicator: str) -> None:
    assert result(check, known(facts={}, risks=(indicator,))).state == "failed"
    reviewed = {check: KnownFact(state="clear")}
    assert result(check, known(facts=reviewed, risks=(indicator,))).state == "passed"


@pytest.mark.parametrize("risk", ["I-46", "I-47"])
def test_g07_a_measure_or_alert_that_was_seen_names_another_receiver(risk: str) -> None:
    found = result("G-07", known(risks=(risk,)))
    assert (found.state, found.mendable) == ("failed", False)
    assert decide(request(), known(risks=(risk,))).outcome == "refer"


@pytest.mark.parametrize(
    ("fact", "state", "outcome"),
    [
        ("clear", "passed", "ready_for_two_people"),
        ("indicated", "failed", "refer"),
        ("unknown", "unknown", "not_yet"),
    ],
)
def test_g07_measures(fact: str, state: str, outcome: str) -> None:
    asked = known(facts={**HONEST.facts, "G-07": KnownFact(state=fact)})  # type: ignore[arg-type]
    assert result("G-07", asked).state == state
    assert decide(request(), asked).outcome == outcome


def test_g08_an_earlier_collection_is_looked_at_and_never_a_refusal() -> None:
    asked = known(facts={**HONEST.facts, "G-08": KnownFact(state="indicated")})
    assert result("G-08", asked).state == "failed"
    assert decide(request(), asked).outcome == "ready_for_two_people"


@pytest.mark.parametrize("any_indication", [False, True])
def test_g09_a_yes_is_a_conflict_of_interest(any_indication: bool) -> None:
    facts = {**HONEST.facts, "G-09": KnownFact(state="indicated")}
    asked = known(any_indication=any_indication, facts=facts)
    assert result("G-09", asked).state == "failed"
    assert (result("G-10", asked).state, result("G-10", asked).mendable) == ("failed", False)
    assert decide(request(), asked).outcome == "refer"


def test_g09_an_adult_in_an_inquiry_that_was_observed_counts_as_a_yes() -> None:
    assert result("G-09", known(conflict_risks=("I-54",))).state == "failed"
    assert decide(request(), known(risks=("I-54",))).outcome == "refer"


@pytest.mark.parametrize("check", ["G-09", "G-12"])
def test_g09_and_g12_are_needed_only_where_an_indication_stands(check: str) -> None:
    facts = {id_: fact for id_, fact in HONEST.facts.items() if id_ != check}
    assert decide(request(), known(facts=facts)).outcome == "ready_for_two_people"
    assert decide(request(), known(facts=facts, any_indication=True)).outcome == "not_yet"


@pytest.mark.parametrize(
    ("conflict", "state", "mendable"),
    [("none_found", "passed", True), ("indicated", "failed", False), ("unknown", "unknown", True)],
)
def test_g10_conflict_of_interest(conflict: str, state: str, mendable: bool) -> None:
    found = result("G-10", HONEST, request(collector(conflict=conflict)))
    assert (found.state, found.mendable) == (state, mendable)


def test_g10_proven_authority_does_not_end_the_gate() -> None:
    assert decide(request(collector(conflict="indicated")), HONEST).outcome == "refer"
    assert decide(request(), known(conflict_risks=("I-04",))).outcome == "refer"


@pytest.mark.parametrize("check", ["G-11", "G-14", "G-16", "G-18"])
def test_what_this_desk_never_runs_is_listed_as_unknown(check: str) -> None:
    found = result(check, HONEST)
    assert (found.state, found.mendable) == ("unknown", True)


@pytest.mark.parametrize(
    ("running", "state", "mendable"),
    [(True, "passed", True), (False, "failed", False), (None, "unknown", True)],
)
def test_g17_the_clock_is_told_and_never_decides(running: bool | None, state: str, mendable: bool) -> None:
    asked = known(clock_running=running)
    found = result("G-17", asked)
    assert (found.state, found.mendable) == (state, mendable)
    assert decide(request(), asked).outcome == "ready_for_two_people"


def test_g17_an_ended_hold_names_what_holds_nobody_and_whom_to_call() -> None:
    found = result("G-17", known(clock_running=False))
    assert "Nobody here may hold the child" in found.reason.en
    assert "Never let the child leave alone" in found.reason.en


def test_what_cannot_be_mended_comes_before_what_is_only_open() -> None:
    assert decide(HandoverRequest(collector=collector(conflict="indicated")), Known()).outcome == "refer"


def test_the_end_states_are_a_closed_list_of_four_receivers_and_two_incidents() -> None:
    assert list(OUTCOMES) == [
        "HANDED_TO_AUTHORITY_HOLDER",
        "HANDED_TO_GI_OR_NIDOS",
        "HANDED_TO_SHELTER_VOLUNTARY",
        "HANDED_TO_RVDK_ARRANGED_PLACE",
        "CHILD_LEFT_AT_LEGAL_LIMIT",
        "CHILD_WENT_MISSING",
    ]
    for code, end in OUTCOMES.items():
        assert end.code == code
        assert (end.kind == "handover") == code.startswith("HANDED_TO_")
        assert end.needs_ready == (code == "HANDED_TO_AUTHORITY_HOLDER")
        assert end.needs_wish == (code == "HANDED_TO_SHELTER_VOLUNTARY")
        assert end.words.nl != end.words.en


@pytest.mark.parametrize(("wish", "is_open"), [("yes", True), ("no", False), ("unknown", False)])
def test_a_place_that_the_child_must_agree_to_is_open_only_to_a_yes(wish: Wish, is_open: bool) -> None:
    assert OUTCOMES["HANDED_TO_SHELTER_VOLUNTARY"].is_open_to(wish) is is_open
    assert all(end.is_open_to(wish) for code, end in OUTCOMES.items() if code != "HANDED_TO_SHELTER_VOLUNTARY")


def test_what_is_in_order_for_one_adult_is_not_in_order_for_another() -> None:
    assert {"G-04", "G-05", "G-08", "G-09", "G-10", "G-12", "G-13"} == ABOUT_THE_ADULT
