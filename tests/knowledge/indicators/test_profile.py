"""The thresholds of the ILO's method, case by case, and the case of a child."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vangnet.knowledge.indicators import DIMENSIONS, Indicator, catalogue, screen
from vangnet.knowledge.indicators.profile import child_case_supported, ilo_profile
from vangnet.knowledge.terms import Observation

GRADES = {"S": "strong", "M": "medium", "W": "weak"}
PLAIN = replace(catalogue().indicators["I-05"], ilo_dimension="exploitation", elements=())


def graded(letters: str, **change: object) -> list[Indicator]:
    return [
        replace(PLAIN, id=f"X-{number}", strength=GRADES[letter], **change)  # type: ignore[arg-type]
        for number, letter in enumerate(letters)
    ]


def seen(*ids: str) -> list[Observation]:
    return [Observation(indicator=id_, state="observed") for id_ in ids]


@pytest.mark.parametrize(
    ("letters", "positive"),
    [
        ("", False),
        ("S", False),
        ("SS", True),
        ("SM", True),
        ("SW", True),
        ("M", False),
        ("MM", False),
        ("MMM", True),
        ("MMW", True),
        ("MW", False),
        ("MWWWWWWWW", False),
        ("W", False),
        ("WWWWWWWWWW", False),
        ("SMMMWWW", True),
    ],
)
def test_a_dimension_is_positive_as_the_method_says(letters: str, positive: bool) -> None:
    dimension = ilo_profile(graded(letters))["exploitation"]
    assert dimension.positive is positive
    assert dimension.because == tuple(f"X-{number}" for number in range(len(letters)))


def test_what_lies_in_another_dimension_does_not_count() -> None:
    elsewhere = graded("SSS", ilo_dimension="coercion_at_destination")
    profile = ilo_profile(elsewhere)
    assert list(profile) == list(DIMENSIONS)
    assert [name for name in DIMENSIONS if profile[name].positive] == ["coercion_at_destination"]
    assert profile["exploitation"].because == ()


def test_nothing_graded_counts_for_nothing() -> None:
    assert not ilo_profile([replace(one, strength=None) for one in graded("SSS")])["exploitation"].positive


def test_a_proposed_grade_counts_and_stays_visible() -> None:
    dimension = screen(seen("I-02", "I-05")).ilo_profile["exploitation"]
    assert dimension.positive
    assert dimension.because == ("I-02", "I-05")
    assert dimension.proposed == ("I-02",)
    assert not dimension.positive_by_source


def test_a_dimension_may_stand_on_graded_sources_alone() -> None:
    dimension = screen(seen("I-05", "I-33")).ilo_profile["exploitation"]
    assert (dimension.positive, dimension.positive_by_source, dimension.proposed) == (True, True, ())


@pytest.mark.parametrize("name", DIMENSIONS)
def test_the_catalogue_can_make_every_dimension_positive(name: str) -> None:
    every = seen(*(one.id for one in catalogue().indicators.values() if one.ilo_dimension == name))
    assert screen(every).ilo_profile[name].positive


@pytest.mark.parametrize(
    ("ids", "supported"),
    [
        (["I-15", "I-17", "I-05", "I-33"], True),  # recruitment and exploitation, no means at all
        (["I-37", "I-05", "I-33"], True),  # moved, and exploited
        (["I-35", "I-03"], True),  # housed, and the intent told
        (["I-07", "I-06"], True),  # passed on, and sent
        (["I-07", "I-18", "I-33", "I-34"], True),  # coercive recruitment
        (["I-20", "I-38", "I-59", "I-33", "I-34"], True),  # recruitment by abuse
        (["I-05", "I-33"], False),  # exploited, no act
        (["I-15", "I-05", "I-33"], False),  # one medium is no recruitment dimension
        (["I-15", "I-17"], False),  # recruited, nothing else
        (["I-36"], False),  # moved, nothing else
        (["I-36", "I-05"], False),
        (["I-04", "I-08", "I-10", "I-12", "I-13"], False),  # means alone
        ([], False),
    ],
)
def test_a_child_case_needs_act_and_exploitation_and_never_means(ids: list[str], supported: bool) -> None:
    assert screen(seen(*ids)).child_case_supported is supported


def test_means_dimensions_are_no_act() -> None:
    means = graded("SS", ilo_dimension="coercion_at_destination", elements=("intent",))
    abuse = graded("SS", ilo_dimension="abuse_of_vulnerability_at_destination", elements=("intent",))
    for observed in (means, abuse):
        assert not child_case_supported(ilo_profile(observed), observed)
