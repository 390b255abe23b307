"""Blocking keys: under which words and numbers an encounter can be found again.

Each key is a plain string with its kind in front. The kinds:
`n:` sound of a name word, `k:` its consonants, `f:` the fronts of two name words, `h:` the front of one
with a birth day, `m:` one sound with a birth year, `d:` a birth date (day and month in either order),
`e:` a birth day without its year, `p:` phone, `o:` document, `b:` biometric reference, `a:` address,
`c:` phone of an adult who was there, `v:` vehicle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from vangnet.knowledge.linkage.names import NameForm, Token, skeletons
from vangnet.knowledge.linkage.records import Record
from vangnet.knowledge.terms import PartialDate

MAX_KEYS = 40
RELATIONS = ("p:", "a:", "c:", "v:")
"""Kinds of key that tell who was around rather than who it is."""
_MAX_NAME_KEYS = 26
_MAX_OF_A_KIND = 3
_FRONT = 3


def _day(birth: PartialDate) -> str:
    """Give day and month in either order; 1 January says nothing."""
    low, high = sorted((birth.month or 0, birth.day or 0))
    return f"{low:02d}{high:02d}"


def _telling_days(record: Record) -> tuple[str, ...]:
    days = (_day(birth) for birth in record.birth_dates if birth.is_full)
    return tuple(dict.fromkeys(day for day in days if day != "0101"))


def _words(form: NameForm) -> tuple[Token, ...]:
    return tuple(dict.fromkeys((*form.given, *form.family)))


def _fronts(words: tuple[Token, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.sounds[0][:_FRONT] for word in words if word.sounds[0]))


def _name_keys(form: NameForm, record: Record) -> Iterator[str]:
    words = _words(form)
    for word in words:
        yield from (f"n:{sound}" for sound in word.sounds if sound and not word.consonantal)
    for word in words:
        yield from (f"k:{bones}" for bones in skeletons(word) if len(bones) > 1)
    yield from (f"f:{'+'.join(sorted(pair))}" for pair in combinations(_fronts(words), 2))
    for front in _fronts(words):
        yield from (f"h:{front}:{day}" for day in _telling_days(record))
    for word in words:
        for birth in record.birth_dates:
            yield from (f"m:{bones}:{birth.year}" for bones in skeletons(word)[:1])


def _birth_keys(record: Record) -> Iterator[str]:
    for birth in record.birth_dates:
        if birth.is_full:
            yield f"d:{birth.year}:{_day(birth)}"
    yield from (f"e:{day}" for day in _telling_days(record))


def _number_keys(record: Record) -> Iterator[str]:
    kinds = (
        ("b:", record.biometrics),
        ("o:", record.documents),
        ("p:", record.phones),
        ("a:", record.addresses),
        ("c:", record.collector_phones),
        ("v:", record.vehicles),
    )
    for kind, values in kinds:
        yield from (f"{kind}{value}" for value in values[:_MAX_OF_A_KIND])


def _in_turns(streams: Iterable[Iterator[str]]) -> Iterator[str]:
    """Take one key of each name in turn, so that many names share the room fairly."""
    waiting = list(streams)
    while waiting:
        left = []
        for stream in waiting:
            key = next(stream, None)
            if key is not None:
                yield key
                left.append(stream)
        waiting = left


def keys(record: Record) -> tuple[str, ...]:
    """Give at most `MAX_KEYS` blocking keys, those that tell most first."""
    fixed = tuple(dict.fromkeys((*_number_keys(record), *_birth_keys(record))))[: MAX_KEYS - _MAX_NAME_KEYS]
    names = _in_turns(_name_keys(form, record) for form in record.forms)
    return (*fixed, *tuple(dict.fromkeys(names))[:_MAX_NAME_KEYS])
