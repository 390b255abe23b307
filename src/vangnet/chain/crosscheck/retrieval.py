"""Fetch from the index the encounters that share most rarity with a query: two statements, whatever the size."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from vangnet.knowledge.linkage import Counts, Record, keys
from vangnet.trust.keys.services import index_hmac

_ALL = -1
TO_COMPARE = 200
LONGEST = 2000
"""A key that more encounters share tells nothing and is not followed."""
MOST_POSTINGS = 20_000
KIND_WEIGHT: Mapping[str, float] = {
    "b:": 2.0, "o:": 2.0, "p:": 1.0, "a:": 1.0, "c:": 0.8, "v:": 0.8,
    "n:": 1.0, "k:": 0.4, "f:": 0.4, "h:": 0.5, "m:": 0.3, "d:": 1.0, "e:": 0.4,
}  # fmt: skip
"""How much of its rarity each kind of key brings; the same as linkage.Index has it in memory."""


_COUNT = """
WITH wanted(place, hash) AS (VALUES (%s, %s))
SELECT wanted.place, (
  SELECT COUNT(*) FROM (SELECT 1 FROM "crosscheck_indexkey" WHERE "key" = wanted.hash LIMIT %s) AS held
) FROM wanted
UNION ALL SELECT -1, COALESCE(SUM("encounters"), 0) FROM "crosscheck_tally"
"""
"""How many hold each key, up to one more than is followed; and at place -1 how many encounters there are."""
_SHARED = """
WITH wanted(hash, bits) AS (VALUES (%s, %s))
SELECT held."encounter_id", SUM(wanted.bits) AS shared
FROM wanted JOIN "crosscheck_indexkey" AS held ON held."key" = wanted.hash
GROUP BY held."encounter_id" ORDER BY shared DESC, held."encounter_id" LIMIT %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The encounters to compare, best first, and how common the keys of the query are."""

    encounter_ids: tuple[UUID, ...]
    counts: Counts


def fetch(record: Record, *, exclude: UUID | None, wanted: int = TO_COMPARE) -> Fetched:
    """Find the encounters that share most rarity with a record."""
    by_hash = {index_hmac(key): key for key in keys(record)}
    total, counted = _counted(list(by_hash))
    counts = Counts(total=total, of={by_hash[key]: found for key, found in counted.items()})
    followed = _followed(counts)
    bits = {
        key: KIND_WEIGHT[plain[:2]] * math.log2(1 + max(total, 1) / counts.of[plain])
        for key, plain in by_hash.items()
        if plain in followed
    }
    return Fetched(encounter_ids=_best(bits, exclude, wanted), counts=counts)


def _followed(counts: Counts) -> frozenset[str]:
    """Choose the keys that are worth following, rarest first, up to a number of postings; never none."""
    held = sorted((found, key) for key, found in counts.of.items() if found)
    chosen: list[str] = []
    postings = 0
    for found, key in held:
        if chosen and (found > LONGEST or postings + found > MOST_POSTINGS):
            break
        chosen.append(key)
        postings += found
    return frozenset(chosen)


def _counted(hashes: Sequence[bytes]) -> tuple[int, dict[bytes, int]]:
    """Count the encounters of the index, and of each key up to one more than is followed; a key of nobody counts 0."""
    if not hashes:
        return 0, {}
    sql = _COUNT.replace("(%s, %s)", _places(len(hashes)), 1)
    found = dict(_rows(sql, [*(part for pair in enumerate(hashes) for part in pair), LONGEST + 1]))
    total = int(found.pop(_ALL))
    return total, {hashes[place]: held for place, held in found.items()}


def _places(number: int) -> str:
    return ", ".join(["(%s, %s)"] * number)


def _best(bits: Mapping[bytes, float], exclude: UUID | None, wanted: int) -> tuple[UUID, ...]:
    """Add up what each encounter shares with the query; the ones with most, at most `wanted`."""
    if not bits or not wanted:
        return ()
    sql = _SHARED.replace("(%s, %s)", _places(len(bits)), 1)
    found = _rows(sql, [*(part for pair in bits.items() for part in pair), wanted + 1])
    ids = (one if isinstance(one, UUID) else UUID(one) for one, _ in found)
    return tuple(one for one in ids if one != exclude)[:wanted]


def _rows(sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())
