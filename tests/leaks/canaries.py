"""Words that may stand nowhere without the key, and every way in which bytes can still hold one."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus

CHILD: dict[str, Any] = {
    "given_names": "Zephyrinéqq",
    "family_name": "Korenbloemqq",
    "other_names": [{"given_names": "Mirabelqq", "family_name": "Winterqq"}],
    "birth_date": "2012-05-17",
    "birth_date_basis": "stated",
    "sex": "F",
    "birth_place": "Waterdorpqq",
    "phones": ["+31612349876", "+31687651234"],
    "address": "Lindelaanqq 7",
    "documents": [{"kind": "identity_card", "number": "SPECIQQ77", "issuing_country": "BE", "inspected": True}],
    "biometric_references": [{"system": "afisqq", "reference": "BIOQQ55"}],
}
ENCOUNTER: dict[str, Any] = {
    "country": "NL",
    "place": "Stationshalqq",
    "municipality": "0363",
    "kind": "offence",
    "offence": "zakkenrollenqq",
    "interpreter_language": "Fransqq",
    "child": CHILD,
    "observations": [
        {"indicator": "I-02", "state": "observed", "observer": "police", "words": "portemonneeqq doorgegeven"},
        {"indicator": "I-25", "state": "observed", "observer": "police", "words": "sprakqq steeds"},
    ],
    "companions": [{"role": "adult", "given_names": "Ottoqq", "phones": ["+31611119999"], "vehicle": "QQ-123-B"}],
    "child_view": {"heard_alone": True, "wants_to_go": "no", "trusted_person": "Tantesaarqq", "words": "slapenqq"},
    "collectors": [
        {
            "given_names": "Annaqq",
            "family_name": "Bakkerqq",
            "birth_date": "1980-02-03",
            "phones": ["+32400001113"],
            "vehicle": "QQ-9-XYZ",
            "address": "Dorpsstraatqq 1",
            "claimed_relation": "nichtjeqq",
            "identity": {"state": "verified", "document": "paspoortqq", "number": "PASQQ33"},
        }
    ],
    "known": {
        "international_check": [{"channel": "sis", "state": "answered", "answer": "geentrefferqq"}],
        "facts": {"G-06": {"state": "clear", "source": "schoolqq", "words": "gebeldqq"}},
    },
}
TYPED = (
    "passwordqq", "queryqq", "correctqq", "otherqq", "withdrawqq", "verdictqq", "againqq", "openedqq", "colgivenqq",
    "colfamilyqq", "colrelationqq", "QQ-77-KL", "31655554444", "evidenceqq", "proposalqq", "declineqq", "agreeqq",
    "receiverqq", "receiptqq", "channelqq", "referralqq", "askbackqq", "refuseqq", "incidentqq", "searchedqq",
    "brokenqq", "typedqq",
)  # fmt: skip
"""What somebody types in the course of the story."""


def _texts(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for one in value.values():
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)
        case str() if "qq" in value.lower() or value.startswith("+") or value[:4] in {"2012", "1980"}:
            yield value


CANARIES: tuple[str, ...] = (*dict.fromkeys((*_texts(json.loads(json.dumps(ENCOUNTER))), *TYPED)),)


def _parts(canary: str) -> Iterator[str]:
    """Give a canary, and what is left of it after the usual tidying of names, numbers and dates."""
    yield canary
    yield canary.split(maxsplit=1)[0]
    digits = "".join(sign for sign in canary if sign.isdigit())
    if canary.startswith("+"):
        yield digits[-9:]
    if canary[:2] in {"20", "19"} and canary[4:5] == "-":
        year, month, day = canary.split("-")
        yield from (f"{year}{month}{day}", f"{day}-{month}-{year}", f"{day}{month}{year}")
    yield canary.replace("-", "")
    yield canary.replace("é", "e")


def forms(canary: str) -> frozenset[bytes]:
    """Give every spelling of a canary in lower case bytes: escapes, hex, UTF-16."""
    found: set[bytes] = set()
    for part in _parts(canary):
        plain = part.encode()
        found |= {plain, part.encode("utf-16-le"), part.encode("utf-16-be"), plain.hex().encode()}
        found |= {quote(part).encode(), quote_plus(part).encode(), json.dumps(part)[1:-1].encode()}
        found |= {part.lower().encode(), part.upper().encode(), part.lower().encode().hex().encode()}
        found.add(part.upper().encode().hex().encode())
    return frozenset(one.lower() for one in found if len(one) >= LEAST)


def base64s(canary: str) -> frozenset[bytes]:
    """Give what stands in the base64 of any text around a canary, whatever stands around it."""
    texts = {text for part in _parts(canary) for text in (part, part.lower(), part.upper())}
    found = {one for text in texts for one in _base64(text.encode())}
    return frozenset(one for one in found if len(one) >= LEAST)


LEAST = 6
"""Anything shorter is found by chance."""


def _base64(plain: bytes) -> Iterator[bytes]:
    for before in range(3):
        first, last = -(-8 * before // 6), 8 * (before + len(plain)) // 6
        inner = base64.b64encode(bytes(before) + plain)[first:last]
        yield from (inner, inner.replace(b"+", b"-").replace(b"/", b"_"))


FORMS: dict[str, frozenset[bytes]] = {one: forms(one) for one in CANARIES}
BASE64: dict[str, frozenset[bytes]] = {one: base64s(one) for one in CANARIES}


def found_in(haystack: bytes) -> set[str]:
    """Give the canaries that bytes hold in any spelling."""
    lower = haystack.lower()
    plain = {canary for canary, spellings in FORMS.items() if any(one in lower for one in spellings)}
    coded = {canary for canary, spellings in BASE64.items() if any(one in haystack for one in spellings)}
    return plain | coded
