"""One new encounter through the whole chain, told in a minute. Every sentence is what the chain answered."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from vangnet.chain import flow
from vangnet.chain.crosscheck.selectors import matched
from vangnet.chain.encounters.selectors import summaries
from vangnet.chain.handovers.services import Receiver
from vangnet.knowledge.clocks import zone_of
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Collector, Encounter, PersonName, Purpose, Reason, read_encounter
from vangnet.site.demo.building import WorldError, service_of
from vangnet.site.demo.world import SHELTER, World, newest_of_thirty_five
from vangnet.trust.access.accounts import actor_named
from vangnet.trust.access.policy import Actor
from vangnet.trust.access.selectors import organisation

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One step of the story: who did what, and what the chain answered."""

    step: str
    lines: tuple[str, ...]


def _ok(answer: T | Reason | tuple[Reason, ...]) -> T:
    if isinstance(answer, Reason):
        raise WorldError(answer.whole.en)
    if isinstance(answer, tuple) and answer and isinstance(answer[0], Reason):
        raise WorldError(answer[0].whole.en)
    return answer  # type: ignore[return-value]  # the two refusals are gone


def somebody(username: str) -> Actor:
    """Give the actor behind a demo account."""
    return _ok(actor_named(username))


def story(at: datetime) -> Iterator[Told]:
    """Take the newest encounter of the child with 35 names through the chain, step by step."""
    facts = read_encounter(newest_of_thirty_five() | _tonight(at.astimezone(zone_of("NL")) - timedelta(minutes=40)))
    if not isinstance(facts, Encounter):
        raise WorldError(facts[0].whole.en)
    officer = somebody("officer")
    taken = _ok(
        flow.take_in(actor=officer, purpose=Purpose.PROTECT_CHILD, facts=facts, request_key=uuid.uuid4(), at=at)
    )
    _met_elsewhere(at.astimezone(zone_of("NL")))
    yield _recorded(officer, taken)
    yield _found(officer, taken, facts, at)
    yield from _referred(officer, taken.encounter_id, at)
    yield from _gate(taken.encounter_id, at + timedelta(minutes=12))
    yield _asked_further(officer, taken.encounter_id, at + timedelta(minutes=21))
    yield _checked(at + timedelta(minutes=30))


def _tonight(met_at: datetime) -> dict[str, Any]:
    return {
        "met_at": met_at.isoformat(timespec="seconds"),
        "custody": {
            "basis": "suspect",
            "arrived_at": (met_at + timedelta(minutes=15)).isoformat(timespec="seconds"),
            "pretrial_detention_offence": "yes",
        },
        "observations": [
            {
                "indicator": "I-02",
                "state": "observed",
                "observer": "police",
                "words": "Gaf alles meteen aan een vrouw.",
            },
            {"indicator": "I-28", "state": "observed", "observer": "police", "words": "Noemde meteen een nummer."},
        ],
    }


def _recorded(officer: Actor, taken: flow.TakenIn) -> Told:
    found = taken.assessment
    if found is None:
        raise WorldError("the story's encounter was not assessed")
    hold = [duty for duty in found.duties if duty.due_at is not None]
    due = ", ".join(f"{duty.clock} by {duty.due_at:%H:%M}" for duty in hold if duty.due_at)
    return Told(
        step=f"{officer.name}, officer, records an encounter",
        lines=(
            (
                f"any indication: {'yes' if found.screening.any_indication else 'no'}"
                f" ({', '.join(one.indicator for one in found.screening.indications)}); treated as a possible victim"
            ),
            f"duties running: {', '.join(duty.clock for duty in found.duties)}; with a deadline: {due}",
            f"hand-over: {found.handover.outcome}. {found.presence.ground.en}",
        ),
    )


def _found(officer: Actor, taken: flow.TakenIn, facts: Encounter, at: datetime) -> Told:
    first = matched(record=record_of(facts), exclude=taken.encounter_id, limit=20)
    numbers = summaries(uuid.UUID(one.record_id) for one in first)
    right = sum(one.encounter_id in _thirty_four() for one in numbers.values())
    advice = _ok(flow.advice(actor=officer, purpose=Purpose.PROTECT_CHILD, encounter_id=taken.encounter_id, at=at))
    told = Counter(one.answer.value for one in advice.candidates)
    return Told(
        step="The cross-check looks for the same child (34 earlier encounters, under 34 other names, in 12 countries)",
        lines=(
            f"matcher, before grading: {right} of the first {len(first)} candidates are this child",
            "this officer is told, after grading: "
            + ", ".join(f"{told.get(kind, 0)} x {kind}" for kind in ("content", "contact", "hit")),
            "not asked yet: SIS, Prüm, SIENA, Interpol (a duty of every encounter)",
        ),
    )


def _thirty_four() -> frozenset[str]:
    world = World()
    world.encounters()
    return frozenset(raw["encounter_id"] for raw in world.thirty_four)


def _gate(encounter_id: uuid.UUID, at: datetime) -> Iterator[Told]:
    desk = somebody("desk")
    collector = Collector(name=PersonName("T.", "van Haegen"), phones=("+32400005555",), claimed_relation="uncle")
    request = _ok(flow.ask_gate(actor=desk, encounter_id=encounter_id, collector=collector, at=at))
    made = (
        ("G-02", "does_not_want_to_go", "sworn", "Ik wil niet met hem mee."),
        ("G-04", "verified", "", "Paspoort gezien."),
        ("G-05", "not_verified", "private_deed", "Toonde een akte van een notaris."),
    )
    for minutes, (check, state, source, words) in enumerate(made, start=1):
        moment = at + timedelta(minutes=minutes)
        _ok(
            flow.record_check(
                actor=desk, request_id=request, check=check, state=state, source=source, evidence=words, at=moment
            )
        )
    view = _ok(flow.gate(actor=desk, request_id=request, at=at + timedelta(minutes=4)))
    failed = [row.result for row in view.checks if row.result.state == "failed"]
    yield Told(
        step=f"A man comes for the child; {desk.name}, assistant public prosecutor, opens the gate",
        lines=(f"the machine says: {view.outcome}", *(f"{one.check}: {one.reason.en}" for one in failed)),
    )
    yield _decided(desk, request, at + timedelta(minutes=5))


