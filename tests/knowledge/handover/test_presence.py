"""The first line of the gate: a ground and an end, or the plain word that there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vangnet.knowledge.handover import basis_of_presence
from vangnet.knowledge.terms import Custody

AT = datetime(2026, 3, 14, 1, 52, tzinfo=UTC)
DUE = datetime(2026, 3, 14, 7, 10, tzinfo=UTC)


def said(custody: Custody, due: datetime | None = None, country: str = "NL") -> str:
    words = basis_of_presence(custody, hold_due_at=due, at=AT, country=country).words
    return f"{words.nl} {words.en}"


@pytest.mark.parametrize("basis", ["witness", "voluntary", "none", "unknown"])
def test_without_a_ground_nobody_holds_the_child_and_it_is_never_sent_off_alone(basis: str) -> None:
    text = said(Custody(basis=basis), DUE)  # type: ignore[arg-type]
    for sentence in (
        "Niemand hier mag dit kind vasthouden.",
        "Nobody here has the power to hold this child.",
        "Never let the child leave alone.",
        "on-call Child Care and Protection Board",
        "a safe place, if the child wants it",
    ):
        assert sentence in text
    assert "09:10" not in text


def test_a_hold_says_until_when_in_local_time_and_what_comes_after() -> None:
    text = said(Custody(basis="suspect"), datetime(2026, 3, 14, 7, 10, tzinfo=UTC))
    assert "uiterlijk 08:10 op 14 maart 2026, ook als er nog iets ontbreekt" in text
    assert "by 08:10 on 14 March 2026 at the latest, even if something is missing" in text
    assert "After 08:10 nobody here has the power to hold this child." in text
    assert "Na 08:10 mag niemand hier dit kind vasthouden." in text
    assert "After that" not in text
    assert "a safe place" in text


def test_a_child_under_twelve_has_its_body_told() -> None:
    text = said(Custody(basis="under_12"), DUE)
    assert "certified youth-protection body" in text
    assert "08:10" in text


def test_a_police_custody_order_is_named_as_such() -> None:
    text = said(Custody(basis="suspect", ordered_at=AT), AT + timedelta(days=3))
    assert "in verzekering gesteld" in text
    assert "opgehouden voor onderzoek" not in text


def test_an_unknown_end_is_asked_for() -> None:
    text = said(Custody(basis="suspect"))
    assert "Not known until when" in text
    assert "Even then never let the child leave alone" in text


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=1)])
def test_a_hold_that_ended_leaves_no_power(late: timedelta) -> None:
    text = said(Custody(basis="suspect"), AT - late)
    assert "The time of the hold ended" in text
    assert "Nobody here has the power to hold this child." in text
    assert "Never let the child leave alone." in text


def test_a_minute_before_the_end_the_hold_still_stands() -> None:
    assert "ended" not in said(Custody(basis="suspect"), AT + timedelta(minutes=1))


def test_a_measure_names_its_receiver() -> None:
    text = said(Custody(basis="measure"), DUE)
    assert "The body that carries it out is the receiver." in text
    assert "Never let the child leave alone." in text


@pytest.mark.parametrize("basis", ["suspect", "none", "measure"])
def test_abroad_the_local_authority_is_called_and_no_dutch_board(basis: str) -> None:
    text = said(Custody(basis=basis), None, "BE")  # type: ignore[arg-type]
    assert "local child-protection authority" in text
    assert "Vangnet heeft" not in text
    assert "Raad voor de Kinderbescherming" not in text


@pytest.mark.parametrize("due", [None, AT - timedelta(hours=1), DUE])
@pytest.mark.parametrize("basis", ["suspect", "under_12", "witness", "voluntary", "measure", "none", "unknown"])
def test_it_never_proposes_to_hold_a_child_beyond_the_end(basis: str, due: datetime | None) -> None:
    text = said(Custody(basis=basis), due).lower()  # type: ignore[arg-type]
    for word in ("verleng", "langer", "longer", "extend", "release", "houd het kind"):
        assert word not in text


@pytest.mark.parametrize(
    ("basis", "due", "first", "then"),
    [
        ("under_12", DUE, ["jonger dan twaalf", "Dat eindigt uiterlijk 08:10"], "Na 08:10 mag niemand"),
        ("suspect", DUE, ["opgehouden voor onderzoek", "Dat eindigt uiterlijk 08:10"], "Na 08:10 mag niemand"),
        ("suspect", None, ["opgehouden voor onderzoek", "Niet bekend tot wanneer"], "Daarna mag niemand"),
        ("suspect", AT, ["was om 02:52", "Niemand hier mag dit kind vasthouden."], "Laat het kind nooit alleen"),
        ("witness", None, ["als getuige", "Niemand hier mag dit kind vasthouden."], "Laat het kind nooit alleen"),
        ("measure", None, ["maatregel van de rechter", "is de ontvanger."], "Bel nu de spoeddienst"),
    ],
)
def test_first_stands_the_ground_and_until_when_whatever_sentences_that_takes(
    basis: str, due: datetime | None, first: list[str], then: str
) -> None:
    custody = Custody(basis=basis)  # type: ignore[arg-type]
    found = basis_of_presence(custody, hold_due_at=due, at=AT)
    assert all(part in found.first.nl for part in first)
    assert found.then.nl.startswith(then)
    assert found.words.nl == f"{found.first.nl} {found.then.nl}"
    assert found.words.en == f"{found.first.en} {found.then.en}"
