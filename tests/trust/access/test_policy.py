"""The whole matrix: role × act × purpose × relation, against the table as a jurist would write it down."""

from __future__ import annotations

from itertools import product
from uuid import uuid4

import pytest

from vangnet.knowledge.terms import Purpose
from vangnet.trust.access.policy import ACTS, GRANTS, ROLES, Actor, Permit, Relation, Role, permit

CHILD_ACTS = set(ACTS) - {"verify_ledger", "read_ledger", "import_history", "manage_access"}
NEVER_A_CHILD = {
    Role.RESEARCHER,
    Role.PRIVACY_OFFICER,
    Role.AUDITOR,
    Role.CONTROLLER_ADMIN,
    Role.IMMIGRATION,
}
WHO_MAY = {
    "record_encounter": "officer assistant_prosecutor specialist rvdk gi shelter coordinator service",
    "correct_encounter": "officer assistant_prosecutor specialist rvdk gi shelter coordinator",
    "read_encounter": "officer assistant_prosecutor specialist rvdk gi shelter coordinator prosecutor",
    "cross_check": "officer assistant_prosecutor specialist rvdk gi shelter service",
    "judge": "specialist rvdk gi shelter",
    "ask_gate": "officer assistant_prosecutor specialist rvdk gi shelter",
    "record_check": "officer assistant_prosecutor specialist rvdk gi shelter",
    "propose_decision": "assistant_prosecutor rvdk prosecutor",
    "confirm_decision": "assistant_prosecutor rvdk prosecutor",
    "record_handover": "officer assistant_prosecutor specialist rvdk gi shelter",
    "review_incident": "assistant_prosecutor rvdk prosecutor",
    "send_referral": "officer assistant_prosecutor specialist rvdk gi shelter coordinator prosecutor",
    "answer_referral": "specialist rvdk gi shelter coordinator prosecutor",
    "read_duties": "officer assistant_prosecutor specialist rvdk gi shelter coordinator prosecutor",
    "complete_duty": "officer assistant_prosecutor specialist rvdk gi shelter coordinator prosecutor",
    "record_international_check": "officer assistant_prosecutor specialist",
    "import_history": "service",
    "manage_access": "controller_admin service",
    "verify_ledger": "auditor privacy_officer service",
    "read_ledger": "auditor privacy_officer",
}


def actor_as(*roles: str) -> Actor:
    return Actor(
        person_id=uuid4(),
        name="Robin de Boer",
        organisation_id=uuid4(),
        organisation_code="NL-POL-AMS",
        organisation_name="Politie Amsterdam",
        regime="police",
        country="NL",
        roles=frozenset(roles),
        language="nl",
    )


def ways(role: str, act: str) -> set[tuple[Purpose, Relation]]:
    actor = actor_as(role)
    return {
        (purpose, relation)
        for purpose, relation in product(Purpose, Relation)
        if permit(actor, act, purpose, relation).allowed
    }


def declared(role: Role, act: str, purpose: Purpose, relation: Relation) -> bool:
    return any(
        grant.act == act and role in grant.roles and purpose in grant.purposes and relation in grant.relations
        for grant in GRANTS
    )


def test_every_act_and_role_is_named_and_every_act_has_somebody_who_may():
    assert set(WHO_MAY) == set(ACTS) == {grant.act for grant in GRANTS}
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_the_full_matrix_allows_what_is_declared_and_refuses_the_rest_with_a_reason(role):
    actor = actor_as(role)
    for act, purpose, relation in product(ACTS, Purpose, Relation):
        answer = permit(actor, act, purpose, relation)
        assert answer.allowed == declared(role, act, purpose, relation), (act, purpose, relation)
        assert answer.allowed == (answer.reason is None)


@pytest.mark.parametrize(("act", "roles"), WHO_MAY.items())
def test_each_act_is_open_to_exactly_these_roles(act, roles):
    assert {role.value for role in Role if ways(role, act)} == set(roles.split())


@pytest.mark.parametrize("role", sorted(NEVER_A_CHILD))
def test_these_roles_never_reach_a_child(role):
    assert not any(ways(role, act) for act in CHILD_ACTS)


@pytest.mark.parametrize("act", sorted({"read_encounter", "judge", "correct_encounter", "ask_gate"}))
def test_nobody_reaches_a_child_without_standing_in_a_relation(act):
    assert not any(relation is Relation.NONE for role in Role for _, relation in ways(role, act))