def _decided(desk: Actor, request: uuid.UUID, at: datetime) -> Told:
    board, outcome = somebody("board"), "HANDED_TO_RVDK_ARRANGED_PLACE"
    alone = flow.hand_over(actor=desk, request_id=request, receiver=Receiver(name="de man", receipt="geen"), at=at)
    proposal = _ok(
        flow.propose(
            actor=desk,
            request_id=request,
            outcome=outcome,
            receiver_id=_shelter(),
            reason="Hij toont geen gezag en Mirel wil niet mee. De Raad regelt een plek.",
            at=at,
        )
    )
    same = flow.confirm(actor=desk, request_id=request, proposal_id=proposal, reason="Ik ook.", at=at)
    why, later = "Mirel is bang voor hem. Een akte geeft geen gezag.", at + timedelta(minutes=1)
    _ok(flow.confirm(actor=board, request_id=request, proposal_id=proposal, reason=why, at=later))
    taken = Receiver(name="H. Zomer", receipt="H. Zomer tekende op papier, met tijd en naam.")
    _ok(flow.hand_over(actor=desk, request_id=request, receiver=taken, at=at + timedelta(minutes=2)))
    return Told(
        step=f"Two people decide: {desk.name} proposes, {board.name} confirms",
        lines=(
            f"tried without a decision: {_why(alone)}",
            f"tried to confirm one's own proposal: {_why(same)}",
            f"decided by both and recorded with a receipt: {outcome}",
        ),
    )


def _shelter() -> uuid.UUID:
    card = organisation(SHELTER)
    if card is None:
        raise WorldError("the invented shelter is not there")
    return card.id


def _why(answer: object) -> str:
    if not isinstance(answer, Reason):
        raise WorldError("the gate let through what it must refuse")
    return f"refused. {answer.whole.en}"


def _referred(officer: Actor, encounter_id: uuid.UUID, at: datetime) -> Iterator[Told]:
    board = somebody("board")
    words = "Kind wil niet mee met de man die het haalt."
    sent = _asked(officer, encounter_id, "board_urgent", board, words, at + timedelta(minutes=1))
    _taken(board, sent, at + timedelta(minutes=11))
    yield Told(
        step=f"{officer.name} asks {_organisation_of(board)} to take over; {board.name} answers",
        lines=("accepted, ten minutes later; both sides see who is at turn",),
    )


def _organisation_of(actor: Actor) -> str:
    card = organisation(actor.organisation_code)
    return card.name if card else actor.organisation_code


def _met_elsewhere(at: datetime) -> None:
    """Have another police force meet another child tonight, so that its specialist has something to judge."""
    known = {
        "organisation": "NL-POL-WATERLAND",
        "municipality": "0902",
        "child": {"given_names": "Lotte", "sex": "F"},
    }
    facts = read_encounter(newest_of_thirty_five() | _tonight(at - timedelta(minutes=90)) | known)
    if not isinstance(facts, Encounter):
        raise WorldError(facts[0].whole.en)
    _ok(
        flow.take_in(
            actor=service_of(facts.organisation),
            purpose=Purpose.PROTECT_CHILD,
            facts=facts,
            request_key=uuid.uuid4(),
            at=at,
        )
    )


def _asked(officer: Actor, encounter_id: uuid.UUID, kind: str, of: Actor, words: str, at: datetime) -> uuid.UUID:
    sent = flow.refer(
        actor=officer,
        encounter_id=encounter_id,
        receiver_id=of.organisation_id,
        kind=kind,
        words=words,
        request_key=uuid.uuid4(),
        at=at,
    )
    return _ok(sent).referral_id


def _taken(by: Actor, referral_id: uuid.UUID, at: datetime) -> None:
    _ok(flow.answer(actor=by, referral_id=referral_id, value="accepted", reason="", at=at))


def _asked_further(officer: Actor, encounter_id: uuid.UUID, at: datetime) -> Told:
    """Ask for the place where the child is now, a guardian, the prosecutor and care: each has something to do."""
    shelter = somebody("shelter")
    _taken(shelter, _asked(officer, encounter_id, "placement", shelter, "Mirel is nu bij u.", at), at)
    asked = (
        ("guardian", "guardianship", "Niemand toonde gezag."),
        ("prosecutor", "non_punishment", "Het kind gaf alles meteen aan een vrouw."),
        ("coordinator", "care_coordination", "Het kind is vannacht in de opvang."),
    )
    people = [somebody(username) for username, _, _ in asked]
    for person, (_, kind, words) in zip(people, asked, strict=True):
        _asked(officer, encounter_id, kind, person, words, at)
    return Told(
        step=f"{officer.name} asks for a safe place, a guardian, no punishment and care",
        lines=(
            f"{shelter.name} takes the child in; what is asked next stays on their list",
            f"waits for an answer of: {', '.join(one.name for one in people)}",
        ),
    )


def _checked(at: datetime) -> Told:
    found = _ok(flow.verify_all(actor=somebody("auditor"), purpose=Purpose.ACCOUNT, at=at))
    return Told(
        step="The ledger is verified",
        lines=(
            f"{found.checked} entries and {found.rows} rows checked: "
            + ("each is the one that was written" if found.ok else found.problems[0].en),
        ),
    )
