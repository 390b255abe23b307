"""A name as it is compared: the words that tell people apart, each in writing and in sound."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vangnet.knowledge.linkage.sounds import skeleton, sounds
from vangnet.knowledge.linkage.transliteration import knowledge_file, latin
from vangnet.knowledge.terms import PersonName

_JOINS = re.compile(r"['’ʼ`´.]")
_SPLITS = re.compile(r"[\s\-‐-―_/,;()\"“”„]+")
_MAX_TOKENS = 6


class Token(NamedTuple):
    """One word of a name: plain Latin letters, its sounds, and whether its vowels were not written."""

    text: str
    sounds: tuple[str, ...]
    consonantal: bool = False


class NameForm(NamedTuple):
    """The words of one name that count, those of the given and those of the family name."""

    given: tuple[Token, ...]
    family: tuple[Token, ...]


@lru_cache(maxsize=1)
def _left_out() -> frozenset[str]:
    raw = knowledge_file("name_words.json")
    return frozenset(f"{raw['particles']} {raw['titles']}".split())


@lru_cache(maxsize=1)
def _names_of() -> dict[str, frozenset[int]]:
    """Say of every known form of which names it may be one."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(knowledge_file("short_forms.json")["names"]):
        for form in line.split():
            found.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


def is_other_form(left: str, right: str) -> bool:
    """Whether two plain words are known as forms of one given name (Aleksandr, Sasha)."""
    names = _names_of()
    ours, theirs = names.get(left), names.get(right)
    return ours is not None and theirs is not None and not ours.isdisjoint(theirs)


def _token(word: str) -> Token | None:
    read = latin(word)
    letters = "".join(sign for sign in read.plain if sign.isalpha())
    if not letters:
        return None
    spoken = "".join(sign for sign in read.spoken if sign.isalpha())
    return Token(letters, sounds(spoken), read.consonantal)


def tokens_of(part: str) -> tuple[Token, ...]:
    """Give the words of a given or family name; particles and titles only where nothing else is left."""
    words = _SPLITS.split(_JOINS.sub("", part))
    found = [token for word in words if word and (token := _token(word)) is not None]
    telling = [token for token in found if token.text not in _left_out()]
    return tuple(dict.fromkeys(telling or found))[:_MAX_TOKENS]


def form_of(name: PersonName) -> NameForm:
    """Make a name ready for comparison."""
    return NameForm(tokens_of(name.given_names), tokens_of(name.family_name))


def skeletons(token: Token) -> tuple[str, ...]:
    """Give the consonant skeletons of a word, one for each of its sounds."""
    return tuple(dict.fromkeys(skeleton(sound) for sound in token.sounds))
