"""`vangnet database`: one sentence where nothing can be done; the rights that were given, the table that was built."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from chain.referrals.town import NOOR, Town
from vangnet.chain.crosscheck.models import Membership
from vangnet.chain.handovers.grants import statements
from vangnet.site.cli import main
from vangnet.trust.access.policy import Role
from vangnet.trust.access.selectors import organisation, receiver
from vangnet.trust.access.services import create_person, give_role
from vangnet.trust.ledger.models import Entry


@pytest.mark.skipif(connection.vendor == "postgresql", reason="says what SQLite lacks")
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Only PostgreSQL has roles"), ("nl", "Alleen PostgreSQL kent rollen")]
)
def test_on_sqlite_it_says_in_one_sentence_why_not(
    db: None, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert main(["database", "grants", "vangnet_app", "--language", language]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert "Traceback" not in told.err


def test_without_a_database_it_says_what_to_run_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from vangnet.site.cli import roles  # noqa: PLC0415 - its own `ready` is put out

    def no_database() -> None:
        raise roles.NoDatabaseError("The database is not there or not up to date; run `vangnet init` first.")

    monkeypatch.setattr(roles, "ready", no_database)
    assert main(["database", "grants", "vangnet_app"]) == 2
    assert "vangnet init" in capsys.readouterr().err


@pytest.mark.parametrize("as_json", [False, True])
def test_what_ran_is_printed_line_by_line_or_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], db: None, as_json: bool
) -> None:
    made = statements("vangnet_app")
    monkeypatch.setattr("vangnet.chain.handovers.grants.grant_to", lambda _role: made)
    assert main(["database", "grants", "vangnet_app", *(["--json"] if as_json else [])]) == 0
    out = capsys.readouterr().out
    expected = {"role": "vangnet_app", "statements": list(made)}
    assert (json.loads(out) == expected) if as_json else (out.splitlines() == list(made))


@pytest.mark.postgres
def test_the_owner_gives_the_role_its_rights(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE vangnet_app_test")
    assert main(["database", "grants", "vangnet_app_test"]) == 0
    assert "REVOKE UPDATE, DELETE, TRUNCATE ON handovers_request" in capsys.readouterr().out


@pytest.fixture
def joined(db: None, anchored: Path) -> dict[UUID, UUID]:
    """Give which encounters are of one child, after two people of two organisations judged so; the table is lost."""
    town = Town.build()
    service = create_person(username="service", name="Service", is_service=True)
    give_role(person=service, organisation=town.places["NL-POL-RIJNHAVEN"], role=Role.SERVICE)
    theirs = town.met("waterland", NOOR)
    town.judge("specialist", town.tonight, theirs, "same")
    town.judge("waterland", theirs, town.tonight, "same")
    before = dict(Membership.objects.values_list("encounter_id", "child_id"))
    assert len(before) == 2
    Membership.objects.all().delete()
    return before


@pytest.mark.parametrize("as_json", [False, True])
def test_who_is_the_same_child_is_built_anew_from_the_verdicts_and_stands_in_each_ledger(
    joined: dict[UUID, UUID], capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    assert main(["database", "rejoin", *(["--json"] if as_json else [])]) == 0
    out = capsys.readouterr().out
    assert (json.loads(out) == {"encounters": 2}) if as_json else ("2 encounters share a child" in out)
    assert dict(Membership.objects.values_list("encounter_id", "child_id")) == joined
    entries = Entry.objects.filter(act="rejoin")
    assert len({one.organisation_id for one in entries}) == entries.count() == 2
    assert all(one.counts == {"encounters": 2} and one.subjects == [] for one in entries)


@pytest.mark.parametrize(("more", "words"), [(["--purpose", "account"], "It can be done to"), (["--as", "x"], "x")])
def test_who_may_not_build_it_is_told_why_and_nothing_changes(
    joined: dict[UUID, UUID], capsys: pytest.CaptureFixture[str], more: list[str], words: str
) -> None:
    assert main(["database", "rejoin", *more]) == 2
    told = capsys.readouterr()
    assert (told.out, words in told.err) == ("", True)
    assert not Membership.objects.exists()
    assert not Entry.objects.filter(act="rejoin").exists()


def test_without_a_ledger_it_is_not_built(
    joined: dict[UUID, UUID], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("vangnet.trust.ledger.services._write", full_disk)
    assert main(["database", "rejoin"]) == 2
    assert "ledger cannot write" in capsys.readouterr().err
    assert not Membership.objects.exists()


def test_init_writes_on_the_card_for_which_children_there_is_a_place(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["init", "--organisation", "NL-OPV-LINDENHOF", "--regime", "shelter"]
    assert main([*given, "--receives", "protected_shelter", "--receives", "voluntary_place"]) == 0
    assert card("NL-OPV-LINDENHOF") == {"protected_shelter", "voluntary_place"}
    assert main(given) == 0
    assert card("NL-OPV-LINDENHOF") == {"protected_shelter", "voluntary_place"}
    assert main([*given, "--receives", "guardianship"]) == 2
    assert "Nothing on the card changed" in capsys.readouterr().err
    assert main([*given, "--receives", "nobody"]) == 0
    assert card("NL-OPV-LINDENHOF") == set()


def card(code: str) -> frozenset[str]:
    there = organisation(code)
    found = there and receiver(there.id)
    assert found is not None
    return found.receives
