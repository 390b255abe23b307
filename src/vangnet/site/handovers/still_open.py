"""What the law still asks after a hand-over: towards parent, lawyer and the body of a child under twelve."""

from __future__ import annotations

from collections.abc import Iterator

from vangnet.chain.flow.gate_view import GateView
from vangnet.chain.flow.story import Left
from vangnet.knowledge.clocks import zone_of
from vangnet.site.encounters.duty_rows import DutyRow, duty_rows
from vangnet.site.encounters.steps import CLOCKS


def open_duties(view: GateView) -> Iterator[DutyRow]:
    """Give what had to be told while the child was held and nobody recorded as done, as the advice says it."""
    if view.ended is None:
        return
    at = view.at.astimezone(zone_of(view.facts.country))
    left = Left(
        end=view.ended.end,
        at=view.ended.at,
        by="",
        words=view.basis_of_presence,
        ends_the_hold=view.facts.custody.ordered_at is None,
    )
    rows = duty_rows(view.assessment.duties, view.duties, at=at, left=left)
    yield from (row for row in rows if row.id is not None and row.clock in CLOCKS.values())
