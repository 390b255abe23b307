"""The database behind `vangnet crosscheck`: one service account, one purpose, one ledger entry per query."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vangnet.knowledge.linkage import Candidate, Record
from vangnet.knowledge.terms import Reason
from vangnet.site.cli.candidates import answer
from vangnet.site.cli.database import NoDatabaseError, actor_named, ready

if TYPE_CHECKING:
    from vangnet.chain.crosscheck.selectors import Graded


def database_search(args: argparse.Namespace, queries: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Give what the database may tell this account about each query; raises NoDatabaseError with one sentence.

    `candidates` are those whose content it may see, in the contract's shape; `others` says for the
    rest only which organisation to call, or that there is one.
    """
    ready()
    from django.utils import timezone  # noqa: PLC0415 - needs Django

    from vangnet.chain.flow import cross_check_record  # noqa: PLC0415

    actor = actor_named(args.account)
    if isinstance(actor, Reason):
        raise NoDatabaseError(actor.whole.in_(args.language))
    for record in queries:
        told = cross_check_record(
            actor=actor, purpose=args.purpose, record=record, at=timezone.now(), limit=args.limit + 1
        )
        if isinstance(told, Reason):
            raise NoDatabaseError(told.whole.in_(args.language))
        found = [one for one in _content(told) if one.record_id != record.record_id][: args.limit]
        yield answer(record.record_id, found, args.language) | {"others": _others(told)}


def _content(told: Sequence[Graded]) -> Iterator[Candidate]:
    """Give the candidates of which everything may be seen, under the number of their source."""
    for one in told:
        if one.candidate is not None and one.summary is not None:
            yield replace(one.candidate, record_id=one.summary.encounter_id)


def _others(told: Sequence[Graded]) -> list[dict[str, str]]:
    """Say of the rest which organisation to call, or only that there is one."""
    return [
        {
            "answer": one.answer.value,
            "organisation": one.organisation.name if one.organisation else "",
            "telephone": one.organisation.contact_phone if one.organisation else "",
        }
        for one in told
        if one.summary is None
    ]
