"""Numbers and addresses as they are compared: equal when the same thing was written otherwise."""

from __future__ import annotations

import re

from vangnet.knowledge.linkage.transliteration import latin

_PIECES = re.compile(r"[^\W\d_]+|\d+")
_TELLING_DIGITS = 9


def phone_form(written: str) -> str:
    """Give the last nine digits of a phone number, which no country prefix or trunk zero changes.

    Empty where fewer than six digits stand: an emergency or short number is nobody's phone.
    """
    digits = "".join(str(int(sign)) for sign in written if sign.isdecimal())
    return digits[-_TELLING_DIGITS:] if len(digits) >= 6 else ""


def number_form(written: str) -> str:
    """Give a document, biometric or registration number in plain capitals and digits.

    Empty where fewer than three signs stand.
    """
    plain = "".join(latin(piece).plain for piece in _PIECES.findall(written)).upper()
    return plain if len(plain) >= 3 else ""


def address_form(written: str) -> str:
    """Give an address as plain words and numbers; empty where it has no number or no word.

    A town alone is not an address: it is shared by everyone who lives there.
    """
    pieces = [latin(piece).plain for piece in _PIECES.findall(written)]
    has_both = any(p.isdigit() for p in pieces) and any(p.isalpha() for p in pieces)
    return " ".join(filter(None, pieces)) if has_both else ""


def is_one_sign_apart(left: str, right: str) -> bool:
    """Whether one sign of a number was replaced, or two neighbours changed places."""
    if len(left) != len(right) or len(left) < 5:
        return False
    apart = [place for place, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    match apart:
        case [_]:
            return True
        case [first, second] if second == first + 1:
            return left[first] == right[second] and left[second] == right[first]
        case _:
            return False
