"""Every refusal in the house knows its kind, and every kind has one answer; the page of each reads right in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_args
from uuid import uuid4

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

import vangnet
from vangnet.chain.encounters.refusals import DESTROYED, ONLY_SPECIALIST, OVER_A_YEAR
from vangnet.chain.handovers.refusals import REFUSALS
from vangnet.knowledge.terms import LANGUAGES, NOT_FOUND, Language, Purpose, Reason, RefusalKind
from vangnet.site.api.problems import OF_KIND
from vangnet.site.pages import doors
from vangnet.trust.access.policy import Actor, Relation, Role, permit

SOURCE = Path(vangnet.__file__).parent
MAY_NOT = {
    "firewall",
    "act_not_declared",
    "role",
    "purpose",
    "relation",
    "no_access",
    "not_a_member",
    "destroyed",
    "over_a_year",
    "only_specialist",
}
CHANGED = {
    "account_changed",
    "already_decided",
    "already_reviewed",
    "answered",
    "carried_out",
    "changed_meanwhile",
    "check_changed",
    "child_not_agreed",
    "choose_organisation",
    "correct_it_instead",
    "decider_lost_access",
    "decision_open",
    "lapsed",
    "no_decision",
    "no_pen",
    "not_ready",
    "nothing_open",
    "other_proposal",
    "other_question",
    "own_incident",
    "receiver_not_decided",
    "same_person",
    "superseded",
    "taken",
}
NOT_THERE = {"not_found", "no_account"}
ELSEWHERE = {"taken": ("accounts",), "role": ("cli",)}
"""A name that is in use, or a role that is none, is mended in its field."""


def reasons_in(path: Path) -> Iterator[tuple[str, str]]:
    """Give code and kind of every reason that a file makes with a code of its own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason":
            given = {one.arg: one.value for one in node.keywords}
            code, kind = given.get("code"), given.get("kind")
            if isinstance(code, ast.Constant):
                yield str(code.value), str(kind.value) if isinstance(kind, ast.Constant) else "mend"


def kind_for(code: str) -> str:
    if code in MAY_NOT:
        return "may_not"
    if code in NOT_THERE or (code.startswith("unknown_") and code != "unknown_check"):
        return "not_there"
    return "changed" if code in CHANGED else "mend"


def test_every_reason_of_the_house_has_the_kind_that_its_door_needs() -> None:
    found = {
        (path.relative_to(SOURCE).as_posix(), code, kind)
        for path in SOURCE.rglob("*.py")
        for code, kind in reasons_in(path)
        if not set(ELSEWHERE.get(code, ())) & set(path.parts)
    }
    assert len(found) > 40
    assert {(where, code, kind) for where, code, kind in found if kind != kind_for(code)} == set()


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_of_the_gate_has_the_kind_that_its_door_needs(code: str) -> None:
    assert (REFUSALS[code].code, REFUSALS[code].kind) == (code, kind_for(code))


def test_every_kind_has_one_answer_on_pages_and_at_the_api() -> None:
    assert set(doors.STATUS) == set(OF_KIND) == set(get_args(RefusalKind))
    for kind, answer in doors.STATUS.items():
        if kind != "mend":  # a form is drawn again (422); a program is told that it cannot be read (400)
            assert OF_KIND[kind].status == answer
    assert OF_KIND["mend"].status == HTTPStatus.BAD_REQUEST
    assert doors.STATUS["mend"] == HTTPStatus.UNPROCESSABLE_ENTITY


def actor_as(role: Role) -> Actor:
    return Actor(
        person_id=uuid4(),
        name="Robin de Boer",
        organisation_id=uuid4(),
        organisation_code="NL-POL-AMS",
        organisation_name="Politie Amsterdam",
        regime="police",
        country="NL",
        roles=frozenset({role.value}),
        language="nl",
    )


