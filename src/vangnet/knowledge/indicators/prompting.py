"""Which sentences to lay before an observer, and how to find the others."""

from __future__ import annotations

import re
import unicodedata

from vangnet.knowledge.indicators.indicator import ABOUT, Indicator
from vangnet.knowledge.indicators.reading import catalogue
from vangnet.knowledge.terms import Language

_WORD = re.compile(r"[^\W_]+")


def prompts(*, observer: str, moment: str, limit: int = 12) -> tuple[Indicator, ...]:
    """Give at most `limit` indicators that this observer can see at this moment.

    They stand as the eye goes: around the child, the child itself, the collector. An observer that
    the catalogue does not name gets what anyone can see. What only a person may check is never prompted.
    """
    known = catalogue()
    fitting = [
        one
        for one in map(known.indicators.__getitem__, known.prompt_order)
        if moment in one.moments and not {observer, "any"}.isdisjoint(one.observers)
    ]
    return tuple(sorted(fitting[: max(limit, 0)], key=lambda one: ABOUT.index(one.about)))


def search(text: str, language: Language) -> tuple[Indicator, ...]:
    """Find indicators in which every word of `text` begins a word of the indicator, in one language.

    Accents and capitals do not matter. What stands in the sentence itself comes first; an empty
    text gives the whole catalogue, in its order.
    """
    wanted = _folded(text)
    found = [one for one in catalogue().indicators.values() if _has(wanted, _all_of(one, language))]
    return tuple(sorted(found, key=lambda one: not _has(wanted, f"{one.id} {one.words.in_(language)}")))


def _all_of(one: Indicator, language: Language) -> str:
    texts = (one.words, one.keywords, one.question, one.action)
    return " ".join((one.id, *(text.in_(language) for text in texts)))


def _has(wanted: frozenset[str], text: str) -> bool:
    words = _folded(text)
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _folded(text: str) -> frozenset[str]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return frozenset(_WORD.findall(plain.casefold()))
