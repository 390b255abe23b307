"""A referral and its answer: sent once, answered by its receiver, shared no further than it says."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from chain.referrals.town import AT, NOOR, Town, after
from vangnet.chain import flow
from vangnet.chain.referrals import selectors, services
from vangnet.chain.referrals.models import Answer, Referral
from vangnet.knowledge.terms import Reason
from vangnet.trust.access.policy import Relation, Role
from vangnet.trust.access.services import actor_for, create_organisation, create_person, give_role, take_role
from vangnet.trust.ledger.models import Entry


def code(given: object) -> str:
    assert isinstance(given, Reason), given
    assert given.words.nl
    assert given.words.en
    return given.code


def send(town: Town, *, by: str = "officer", to: str = "NL-RVDK-RIJNHAVEN", kind: str = "board_urgent") -> object:
    return flow.refer(
        actor=town.actor(by),
        encounter_id=town.tonight,
        receiver_id=town.places[to].id,
        kind=kind,
        words="",
        request_key=uuid4(),
        at=AT,
    )


def test_a_referral_waits_for_its_receiver_until_the_agreed_time(town: Town) -> None:
    sent = town.refer()
    (line,) = selectors.waiting_for(town.actor("board"))
    assert (line.referral_id, line.encounter_id, line.state) == (sent, town.tonight, "waiting")
    assert (line.sender, line.receiver) == ("Politie Rijnhaven", "Raad Rijnhaven spoed")
    assert line.answer_by - line.sent_at == line.kind.answer_within
    assert selectors.waiting_for(town.actor("shelter")) == ()
    assert selectors.sent_by(town.actor("desk")) == (line,)
    assert selectors.referrals_of(town.tonight, town.actor("officer")) == (line,)
    assert selectors.referrals_of(town.tonight, town.actor("board")) == ()


def test_the_same_press_of_a_button_sends_it_once(town: Town) -> None:
    key = uuid4()
    again = [
        flow.refer(
            actor=town.actor("officer"),
            encounter_id=town.tonight,
            receiver_id=town.places["NL-RVDK-RIJNHAVEN"].id,
            kind="board_urgent",
            words="",
            request_key=key,
            at=after(minute),
        )
        for minute in (1, 2)
    ]
    first, second = again
    assert isinstance(first, services.Sent)
    assert isinstance(second, services.Sent)
    assert (first.created, second.created) == (True, False)
    assert first.referral_id == second.referral_id
    assert Referral.objects.count() == 1
    assert Entry.objects.filter(act="send_referral").count() == 2  # one in each side's chain


def asked(town: Town, key: UUID, **changes: object) -> object:
    question = {
        "actor": town.actor("officer"),
        "encounter_id": town.tonight,
        "receiver_id": town.places["NL-RVDK-RIJNHAVEN"].id,
        "kind": "board_urgent",
        "words": "Now, please.",
        "request_key": key,
        "at": after(1),
    }
    return flow.refer(**question | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("other", ["encounter", "receiver", "kind", "words"])
def test_the_same_press_for_another_question_says_that_nothing_was_sent(town: Town, other: str) -> None:
    key, later = uuid4(), town.met("officer", {"given_names": "Mira"})
    youth, shelter = (town.places[code].id for code in ("NL-RVDK-RIJNHAVEN", "NL-OPV-LINDENHOF"))
    first: dict[str, object] = {"kind": "placement", "receiver_id": youth}
    changed: dict[str, dict[str, object]] = {
        "encounter": {"encounter_id": later},
        "receiver": {"receiver_id": shelter},
        "kind": {"kind": "guardianship"},
        "words": {"words": "Not any more."},
    }
    assert isinstance(asked(town, key, **first), services.Sent)
    entries = Entry.objects.count()
    assert code(asked(town, key, **first | changed[other])) == "other_question"
    again = asked(town, key, **first | {"words": " Now, please. "})
    assert isinstance(again, services.Sent)
    assert not again.created
    assert (Referral.objects.count(), Entry.objects.count()) == (1, entries)


def test_two_who_press_at_once_send_it_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    key, looked = uuid4(), services._sent_before
    first = asked(town, key)
    looks = iter([False, True])
    monkeypatch.setattr(services, "_sent_before", lambda *given: looked(*given) if next(looks) else None)
    second = asked(town, key)
    assert isinstance(first, services.Sent)
    assert isinstance(second, services.Sent)
    assert (second.referral_id, second.created) == (first.referral_id, False)


def test_what_the_database_refuses_for_another_reason_is_not_hidden(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = uuid4()
    asked(town, key)
    monkeypatch.setattr(services, "_sent_before", lambda *_: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked(town, key)


def test_a_referral_is_one_entry_with_all_that_was_read_for_it(town: Town) -> None:
    earlier = town.met("officer", NOOR, met_at=AT - timedelta(days=9))
    town.judge("specialist", town.tonight, earlier, "same")
    before = Entry.objects.filter(organisation=town.places["NL-POL-RIJNHAVEN"]).count()
    sent = town.refer(minute=4)
    own = Entry.objects.filter(organisation=town.places["NL-POL-RIJNHAVEN"]).order_by("number")
    (entry,) = list(own)[before:]
    assert (entry.act, entry.subjects) == ("send_referral", [str(town.tonight), str(sent), str(earlier)])


def test_what_goes_along_names_the_child_and_what_it_wants_never_an_adult(town: Town) -> None:
    town.tonight = town.met(
        "officer",
        {"given_names": "Mira"},
        collectors=[{"given_names": "Tomas", "family_name": "Verhagen"}],
        companions=[{"role": "adult", "given_names": "Ute"}],
    )
    opened = flow.referral(actor=town.actor("board"), referral_id=town.refer(), at=after(2))
    assert isinstance(opened, selectors.Opened)
    shared = json.dumps(dict(opened.shared))
    assert "Mira" in shared
    assert "Not with him." in shared
    assert "She is tired." in shared
    assert opened.shared["indications"] == ["I-02"]
    assert opened.shared["any_indication"] is True
    assert not {"Verhagen", "Ute", "collectors", "companions"} & set(shared.replace('"', " ").split())


def test_reading_a_referral_stands_in_the_ledger_of_both_sides(town: Town) -> None:
    sent = town.refer()
    board = flow.referral(actor=town.actor("board"), referral_id=sent, at=after(2))
    assert isinstance(board, selectors.Opened)
    assert board.is_receiver
    assert board.sent_by == "J. de Wit"
    assert Entry.objects.filter(act="read_referral").count() == 2
    own = flow.referral(actor=town.actor("desk"), referral_id=sent, at=after(3))
    assert isinstance(own, selectors.Opened)
    assert not own.is_receiver
    assert Entry.objects.filter(act="read_referral").count() == 3


def test_who_is_no_party_finds_nothing_and_who_has_no_role_is_refused(town: Town) -> None:
    sent = town.refer()
    assert code(flow.referral(actor=town.actor("shelter"), referral_id=sent, at=after(2))) == "not_found"
    assert code(flow.referral(actor=town.actor("board"), referral_id=uuid4(), at=after(2))) == "not_found"
    assert code(flow.referral(actor=town.actor("auditor"), referral_id=sent, at=after(2))) == "role"


@pytest.mark.parametrize(
    ("by", "to", "kind", "why"),
    [
        ("auditor", "NL-RVDK-RIJNHAVEN", "board_urgent", "role"),
        ("waterland", "NL-RVDK-RIJNHAVEN", "board_urgent", "not_found"),
        ("officer", "NL-RVDK-RIJNHAVEN", "sauna", "no_such_receiver"),
        ("officer", "NL-OPV-LINDENHOF", "board_urgent", "no_such_receiver"),
        ("officer", "NL-POL-RIJNHAVEN", "board_urgent", "no_such_receiver"),
    ],
)
def test_what_cannot_be_sent_says_why(town: Town, by: str, to: str, kind: str, why: str) -> None:
    assert code(send(town, by=by, to=to, kind=kind)) == why
    assert not Referral.objects.exists()


def test_the_services_refuse_on_their_own(town: Town) -> None:
    def given(by: str) -> object:
        with transaction.atomic():
            return services.send(
                actor=town.actor(by),
                encounter_id=town.tonight,
                question=services.Question(
                    receiver_id=town.places["NL-RVDK-RIJNHAVEN"].id,
                    kind="board_urgent",
                    shared={},
                    request_key=uuid4(),
                ),
                at=AT,
            )

    assert code(given("auditor")) == "role"
    assert code(given("waterland")) == "not_found"


@pytest.mark.parametrize("value", ["accepted", "declined", "asked_back"])
def test_the_receiver_answers(town: Town, value: str) -> None:
    sent = town.refer()
    town.answer(sent, value, reason="We come now.")
    (line,) = selectors.referrals_of(town.tonight, town.actor("officer"))
    assert line.state == value
    assert bool(selectors.sent_by(town.actor("officer"))) is (value == "asked_back")
    assert bool(selectors.waiting_for(town.actor("board"))) is (value == "asked_back")
    opened = flow.referral(actor=town.actor("officer"), referral_id=sent, at=after(9))
    assert isinstance(opened, selectors.Opened)
    (given,) = opened.answers
    assert (given.value, given.reason, given.by, given.at) == (value, "We come now.", "M. Kowalczyk", after(5))


def test_asking_back_leaves_it_open_and_the_first_final_answer_stands(town: Town) -> None:
    sent = town.refer()
    town.answer(sent, "asked_back", reason="How old?")
    first = town.answer(sent, "accepted", minute=6)
    assert town.answer(sent, "accepted", minute=7) == first
    late = flow.answer(actor=town.actor("board"), referral_id=sent, value="declined", reason="No", at=after(8))
    assert code(late) == "answered"
    assert Answer.objects.count() == 2
    assert Entry.objects.filter(act="answer_referral").count() == 4


@pytest.mark.parametrize(
    ("by", "value", "reason", "why"),
    [
        ("officer", "accepted", "", "role"),
        ("shelter", "accepted", "", "not_found"),
        ("board", "perhaps", "", "say_why"),
        ("board", "declined", " ", "say_why"),
        ("board", "asked_back", "", "say_why"),
    ],
)
def test_an_answer_that_cannot_stand_says_why(town: Town, by: str, value: str, reason: str, why: str) -> None:
    sent = town.refer()
    given = flow.answer(actor=town.actor(by), referral_id=sent, value=value, reason=reason, at=after(5))
    assert code(given) == why
    assert not Answer.objects.exists()


def test_a_referral_opens_the_encounter_to_its_receiver_until_it_declines(town: Town) -> None:
    board = town.actor("board")
    assert flow.relation_to(board, town.tonight) is Relation.NONE
    assert selectors.referred_to(board) == frozenset()
    sent: UUID = town.refer()
    assert flow.relation_to(board, town.tonight) is Relation.RECEIVER
    assert selectors.referred_to(board) == {town.tonight}
    town.answer(sent, "declined", reason="Full.")
    assert flow.relation_to(board, town.tonight) is Relation.NONE
    assert selectors.referred_to(board) == frozenset()


def test_nobody_refers_on_what_was_referred_to_them(town: Town) -> None:
    town.refer()
    assert code(send(town, by="board", to="NL-OPV-LINDENHOF", kind="placement")) in {"not_found", "relation"}


def relation(town: Town, who: str) -> Relation:
    return flow.relation_to(town.actor(who), town.tonight)


def test_who_was_asked_and_did_not_answer_loses_sight_when_another_takes_it_over(town: Town) -> None:
    board, shelter = town.refer(kind="placement"), town.refer(to="NL-OPV-LINDENHOF", kind="placement")
    town.answer(board, "asked_back", reason="How old?")
    assert relation(town, "board") is relation(town, "shelter") is Relation.RECEIVER
    town.answer(shelter, "accepted", by="shelter", minute=6)
    assert relation(town, "shelter") is Relation.RECEIVER
    assert relation(town, "board") is Relation.NONE
    assert town.tonight in selectors.referred_to(town.actor("shelter"))
    assert selectors.referred_to(town.actor("board")) == frozenset()
    assert selectors.waiting_for(town.actor("board")) == selectors.sent_by(town.actor("officer")) == ()
    late = flow.answer(actor=town.actor("board"), referral_id=board, value="accepted", reason="", at=AT)
    assert code(late) == "taken"
    assert Answer.objects.count() == 2


def test_another_question_about_the_same_child_stands(town: Town) -> None:
    town.refer(kind="board_urgent")
    town.answer(town.refer(to="NL-OPV-LINDENHOF", kind="placement"), "accepted", by="shelter")
    assert relation(town, "board") is Relation.RECEIVER
    assert len(selectors.waiting_for(town.actor("board"))) == 1


def test_both_who_took_it_over_keep_it(town: Town) -> None:
    first, second = town.refer(kind="placement"), town.refer(to="NL-OPV-LINDENHOF", kind="placement")
    Answer.objects.create(
        organisation=town.places["NL-RVDK-RIJNHAVEN"],
        referral_id=first,
        value="accepted",
        reason_sealed=b"",
        answered_by=town.people["board"],
        answered_at=AT,
    )
    Answer.objects.create(
        organisation=town.places["NL-OPV-LINDENHOF"],
        referral_id=second,
        value="accepted",
        reason_sealed=b"",
        answered_by=town.people["shelter"],
        answered_at=AT,
    )
    assert relation(town, "board") is relation(town, "shelter") is Relation.RECEIVER


def test_who_declined_still_sees_what_was_said_and_not_the_child(town: Town) -> None:
    sent = town.refer()
    with transaction.atomic():
        before = flow.referral(actor=town.actor("board"), referral_id=sent, at=AT)
    town.answer(sent, "declined", reason="No place.")
    after_it = flow.referral(actor=town.actor("board"), referral_id=sent, at=AT)
    own = flow.referral(actor=town.actor("officer"), referral_id=sent, at=AT)
    assert not isinstance(before, Reason)
    assert not isinstance(after_it, Reason)
    assert not isinstance(own, Reason)
    assert before.shared["encounter"]["child"] == own.shared["encounter"]["child"]
    assert after_it.shared == {}
    assert [one.reason for one in after_it.answers] == ["No place."]
    assert relation(town, "board") is Relation.NONE


def test_who_leaves_the_organisation_that_was_asked_sees_nothing(town: Town) -> None:
    town.answer(town.refer(), "accepted")
    take_role(person=town.people["board"], organisation=town.places["NL-RVDK-RIJNHAVEN"], role=Role.RVDK)
    assert isinstance(actor_for(town.people["board"]), Reason)


def test_what_a_child_said_for_its_protection_does_not_go_along_to_a_prosecutor(town: Town) -> None:
    parket = create_organisation(code="NL-OM-RIJNHAVEN", name="Parket", country="NL", regime="prosecution")
    person = create_person(username="prosecutor", name="R. van Aalst")
    give_role(person=person, organisation=parket, role=Role.PROSECUTOR)
    town.places["NL-OM-RIJNHAVEN"], town.people["prosecutor"] = parket, person
    sent = town.refer(to="NL-OM-RIJNHAVEN", kind="non_punishment")
    opened = flow.referral(actor=town.actor("prosecutor"), referral_id=sent, at=after(2))
    assert isinstance(opened, selectors.Opened)
    assert "child_view" not in opened.shared["encounter"]
    assert "child" in opened.shared["encounter"]
    assert code(send(town, kind="non_punishment")) == "no_such_receiver"
