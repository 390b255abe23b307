"""The list of work of somebody in the invented town, and a proposal that waits for a second person."""

from __future__ import annotations

from uuid import UUID

from chain.referrals.town import Town, after
from vangnet.chain.flow import deciding
from vangnet.chain.flow.tasks import Task, Work
from vangnet.chain.flow.working import work
from vangnet.knowledge.terms import Collector, PersonName

ADULT = Collector(name=PersonName("T.", "Verhagen"), claimed_relation="uncle")
GIRL = {"given_names": "Iris", "family_name": "Holm", "birth_date": "2012-01-09", "sex": "F"}


def of(town: Town, who: str, minute: int = 0) -> Work:
    found = work(actor=town.actor(who), at=after(minute))
    assert isinstance(found, Work), found
    return found


def kinds(tasks: tuple[Task, ...]) -> list[str]:
    return [task.kind for task in tasks]


def only(tasks: tuple[Task, ...], kind: str) -> Task:
    (found,) = [task for task in tasks if task.kind == kind]
    return found


def gate(town: Town, by: str = "desk") -> UUID:
    asked = deciding.ask_gate(actor=town.actor("officer"), encounter_id=town.tonight, collector=ADULT, at=after(2))
    assert isinstance(asked, UUID)
    made = deciding.propose(
        actor=town.actor(by),
        request_id=asked,
        outcome="HANDED_TO_RVDK_ARRANGED_PLACE",
        receiver_id=town.places["NL-OPV-LINDENHOF"].id,
        reason="Not settled here.",
        at=after(3),
    )
    assert isinstance(made, UUID), made
    return asked