def reason(role: Role, act: str, purpose: Purpose, relation: Relation = Relation.NONE) -> Reason:
    refused = permit(actor_as(role), act, purpose, relation).reason
    assert refused is not None
    return refused


SHOWN = {
    "role": reason(Role.OFFICER, "judge", Purpose.IDENTIFY_CHILD),
    "never a child": reason(Role.AUDITOR, "read_encounter", Purpose.ACCOUNT),
    "purpose": reason(Role.OFFICER, "read_encounter", Purpose.RESEARCH),
    "relation": reason(Role.OFFICER, "read_encounter", Purpose.PROTECT_CHILD),
    "firewall": reason(Role.IMMIGRATION, "read_encounter", Purpose.PROTECT_CHILD),
    "undeclared": reason(Role.OFFICER, "lend", Purpose.PROTECT_CHILD),
    "over a year": OVER_A_YEAR,
    "specialist": ONLY_SPECIALIST,
    "destroyed": DESTROYED,
}
READS: dict[tuple[str, Language], tuple[str, str, str]] = {
    ("over a year", "en"): (
        "This is older than a year",
        "It can only be compared now. The specialist of your organisation can open it.",
        "Rule: police data of more than a year old can only be compared (Police Data Act art. 8).",
    ),
    ("over a year", "nl"): (
        "Dit is ouder dan een jaar",
        "Het is alleen nog te vergelijken. De specialist van uw organisatie kan het openen.",
        "Regel: politiegegevens van meer dan een jaar oud zijn alleen te vergelijken (Wpg art. 8).",
    ),
    ("never a child", "en"): (
        "This does not belong to your role",
        "An auditor reads the ledger, never the record of a child.",
        "Asked: read an encounter. Who may: officer, ",
    ),
    ("role", "nl"): (
        "Dit hoort niet bij uw rol",
        "Gevraagd: oordelen of het hetzelfde kind is.",
        "Wie het wel mag: specialist mensenhandel, ",
    ),
    ("purpose", "en"): (
        "This does not fit your purpose",
        "It can be done to: ",
        "Rule: data only for their purpose",
    ),
    ("firewall", "nl"): (
        "Dit blijft bij de bescherming",
        "Wat Vangnet bewaart, dient alleen om kinderen te beschermen.",
        "Het gaat nooit naar toelating of vertrek. ",
    ),
}


def drawn(told: Reason, language: Language, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Give what the page of a refusal is made of."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr("vangnet.site.pages.doors.reading.write_refusal", lambda **_: None)
    monkeypatch.setattr(
        doors, "show", lambda _request, _actor, _template, context, status: kept.update(context, status=status)
    )
    with translation.override(language):
        doors.refused(cast("HttpRequest", RequestFactory().get("/")), cast("Actor", SimpleNamespace()), told)
    return kept


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_the_page_of_a_refusal_has_a_title_of_few_words_and_whole_sentences(
    name: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors.reading, "write_refusal", lambda **_: None)  # nobody is behind this request
    page = drawn(SHOWN[name], language, monkeypatch)
    assert page["status"] == HTTPStatus.FORBIDDEN
    assert len(page["title"].split()) <= 8
    assert not page["title"].endswith(".")
    for text in (page["lead"], page["more"]):
        assert text == "" or re.fullmatch(r"[A-Z].*\.", text)
        assert text.count("(") == text.count(")")
    assert page["title"] not in page["lead"]
    for part, wanted in zip(("title", "lead", "more"), READS.get((name, language), ()), strict=False):
        assert page[part].startswith(wanted)


def test_a_refusal_without_its_page_is_told_whole() -> None:
    assert OVER_A_YEAR.whole.en == (
        "This is older than a year. It can only be compared now. The specialist of your organisation can open it. "
        "Rule: police data of more than a year old can only be compared (Police Data Act art. 8)."
    )
    assert DESTROYED.whole.nl.startswith("Dit is vernietigd. Deze ontmoeting is vernietigd")
    assert NOT_FOUND.whole == NOT_FOUND.words
