"""Whether those who decided may decide still, with the rights that they have now."""

from __future__ import annotations

from uuid import UUID

from vangnet.chain.flow.gate import PURPOSE
from vangnet.chain.flow.relations import relation_to
from vangnet.knowledge.terms import Reason, Words
from vangnet.trust.access import selectors as access
from vangnet.trust.access.policy import permit
from vangnet.trust.access.services import actors_of


def lost_by_now(encounter_id: UUID, *deciders: tuple[UUID, str]) -> Reason | None:
    """Say who of these people may no longer do their part about this child, and whom to ask; None where all may.

    A decision rests on people who may take it until it is carried out: somebody who left, lost the
    role or lost the child from sight decides nothing any more, at whatever organisation they were.
    """
    gone = [person_id for person_id, act in deciders if not _may(person_id, act, encounter_id)]
    return _lost(access.names_of(gone)[gone[0]]) if gone else None


def _may(person_id: UUID, act: str, encounter_id: UUID) -> bool:
    return any(
        permit(actor, act, PURPOSE, relation_to(actor, encounter_id)).allowed for actor in actors_of(person_id)
    )


def _lost(name: str) -> Reason:
    return Reason(
        code="decider_lost_access",
        kind="changed",
        title=Words("Een van de twee besluit hier niet meer over", "One of the two no longer decides this"),
        words=Words(
            f"{name} mag nu niet meer over dit kind besluiten. "
            "Vraag een andere hulpofficier, de Raad of een officier van justitie om een nieuw voorstel.",
            f"{name} may no longer decide about this child. "
            "Ask another assistant prosecutor, the Board or a prosecutor for a new proposal.",
        ),
    )
