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


RefusalKind = Literal["may_not", "not_there", "mend", "changed"]
"""Somebody may not; nothing is there for them; what was sent needs mending; things stand otherwise by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something was refused: its kind, a code for programs, a sentence for people.

    `where` is the place in the input, as a path such as `child.birth_date`; empty where
    the refusal is not about a place. A page may head it with `title`, a few words without a full
    stop, and say after it by which `rule`; `words` say enough without either.
    """

    code: str
    words: Words
    where: str = ""
    kind: RefusalKind = "mend"
    title: Words | None = None
    rule: Words | None = None

    @property
    def whole(self) -> Words:
        """The title, the words and the rule as running text, for who gets them without a page."""
        parts = [one for one in (self.words, self.rule) if one is not None]
        nl, en = " ".join(one.nl for one in parts), " ".join(one.en for one in parts)
        return Words(nl, en) if self.title is None else Words(f"{self.title.nl}. {nl}", f"{self.title.en}. {en}")


NOT_FOUND = Reason(
    code="not_found",
    kind="not_there",
    words=Words(
        "Dit is hier niet te vinden. Vraag het de organisatie die het vastlegde.",
        "This cannot be found here. Ask the organisation that recorded it.",
    ),
)
"""What is not there and what may not be known of: one answer, whoever asks and whatever the reason was."""
