from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest

from chain.flow.browser import BOARD_PLACE, as_, gate_url, page, plain, sent
from chain.flow.desk import Desk, after, code, done
from vangnet.chain.flow.deciding import supersede
from vangnet.chain.handovers.models import Supersession
from vangnet.trust.ledger.models import Entry

WHY = "De opvang is vol, hoor Nora opnieuw."


def decided(desk: Desk) -> tuple[UUID, str]:
    """Give a request on which two people decided, and the address at which one person stops that."""
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    return request, f"{gate_url(request)}/stop"


def shown_in(html: str) -> str:
    found = re.search(r'name="decision" value="([^"]+)"', html)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("who", ["desk", "other"])
def test_one_person_stops_a_decision_and_the_page_says_who_and_why(desk: Desk, who: str) -> None:
    request, url = decided(desk)
    client = as_(desk, who)
    assert f'href="{url}"' in client.get(gate_url(request)).content.decode()
    html = client.get(url).content.decode()
    text = plain(html)
    assert "Besloten door S. Brouwer en L. Smit" in text
    assert "Hiervoor is één persoon genoeg" in text
    sent(client, url, decision=shown_in(html), words=WHY)
    text = page(as_(desk, "officer"), gate_url(request))
    assert "Het besluit geldt niet meer" in text
    assert f"“{WHY}” {desk.people[who].name}" in text
    assert "Leg de overdracht vast" not in text
    assert "Doe een nieuw voorstel" in page(client, gate_url(request))
    assert code(desk.hand_over(request)) == "superseded"
    assert client.get(url).status_code == 302


def test_in_english_the_page_says_the_same(desk: Desk) -> None:
    request, url = decided(desk)
    client = as_(desk, "desk", "en")
    html = client.get(url).content.decode()
    assert "One person is enough for this" in plain(html)
    sent(client, url, decision=shown_in(html), words=WHY)
    assert "S. Brouwer stopped it" in page(client, gate_url(request))


def test_a_stop_needs_a_reason(desk: Desk) -> None:
    _, url = decided(desk)
    client = as_(desk, "desk")
    html = client.get(url).content.decode()
    answer = sent(client, url, 422, decision=shown_in(html), words=" ")
    assert "Schrijf in eigen woorden waarom." in plain(answer.content.decode())
    assert shown_in(answer.content.decode()) == shown_in(html)
    assert not Supersession.objects.exists()


def test_who_does_not_decide_does_not_stop_and_reads_what_they_can_do(desk: Desk) -> None:
    request, url = decided(desk)
    decision = shown_in(as_(desk, "desk").get(url).content.decode())
    officer = as_(desk, "officer")
    text = page(officer, gate_url(request))
    assert f'href="{url}"' not in officer.get(gate_url(request)).content.decode()
    assert "Leg dan vast wat er veranderde bij de vraag waar het over gaat" in text
    assert "Dit hoort niet bij uw rol" in page(officer, url, 403)
    sent(officer, url, 403, decision=decision, words=WHY)
    assert not Supersession.objects.exists()


def test_nothing_is_stopped_that_nobody_decided_or_that_was_not_on_the_page(desk: Desk) -> None:
    request = desk.ask()
    client, url = as_(desk, "desk"), f"{gate_url(request)}/stop"
    assert client.get(url).status_code == 302
    sent(client, url, 409, decision=str(uuid4()), words=WHY)
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    answer = sent(client, url, 409, decision=str(uuid4()), words=WHY)
    assert "Dit besluit geldt niet meer" in plain(answer.content.decode())
    sent(client, url, 409, decision="nonsense", words=WHY)
    assert not Supersession.objects.exists()


def test_what_was_carried_out_is_not_stopped_any_more(desk: Desk) -> None:
    request, url = decided(desk)
    decision = shown_in(as_(desk, "desk").get(url).content.decode())
    done(desk.hand_over(request))
    assert as_(desk, "desk").get(url).status_code == 302
    answer = sent(as_(desk, "desk"), url, 409, decision=decision, words=WHY)
    assert "De overdracht is al vastgelegd." in plain(answer.content.decode())


def test_a_decision_on_another_request_is_not_reached_from_this_one(desk: Desk) -> None:
    request, url = decided(desk)
    decision = shown_in(as_(desk, "desk").get(url).content.decode())
    other = desk.ask(None)
    assert sent(as_(desk, "desk"), f"{gate_url(other)}/stop", 409, decision=decision, words=WHY)
    assert desk.view(request).decision is not None
    assert not Supersession.objects.exists()


def test_the_stop_is_one_entry_with_what_was_read_for_it(desk: Desk) -> None:
    request, _ = decided(desk)
    decision = desk.view(request).decision
    assert decision is not None
    before = Entry.objects.count()
    made = supersede(
        actor=desk.actor("desk"), request_id=request, decision_id=decision.decision_id, reason=WHY, at=after(20)
    )  # fmt: skip
    assert done(made)
    entries = Entry.objects.filter(act="supersede_decision")
    assert Entry.objects.count() - before == entries.count() == 1
    assert {str(request), str(desk.encounter_id), str(made)} <= set(entries[0].subjects)
