"""Each primitive against vectors that others published."""

from __future__ import annotations

import pytest

from vangnet.trust.keys.ciphers import SealBrokenError, authenticate, derive, new_key, seal, unseal


def test_hkdf_gives_the_first_vector_of_rfc_5869():
    derived = derive(
        bytes.fromhex("0b" * 22),
        salt=bytes.fromhex("000102030405060708090a0b0c"),
        info=bytes.fromhex("f0f1f2f3f4f5f6f7f8f9"),
        length=42,
    )
    assert derived.hex() == ("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")


def test_hkdf_gives_the_third_vector_of_rfc_5869_without_salt_or_info():
    derived = derive(bytes.fromhex("0b" * 22), info=b"", length=42)
    assert derived.hex() == ("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")


@pytest.mark.parametrize(
    ("key", "data", "expected"),
    [
        (
            "0b" * 20,
            b"Hi There".hex(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe".hex(),
            b"what do ya want for nothing?".hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        ("aa" * 20, "dd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    ],
)
def test_hmac_gives_the_vectors_of_rfc_4231(key, data, expected):
    assert authenticate(bytes.fromhex(key), bytes.fromhex(data)).hex() == expected


GCM_KEY = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
GCM_NONCE = bytes.fromhex("cafebabefacedbaddecaf888")
GCM_PLAIN = bytes.fromhex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
GCM_ASSOCIATED = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
GCM_SEALED = bytes.fromhex(
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
    "76fc6ece0f4e1768cddf8853bb2d551b"
)


def test_aes_gcm_gives_test_case_16_of_the_gcm_specification():
    sealed = seal(GCM_KEY, GCM_PLAIN, associated=GCM_ASSOCIATED, nonce=GCM_NONCE)
    assert sealed == GCM_NONCE + GCM_SEALED
    assert unseal(GCM_KEY, sealed, associated=GCM_ASSOCIATED) == GCM_PLAIN


def test_every_sealing_draws_a_new_nonce():
    key = new_key()
    assert len(key) == 32
    assert len({seal(key, b"same", associated=b"")[:12] for _ in range(100)}) == 100


@pytest.mark.parametrize("place", range(12 + 4 + 16))
def test_any_changed_byte_is_found(place):
    key = new_key()
    sealed = bytearray(seal(key, b"Nora", associated=b"claim"))
    sealed[place] ^= 1
    with pytest.raises(SealBrokenError, match="changed"):
        unseal(key, bytes(sealed), associated=b"claim")


@pytest.mark.parametrize("sealed", [b"", b"short", b"x" * 27])
def test_what_is_too_short_to_be_sealed_is_refused(sealed):
    with pytest.raises(SealBrokenError):
        unseal(new_key(), sealed, associated=b"")
