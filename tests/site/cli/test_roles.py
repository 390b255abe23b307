"""`vangnet database grants`: one sentence where nothing can be done, the statements where they ran."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from vangnet.chain.handovers.grants import statements
from vangnet.site.cli import main


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
