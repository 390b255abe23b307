"""What one entry of the catalogue holds, and the closed lists its codes come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from vangnet.knowledge.terms import Words

Category = Literal["act", "means", "exploitation", "situation", "recurrence", "hand-over", "vulnerability"]
About = Literal["around", "child", "collector"]
Observer = Literal[
    "police",
    "assistant_prosecutor",
    "avim",
    "kmar",
    "security",
    "prosecutor",
    "rvdk",
    "gi",
    "veilig_thuis",
    "school",
    "doctor",
    "shelter",
    "nidos",
    "lawyer",
    "interpreter",
    "municipality",
    "bank",
    "emm",
    "any",
]
When = Literal["encounter", "custody", "interview", "handover", "shelter", "later"]
Strength = Literal["strong", "medium", "weak"]
GradedBy = Literal["source", "proposed"]
IloDimension = Literal[
    "deceptive_recruitment",
    "coercive_recruitment",
    "recruitment_by_abuse_of_vulnerability",
    "exploitation",
    "coercion_at_destination",
    "abuse_of_vulnerability_at_destination",
]
Element = Literal["movement", "intent"]
Certainty = Literal["read", "read-press", "memory-high", "memory", "doubt"]

CATEGORIES: tuple[Category, ...] = get_args(Category)
ABOUT: tuple[About, ...] = get_args(About)
OBSERVERS: tuple[Observer, ...] = get_args(Observer)
MOMENTS: tuple[When, ...] = get_args(When)
DIMENSIONS: tuple[IloDimension, ...] = get_args(IloDimension)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an indicator was taken from, and how surely it was read there."""

    code: str
    title: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One thing that can be seen of this child, with who says that it matters.

    `strength` is None where nothing is graded. A `proposed` grade is the project's, never the ILO's.
    `elements` serve only the question whether a child case is supported. What every field means
    stands at the head of `catalogue.yaml`.
    """

    id: str
    words: Words
    category: Category
    about: About
    observers: tuple[Observer, ...]
    moments: tuple[When, ...]
    strength: Strength | None
    graded_by: GradedBy
    ilo_dimension: IloDimension | None
    elements: tuple[Element, ...]
    opens_duties: bool
    opens_reason: Words
    raises_handover_risk: bool
    conflict_of_interest: bool
    act_at_once: bool
    human_check_only: bool
    question: Words
    action: Words
    keywords: Words
    sources: tuple[str, ...]
    certainty: Certainty
    legal_ground: str
    author: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every indicator of one version, in the order of its ids."""

    version: str
    date: str
    sources: Mapping[str, Source]
    indicators: Mapping[str, Indicator]
    prompt_order: tuple[str, ...]
