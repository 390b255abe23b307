"""Finding again, grading who is told what, and what verdicts do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from chain.town import AT, BOARD, OTHER_POLICE, Town, after, code_of, facts, slim, written
from vangnet.chain.crosscheck import retrieval, selectors, services
from vangnet.chain.crosscheck.joining import Acted, rebuild
from vangnet.chain.crosscheck.models import Contradiction, Features, IndexKey, Membership, Review, Verdict
from vangnet.chain.crosscheck.selectors import Graded, same_child
from vangnet.chain.crosscheck.services import Judged
from vangnet.chain.duties import services as duties
from vangnet.chain.duties.models import Duty
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Record, features, keys, record_of
from vangnet.knowledge.terms import Encounter, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.keys.services import SealBrokenError, index_hmac

NORA = {"given_names": "Nora", "family_name": "Visser", "birth_date": "2012-05-17", "phones": ["+31612340000"]}
OTHER = {"given_names": "Tijn", "family_name": "Hoekstra", "birth_date": "2009-11-03"}
DAYS = 24 * 60


def nora(number: str, **changes: Any) -> Encounter:
    return slim(encounter_id=number, child=NORA, **changes)


def matched(encounter: Encounter, exclude: UUID | None = None) -> list[UUID]:
    return [UUID(one.record_id) for one in selectors.matched(record=record_of(encounter), exclude=exclude)]


def told(actor: Actor, encounter: Encounter, minutes: float = 1, **options: Any) -> tuple[Graded, ...]:
    found = selectors.candidates(
        actor=actor,
        purpose=options.pop("purpose", Purpose.IDENTIFY_CHILD),
        record=record_of(encounter),
        exclude=options.pop("exclude", None),
        relation=Relation.OWN_ENCOUNTER,
        at=after(minutes),
        **options,
    )
    assert isinstance(found, tuple), found
    return found


def test_the_same_child_is_found_and_not_itself(town: Town) -> None:
    first = town.met(nora("NL-1"))
    town.met(slim(encounter_id="NL-2", child=OTHER))
    assert matched(nora("NL-9"))[0] == first
    assert first not in matched(nora("NL-9"), exclude=first)


def test_nothing_known_finds_nothing(town: Town) -> None:
    town.met(nora("NL-1"))
    assert matched(slim(encounter_id="NL-9")) == []


def test_the_index_holds_macs_and_sealed_features(town: Town) -> None:
    first = town.met(nora("NL-1"))
    wanted = {index_hmac(key) for key in keys(record_of(nora("NL-1")))}
    assert {bytes(row.key) for row in IndexKey.objects.all()} == wanted
    assert all(len(key) == 16 for key in wanted)
    assert b"Nora" not in bytes(Features.objects.get(encounter_id=first).features_sealed)
    assert {str(IndexKey.objects.first()), str(Features.objects.get())} == {str(first)}


def test_features_moved_to_another_encounter_do_not_open(town: Town) -> None:
    first, second = town.met(nora("NL-1")), town.met(slim(encounter_id="NL-2", child=OTHER))
    moved = Features.objects.get(encounter_id=first).features_sealed
    Features.objects.filter(encounter_id=second).update(features_sealed=moved)
    with pytest.raises(SealBrokenError):
        selectors.weighed(first, second)


def test_indexing_again_replaces_and_forgetting_takes_out(town: Town) -> None:
    first = town.met(nora("NL-1"))
    changed = record_of(slim(encounter_id="NL-1", child=OTHER))
    services.index(encounter_id=first, organisation_id=town.officer.organisation_id, record=changed)
    assert matched(nora("NL-9")) == []
    assert matched(slim(encounter_id="NL-9", child=OTHER)) == [first]
    services.forget(encounter_id=first)
    assert IndexKey.objects.count() == Features.objects.count() == 0


def test_the_index_finds_what_comparing_everything_finds(town: Town) -> None:
    ids = [
        town.met(slim(encounter_id=f"NL-{n}", child={**NORA, "birth_date": f"2012-05-{n:02d}"}))
        for n in range(1, 9)
    ]
    assert set(matched(nora("NL-9"))) == set(ids)


def test_a_key_that_all_share_is_followed_only_where_there_is_no_other(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        town.met(nora(f"NL-{number}"))
    rare = town.met(slim(encounter_id="NL-8", child={**NORA, "documents": [{"number": "SPECI888"}]}))
    monkeypatch.setattr(retrieval, "LONGEST", 1)
    query = slim(encounter_id="NL-9", child={**NORA, "documents": [{"number": "SPECI888"}]})
    assert retrieval.fetch(record_of(query), exclude=None).encounter_ids == (rare,)
    assert len(retrieval.fetch(record_of(nora("NL-9")), exclude=None).encounter_ids) == 5
    monkeypatch.setattr(retrieval, "LONGEST", 2000)
    monkeypatch.setattr(retrieval, "MOST_POSTINGS", 2)
    assert retrieval.fetch(record_of(query), exclude=None).encounter_ids[0] == rare


def test_retrieval_walks_the_index_and_never_the_table(town: Town) -> None:
    if connection.vendor != "sqlite":
        return
    town.met(nora("NL-1"))
    sql = retrieval._SHARED
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql, [b"x" * 16, 1.0, 5])
        plan = " ".join(str(row) for row in cursor.fetchall())
        cursor.execute("EXPLAIN QUERY PLAN " + retrieval._COUNT, [0, b"x" * 16, 5])
        plan_of_count = " ".join(str(row) for row in cursor.fetchall())
    assert "SEARCH held USING" in plan
    assert "COVERING INDEX" in plan
    assert "SEARCH crosscheck_indexkey USING COVERING INDEX" in plan_of_count


def test_ones_own_is_content(town: Town) -> None:
    first = town.met(nora("NL-1"))
    (found,) = told(town.officer, nora("NL-9"))
    assert (found.answer, found.encounter_id) == (Answer.CONTENT, first)
    assert found.summary is not None
    assert found.summary.encounter_id == "NL-1"
    assert any(one.right for one in found.candidate.explanation)


def test_another_controllers_is_a_contact_without_values(town: Town) -> None:
    first = town.met(nora("NL-1"))
    (found,) = told(town.board, nora("NL-9", organisation=BOARD))
    assert (found.answer, found.encounter_id, found.summary) == (Answer.CONTACT, first, None)
    assert found.organisation is not None
    assert found.organisation.contact_phone == "0800"
    assert found.candidate is not None
    assert not any(one.right for one in found.candidate.explanation)
    assert any(one.level for one in found.candidate.explanation)
    assert {entry.organisation_id for entry in written() if entry.act == "cross_check"} == {
        town.board.organisation_id,
        town.officer.organisation_id,
    }


def test_police_data_of_over_a_year_is_only_a_hit(town: Town) -> None:
    first = town.met(nora("NL-1"))
    late = 400 * DAYS
    (own,) = told(town.officer, nora("NL-9"), late)
    (others,) = told(town.board, nora("NL-9", organisation=BOARD), late)
    assert own == Graded(answer=Answer.HIT, encounter_id=first)
    assert others == Graded(answer=Answer.HIT)
    assert {entry.organisation_id for entry in written() if entry.at == after(late)} == {
        town.officer.organisation_id,
        town.board.organisation_id,
    }


def test_no_match_and_a_match_one_may_not_know_of_are_the_same(town: Town) -> None:
    mine = town.met(slim(encounter_id="NL-1", child=OTHER))
    care = replace(nora("NL-2"), organisation=BOARD)
    empty = told(town.specialist, nora("NL-9"), purpose=Purpose.FIND_EXPLOITERS, exclude=mine)
    town.met(care, by=town.board)
    hidden = told(town.specialist, nora("NL-9"), 2, purpose=Purpose.FIND_EXPLOITERS, exclude=mine)
    assert matched(nora("NL-9"))
    assert empty == hidden == ()
    first, second = (entry for entry in written() if entry.act == "cross_check")
    assert (first.subjects, first.counts) == (second.subjects, second.counts)
    assert first.counts == {"content": 0, "contact": 0, "hit": 0}


def test_hidden_matches_take_no_place_of_those_that_may_be_told(town: Town) -> None:
    for number in range(3):
        town.met(replace(nora(f"NL-{number}"), organisation=BOARD), by=town.board)
    own = town.met(nora("NL-8"))
    (found,) = told(town.specialist, nora("NL-9"), purpose=Purpose.FIND_EXPLOITERS, limit=1)
    assert found.encounter_id == own


def test_who_may_not_cross_check_gets_a_reason(town: Town) -> None:
    refused = selectors.candidates(
        actor=town.officer,
        purpose=Purpose.IDENTIFY_CHILD,
        record=Record(record_id="x"),
        exclude=None,
        at=AT,
    )
    assert code_of(refused) == "relation"


def judge(
    actor: Actor, pair: tuple[UUID, UUID], value: str = "same", minutes: float = 1, **options: Any
) -> Judged | Reason:
    return services.judge(
        actor=actor,
        relation=Relation.OWN_ENCOUNTER,
        pair=pair,
        value=value,
        at=after(minutes),
        **{"reason": "same scar", "acted": ()} | options,
    )


def judged(*arguments: Any, **options: Any) -> Judged:
    found = judge(*arguments, **options)
    assert isinstance(found, Judged), found
    return found


@pytest.fixture
def three(town: Town) -> tuple[UUID, UUID, UUID]:
    one, two, three = (town.met(nora(f"NL-{number}")) for number in range(3))
    return one, two, three


def test_same_joins_and_the_same_again_changes_nothing(town: Town, three: tuple[UUID, UUID, UUID]) -> None:
    one, two, other = three
    first = judged(town.specialist, (two, one))
    again = judged(town.specialist, (one, two), minutes=2)
    assert (first.is_joined, first.created, again.created) == (True, True, False)
    assert first.verdict_id == again.verdict_id
    assert same_child(one) == {one, two}
    assert same_child(other) == {other}
    assert Verdict.objects.get().left_id == min(one, two)
    assert [entry.act for entry in written()][-1] == "judge"


def test_two_controllers_are_joined_only_when_both_said_same(town: Town) -> None:
    ours = town.met(nora("NL-1"))
    theirs = town.met(replace(nora("NL-2"), organisation=BOARD), by=town.board)
    assert not judged(town.specialist, (ours, theirs)).is_joined
    assert judged(town.board, (theirs, ours)).is_joined
    assert Verdict.objects.count() == 2
    assert {row.organisation_id for row in Membership.objects.all()} == {
        town.officer.organisation_id,
        town.board.organisation_id,
    }


def test_nobody_judges_for_another_side_or_without_a_reason(town: Town, three: tuple[UUID, UUID, UUID]) -> None:
    pair = three[:2]
    assert code_of(judge(town.other_specialist, pair)) == "not_found"
    assert code_of(judge(town.specialist, (three[0], uuid4()))) == "not_found"
    assert code_of(judge(town.specialist, (three[0], three[0]))) == "not_found"
    assert code_of(judge(town.specialist, pair, reason=" ")) == "say_why"
    assert code_of(judge(town.specialist, pair, "perhaps")) == "say_why"
    assert code_of(judge(town.officer, pair)) == "role"
    assert not Verdict.objects.exists()


def test_different_inside_a_child_splits_it_and_whoever_acted_gets_a_task(
    town: Town, three: tuple[UUID, UUID, UUID]
) -> None:
    one, two, other = three
    judged(town.specialist, (one, two))
    judged(town.specialist, (two, other), minutes=2)
    duties.complete(
        actor=town.officer,
        purpose=Purpose.PROTECT_CHILD,
        relation=Relation.OWN_ENCOUNTER,
        encounter_id=two,
        duty_id=started(town, two),
        proof="called",
        at=after(3),
    )
    acted = [
        Acted(
            person_id=town.board.person_id,
            organisation_id=town.board.organisation_id,
            encounter_id=one,
            at=AT - timedelta(days=days),
        )
        for days in (1, 100)
    ]
    second = replace(town.specialist, person_id=town.service.person_id)
    found = judged(second, (one, other), "different", 4, acted=acted)
    assert (found.is_joined, found.is_contradiction) == (False, True)
    assert (same_child(one), same_child(other)) == ({one, two}, {other})
    assert {review.person_id for review in Review.objects.all()} == {
        town.specialist.person_id,
        town.officer.person_id,
        town.board.person_id,
    }
    assert selectors.reviews_for(town.officer) == (two,)
    assert selectors.reviews_for(second) == ()
    assert str(Contradiction.objects.get()) != str(Review.objects.first())


def started(town: Town, encounter_id: UUID) -> UUID:
    row = Duty.objects.create(
        organisation_id=town.officer.organisation_id,
        encounter_id=encounter_id,
        clock="CLK-01",
        holder_code="hovj",
        hard=True,
        started_at=AT,
    )
    return row.id


def test_what_happened_over_ninety_days_ago_gives_no_task(town: Town, three: tuple[UUID, UUID, UUID]) -> None:
    one, two, _ = three
    judged(town.specialist, (one, two))
    judged(replace(town.specialist, person_id=town.service.person_id), (one, two), "different", 91 * DAYS)
    assert Contradiction.objects.count() == 1
    assert not Review.objects.exists()


def test_a_join_that_different_forbids_is_not_made_and_is_said(town: Town, three: tuple[UUID, UUID, UUID]) -> None:
    one, two, other = three
    judged(town.specialist, (one, other), "different")
    judged(town.specialist, (one, two), minutes=2)
    found = judged(town.specialist, (two, other), minutes=3)
    assert (found.is_joined, found.is_contradiction) == (False, True)


def test_a_revoked_verdict_stays_and_counts_no_more(town: Town, three: tuple[UUID, UUID, UUID]) -> None:
    first = judged(town.specialist, three[:2])
    done = revoke(town.specialist, first.verdict_id)
    assert isinstance(done, Judged)
    assert (done.is_joined, done.is_contradiction) == (False, True)
    assert not Membership.objects.exists()
    again = revoke(town.specialist, first.verdict_id)
    assert isinstance(again, Judged)
    assert not again.created
    (view,) = selectors.verdicts_about(three)
    assert (view.value, view.revoked_at) == ("same", after(9))
    assert code_of(revoke(town.other_specialist, first.verdict_id)) == "not_found"
    assert code_of(revoke(town.officer, first.verdict_id)) == "role"


def revoke(actor: Actor, verdict_id: UUID) -> Judged | Reason:
    return services.revoke(
        actor=actor, relation=Relation.OWN_ENCOUNTER, verdict_id=verdict_id, acted=(), at=after(9)
    )


def test_taking_different_back_lets_the_earlier_join_stand(town: Town, three: tuple[UUID, UUID, UUID]) -> None:
    one, two, other = three
    apart = judged(town.specialist, (one, other), "different")
    judged(town.specialist, (one, two), minutes=2)
    judged(town.specialist, (two, other), minutes=3)
    before = Contradiction.objects.count()
    revoke(town.specialist, apart.verdict_id)
    assert same_child(other) == set(three)
    assert Contradiction.objects.count() == before


def test_the_table_can_be_rebuilt_from_the_verdicts(town: Town, three: tuple[UUID, UUID, UUID]) -> None:
    judged(town.specialist, three[:2])
    judged(town.specialist, three[1:], "unsure", 2)
    before = dict(Membership.objects.values_list("encounter_id", "child_id"))
    Membership.objects.all().delete()
    assert rebuild() == {town.specialist.organisation_id: 2}
    assert dict(Membership.objects.values_list("encounter_id", "child_id")) == before
    assert not any("scar" in str(model.objects.first()) for model in (Membership, Verdict))


def test_a_pair_that_is_not_in_the_index_is_not_weighed(town: Town, three: tuple[UUID, UUID, UUID]) -> None:
    weighed = selectors.weighed(three[0], three[1])
    assert weighed is not None
    assert weighed.record_id == str(three[1])
    assert selectors.weighed(three[0], uuid4()) is None
    assert selectors.record_in_index(uuid4()) is None


def test_an_encounter_is_indexed_with_its_own_id(town: Town) -> None:
    first = town.met(nora("NL-1"))
    kept = selectors.record_in_index(first)
    assert kept is not None
    assert features(replace(kept, record_id="NL-1")) == features(record_of(nora("NL-1")))


def test_another_police_force_gets_a_contact_too(town: Town) -> None:
    town.met(nora("NL-1"))
    (found,) = told(town.other_specialist, nora("NL-9", organisation=OTHER_POLICE))
    assert found.answer is Answer.CONTACT


def test_everything_of_a_judgement_or_nothing(
    town: Town, three: tuple[UUID, UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise OSError

    monkeypatch.setattr(services.ledger, "record", broken)
    with pytest.raises(OSError), transaction.atomic():  # noqa: PT011 - the disk says no more
        judge(town.specialist, three[:2])
    assert not Verdict.objects.exists()
    assert not Membership.objects.exists()
    assert facts()
