"""After the child left: the hold here ended; an order or a measure did not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vangnet.knowledge.handover import (
    OUTCOMES,
    HandoverRequest,
    Known,
    after_leaving,
    decide,
    grounds_of,
    still_standing,
    still_to_ask,
)
from vangnet.knowledge.terms import Custody, KnownFact

LEFT = datetime(2026, 3, 14, 9, 19, tzinfo=UTC)
PLACE = OUTCOMES["HANDED_TO_RVDK_ARRANGED_PLACE"]
HELD = Custody(basis="suspect")
ORDERED = Custody(basis="suspect", ordered_at=datetime(2026, 3, 14, 5, 0, tzinfo=UTC))
MEASURE = Custody(basis="measure")


@pytest.mark.parametrize("basis", ["suspect", "under_12"])
def test_a_hand_over_ends_the_hold_and_says_when(basis: str) -> None:
    words = after_leaving(Custody(basis=basis), end=PLACE, left_at=LEFT)  # type: ignore[arg-type]
    assert words.nl == (
        "Het kind is hier niet meer: overgedragen om 10:19 op 14 maart 2026. Het ophouden is hier geëindigd."
    )
    assert words.en == (
        "The child is no longer here: handed over at 10:19 on 14 March 2026. The hold here has ended."
    )


@pytest.mark.parametrize("basis", ["witness", "voluntary", "none", "unknown"])
def test_where_nobody_was_held_no_hold_ends(basis: str) -> None:
    words = after_leaving(Custody(basis=basis), end=PLACE, left_at=LEFT)  # type: ignore[arg-type]
    assert words.en == "The child is no longer here: handed over at 10:19 on 14 March 2026."


@pytest.mark.parametrize(
    ("code", "nl", "en"),
    [
        ("CHILD_LEFT_AT_LEGAL_LIMIT", "toen de tijd om was", "left when the time had ended"),
        ("CHILD_WENT_MISSING", "wordt vermist", "is missing"),
    ],
)
def test_an_incident_gives_the_moment_of_recording_not_of_leaving(code: str, nl: str, en: str) -> None:
    words = after_leaving(HELD, end=OUTCOMES[code], left_at=LEFT)
    assert nl in words.nl
    assert "Dat is vastgelegd om 10:19 op 14 maart 2026. Het ophouden is hier geëindigd." in words.nl
    assert en in words.en
    assert "That was recorded at 10:19 on 14 March 2026. The hold here has ended." in words.en


@pytest.mark.parametrize(
    ("custody", "nl", "en"),
    [
        (ORDERED, "Het bevel tot inverzekeringstelling eindigt daarmee niet.", "does not end with that"),
        (MEASURE, "De maatregel van de rechter blijft gelden.", "The measure of the judge still stands."),
    ],
)
def test_what_the_law_keeps_standing_is_said_and_no_end_of_the_hold_with_it(
    custody: Custody, nl: str, en: str
) -> None:
    words = after_leaving(custody, end=PLACE, left_at=LEFT)
    assert nl in words.nl
    assert en in words.en
    assert "geëindigd" not in words.nl
    assert "has ended" not in words.en
    assert still_standing(custody) is not None


def test_a_hold_alone_leaves_nothing_standing() -> None:
    assert still_standing(HELD) is None
    assert still_standing(Custody()) is None


def test_only_whoever_holds_authority_needed_everything_in_order() -> None:
    for end in OUTCOMES.values():
        enough = "een besluit van twee mensen genoeg" in grounds_of(end).nl
        assert enough is not end.needs_ready
    assert "moest zelf met deze plek instemmen" in grounds_of(OUTCOMES["HANDED_TO_SHELTER_VOLUNTARY"]).nl
    assert "had to agree to this place" in grounds_of(OUTCOMES["HANDED_TO_SHELTER_VOLUNTARY"]).en
    assert "agree" not in grounds_of(PLACE).en
    assert "had to be in order" in grounds_of(OUTCOMES["HANDED_TO_AUTHORITY_HOLDER"]).en
    assert "a decision of two people is enough" in grounds_of(PLACE).en


def test_after_a_hand_over_what_is_about_the_child_is_still_asked_and_what_is_about_the_adult_not() -> None:
    results = decide(HandoverRequest(), Known(facts={"G-07": KnownFact(state="clear")})).checks
    assert [one.check for one in still_to_ask(results)] == ["G-01", "G-02", "G-03", "G-15"]
    indicated = decide(HandoverRequest(), Known(facts={"G-15": KnownFact(state="indicated")})).checks
    assert "G-15" not in {one.check for one in still_to_ask(indicated)}
