"""The other encounters of one child that *same* verdicts joined, as far as somebody is told their content."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from vangnet.chain.crosscheck.selectors import same_child
from vangnet.chain.encounters.selectors import Summary, opened_as_own, summaries
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.terms import Encounter

MOST = 50


def earlier_facts(encounter_id: UUID, *, told: Callable[[Summary], Answer]) -> tuple[tuple[UUID, Encounter], ...]:
    """Open the other encounters of the same child of which `told` says content; the newest 50, oldest first.

    Whoever calls this lists their ids in a ledger entry of the same transaction.
    """
    others = same_child(encounter_id) - {encounter_id}
    content = [one for one in summaries(others).values() if told(one) is Answer.CONTENT]
    content.sort(key=lambda one: (one.met_on, one.id))
    return tuple((one.id, opened_as_own(one.id).facts) for one in content[-MOST:])
