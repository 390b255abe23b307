"""Envelopes open only where they were sealed, and never again once their key is destroyed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from vangnet.trust.keys import selectors, services
from vangnet.trust.keys.models import EnvelopeKey, OrganisationKey
from vangnet.trust.keys.services import KeyDestroyedError, KeyUnknownError, SealBrokenError


@pytest.fixture(autouse=True)
def _forgotten():
    services.forget()
    services._uncommitted.clear()


def test_words_come_back_as_they_were_in_any_script(db, at):
    made = services.create_envelope(at=at)
    words = "Нора · نورا · Nóra\n'); DROP TABLE"
    sealed = made.seal(words, context=services.Place("claim", UUID(int=1)))
    assert b"DROP" not in sealed
    assert (
        services.envelope(made.id).open(memoryview(sealed), context=services.Place("claim", UUID(int=1))) == words
    )


def test_sealed_words_do_not_open_in_another_place_or_envelope(db, at):
    one, other = services.create_envelope(at=at), services.create_envelope(at=at)
    sealed = one.seal("Nora", context=services.Place("claim", UUID(int=1)))
    with pytest.raises(SealBrokenError):
        one.open(sealed, context=services.Place("claim", UUID(int=2)))
    with pytest.raises(SealBrokenError):
        other.open(sealed, context=services.Place("claim", UUID(int=1)))


def test_a_wrapped_key_moved_to_another_row_does_not_open(db, at):
    one, other = services.create_envelope(at=at), services.create_envelope(at=at)
    stolen = EnvelopeKey.objects.get(pk=one.id).wrapped
    EnvelopeKey.objects.filter(pk=other.id).update(wrapped=stolen)
    with pytest.raises(SealBrokenError):
        services.envelope(other.id)


def test_the_key_never_shows(db, at):
    made = services.create_envelope(at=at)
    assert made.key.hex() not in repr(made)
    assert str(made.key) not in repr(made)
    assert made.key not in bytes(EnvelopeKey.objects.get(pk=made.id).wrapped or b"")


def test_a_destroyed_key_opens_nothing_and_keeps_its_moment(db, at):
    made, kept = services.create_envelope(at=at), services.create_envelope(at=at)
    services.destroy(made.id, at=at)
    services.destroy(made.id, at=at + timedelta(days=1))
    row = EnvelopeKey.objects.get(pk=made.id)
    assert row.wrapped is None
    assert row.destroyed_at == at
    with pytest.raises(KeyDestroyedError, match="no longer exist"):
        services.envelope(made.id)
    assert services.envelope(kept.id).key == kept.key
    assert selectors.destroyed([made.id, kept.id]) == {made.id: at}


def test_the_database_refuses_a_key_that_is_neither_there_nor_destroyed(db, at):
    made = services.create_envelope(at=at)
    for change in ({"wrapped": None}, {"destroyed_at": at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EnvelopeKey.objects.filter(pk=made.id).update(**change)


def test_an_unknown_key_is_said_to_be_unknown(db, at):
    assert issubclass(KeyUnknownError, SealBrokenError)  # so a page says it as it says a broken seal
    with pytest.raises(KeyUnknownError, match="does not exist"):
        services.envelope(uuid4())
    with pytest.raises(KeyUnknownError):
        services.destroy(uuid4(), at=at)


def test_features_open_for_their_organisation_and_place_alone(db):
    mine, other = uuid4(), uuid4()
    sealed = services.seal_features(mine, b"features", context="encounter:1")
    assert services.open_features(mine, memoryview(sealed), context="encounter:1") == b"features"
    for organisation, context in ((other, "encounter:1"), (mine, "encounter:2")):
        with pytest.raises(SealBrokenError):
            services.open_features(organisation, sealed, context=context)


def test_an_organisation_key_is_held_once_it_is_committed(
    db, django_capture_on_commit_callbacks, django_assert_num_queries
):
    organisation = uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        sealed = services.seal_features(organisation, b"features", context="x")
    with django_assert_num_queries(0):
        assert services.open_features(organisation, sealed, context="x") == b"features"
    services.forget()
    with django_assert_num_queries(1):
        services.open_features(organisation, sealed, context="x")
    with django_assert_num_queries(0):
        services.open_features(organisation, sealed, context="x")


class _UndoneError(Exception):
    pass


def _seal_and_undo(organisation):
    with transaction.atomic():
        services.seal_features(organisation, b"lost", context="x")
        services.seal_features(organisation, b"lost", context="x")
        raise _UndoneError


def test_a_key_of_an_undone_transaction_seals_nothing_afterwards(db):
    organisation = uuid4()
    with pytest.raises(_UndoneError):
        _seal_and_undo(organisation)
    assert not OrganisationKey.objects.exists()
    sealed = services.seal_features(organisation, b"kept", context="x")
    services.forget()
    assert services.open_features(organisation, sealed, context="x") == b"kept"


def test_under_another_master_key_nothing_is_searched(db, settings, tmp_path):
    services.prove_master_key()  # nothing lies here yet, so nothing can be proven
    services.seal_features(uuid4(), b"words", context="x")
    services.prove_master_key()
    assert len(services.index_hmac("n:nora")) == 16
    OrganisationKey.objects.all().delete()
    services.prove_master_key()  # once a process
    services.seal_features(uuid4(), b"words", context="x")
    settings.VANGNET_MASTER_KEY_FILE = tmp_path / "keys" / "other.key"
    services.ensure_master_key()
    with pytest.raises(SealBrokenError):
        services.index_hmac("n:nora")
    services.forget()
    with pytest.raises(SealBrokenError):
        services.prove_master_key()


def test_the_index_gives_the_same_16_bytes_for_the_same_text_alone(db):
    assert len(services.index_hmac("n:nora")) == 16
    assert services.index_hmac("n:nora") == services.index_hmac("n:nora")
    assert services.index_hmac("n:nora") != services.index_hmac("n:norah")


def test_macs_differ_by_label_and_data():
    assert len({services.mac(label, data) for label in ("a", "b") for data in (b"1", b"2")}) == 4
    assert len(services.mac("a", b"1")) == 32


def test_rows_are_called_by_their_ids():
    one = uuid4()
    assert str(EnvelopeKey(id=one)) == str(OrganisationKey(organisation_id=one)) == str(one)
