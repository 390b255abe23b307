"""The chain itself, without a database: each entry is bound to the one before it by a key.

An entry's MAC is HMAC-SHA256 over RFC 8785 JSON of its body and the MAC before it. The body
holds its number and its organisation, so an entry that moves no longer fits. The *head* says
how far the chain had come; an *anchor* is a head that was written down outside the database.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import rfc8785

START = ""
"""What stands before the first entry."""


class Break(StrEnum):
    """What can be wrong with a chain."""

    UNREADABLE = "unreadable"
    MISSING = "missing"
    OUT_OF_PLACE = "out_of_place"
    CHANGED = "changed"
    NOT_FOLLOWING = "not_following"
    ANCHOR_DIFFERS = "anchor_differs"
    ANCHOR_UNKNOWN = "anchor_unknown"
    TAIL_CUT = "tail_cut"
    HEAD_MISSING = "head_missing"
    HEAD_FORGED = "head_forged"
    ANCHORS_BROKEN = "anchors_broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry as the chain sees it."""

    body: Mapping[str, Any]
    previous: str
    mac: str

    @property
    def number(self) -> int:
        """Its place in the chain, which the MAC covers with the rest of the body."""
        place: int = self.body["number"]
        return place


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come: the number and the MAC of its last entry."""

    number: int = 0
    mac: str = START


@dataclass(frozen=True, slots=True)
class Found:
    """The first number at which a chain is not what it was, and how."""

    number: int
    broken: Break


def canonical(content: Mapping[str, Any]) -> bytes:
    """Write content the one way that RFC 8785 allows; raises ValueError where there is none."""
    return rfc8785.dumps(dict(content))


def link(previous: str, body: Mapping[str, Any], key: bytes) -> str:
    """Give the MAC (hex) of an entry that stands behind another."""
    return hmac.new(key, canonical({"body": dict(body), "previous": previous}), hashlib.sha256).hexdigest()


def follow(
    since: Head, entries: Iterable[Link], key: bytes, anchors: Mapping[int, str], seals: Container[str]
) -> Head | Found:
    """Walk on from a head; say where the walk ended, or the first entry that does not fit.

    `anchors` are the MACs (by number) that were written down outside; `seals` the lines of the
    anchor file that an entry may say it has seen.
    """
    at = since
    for entry in entries:
        broken = _broken(at, entry, key, anchors, seals)
        if broken is not None:
            return Found(at.number + 1, broken)
        at = Head(entry.number, entry.mac)
    return at


def close(at: Head, head: Head | None, anchors: Mapping[int, str]) -> Found | None:
    """Say whether a chain ends where its head and its anchors say that it ended."""
    known = max(anchors, default=0)
    if at.number < known or (head is not None and at.number < head.number):
        return Found(at.number + 1, Break.TAIL_CUT)
    if head is None:
        return Found(at.number, Break.HEAD_MISSING) if at.number else None
    return None if at == head else Found(min(head.number + 1, at.number), Break.HEAD_FORGED)


def check(
    entries: Iterable[Link],
    key: bytes,
    *,
    head: Head | None,
    anchors: Mapping[int, str],
    seals: Container[str] = frozenset({START}),
) -> Found | None:
    """Find the first edit, deletion, insertion, swap or cut in a whole chain; None where there is none."""
    walked = follow(Head(), entries, key, anchors, seals)
    return walked if isinstance(walked, Found) else close(walked, head, anchors)


def _broken(at: Head, entry: Link, key: bytes, anchors: Mapping[int, str], seals: Container[str]) -> Break | None:
    if entry.number != at.number + 1:
        return Break.MISSING if entry.number > at.number else Break.OUT_OF_PLACE
    if not _genuine(entry, key):
        return Break.CHANGED
    if entry.previous != at.mac:
        return Break.NOT_FOLLOWING
    if anchors.get(entry.number, entry.mac) != entry.mac:
        return Break.ANCHOR_DIFFERS
    return None if entry.body.get("anchor", START) in seals else Break.ANCHOR_UNKNOWN


def _genuine(entry: Link, key: bytes) -> bool:
    """Whether the MAC is the one that this body and what stands before it give."""
    try:
        return hmac.compare_digest(link(entry.previous, entry.body, key), entry.mac)
    except (ValueError, TypeError):
        return False
