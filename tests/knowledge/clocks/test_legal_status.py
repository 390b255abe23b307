"""The reflection period is read from the legal-status record alone, and gives no deadline."""

from __future__ import annotations

from datetime import datetime

import pytest

from vangnet.knowledge.clocks import LEGAL_STATUS_DUTIES, Duty, LegalStatus, legal_status_duties, table

GRANTED = "2026-03-02T14:00:00+01:00"


def answer(granted: str | None, dublin: bool | None, at: str = GRANTED) -> dict[str, Duty]:
    status = LegalStatus(
        reflection_period_granted_at=datetime.fromisoformat(granted) if granted else None, dublin_claimant=dublin
    )
    return {duty.clock: duty for duty in legal_status_duties(status, at=datetime.fromisoformat(at))}


@pytest.mark.parametrize(
    ("granted", "dublin", "words"),
    [
        (GRANTED, False, "Here: at most 3 months."),
        (GRANTED, True, "Here: at most 30 days."),
        (GRANTED, None, "Not known whether the Dublin rules hold. Assume 30 days, which is stricter."),
        ("2023-05-18T00:00:00+02:00", True, "Here: at most 30 days."),
        ("2023-05-17T23:59:59+02:00", True, "Here: at most 3 months."),
        ("2023-05-17T22:00:00+00:00", True, "Here: at most 30 days."),
        ("2023-05-17T23:59:59+02:00", None, "Here: at most 3 months."),
    ],
)
def test_the_period_hangs_on_the_record(granted: str, dublin: bool | None, words: str) -> None:
    found = answer(granted, dublin)
    assert set(found) == LEGAL_STATUS_DUTIES
    for duty in found.values():
        assert duty.starts_at == datetime.fromisoformat(granted)
        assert (duty.due_at, duty.hard, duty.event) == (None, False, False)
    first, second = found["CLK-21"].note, found["CLK-22"].note
    assert first is not None
    assert second is not None
    assert first.en.startswith(words + " Period: at most 3 months;")
    assert second.en == "Period: at least 30 days. No deadline here: to be checked by a lawyer."


def test_nothing_granted_by_then_no_duty() -> None:
    assert answer(None, True) == {}
    assert answer(GRANTED, True, at="2026-03-02T13:59:59+01:00") == {}


def test_moments_carry_the_place_and_the_words_those_of_the_row() -> None:
    duty = answer("2026-03-02T13:00:00+00:00", None)["CLK-21"]
    assert duty.starts_at is not None
    assert duty.starts_at.isoformat() == GRANTED
    assert (duty.words, duty.source) == (table()["CLK-21"].words, "Vc B8/3.1")
