"""An index in memory: the encounters that share telling keys with a query, then the likeliest of them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from vangnet.knowledge.linkage.features import features, record_of_features
from vangnet.knowledge.linkage.keys import keys
from vangnet.knowledge.linkage.model import Model
from vangnet.knowledge.linkage.records import Record
from vangnet.knowledge.linkage.scoring import Candidate, Counts, compare

_TO_COMPARE = 200
_KIND_WEIGHT = {
    "b:": 2.0,
    "o:": 2.0,
    "p:": 1.0,
    "a:": 1.0,
    "c:": 0.8,
    "v:": 0.8,
    "n:": 1.0,
    "k:": 0.4,
    "f:": 0.4,
    "h:": 0.5,
    "m:": 0.3,
    "d:": 1.0,
    "e:": 0.4,
}
"""How much of its rarity each kind of key brings; kinds that go together bring less each."""


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class Index:
    """Records in memory, found by their keys and compared by the model.

    Keys stand as 64-bit hashes with the positions of their records, sorted; records stand as
    features and are read back only when compared. A key that very many records share is not
    followed: it tells nothing.
    """

    def __init__(self, records: Iterable[Record], *, model: Model | None = None) -> None:
        """Take the records in; a later one with the same id stands beside the earlier."""
        self._model = model
        self._features: list[bytes] = []
        hashes: list[int] = []
        lengths: list[int] = []
        for one in records:
            found = [_hash(key) for key in keys(one)]
            self._features.append(features(one))
            hashes.extend(found)
            lengths.append(len(found))
        self._order(np.array(hashes, dtype=np.uint64), np.array(lengths, dtype=np.int64))

    def _order(self, hashes: npt.NDArray[np.uint64], lengths: npt.NDArray[np.int64]) -> None:
        owners = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
        order = np.argsort(hashes, kind="stable")
        self._keys, self._starts = np.unique(hashes[order], return_index=True)
        self._ends = np.append(self._starts[1:], len(hashes))
        self._owners = owners[order]

    def __len__(self) -> int:
        return len(self._features)

    def _posting(self, key: str) -> npt.NDArray[np.uint32]:
        """Give the positions of the records that hold a key."""
        wanted = np.uint64(_hash(key))
        at = int(np.searchsorted(self._keys, wanted))
        if at == len(self._keys) or self._keys[at] != wanted:
            return self._owners[:0]
        return self._owners[self._starts[at] : self._ends[at]]

    @property
    def _longest(self) -> int:
        return max(200, len(self) // 50)

    def _fetched(self, postings: dict[str, npt.NDArray[np.uint32]], wanted: int) -> list[int]:
        """Give the positions that share most rarity with the query, best first."""
        followed = {key: found for key, found in postings.items() if 0 < len(found) <= self._longest}
        if not followed:
            return []
        bits = [
            np.full(len(found), _KIND_WEIGHT[key[:2]] * math.log2(1 + len(self) / len(found)))
            for key, found in followed.items()
        ]
        overlap = np.bincount(np.concatenate(list(followed.values())), np.concatenate(bits))
        reached = np.flatnonzero(overlap)
        if len(reached) > wanted:
            reached = reached[np.argpartition(-overlap[reached], wanted)[:wanted]]
        return [int(place) for place in reached[np.argsort(-overlap[reached], kind="stable")]]

    def nearest(self, query: Record, limit: int = 20) -> tuple[Candidate, ...]:
        """Give the likeliest records, at most `limit`; the query's own `record_id` is never among them."""
        postings = {key: self._posting(key) for key in keys(query)}
        counts = Counts(total=len(self), of={key: len(found) for key, found in postings.items()})
        fetched = self._fetched(postings, _TO_COMPARE)
        others = (record_of_features(self._features[place]) for place in fetched)
        return compare(
            query,
            [other for other in others if other.record_id != query.record_id],
            model=self._model,
            counts=counts,
            limit=limit,
        )
