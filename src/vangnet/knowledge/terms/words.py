"""Words in two languages, and the reason behind a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in Dutch and in English; neither is the translation of a guess."""

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        """Give the sentence in one of the two languages."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something was refused: a code for programs, a sentence for people.

    `where` is the place in the input, as a path such as `child.birth_date`; empty where
    the refusal is not about a place.
    """

    code: str
    words: Words
    where: str = ""
