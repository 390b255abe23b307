"""Rows of an invented linkage table: children met again and again, under other names, dates and spellings.

For whoever has no large files: the same seed gives the same rows. Names are made of syllables, as
uneven in frequency as names are; families share a name and an address, and some numbers recur.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

Row = dict[str, str]
_FRONTS = [
    "ba", "be", "bi", "da", "de", "do", "el", "fa", "ga", "ha", "io", "ja", "ka", "ke", "la", "le",
    "li", "ma", "me", "mi", "na", "ne", "no", "pa", "ra", "re", "ro", "sa", "se", "so", "ta", "te",
    "ti", "va", "vi", "ya", "ze",
]  # fmt: skip
_ENDS = [
    "ran", "lin", "mar", "dek", "son", "tia", "nov", "wit", "bos", "lev", "rik", "nas", "min", "dor", "fen", "gel",
    "mos", "sar", "tun", "vik", "zan",
]  # fmt: skip
_SLIPS = (("k", "c"), ("i", "y"), ("v", "w"), ("s", "z"), ("e", "a"), ("nn", "n"), ("f", "ph"))
_SERVICE = "+31880000000"


def rows(wanted: int, *, seed: int = 2026) -> Iterator[Row]:
    """Give so many rows; a child is met four times on average."""
    dice = random.Random(seed)  # noqa: S311 - the same rows each time
    families = [_family(dice) for _ in range(max(1, wanted // 8))]
    for number in range(wanted):
        family = families[int(len(families) * dice.random() ** 2)]
        yield {"encounter_id": f"X{number:08d}"} | _met(dice, dice.choice(family))


def _name(dice: random.Random) -> str:
    """Give a name; a few are common and most are rare."""
    parts = [_FRONTS[int(len(_FRONTS) * dice.random() ** 2)] for _ in range(dice.choice((1, 1, 2)))]
    return ("".join(parts) + _ENDS[int(len(_ENDS) * dice.random() ** 2)]).title()


def _family(dice: random.Random) -> list[Row]:
    shared = {
        "family_name": _name(dice) + dice.choice(_ENDS),
        "address": f"{_name(dice)}straat {dice.randint(1, 200)}",
        "collector_phone": f"+3265{dice.randint(0, 10**7):07d}" if dice.random() > 0.1 else _SERVICE,
    }
    return [shared | _child(dice) for _ in range(dice.choice((1, 2, 3)))]


def _child(dice: random.Random) -> Row:
    return {
        "given_names": _name(dice),
        "birth_date": f"{dice.randint(2006, 2016)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
        "sex": dice.choice("FM"),
        "phone": f"+3161{dice.randint(0, 10**7):07d}",
        "document_number": f"X{dice.randint(0, 10**7):07d}",
    }


def _met(dice: random.Random, child: Row) -> Row:
    """Give the child as it was written down this time: much is missing, and some of it is wrong."""
    told = {name: value for name, value in child.items() if dice.random() < _SAID.get(name, 1.0)}
    for name in ("given_names", "family_name"):
        if dice.random() < 0.3:
            told[name] = told[name].lower().replace(*dice.choice(_SLIPS)).title()
    if dice.random() < 0.15:
        told["given_names"] = _name(dice)
    if dice.random() < 0.2 and "birth_date" in told:
        told["birth_date"] = f"{dice.randint(2006, 2016)}-01-01"
    return told | {"met_on": f"{dice.randint(2017, 2025)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"}


_SAID = {
    "birth_date": 0.8,
    "sex": 0.9,
    "phone": 0.25,
    "document_number": 0.15,
    "address": 0.3,
    "collector_phone": 0.2,
}
"""How often each of these is known at an encounter."""
