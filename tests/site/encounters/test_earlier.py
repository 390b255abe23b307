"""What a machine is told of a possible earlier encounter, in the same words as a page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from vangnet.chain.crosscheck.selectors import Graded
from vangnet.chain.encounters.selectors import Summary
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Candidate, Explained
from vangnet.knowledge.terms import Words
from vangnet.site.encounters.earlier import earlier_of
from vangnet.site.encounters.steps import link
from vangnet.trust.access.selectors import OrganisationCard

ID = UUID(int=7)
ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 3, 1, 15, 32, tzinfo=ZONE)
CARD = OrganisationCard(
    id=UUID(int=9),
    code="BE-POL-SCHELDE",
    name="Politie Scheldezone",
    country="BE",
    regime="foreign",
    municipality="",
    contact_words="",
    contact_phone="+32 400 00 01 00",
)


@pytest.fixture(autouse=True)
def dutch() -> Any:
    with override("nl"):
        yield


SAME = Explained(
    comparison="family_name",
    level="spelling",
    left="Lindqvist",
    right="Lindkvist",
    match_weight=8.0,
    words=Words("Klinkt hetzelfde.", "Sounds the same."),
)


def candidate() -> Candidate:
    parts = (
        Explained(
            comparison="sex", level="same", left="F", right="F", match_weight=1.0, words=Words("Gelijk.", "")
        ),
        Explained(
            comparison="given_name",
            level="short_form",
            left="Nora",
            right="Noor",
            match_weight=4.5,
            words=Words("Korte vorm.", "Short form."),
        ),
        SAME,
        Explained(
            comparison="phone", level="missing", left="", right="", match_weight=0.0, words=Words("Telt niet.", "")
        ),
    )
    return Candidate(record_id="1", match_weight=2.0, probability=0.9, explanation=parts, prior_weight=-11.5)


def summary(**changes: Any) -> Summary:
    known: dict[str, Any] = {
        "id": UUID(int=8),
        "encounter_id": "x",
        "organisation_id": CARD.id,
        "organisation": CARD.code,
        "regime": "police",
        "country": "NL",
        "municipality": "",
        "kind": "offence",
        "met_on": "2026-02-21",
        "met_at": datetime(2026, 2, 21, 16, 40, tzinfo=ZONE),
        "recorded_at": AT,
        "recorded_by": UUID(int=5),
        "is_history": False,
        "is_opened": False,
    }
    return Summary(**known | changes)


def earlier(told: Graded) -> Any:
    return earlier_of(told, encounter_id=ID, link=link)


def test_an_earlier_encounter_says_why_in_words_and_never_a_number() -> None:
    told = Graded(
        answer=Answer.CONTENT,
        encounter_id=UUID(int=8),
        organisation=CARD,
        summary=summary(),
        candidate=candidate(),
    )
    one = earlier(told)
    assert one.title == "Politie Scheldezone, 21 februari 2026"
    assert one.reason == "Achternaam: klinkt hetzelfde. Voornaam: korte vorm."
    assert "0.9" not in one.reason
    assert one.link_words == "Vergelijk de twee"
    partial = Graded(answer=Answer.CONTENT, organisation=CARD, summary=summary(met_at=None, met_on="2025"))
    assert earlier(partial).title == "Politie Scheldezone, 2025"
    assert earlier(Graded(answer=Answer.CONTENT, organisation=CARD)).title == "Politie Scheldezone"


def test_across_organisations_a_contact_is_given_and_no_content() -> None:
    one = earlier(Graded(answer=Answer.CONTACT, organisation=CARD, candidate=candidate()))
    assert one.title == "Politie Scheldezone"
    assert one.reason.endswith("Er is een contactpunt. U ziet geen inhoud; zij hebben die.")
    assert (one.call, one.number, one.link) == ("Bel het contactpunt", "+32400000100", "")
    nameless = earlier(Graded(answer=Answer.CONTACT))
    assert (nameless.title, nameless.call) == ("Een andere organisatie", "")


def test_an_older_encounter_is_only_said_to_be_there_and_whose_specialist_may_open_it() -> None:
    own = earlier(Graded(answer=Answer.HIT, encounter_id=UUID(int=8)))
    assert own.title == "Een oudere ontmoeting van uw eigen organisatie"
    assert own.reason == "U ziet geen inhoud. Uw eigen specialist kan besluiten die te openen."
    other = earlier(Graded(answer=Answer.HIT))
    assert other.title == "Een oudere ontmoeting elders"
    assert other.reason == "U ziet geen inhoud. De specialist van die organisatie kan besluiten die te openen."
