from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from browsing import client_of, kept, plain, shown
from chain.town import AT, BOARD, Town, facts, slim
from vangnet.chain import flow
from vangnet.chain.duties.models import Duty
from vangnet.chain.encounters.models import Observation
from vangnet.knowledge.terms import Encounter, Purpose, read_encounter, write_encounter
from vangnet.site.encounters.adding import added, values_of
from vangnet.trust.access.selectors import organisation

pytestmark = pytest.mark.usefixtures("night")


def refer(town: Town, encounter: UUID) -> None:
    board = organisation(BOARD)
    assert board is not None
    flow.refer(
        actor=town.officer,
        encounter_id=encounter,
        receiver_id=board.id,
        kind="board_urgent",
        words="Kunt u komen?",
        request_key=uuid4(),
        at=AT,
    )


def lay_over(encounter: Encounter, **typed: str) -> dict[str, Any]:
    return dict(added(encounter, values_of(encounter) | typed, observer="police", at=AT).raw)


def test_an_untouched_form_changes_nothing() -> None:
    assert lay_over(facts()) == write_encounter(facts())


def test_what_the_form_does_not_ask_stays_as_it_was() -> None:
    raw = lay_over(
        facts(), **{"seen_I-01": "observed"}, child_words="toch wel", other_given_1="Noor", other_family_1=""
    )
    before = write_encounter(facts())
    for name in ("collectors", "companions", "custody", "known", "place"):
        assert raw[name] == before[name]
    assert raw["child"] == before["child"] | {
        "other_names": [*before["child"]["other_names"], {"given_names": "Noor"}]
    }
    assert raw["child_view"]["words"] == "toch wel"
    assert isinstance(read_encounter(raw), Encounter)


def test_a_new_answer_says_when_and_by_whom_and_an_old_one_keeps_its_own() -> None:
    raw = lay_over(facts(), **{"seen_I-01": "observed", "words_I-01": "met een jas"})
    by_id = {one["indicator"]: one for one in raw["observations"]}
    assert by_id["I-01"] == {
        "indicator": "I-01",
        "state": "observed",
        "observer": "police",
        "at": "2026-03-01T14:00:00+00:00",
        "words": "met een jas",
    }
    assert by_id["I-02"] == write_encounter(facts())["observations"][0]


def test_an_answer_taken_back_is_gone_from_the_newest_account() -> None:
    raw = lay_over(facts(), **{"seen_I-02": "unknown", "words_I-02": ""})
    assert [one["indicator"] for one in raw["observations"]] == ["I-25"]


def test_a_first_name_can_be_added_to_a_child_without_any() -> None:
    raw = lay_over(slim(), other_given_1="Nora", heard_alone="no")
    assert raw["child"] == {"other_names": [{"given_names": "Nora"}]}
    assert raw["child_view"]["heard_alone"] is False


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_shows_what_stands_and_adds_to_it(town: Town, language: str) -> None:
    encounter = town.met(slim())
    client, url = client_of("officer", language), f"/encounters/{encounter}/add"
    shown(client, url)
    answer = client.post(url, {"seen_I-02": "observed", "words_I-02": "doorgegeven", "reason": "later gezien"})
    assert answer.headers["Location"] == f"/encounters/{encounter}/advice"
    assert "doorgegeven" in shown(client, f"/encounters/{encounter}/advice")
    found = flow.advice(actor=town.officer, purpose=Purpose.PROTECT_CHILD, encounter_id=encounter, at=AT)
    assert isinstance(found, flow.Advice)
    assert found.assessment is not None
    assert found.assessment.screening.any_indication
    assert 'value="observed" aria-label' in shown(client, url)


def test_what_was_seen_wrongly_is_withdrawn_here_and_what_rested_on_it_falls_away(town: Town) -> None:
    encounter = town.met(slim())
    client, url = client_of("officer"), f"/encounters/{encounter}/add"
    client.post(url, {"seen_I-47": "observed", "words_I-47": "doorgegeven", "reason": "later gezien"})
    assert "CLK-23" in set(
        Duty.objects.filter(encounter_id=encounter, lapsed_at=None).values_list("clock", flat=True)
    )
    assert "Klopte iets niet? Kies “?”. Het telt dan niet meer mee." in plain(shown(client, url))
    client.post(url, {"seen_I-47": "unknown", "words_I-47": "", "reason": "toch iemand anders"})
    found = flow.advice(actor=town.officer, purpose=Purpose.PROTECT_CHILD, encounter_id=encounter, at=AT)
    assert isinstance(found, flow.Advice)
    assert found.assessment is not None
    assert not found.assessment.screening.any_indication
    assert "CLK-23" not in set(
        Duty.objects.filter(encounter_id=encounter, lapsed_at=None).values_list("clock", flat=True)
    )
    assert Observation.objects.get(indicator="I-47").withdrawn_at is not None


def test_without_a_reason_nothing_is_added_and_nothing_is_lost(town: Town) -> None:
    encounter = town.met(slim())
    answer = client_of("officer").post(
        f"/encounters/{encounter}/add", {"seen_I-02": "observed", "child_words": "nee"}
    )
    text = kept(answer.content.decode())
    assert answer.status_code == 422
    assert 'href="#reason">Schrijf in één zin waarom u dit aanvult.' in text
    assert ">nee</textarea>" in text


def test_what_the_contract_refuses_is_said(town: Town) -> None:
    encounter = town.met(slim())
    answer = client_of("officer").post(f"/encounters/{encounter}/add", {"seen_I-99": "observed", "reason": "x"})
    assert answer.status_code == 422
    text = kept(answer.content.decode())
    assert "I-01 tot en met I-64" in plain(text)
    assert text.count('href="#inhoud"') == 2  # the page has no field for it


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"seen_I-25": "observed", "words_I-25": "x" * 5000}, "words_I-25"),
        ({"child_words": "x" * 5000}, "child_words"),
        ({"other_family_1": "x" * 500}, "other_family_1"),
    ],
)
def test_what_the_contract_refuses_is_said_at_its_field(town: Town, typed: dict[str, str], field: str) -> None:
    child = {"given_names": "Nora", "other_names": [{"given_names": "Noor"}]}
    seen = [{"indicator": "I-01", "state": "observed"}]
    encounter = town.met(slim(child=child, observations=seen))
    answer = client_of("officer").post(f"/encounters/{encounter}/add", typed | {"reason": "later gehoord"})
    text = kept(answer.content.decode())
    assert answer.status_code == 422
    assert f'href="#{field}"' in text
    assert text.count('href="#inhoud"') == 1  # the link that skips to the content


def test_who_may_read_but_not_add_is_refused(town: Town) -> None:
    assert client_of("officer").get(f"/encounters/{uuid4()}/add").status_code == 404
    encounter = town.met(slim())
    refer(town, encounter)
    answer = client_of("board").post(f"/encounters/{encounter}/add", {"seen_I-02": "observed", "reason": "x"})
    assert answer.status_code == 403
    assert "U heeft hier nu geen taak" in plain(kept(answer.content.decode()))
