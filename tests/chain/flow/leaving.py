"""Ways in which the child of tonight leaves the town's police station."""

from __future__ import annotations

from uuid import UUID

from chain.referrals.town import Town, after
from vangnet.chain import flow
from vangnet.chain.handovers.services import Receiver
from vangnet.knowledge.terms import Collector, PersonName

MAN = Collector(name=PersonName("T.", "Verhagen"), claimed_relation="uncle")


def hand_over(town: Town, *, to: str = "NL-OPV-LINDENHOF", receiver: Receiver | None = None) -> UUID:
    """Let two people decide that the Board arranges a place, and hand the child over six minutes after AT."""
    asked = flow.ask_gate(actor=town.actor("desk"), encounter_id=town.tonight, collector=MAN, at=after(2))
    assert isinstance(asked, UUID), asked
    heard = flow.record_check(
        actor=town.actor("desk"),
        request_id=asked,
        check="G-02",
        state="does_not_want_to_go",
        source="sworn",
        evidence="Not with that man.",
        at=after(3),
    )
    assert isinstance(heard, UUID), heard
    proposal = flow.propose(
        actor=town.actor("desk"),
        request_id=asked,
        outcome="HANDED_TO_RVDK_ARRANGED_PLACE",
        receiver_id=town.places[to].id,
        reason="The Board arranges a place.",
        at=after(4),
    )
    assert isinstance(proposal, UUID), proposal
    decided = flow.confirm(
        actor=town.actor("other"), request_id=asked, proposal_id=proposal, reason="So do we.", at=after(5)
    )
    assert isinstance(decided, UUID), decided
    made = flow.hand_over(
        actor=town.actor("desk"),
        request_id=asked,
        receiver=receiver or Receiver(name="H. Zomer", receipt="signed"),
        at=after(6),
    )
    assert isinstance(made, UUID), made
    return made


def went_missing(town: Town) -> UUID:
    """Record that the child went missing, six minutes after AT."""
    made = flow.record_incident(
        actor=town.actor("desk"),
        encounter_id=town.tonight,
        outcome="CHILD_WENT_MISSING",
        words="She was gone.",
        at=after(6),
    )
    assert isinstance(made, UUID), made
    return made
