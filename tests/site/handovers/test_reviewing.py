"""The page on which another person reviews an incident, and the one press that says: I looked at it again."""

from __future__ import annotations

from uuid import UUID, uuid4

from chain.flow.browser import as_, gate_url, page, plain, sent
from chain.flow.desk import Desk, after, facts
from vangnet.chain.crosscheck.models import Contradiction, Review, Verdict
from vangnet.chain.flow import deciding


def gone(desk: Desk, by: str = "officer") -> UUID:
    """Let somebody record that the child is missing."""
    made = deciding.record_incident(
        actor=desk.actor(by),
        encounter_id=desk.encounter_id,
        outcome="CHILD_WENT_MISSING",
        words="Weg.",
        at=after(20),
    )
    assert isinstance(made, UUID), made
    return made


def test_the_review_is_written_by_another_and_shown_with_who_and_in_which_role(desk: Desk) -> None:
    incident = gone(desk)
    base = f"/encounters/{desk.encounter_id}/handover"
    url = f"{base}/incidents/{incident}/review"
    first = as_(desk, "desk")
    assert "Kijk na wat er gebeurde" in page(first, base)
    text = page(first, url)
    assert "J. de Wit legde vast: Het kind is vermist." in text
    assert "Nooit door J. de Wit, die het vastlegde." in text
    answer_ = sent(first, url, 422, words=" ")
    assert "Schrijf in eigen woorden wat u naging en wat er nu gebeurt." in plain(answer_.content.decode())
    assert "Dit hoort niet bij uw rol" in page(as_(desk, "officer"), url, 403)
    sent(first, url, words="De deur stond open.")
    text = page(first, base)
    assert "Wat er is nagekeken “De deur stond open.” S. Brouwer, hulpofficier van justitie, 04:11" in text
    assert "Wie kijkt dit na: S. Brouwer deed dat. Niemand besloot dat het kind ging." in text
    assert first.get(url).status_code == 302
    assert "Dit is al nagekeken" in plain(sent(first, url, 409, words="Nog eens.").content.decode())


def test_whoever_recorded_it_cannot_review_it_and_an_unknown_one_is_not_there(desk: Desk) -> None:
    incident = gone(desk, by="desk")
    base = f"/encounters/{desk.encounter_id}/handover"
    client = as_(desk, "desk")
    assert "Vraag een ander om het na te kijken." in page(client, base)
    text = page(client, f"{base}/incidents/{incident}/review")
    assert "U legde dit zelf vast" in text
    assert "Leg vast wat u vond" not in text
    told = sent(client, f"{base}/incidents/{incident}/review", 409, words="Ik vond niets.")
    assert "Een ander kijkt dit na" in plain(told.content.decode())
    assert client.get(f"{base}/incidents/{uuid4()}/review").status_code == 404
    assert client.post(f"{base}/incidents/{uuid4()}/review", {"words": "x"}).status_code == 404
    assert client.get(f"/encounters/{uuid4()}/handover/incidents/{incident}/review").status_code == 404


def test_an_incident_is_reviewed_at_its_own_encounter_alone(desk: Desk) -> None:
    incident = gone(desk)
    other = desk.met(facts("26-0500"))
    url = f"/encounters/{other}/handover/incidents/{incident}/review"
    client = as_(desk, "desk")
    assert client.get(url).status_code == 404
    assert client.post(url, {"words": "De deur stond open."}).status_code == 404
    assert "Kijk na wat er gebeurde" in page(client, f"/encounters/{desk.encounter_id}/handover")


def test_who_acted_on_a_join_that_fell_apart_looks_again_and_says_so_once(desk: Desk) -> None:
    other = desk.met(facts("26-0500"))
    left, right = sorted((desk.encounter_id, other), key=str)
    verdict = Verdict.objects.create(
        organisation_id=desk.police.pk,
        left_id=left,
        right_id=right,
        value="different",
        reason_sealed=b"x",
        given_by_id=desk.people["other"].pk,
        given_at=after(1),
    )
    raised = Contradiction.objects.create(
        organisation_id=desk.police.pk, verdict=verdict, child_id=uuid4(), raised_at=after(1)
    )
    task = Review.objects.create(
        organisation_id=desk.police.pk,
        contradiction=raised,
        person=desk.people["officer"],
        encounter_id=desk.encounter_id,
    )
    request = desk.ask()
    officer = as_(desk, "officer")
    url = f"/encounters/{desk.encounter_id}/handover/looked-again"
    assert "Kijk opnieuw naar wat u hier deed" in page(officer, gate_url(request))
    assert "Kijk opnieuw naar wat u hier deed" not in page(as_(desk, "other"), gate_url(request))
    assert "Hier wacht niets meer" in plain(sent(as_(desk, "other"), url, 409).content.decode())
    task.refresh_from_db()
    assert task.done_at is None
    sent(officer, url)
    task.refresh_from_db()
    assert task.done_at == after(30)
    assert "Kijk opnieuw naar wat u hier deed" not in page(officer, gate_url(request))
    assert officer.get(url).status_code == 405
    assert as_(desk, "auditor").post(url).status_code == 403
