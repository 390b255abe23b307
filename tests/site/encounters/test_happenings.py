"""What happened around an encounter reads as a title, a sentence, a source and a time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override

from vangnet.chain.crosscheck.selectors import VerdictView
from vangnet.chain.flow.story import Event
from vangnet.knowledge.terms import Words
from vangnet.site.encounters.happenings import entry_of, verdict_entries

AT = datetime(2026, 3, 14, 1, 10, tzinfo=UTC)
ID = UUID(int=7)


@pytest.fixture(autouse=True)
def english() -> Any:
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("event", "title", "words"),
    [
        ({"what": "held", "code": "suspect"}, "The hold began", "For inquiry into an offence."),
        ({"what": "held", "code": "under_12"}, "The hold began", "Under twelve."),
        ({"what": "ordered"}, "Police custody was ordered", ""),
        ({"what": "heard", "code": "wants_to_go"}, "The child was heard", "The child wants to go along."),
        (
            {"what": "heard", "code": "does_not_want_to_go"},
            "The child was heard",
            "The child does not want to go along.",
        ),
        ({"what": "heard", "code": "not_alone"}, "The child was heard", "Not alone: this has still to be done."),
        ({"what": "heard", "code": "unknown"}, "The child was heard", "What the child wants is not known."),
        ({"what": "asked", "code": "collector"}, "The hand-over was begun", "An adult asked for the child."),
        ({"what": "asked"}, "The hand-over was begun", "Nobody asked for the child."),
        ({"what": "decided", "words": Words("", "A place.")}, "Two people decided", "The decision: A place."),
        ({"what": "handed_over", "words": Words("", "Placed.")}, "Handed over", "Placed."),
        ({"what": "handed_over", "organisation": "Lindenhof"}, "Received by Lindenhof", ""),
        ({"what": "incident", "code": "CHILD_WENT_MISSING"}, "The child is missing", ""),
        ({"what": "incident", "code": "CHILD_LEFT_AT_LEGAL_LIMIT"}, "The child left", ""),
        ({"what": "sent", "organisation": "Raad", "words": Words("", "Urgent.")}, "Asked Raad", "Urgent."),
        ({"what": "answered", "organisation": "Raad", "code": "accepted"}, "Raad takes over", ""),
        ({"what": "answered", "organisation": "Raad", "code": "declined"}, "Raad cannot take over", ""),
        ({"what": "answered", "organisation": "Raad", "code": "asked_back"}, "Raad wants to know more", ""),
    ],
)
def test_every_event_says_what_happened(event: dict[str, Any], title: str, words: str) -> None:
    one = entry_of(Event(at=AT, encounter_id=ID, **event), country="NL")
    assert (one.title, one.words) == (title, words)
    assert one.at.isoformat() == "2026-03-14T02:10:00+01:00"  # type: ignore[union-attr]


def test_the_source_names_who_recorded_it_and_whose_clock_it_is() -> None:
    decided = Event(what="decided", at=AT, encounter_id=ID, by=("S. Brouwer", "M. Kowalczyk"))
    assert entry_of(decided, country="NL").source == "S. Brouwer, M. Kowalczyk"
    held = Event(what="held", at=AT, encounter_id=ID)
    assert entry_of(held, country="GR").source == "As recorded with the encounter (clock of Athens)"


def verdict(**more: Any) -> VerdictView:
    given: dict[str, Any] = {
        "verdict_id": ID,
        "organisation_id": ID,
        "pair": (ID, ID),
        "value": "same",
        "given_by": ID,
        "given_at": AT,
        "revoked_at": None,
    }
    return VerdictView(**given | more)


def test_a_verdict_stands_with_who_gave_it_and_one_taken_back_is_struck() -> None:
    (one,) = verdict_entries(verdict(), by="A. Okkerse", organisation="Politie")
    assert (one.title, one.source, one.is_undone) == ("Judged: the same child", "A. Okkerse, Politie", False)
    (other,) = verdict_entries(verdict(revoked_at=AT, value="unsure"), by="", organisation="Politie")
    assert (other.title, other.source) == ("Judged: cannot be said yet", "Politie")
    assert (other.is_undone, other.words) == (True, "Taken back later.")
