"""Which database, read from one address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from vangnet.knowledge.terms import Words


class AddressError(ValueError):
    """The address of the database cannot be read."""

    words = Words(
        "DATABASE_URL is niet te lezen; schrijf sqlite:///pad of postgres://naam:wachtwoord@machine:poort/database.",
        "DATABASE_URL cannot be read; write sqlite:///path or postgres://name:password@machine:port/database.",
    )

    def __init__(self) -> None:
        super().__init__(self.words.en)


SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-32768;"


def database_of(url: str) -> dict[str, Any]:
    """Give Django's settings for a database address.

    `sqlite:///relative/or//absolute/path` or `postgres://user:password@host:port/name?option=value`.
    Commits are durable on both. Raises AddressError where the address names neither.
    """
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError as unreadable:
        raise AddressError from unreadable
    match scheme:
        case "sqlite":
            return _sqlite(unquote(parts.path.removeprefix("/")))
        case "postgres" | "postgresql":
            return _postgres(host, port, url)
        case _:
            raise AddressError


def _sqlite(path: str) -> dict[str, Any]:
    name = path if path == ":memory:" else str(Path(path))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
        "TEST": {"NAME": None},
    }


def _postgres(host: str, port: int | None, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", host),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"options": "-c synchronous_commit=on -c jit=off", **options},
    }
