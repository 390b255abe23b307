"""What happened at the gate, and what waits there, as lines."""

from __future__ import annotations

from uuid import uuid4

from chain.handovers.night import AT, BOARD_PLACE, OWN, Night, after
from vangnet.chain.handovers import happenings, services
from vangnet.chain.handovers.recorded import ToConfirm
from vangnet.trust.keys.services import envelope


def test_what_waits_for_a_second_person_and_for_whom(night: Night) -> None:
    night.propose()
    waits = (ToConfirm(request_id=night.request, encounter_id=night.encounter.pk, by="Robin First", at=after(5)),)
    assert happenings.to_confirm(actor=night.second) == waits
    assert happenings.to_confirm(actor=night.first) == ()
    assert happenings.to_confirm(actor=night.rvdk) == ()
    assert happenings.to_confirm(actor=night.rvdk, also_at=[night.encounter.pk]) == waits
    night.check()
    assert happenings.to_confirm(actor=night.second) == ()


def test_what_happened_is_told_in_order_without_a_word_about_anyone(night: Night) -> None:
    night.check()
    night.hand_over(night.decide(BOARD_PLACE))
    services.record_incident(
        actor=night.officer,
        encounter_id=night.encounter.pk,
        outcome="CHILD_WENT_MISSING",
        words="x",
        at=after(40),
        relation=OWN,
    )
    found = happenings.happened([night.encounter.pk])
    assert [one.what for one in found] == ["asked", "decided", "handed_over", "incident"]
    assert [one.outcome for one in found] == ["", BOARD_PLACE, BOARD_PLACE, "CHILD_WENT_MISSING"]
    assert [(one.voice, one.receiver) for one in found] == [("", "")] * 4
    assert [one.people for one in found][1] == (night.first.person_id, night.second.person_id)
    assert [one.names for one in found][1] == ("Robin First", night.second.name)
    assert {one.organisation_id for one in found} == {night.encounter.organisation_id}
    assert happenings.happened([night.other.pk]) == ()


def test_what_the_child_said_and_who_received_it_stand_there_for_an_opened_encounter_alone(night: Night) -> None:
    said = services.Answer(check="G-02", state="does_not_want_to_go", source="sworn", evidence="Not with him.")
    services.record_check(actor=night.officer, request_id=night.request, answer=said, relation=OWN, at=AT)
    key = envelope(night.encounter.envelope_id)
    handover = night.hand_over(night.decide(BOARD_PLACE))
    found = happenings.happened([night.encounter.pk], opened={night.encounter.pk: key})
    heard = next(one for one in found if one.what == "heard")
    assert (heard.outcome, heard.voice) == ("does_not_want_to_go", "Not with him.")
    handed = next(one for one in found if one.what == "handed_over")
    assert handed.receiver == happenings.went_with(handover, key)[0] != ""
    assert happenings.went_with(handover, key)[1] == ("Robin First", night.second.name)
    assert happenings.went_with(uuid4(), key) == ("", ())
