"""The answers as the document publishes them. An assessment keeps the contract's own names; the envelope is camelCase."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

Certainty = Literal["read", "read-press", "memory-high", "memory", "doubt"]
Time = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="ISO 8601 with its zone.")]


class Indication(Schema):
    """Something that was seen, with who says that it matters."""

    indicator: str
    strength: Literal["strong", "medium", "weak"] | None
    graded_by: Literal["source", "proposed"]
    opens_duties: bool
    sources: list[str]
    words: str


class Dimension(Schema):
    """One dimension of the ILO profile, and which observations made it so."""

    positive: bool
    because: list[str]


class Risk(Schema):
    """A sign that bears on the hand-over."""

    indicator: str
    words: str


class GateCheck(Schema):
    """One check of the gate, run or not. Unknown is never passed."""

    check: str
    required_by: Literal["law", "policy", "advice"]
    state: Literal["passed", "failed", "unknown"]
    reason: str


class Handover(Schema):
    """What the checks allow two people to decide. It never decides."""

    outcome: Literal["not_yet", "refer", "ready_for_two_people"]
    basis_of_presence: str
    checks: list[GateCheck]


class Duty(Schema):
    """What the law asks, of whom, by when; a hard deadline that nobody read says so in its note."""

    duty: str
    what: str
    holder: str
    starts_at: Time | None
    due_at: Time | None
    hard: bool
    source: str
    certainty: Certainty
    note: str | None


class NextStep(Schema):
    """Who does what now, and why."""

    who: str
    what: str
    why: str


class Assessment(Schema):
    """What catalogue and law say about one encounter, as `vangnet assess` gives it. It proposes; people decide."""

    encounter_id: str
    catalogue_version: str
    any_indication: bool
    indications: list[Indication]
    ilo_profile: dict[str, Dimension]
    handover_risks: list[Risk]
    handover: Handover
    duties: list[Duty]
    next_steps: list[NextStep]


class Recorded(Schema):
    """An encounter that stands. `created` is false where it stood already; the assessment is then of what stands now.

    None for history, which is never screened, and where it stood already and you may not read it.
    """

    id: UUID
    created: bool
    assessment: Assessment | None


class EncounterAssessment(Schema):
    """The assessment of an encounter as it stands now; none for history, which is never screened."""

    id: UUID
    assessment: Assessment | None


class EarlierEncounter(Schema):
    """A possible earlier encounter, as much of it as the page would show this person."""

    answer: Literal["content", "contact", "hit"] = Field(
        description="content: it may be opened. contact: call this organisation. hit: there is one, no more is told."
    )
    id: UUID | None = Field(description="Of the encounter, where its content may be read.")
    title: str
    reason: str = Field(description="What agrees, in whole sentences. Never a number.")
    telephone: str = Field(description="Of the contact point, where calling is what may be done.")


class CrossCheck(Schema):
    """The possible earlier encounters of one child; empty also where there is one that you may not know of."""

    candidates: list[EarlierEncounter]
