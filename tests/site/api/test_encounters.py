from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError

from chain.town import AT, CANARIES, OTHER_POLICE, RAW, Town, facts, written
from vangnet.chain import flow
from vangnet.chain.encounters.models import Encounter
from vangnet.knowledge.assessment import assess
from vangnet.knowledge.terms import Purpose
from vangnet.trust.access.models import Membership, Organisation, Person
from vangnet.trust.access.policy import Role
from vangnet.trust.access.services import give_role
from vangnet.trust.keys.services import SealBrokenError
from vangnet.trust.ledger.services import LedgerUnavailableError

Calling = Callable[..., Any]
SMALL = {name: RAW[name] for name in ("organisation", "country", "met_at")}


def sentences(said: Any) -> list[tuple[str, str]]:
    return [(one["where"], one["sentence"]) for one in said["reasons"]]


def test_an_encounter_is_recorded_and_its_assessment_is_the_one_of_the_command_line(
    town: Town, calling: Calling
) -> None:
    said = calling(town.officer).records(RAW)
    assert said["created"] is True
    row = Encounter.objects.get(id=said["id"])
    expected = assess(facts(encounter_id=row.encounter_id), at=AT.replace(minute=30)).as_json("en")
    assert said["assessment"] == expected
    assert said["assessment"]["any_indication"] is True


def test_the_same_again_changes_nothing_and_says_so(town: Town, calling: Calling) -> None:
    caller, key = calling(town.officer), str(uuid4())
    first = caller.records(RAW, key=key)
    again = caller.records(RAW, 200, key=key)
    assert again == first | {"created": False}
    assert Encounter.objects.count() == 1


def test_the_same_key_or_number_with_other_content_is_to_be_corrected(town: Town, calling: Calling) -> None:
    caller, key = calling(town.officer), str(uuid4())
    caller.records(SMALL | {"encounter_id": "A-1"}, key=key)
    for body, sent in ((SMALL | {"place": "other"}, key), (SMALL | {"encounter_id": "A-1", "place": "x"}, None)):
        said = caller.records(body, 409, key=sent)
        assert said["reasons"][0]["code"] == "correct_it_instead"
        assert said["type"] == "urn:vangnet:problem:correct-it-instead"
    assert Encounter.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "child.sex heeft een waarde die niet bestaat; kies uit: F, M, X, unknown."),
        ("en", "child.sex has a value that does not exist; choose one of: F, M, X, unknown."),
    ],
)
def test_every_reason_says_where_in_the_language_of_the_asker(
    town: Town, calling: Calling, language: str, sentence: str
) -> None:
    body = {"organisation": RAW["organisation"], "country": "nl", "met_at": "later", "child": {"sex": "girl"}}
    said = calling(town.officer, language=language).records(body, 400)
    assert {where for where, _ in sentences(said)} == {"country", "met_at", "child.sex"}
    assert ("child.sex", sentence) in sentences(said)
    assert Encounter.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b" ", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe{}", "not_json"),
        (b'{"met_at": NaN}', "not_json"),
        (b'{"met_at": ' + b"9" * 5000 + b"}", "not_json"),
        (b'{"country": "NL", "country": "BE"}', "name_twice"),
        (b"[" * 100_000, "too_deep"),
        (b"[" * 400 + b"]" * 400, "type"),
        (b"null", "type"),
        (b'"text"', "type"),
        (
            b'{"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026", "place": "\\ud800"}',
            "unstorable",
        ),
        (
            b'{"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026", "place": "\\u0000"}',
            "unstorable",
        ),
        (b'{"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-02-31"}', "unreadable"),
        (b'{"organisation": "NL-POL-WATERLAND", "country": "NL", "met_at": "2026"}', "other_organisation"),
        (b'{"organisation": "NL-POL-RIJNHAVEN", "country": "ZZ", "met_at": "2026"}', "enum"),
        (b'{"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2027"}', "still_to_come"),
    ],
)
def test_whatever_is_sent_gets_a_sentence(town: Town, calling: Calling, body: bytes, code: str) -> None:
    said = calling(town.officer).records(body, 400)
    assert said["reasons"][0]["code"] == code
    assert said["detail"].endswith(".")


