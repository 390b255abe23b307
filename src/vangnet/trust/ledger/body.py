"""What of an entry the chain covers: everything in it but its own two MACs."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from vangnet.trust.ledger.models import Entry

FIELDS = (
    "id",
    "organisation_id",
    "number",
    "at",
    "actor_id",
    "act",
    "purpose",
    "subjects",
    "counts",
    "bindings",
    "anchor",
)


def body_of(entry: Entry) -> dict[str, Any]:
    """Write an entry as the JSON that its MAC covers; the time to the microsecond in UTC."""
    return body_from(tuple(getattr(entry, name) for name in FIELDS))


def body_from(values: tuple[Any, ...]) -> dict[str, Any]:
    """Write the values of FIELDS as that JSON; raises ValueError, TypeError or AttributeError for none."""
    body = dict(zip(FIELDS, values, strict=True))
    return body | {
        "id": str(body["id"]),
        "organisation_id": str(body["organisation_id"]),
        "actor_id": str(body["actor_id"]),
        "at": body["at"].astimezone(UTC).isoformat(timespec="microseconds"),
    }
