"""The pen is nowhere to be read while the services write: not in the running statements, not in the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

import psycopg
import pytest
from django.db import connection, transaction

from chain.handovers.attempts import run
from chain.handovers.night import Night
from vangnet.chain.handovers.pen import pen


def opening(text: str) -> list[str]:
    """Give what stands in a text and opens the gate in any transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM handovers_pen")
        (digest,) = cursor.fetchone()
    return [word for word in re.findall(r"\w+", text) if sha256(word.encode()).hexdigest() == digest]


@pytest.fixture
def watcher(db: None) -> Iterator[psycopg.Connection[tuple[str]]]:
    """Another session on the same server, which reads what every session runs."""
    known = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: known[name] for name in names if known.get(name)}, autocommit=True) as other:
        yield other


def seen_by(watcher: psycopg.Connection[tuple[str]]) -> str:
    pid = connection.connection.info.backend_pid
    (said,) = watcher.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone() or ("",)
    return said


@pytest.mark.postgres
def test_nobody_reads_the_pen_in_the_running_statements(
    night: Night, watcher: psycopg.Connection[tuple[str]]
) -> None:
    with transaction.atomic(), pen():
        said = seen_by(watcher)
        assert "handovers_held" in said
        assert opening(said) == []
    seen = []

    def note(execute: object, *given: object) -> object:
        seen.append(seen_by(watcher))
        return execute(*given)  # type: ignore[operator]

    with connection.execute_wrapper(note):
        night.hand_over(night.decide())
    assert any("COPY handovers_held" in one for one in seen)
    assert [one for text in seen for one in opening(text)] == []


@pytest.mark.postgres
def test_the_server_writes_no_pen_in_its_log(night: Night) -> None:
    told: list[str] = []
    loud = [
        *("log_statement = 'all'", "log_min_duration_statement = 0", "log_parameter_max_length = -1"),
        *(f"debug_print_{what} = on" for what in ("parse", "rewritten", "plan")),
    ]

    def note(said: psycopg.errors.Diagnostic) -> None:
        told.append(f"{said.message_primary} {said.message_detail} {said.context}")

    connection.connection.add_notice_handler(note)
    for setting in (*loud, "client_min_messages = 'log'"):
        run(f"SET LOCAL {setting}")
    run("DISCARD PLANS")  # what a new session prints: it has planned nothing yet
    night.hand_over(night.decide())
    connection.connection.remove_notice_handler(note)
    run("SET LOCAL client_min_messages = 'notice'")
    assert any("COPY handovers_held" in one for one in told)
    assert any("INSERT INTO" in one for one in told)
    assert [word for one in told for word in opening(one)] == []


@pytest.mark.postgres
def test_the_pen_ends_with_the_transaction_and_the_view_keeps_nothing(night: Night) -> None:
    held = "SELECT current_setting('vangnet.pen', true)"
    with transaction.atomic(), pen(), connection.cursor() as cursor:
        cursor.execute(held)
        (inside,) = cursor.fetchone()
        cursor.execute("SELECT pen FROM handovers_held")
        assert cursor.fetchall() == [("",)]
        assert opening(inside) == [inside]
    with connection.cursor() as cursor:
        cursor.execute(held)
        assert cursor.fetchone() == ("",)
