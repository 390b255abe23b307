"""Sealed words open in their own row and column alone; moved anywhere else they are noise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import models

from chain.referrals.town import NOOR, NORA, Town, after, told
from vangnet.chain import flow
from vangnet.chain.crosscheck.models import Verdict
from vangnet.chain.duties import services as duties
from vangnet.chain.duties.models import Duty, InternationalCheck
from vangnet.chain.duties.selectors import international_state
from vangnet.chain.encounters.models import Account, Encounter, Observation, Opening
from vangnet.chain.encounters.services import open_older
from vangnet.chain.persons.models import Claim
from vangnet.chain.persons.selectors import people_of
from vangnet.chain.referrals.models import Answer, Referral
from vangnet.knowledge.terms import ChannelCheck, Purpose, Reason
from vangnet.trust.access.policy import Relation
from vangnet.trust.keys.ciphers import SealBrokenError
from vangnet.trust.keys.services import Envelope, Place, envelope

PHONES = NORA | {"phones": ["+31 6 00000001", "+31 6 00000002"]}
SEEN = [
    {"indicator": "I-02", "state": "observed", "observer": "police", "words": "Cash."},
    {"indicator": "I-05", "state": "observed", "observer": "police", "words": "A phone that rings."},
]
COLUMNS: tuple[tuple[type[models.Model], str], ...] = (
    (Claim, "value_sealed"),
    (Account, "facts_sealed"),
    (Account, "reason_sealed"),
    (Observation, "words_sealed"),
    (Observation, "reason_sealed"),
    (Opening, "reason_sealed"),
    (Duty, "proof_sealed"),
    (InternationalCheck, "answer_sealed"),
    (Verdict, "reason_sealed"),
    (Referral, "text_sealed"),
    (Answer, "reason_sealed"),
)
ELSEWHERE = {"crosscheck": {"features_sealed"}}
"""Match features are bound to their encounter under the key of their organisation."""


@dataclasses.dataclass
class Sealed:
    """A town in which every table holds sealed words twice, and where each was sealed for."""

    town: Town
    places: dict[bytes, tuple[Envelope, Place]]

    def rows(self, model: type[models.Model], column: str) -> list[tuple[UUID, bytes]]:
        found = model._default_manager.exclude(**{column: None}).order_by("pk").values_list("pk", column)
        return [(pk, bytes(value)) for pk, value in found]


@pytest.fixture
def sealed(db: None, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    places: dict[bytes, tuple[Envelope, Place]] = {}
    seal = Envelope.seal

    def noted(self: Envelope, text: str, *, context: Place) -> bytes:
        made = seal(self, text, context=context)
        places[made] = (self, context)
        return made

    monkeypatch.setattr(Envelope, "seal", noted)
    town = Town.build(PHONES)
    play(town)
    return Sealed(town, places)


def play(town: Town) -> None:
    """Write every kind of sealed words at least twice."""
    police, number = "NL-POL-RIJNHAVEN", Encounter.objects.get(pk=town.tonight).encounter_id
    desk: dict[str, Any] = {"actor": town.actor("desk"), "purpose": Purpose.PROTECT_CHILD}
    for minute, more in ((1, {"offence": "pickpocketing"}), (2, {"offence": "burglary"})):
        facts = dataclasses.replace(told(police, PHONES, observations=SEEN, **more), encounter_id=number)
        made = flow.correct(
            **desk, encounter_id=town.tonight, facts=facts, reason=f"Heard {minute}.", at=after(minute)
        )
        assert isinstance(made, flow.Corrected), made
    for less in (SEEN[1:], []):
        facts = dataclasses.replace(told(police, PHONES, observations=less), encounter_id=number)
        gone = flow.correct(
            **desk, encounter_id=town.tonight, facts=facts, reason=f"Not all {len(less)}.", at=after(3)
        )
        assert isinstance(gone, flow.Corrected), gone
    earlier = town.met("waterland", NOOR)
    town.judge("specialist", town.tonight, earlier, "same")
    town.judge("specialist", town.tonight, earlier, "different")
    for reason in ("A hit.", "Another hit."):
        assert isinstance(
            open_older(actor=town.actor("specialist"), encounter_id=town.tonight, reason=reason, at=after(4)), UUID
        )
    own: dict[str, Any] = desk | {"relation": Relation.OWN_ENCOUNTER, "at": after(5)}
    for channel in ("sis", "interpol"):
        check = ChannelCheck(channel=channel, state="answered", answer=f"Nothing in {channel}.")  # type: ignore[arg-type]
        assert isinstance(duties.record_international_check(**own, encounter_id=town.tonight, check=check), UUID)
    for one in Duty.objects.filter(encounter_id=town.tonight, lapsed_at=None)[:2]:
        assert isinstance(
            duties.complete(**own, encounter_id=one.encounter_id, duty_id=one.pk, proof=f"Called for {one.clock}."),
            UUID,
        )
    for to in ("NL-RVDK-RIJNHAVEN", "NL-OPV-LINDENHOF"):
        town.refer(to=to, kind="board_urgent" if "RVDK" in to else "placement")
    for referral in Referral.objects.order_by("sent_at"):
        by = {"youth_care": "board", "shelter": "shelter"}[referral.receiver.regime]
        town.answer(referral.pk, "asked_back", by=by, reason="How old is she?")


def test_words_moved_to_another_row_of_their_table_do_not_open(sealed: Sealed) -> None:
    for model, column in COLUMNS:
        rows = sealed.rows(model, column)
        assert len(rows) > 1, model
        places = {pk: sealed.places[value][1] for pk, value in rows}
        assert {pk: place.row for pk, place in places.items()} == {pk: pk for pk in places}
        for pk, value in rows:
            for other in places.keys() - {pk}:
                with pytest.raises(SealBrokenError):
                    sealed.places[value][0].open(value, context=places[other])


def test_words_moved_to_another_column_of_the_same_row_do_not_open(sealed: Sealed) -> None:
    columns = {}
    for model, column in COLUMNS:
        for pk, value in sealed.rows(model, column):
            columns.setdefault((model, column), set()).add(sealed.places[value][1].column)
            assert sealed.places[value][1].row == pk
    claims = columns.pop((Claim, "value_sealed"))
    assert len(claims) == 5
    assert all(len(names) == 1 for names in columns.values())
    named = [name for names in (claims, *columns.values()) for name in names]
    assert len(named) == len(set(named))


def test_every_table_with_sealed_words_is_among_these() -> None:
    found = {
        (model, field.name)
        for app in apps.get_app_configs()
        if app.name.startswith("vangnet.chain.") and app.label != "handovers"
        for model in app.get_models()
        for field in model._meta.concrete_fields
        if field.name.endswith("_sealed") and field.name not in ELSEWHERE.get(app.label, ())
    }
    assert found == set(COLUMNS)


def swap(model: type[models.Model], column: str, rows: models.QuerySet[Any]) -> None:
    one, other = rows.values_list("pk", column)[:2]
    model._default_manager.filter(pk=one[0]).update(**{column: other[1]})
    model._default_manager.filter(pk=other[0]).update(**{column: one[1]})


def key_of(town: Town) -> Envelope:
    return envelope(Encounter.objects.get(pk=town.tonight).envelope_id)


READ: dict[
    str, tuple[type[models.Model], str, Callable[[Town], models.QuerySet[Any]], Callable[[Town], object]]
] = {
    "two telephone numbers of one child": (
        Claim,
        "value_sealed",
        lambda town: Claim.objects.filter(reference__envelope_id=key_of(town).id, kind="phone"),
        lambda town: people_of(key_of(town)),
    ),
    "two accounts of one encounter": (
        Account,
        "facts_sealed",
        lambda town: Account.objects.filter(encounter_id=town.tonight).order_by("-number"),
        lambda town: flow.advice(
            actor=town.actor("desk"), purpose=Purpose.PROTECT_CHILD, encounter_id=town.tonight, at=after(9)
        ),
    ),
    "two channels of one international check": (
        InternationalCheck,
        "answer_sealed",
        lambda town: InternationalCheck.objects.filter(encounter_id=town.tonight),
        lambda town: international_state(town.tonight, key_of(town)),
    ),
    "two referrals of one child": (
        Referral,
        "text_sealed",
        lambda town: Referral.objects.filter(encounter_id=town.tonight),
        lambda town: flow.referral(actor=town.actor("desk"), referral_id=Referral.objects.all()[0].pk, at=after(9)),
    ),
    "two answers about one child": (
        Answer,
        "reason_sealed",
        lambda town: Answer.objects.filter(referral__encounter_id=town.tonight),
        lambda town: flow.referral(actor=town.actor("desk"), referral_id=Referral.objects.all()[0].pk, at=after(9)),
    ),
}


@pytest.mark.parametrize("what", READ)
def test_a_reader_says_that_a_seal_is_broken_where_two_were_swapped(sealed: Sealed, what: str) -> None:
    model, column, rows, read = READ[what]
    assert not isinstance(read(sealed.town), Reason)
    swap(model, column, rows(sealed.town))
    with pytest.raises(SealBrokenError):
        read(sealed.town)


def test_two_observations_swapped_do_not_open(sealed: Sealed) -> None:
    other = sealed.town.met("officer", NORA, observations=SEEN, encounter_id=str(uuid4()))
    read: dict[str, Any] = {"actor": sealed.town.actor("desk"), "encounter_id": other, "at": after(60)}
    assert not isinstance(flow.advice(purpose=Purpose.PROTECT_CHILD, **read), Reason)
    swap(Observation, "words_sealed", Observation.objects.filter(encounter_id=other))
    with pytest.raises(SealBrokenError):
        flow.advice(purpose=Purpose.PROTECT_CHILD, **read)
