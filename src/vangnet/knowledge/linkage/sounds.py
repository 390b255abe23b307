"""What a plain Latin word sounds like, however a clerk or a romanisation spelt it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vangnet.knowledge.linkage.transliteration import knowledge_file

_VOWELS = frozenset("aeiou")


class _Rules(NamedTuple):
    steps: tuple[tuple[re.Pattern[str], str], ...]
    ambiguous: tuple[str, str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    raw = knowledge_file("sounds.json")
    steps = tuple((re.compile(pattern), to) for pattern, to in raw["rules"])
    return _Rules(steps, ("ch", raw["ambiguous"]["ch"]))


def _through(text: str, rules: _Rules) -> str:
    for pattern, to in rules.steps:
        text = pattern.sub(to, text)
    return text


@lru_cache(maxsize=1 << 16)
def sounds(spoken: str) -> tuple[str, ...]:
    """Give one sound, or two where a letter group is read in two ways; the likelier one first."""
    rules = _rules()
    first = _through(spoken, rules)
    group, other = rules.ambiguous
    second = _through(spoken.replace(group, other), rules)
    return (first,) if second == first else (first, second)


def skeleton(sound: str) -> str:
    """Keep the first letter and the consonants; any vowel at the front is written a."""
    if not sound:
        return ""
    head = "a" if sound[0] in _VOWELS else sound[0]
    return head + "".join(sign for sign in sound[1:] if sign not in _VOWELS)
