"""Make, open and destroy keys; seal and authenticate with them. The only door to the master key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from vangnet.knowledge.terms import Words
from vangnet.trust.keys import master
from vangnet.trust.keys.ciphers import SealBrokenError, authenticate, new_key, seal, unseal
from vangnet.trust.keys.master import MasterKeyError
from vangnet.trust.keys.models import EnvelopeKey, OrganisationKey
from vangnet.trust.rows import write_rows

__all__ = [
    "Envelope",
    "KeyDestroyedError",
    "KeyUnknownError",
    "MasterKeyError",
    "Place",
    "SealBrokenError",
    "create_envelope",
    "create_envelopes",
    "destroy",
    "ensure_master_key",
    "envelope",
    "forget",
    "index_hmac",
    "mac",
    "open_features",
    "prove_master_key",
    "seal_features",
    "subkey",
]

_WRAP = "vangnet/wrap"
_INDEX = "vangnet/index"
_INDEX_BYTES = 16
_organisation_keys: dict[tuple[str, UUID], bytes] = {}
_uncommitted: dict[UUID, bytes] = {}
_proven: set[Path] = set()


class KeyDestroyedError(Exception):
    """The key was destroyed, and with it what it sealed."""

    words = Words(
        "De sleutel van deze ontmoeting is vernietigd; de gegevens bestaan niet meer.",
        "The key of this encounter was destroyed; the data no longer exist.",
    )

    def __init__(self) -> None:
        super().__init__(self.words.en)


class KeyUnknownError(SealBrokenError):
    """There is no key with this id, so nothing that lies under it can be opened."""

    words = Words("Deze sleutel bestaat niet.", "This key does not exist.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where sealed words belong: one column of one row, whose id is there before it is saved."""

    column: str
    row: UUID

    def __str__(self) -> str:
        return f"{self.column}:{self.row}"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One opened key: seals and opens the words of one encounter, each bound to its place.

    `context` is that place, so that sealed words moved to another row or column do not open there.
    """

    id: UUID
    key: bytes = field(repr=False)

    def seal(self, text: str, *, context: Place) -> bytes:
        """Seal words for one place."""
        return seal(self.key, text.encode(), associated=_place(self.id, str(context)))

    def open(self, sealed: bytes, *, context: Place) -> str:
        """Open words sealed for this place; raises SealBrokenError otherwise."""
        return unseal(self.key, bytes(sealed), associated=_place(self.id, str(context))).decode()


def ensure_master_key() -> Path:
    """Make the master key file where there is none, and say where it lies; raises MasterKeyError."""
    return master.ensure()


def create_envelope(*, at: datetime) -> Envelope:
    """Make a fresh key for one encounter."""
    row = EnvelopeKey(created_at=at)
    key = new_key()
    row.wrapped = seal(master.subkey(_WRAP), key, associated=_place(row.id, "envelope"))
    row.save(force_insert=True)
    return Envelope(row.id, key)


def create_envelopes(number: int, *, at: datetime) -> list[Envelope]:
    """Make fresh keys for as many encounters of one file: one statement."""
    wrap = master.subkey(_WRAP)
    made = [Envelope(uuid4(), new_key()) for _ in range(number)]
    write_rows(
        EnvelopeKey,
        ("id", "wrapped", "created_at"),
        ((one.id, seal(wrap, one.key, associated=_place(one.id, "envelope")), at) for one in made),
    )
    return made


def envelope(envelope_id: UUID) -> Envelope:
    """Open one key; raises KeyDestroyedError, KeyUnknownError or SealBrokenError."""
    row = EnvelopeKey.objects.filter(pk=envelope_id).first()
    if row is None:
        raise KeyUnknownError
    if row.wrapped is None:
        raise KeyDestroyedError
    return _opened(row.id, row.wrapped)


def destroy(envelope_id: UUID, *, at: datetime) -> None:
    """Destroy a key for ever; what it sealed can no longer be opened by anyone.

    The wrapped key is overwritten with nothing and the moment is kept. The same again keeps
    the first moment. Raises KeyUnknownError.
    """
    if not EnvelopeKey.objects.filter(pk=envelope_id).exists():
        raise KeyUnknownError
    EnvelopeKey.objects.filter(pk=envelope_id, destroyed_at__isnull=True).update(wrapped=None, destroyed_at=at)
    forget()


def seal_features(organisation_id: UUID, data: bytes, *, context: str) -> bytes:
    """Seal match features under their organisation's key, which is made when it is first needed."""
    return seal(_organisation_key(organisation_id), data, associated=_place(organisation_id, context))


def open_features(organisation_id: UUID, sealed: bytes, *, context: str) -> bytes:
    """Open match features; raises SealBrokenError where organisation, context or bytes differ."""
    key = _organisation_key(organisation_id)
    return unseal(key, bytes(sealed), associated=_place(organisation_id, context))


def prove_master_key() -> None:
    """See that the master key opens what lies here; raises SealBrokenError, or MasterKeyError.

    Under another key every search would find nothing and call it an answer. Once a process.
    """
    location = master.location()
    if location in _proven:
        return
    row = OrganisationKey.objects.first()
    if row is not None:
        _unwrapped(row)
        _proven.add(location)


def index_hmac(text: str) -> bytes:
    """Give the 16 bytes under which a blocking key stands in the index; raises SealBrokenError."""
    prove_master_key()
    return authenticate(master.subkey(_INDEX), text.encode())[:_INDEX_BYTES]


def mac(label: str, data: bytes) -> bytes:
    """Authenticate bytes (32) under the installation key of this label."""
    return authenticate(subkey(label), data)


def subkey(label: str) -> bytes:
    """Give the installation key of this label; never the one that wraps keys."""
    return master.subkey(f"vangnet/mac/{label}")


def forget() -> None:
    """Drop every organisation key and derived key from this process."""
    _organisation_keys.clear()
    _proven.clear()
    master.forget()


def _place(owner: UUID, context: str) -> bytes:
    return f"{owner}\x00{context}".encode()


def _opened(envelope_id: UUID, wrapped: bytes | memoryview) -> Envelope:
    place = _place(envelope_id, "envelope")
    return Envelope(envelope_id, unseal(master.subkey(_WRAP), bytes(wrapped), associated=place))


def _organisation_key(organisation_id: UUID) -> bytes:
    held = _organisation_keys.get(_slot(organisation_id))
    return _fetched(organisation_id) if held is None else held


def _slot(organisation_id: UUID) -> tuple[str, UUID]:
    return master.place(), organisation_id


def _fetched(organisation_id: UUID) -> bytes:
    """Read or make an organisation's key; kept in the process only once it is committed.

    A key that a rolled-back transaction made must never seal anything afterwards.
    """
    place = _place(organisation_id, "organisation")
    fresh = seal(master.subkey(_WRAP), new_key(), associated=place)
    row, created = OrganisationKey.objects.get_or_create(
        organisation_id=organisation_id, defaults={"wrapped": fresh}
    )
    wrapped = bytes(row.wrapped)
    key = _unwrapped(row)
    if created:
        _uncommitted[organisation_id] = wrapped
        transaction.on_commit(lambda: _keep(organisation_id, key))
    elif _uncommitted.get(organisation_id) != wrapped:
        _keep(organisation_id, key)
    return key


def _unwrapped(row: OrganisationKey) -> bytes:
    place = _place(row.organisation_id, "organisation")
    return unseal(master.subkey(_WRAP), bytes(row.wrapped), associated=place)


def _keep(organisation_id: UUID, key: bytes) -> None:
    _uncommitted.pop(organisation_id, None)
    _organisation_keys[_slot(organisation_id)] = key
