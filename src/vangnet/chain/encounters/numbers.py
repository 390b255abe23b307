"""The number and the digest of an encounter: the same again is the same, and equal rows of a file are several."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import rfc8785

from vangnet.knowledge.terms import Encounter, write_encounter
from vangnet.trust.keys import services as keys

_NUMBER_DIGITS = 20


def canonical(facts: Encounter) -> bytes:
    """Write an encounter the one way that RFC 8785 allows; raises ValueError for text that is none."""
    return rfc8785.dumps(write_encounter(facts))


def digest_of(facts: Encounter) -> bytes:
    """Give the digest (32 bytes) that only this installation can give for this content."""
    return keys.mac("encounters.account", canonical(facts))


def numbered(facts: Encounter, *, request_key: UUID | None, ordinal: int) -> Encounter:
    """Give an encounter its number: the source's own, or one that the same request or row always gets.

    `ordinal` is the place among equal rows of one file, counted from 0, so that six children met at
    once stay six.
    """
    if facts.encounter_id:
        return facts
    seed = f"{ordinal}".encode() + b"\x00" + canonical(facts) if request_key is None else request_key.bytes
    issued = keys.mac(f"encounters.number/{facts.organisation}", seed).hex()[:_NUMBER_DIGITS].upper()
    return replace(facts, encounter_id=f"{facts.organisation}-V{issued}")
