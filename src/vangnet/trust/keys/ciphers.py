"""Sealing, opening and deriving: pure functions over bytes, checked against published vectors."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vangnet.knowledge.terms import Words

KEY_BYTES = 32
NONCE_BYTES = 12
_TAG_BYTES = 16


class SealBrokenError(Exception):
    """What was sealed cannot be opened: altered, moved to another place, or under another master key."""

    words = Words(
        "Deze gegevens zijn veranderd, horen elders, of liggen onder een andere hoofdsleutel.",
        "This data was changed, belongs elsewhere, or lies under another master key.",
    )

    def __init__(self) -> None:
        super().__init__(self.words.en)


def derive(material: bytes, *, info: bytes, salt: bytes = b"", length: int = KEY_BYTES) -> bytes:
    """Derive a key from another (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=salt or None, info=info).derive(material)


def authenticate(key: bytes, data: bytes) -> bytes:
    """Give 32 bytes that only the holder of the key can give for this data (HMAC-SHA256, RFC 2104)."""
    return hmac.new(key, data, hashlib.sha256).digest()


def new_key() -> bytes:
    """Draw a fresh key of 256 bits."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, *, associated: bytes, nonce: bytes | None = None) -> bytes:
    """Seal bytes under a key (AES-256-GCM): nonce of 96 bits, then ciphertext, then tag.

    The nonce is drawn fresh; only a test against a published vector gives one.
    """
    fresh = os.urandom(NONCE_BYTES) if nonce is None else nonce
    return fresh + AESGCM(key).encrypt(fresh, plain, associated)


def unseal(key: bytes, sealed: bytes, *, associated: bytes) -> bytes:
    """Open what `seal` made; raises SealBrokenError where key, bytes or associated data differ."""
    if len(sealed) < NONCE_BYTES + _TAG_BYTES:
        raise SealBrokenError
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], associated)
    except InvalidTag as broken:
        raise SealBrokenError from broken