@pytest.mark.parametrize("act", ["propose_decision", "confirm_decision"])
def test_who_decides_does_so_for_that_purpose_alone(act):
    purposes = {purpose for role in Role for purpose, _ in ways(role, act)}
    assert purposes == {Purpose.DECIDE_HANDOVER}


def test_no_act_serves_the_legal_status_or_research():
    purposes = {purpose for role, act in product(Role, ACTS) for purpose, _ in ways(role, act)}
    assert purposes.isdisjoint({Purpose.LEGAL_STATUS, Purpose.RESEARCH})


def test_looking_for_adults_is_for_specialist_and_prosecutor():
    allowed = {role for role, act in product(Role, ACTS) for one, _ in ways(role, act) if one == "find_exploiters"}
    assert allowed == {Role.SPECIALIST, Role.PROSECUTOR}


@pytest.mark.parametrize("also", list(Role))
def test_the_firewall_stands_whatever_else_somebody_is(also):
    actor = actor_as(Role.IMMIGRATION, also)
    for act, purpose, relation in product([*ACTS, "unheard_of"], Purpose, Relation):
        answer = permit(actor, act, purpose, relation)
        assert not answer.allowed
        assert answer.reason is not None
        assert answer.reason.code == "firewall"
        assert "never flows to immigration" in answer.reason.whole.en
        assert "nooit naar toelating" in answer.reason.whole.nl


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.IMMIGRATION])
def test_what_is_not_declared_is_refused(role):
    answer = permit(actor_as(role), "release", Purpose.PROTECT_CHILD, Relation.OWN_ENCOUNTER)
    assert answer.reason is not None
    assert answer.reason.code == "act_not_declared"


def refused(answer: Permit) -> tuple[str, str, str]:
    assert answer.reason is not None
    assert answer.reason.kind == "may_not"
    return answer.reason.code, answer.reason.whole.nl, answer.reason.whole.en


def test_a_refusal_for_the_role_says_what_who_and_by_which_rule():
    code, nl, en = refused(permit(actor_as("officer"), "judge", Purpose.IDENTIFY_CHILD, Relation.OWN_ENCOUNTER))
    assert code == "role"
    assert nl == (
        "Dit hoort niet bij uw rol. Gevraagd: oordelen of het hetzelfde kind is. "
        "Wie het wel mag: specialist mensenhandel, Raad voor de Kinderbescherming, "
        "gecertificeerde instelling, opvang. "
        "Regel: toegang volgt de taak (Wpg art. 6, AVG art. 32). Uw organisatie geeft de rollen."
    )
    assert "Who may: trafficking specialist, Child Care and Protection Board," in en
    assert "GDPR art. 32" in en


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.AUDITOR, "An auditor reads the ledger, never the record of a child."),
        (Role.PRIVACY_OFFICER, "A privacy officer sees who read what, never what it said."),
        (Role.CONTROLLER_ADMIN, "An administrator gives roles and sees no data of children."),
        (Role.RESEARCHER, "A researcher is given tables, never a child."),
    ],
)
def test_who_never_reaches_a_child_is_told_what_they_are_for(role, sentence):
    _, _, en = refused(permit(actor_as(role), "read_encounter", Purpose.ACCOUNT, Relation.NONE))
    assert en.startswith(f"This does not belong to your role. {sentence} Asked: read an encounter.")


def test_a_refusal_for_the_purpose_names_the_purposes_that_fit():
    code, nl, en = refused(permit(actor_as("rvdk"), "propose_decision", Purpose.PROTECT_CHILD, Relation.OPEN_TASK))
    assert code == "purpose"
    assert nl.startswith("Dit hoort niet bij uw doel. Het kan wel voor: besluiten met wie dit kind meegaat.")
    assert "It can be done to: decide with whom this child goes." in en


def test_a_refusal_for_the_relation_names_what_is_needed():
    code, nl, en = refused(
        permit(actor_as("rvdk"), "answer_referral", Purpose.PROTECT_CHILD, Relation.OWN_ENCOUNTER)
    )
    assert code == "relation"
    assert "Nodig is een van deze: een open taak, een aanmelding aan u." in nl
    assert "Needed is one of these: an open task, a referral to you." in en


def test_several_roles_add_up():
    answer = permit(actor_as("officer", "auditor"), "read_encounter", Purpose.PROTECT_CHILD, Relation.OWN_ENCOUNTER)
    assert answer == Permit()


def test_somebody_without_a_role_may_nothing():
    for act, purpose, relation in product(ACTS, Purpose, Relation):
        assert not permit(actor_as(), act, purpose, relation).allowed