def test_what_is_too_large_or_no_json_is_not_read(town: Town, calling: Calling, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    caller = calling(town.officer)
    said = caller.records(b" " * 1001, 413)
    assert said["reasons"][0]["code"] == "too_large"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert caller.records(SMALL, 415, content_type=kind)["reasons"][0]["where"] == "header.Content-Type"


@pytest.mark.parametrize("key", ["", "1", "not a key"])
def test_a_key_is_asked_for(town: Town, calling: Calling, key: str) -> None:
    caller = calling(town.officer)
    said = caller.sends("/encounters", RAW, 400, **({"idempotency-key": key} if key else {}))
    assert sentences(said) == [
        (
            "header.Idempotency-Key",
            "Send a UUID in Idempotency-Key, and the same one when you send it again.",
        )
    ]


def test_nobody_comes_in_without_a_session(db: None, calling: Calling) -> None:
    said = calling(None).records(RAW, 401)
    assert said["reasons"][0]["code"] == "not_signed_in"
    calling(None).asks(f"/encounters/{uuid4()}/assessment", 401)
    calling(None).sends("/cross-checks", RAW, 401)


def test_a_session_without_its_token_records_nothing(town: Town, calling: Calling) -> None:
    said = calling(town.officer).records(RAW, 403, **{"x-csrftoken": "other"})
    assert said["reasons"][0]["code"] == "csrf"
    assert Encounter.objects.count() == 0


def test_a_role_that_may_not_hears_which_may(town: Town, calling: Calling) -> None:
    said = calling(town.immigration).records(RAW, 403)
    assert said["reasons"][0]["code"] == "firewall"
    assert calling(town.auditor).records(RAW, 403)["reasons"][0]["code"] == "role"


def test_somebody_of_two_organisations_says_for_which(town: Town, calling: Calling) -> None:
    person = Person.objects.get(id=town.officer.person_id)
    give_role(person=person, organisation=Organisation.objects.get(code=OTHER_POLICE), role=Role.OFFICER)
    caller = calling(town.officer)
    assert caller.records(RAW, 403)["reasons"][0]["code"] == "choose_organisation"
    session = caller.client.session
    session["organisation"] = RAW["organisation"]
    session.save()
    caller.records(RAW)


def test_a_purpose_can_be_named_and_stands_in_the_ledger(town: Town, calling: Calling) -> None:
    caller = calling(town.officer)
    caller.records(RAW, **{"vangnet-purpose": "identify_child"})
    assert written()[-1].purpose == Purpose.IDENTIFY_CHILD
    said = caller.records(RAW, 403, **{"vangnet-purpose": "research"})
    assert said["reasons"][0]["code"] == "purpose"
    said = caller.records(RAW, 400, **{"vangnet-purpose": "curiosity"})
    assert said["reasons"][0]["where"] == "header.Vangnet-Purpose"


def test_the_purpose_chosen_at_the_site_holds_where_none_is_named(town: Town, calling: Calling) -> None:
    caller = calling(town.officer)
    session = caller.client.session
    session["purpose"] = "keep_register"
    session.save()
    caller.records(RAW)
    assert written()[-1].purpose == Purpose.KEEP_REGISTER


def test_an_assessment_is_read_again_and_written_down(town: Town, calling: Calling) -> None:
    caller = calling(town.officer)
    made = caller.records(RAW)
    said = caller.asks(f"/encounters/{made['id']}/assessment")
    assert said == {"id": made["id"], "assessment": made["assessment"]}
    assert [UUID(str(one)) for one in written()[-1].subjects] == [UUID(made["id"])]
    dutch = calling(town.officer, language="nl").asks(f"/encounters/{made['id']}/assessment")
    assert dutch["assessment"] == assess(
        facts(encounter_id=made["assessment"]["encounter_id"]), at=AT.replace(minute=30)
    ).as_json("nl")


def test_history_is_never_screened(town: Town, calling: Calling) -> None:
    taken = flow.take_in(
        actor=town.service,
        purpose=Purpose.KEEP_REGISTER,
        facts=facts(),
        request_key=None,
        at=AT,
        history=True,
    )
    assert isinstance(taken, flow.TakenIn)
    found = str(taken.encounter_id)
    assert calling(town.officer).asks(f"/encounters/{found}/assessment") == {"id": found, "assessment": None}


def test_one_that_is_not_yours_answers_like_one_that_does_not_exist(town: Town, calling: Calling) -> None:
    found = town.met(facts())
    stranger = calling(town.other_specialist)
    known = stranger.asks(f"/encounters/{found}/assessment", 404)
    assert known == stranger.asks(f"/encounters/{uuid4()}/assessment", 404)
    assert (
        calling(town.officer).asks(f"/encounters/{found}/assessment", 403, **{"vangnet-purpose": "research"})[
            "reasons"
        ][0]["code"]
        == "purpose"
    )


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (LedgerUnavailableError(), 503, "ledger_unavailable"),
        (OperationalError("Zephyrineqq is locked"), 503, "database_unavailable"),
        (SealBrokenError(), 503, "seal_broken"),
        (RuntimeError("Zephyrineqq"), 500, "our_fault"),
    ],
)
def test_what_fails_inside_says_so_without_a_word_of_the_record(
    town: Town, calling: Calling, error: Exception, status: int, code: str
) -> None:
    with mock.patch("vangnet.chain.flow.take_in", side_effect=error):
        said = calling(town.officer).records(RAW, status)
    assert said["reasons"][0]["code"] == code
    assert not any(canary in str(said) for canary in CANARIES)
    assert Encounter.objects.count() == 0


def test_with_the_ledger_unwritable_nothing_is_recorded_or_read(
    town: Town, calling: Calling, settings: Any, tmp_path: Any
) -> None:
    found = town.met(facts())
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    settings.VANGNET_ANCHOR_FILE = tmp_path / "a-file" / "anchors.jsonl"
    caller = calling(town.officer)
    said = caller.records(SMALL, 503)
    assert "Probeer het straks opnieuw" in calling(town.officer, language="nl").records(SMALL, 503)["detail"]
    assert said["type"] == "urn:vangnet:problem:unavailable"
    caller.asks(f"/encounters/{found}/assessment", 503)
    assert Encounter.objects.count() == 1


def test_an_address_or_method_that_is_none_is_a_problem_too(town: Town, calling: Calling) -> None:
    caller = calling(town.officer)
    for address in ("/", "/encounters/", "/encounters/1/assessment", "/children", "/encounters/../x"):
        caller.asks(address, 404)
    caller.asks("/encounters", 405)
    answer = caller.client.delete("/api/v1/encounters", headers=caller.headers)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert answer["Content-Type"] == "application/problem+json"
    assert caller.sends("/children", RAW, 404)["reasons"][0]["code"] == "not_found"


def test_who_lost_every_role_is_let_in_no_further(town: Town, calling: Calling) -> None:
    caller = calling(town.officer)
    Membership.objects.filter(person_id=town.officer.person_id).delete()
    assert caller.records(RAW, 403)["reasons"][0]["code"] == "no_access"
