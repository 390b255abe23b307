"""The seven steps of the intake as a page shows them: sentences of the catalogue, choices in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from vangnet.knowledge import indicators
from vangnet.site.encounters.forms import COMPANIONS, OTHER_NAMES
from vangnet.site.pages.filled import Filled
from vangnet.site.pages.speaking import language, say

Options = tuple[tuple[str, str, str], ...]
LAST = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One row of step 4: what may have been seen, how to ask it, and the text in which a search finds it."""

    id: str
    sentence: str
    ask: str
    find: str
    words: str
    mistake: str

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"seen_{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Sentences about one thing: around the child, the child, whoever comes for it."""

    heading: str
    rows: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Room for one more name or person, open where something stands in it."""

    number: int
    open: bool


def groups(filled: Filled, *, observer: str) -> tuple[Group, ...]:
    """Give at most twelve sentences that this observer can see at an encounter."""
    shown = indicators.prompts(observer=observer, moment="encounter")
    about = dict.fromkeys(one.about for one in shown)
    return tuple(
        Group(heading=_heading(part), rows=tuple(_rows(filled, (one for one in shown if one.about == part))))
        for part in about
    )


def others(filled: Filled, *, observer: str) -> tuple[Sentence, ...]:
    """Give every other sentence of the catalogue, for the search on the page."""
    shown = {one.id for one in indicators.prompts(observer=observer, moment="encounter")}
    rest = (one for one in indicators.catalogue().indicators.values() if one.id not in shown)
    return tuple(_rows(filled, (one for one in rest if not one.human_check_only)))


def _rows(filled: Filled, chosen: Iterable[indicators.Indicator]) -> Iterator[Sentence]:
    for one in chosen:
        texts = (one.words, one.keywords, one.question)
        yield Sentence(
            id=one.id,
            sentence=say(one.words).rstrip("."),
            ask=say(one.question),
            find=" ".join(text.in_(language()) for text in texts).casefold(),
            words=filled.value(f"words_{one.id}"),
            mistake=filled.mistake(f"words_{one.id}") or filled.mistake(f"seen_{one.id}"),
        )


def _heading(about: str) -> str:
    words = {
        "around": gettext("Around the child"),
        "child": gettext("With the child"),
        "collector": gettext("Whoever comes for the child"),
    }
    return words[about]


def slots(filled: Filled, most: int, *names: str) -> tuple[Slot, ...]:
    """Give the rooms for more of something; each stands inside the one before, so that stays open as well."""
    used = [n for n in range(1, most + 1) if filled.any_of(*(f"{name}_{n}" for name in names))]
    return tuple(Slot(number=number, open=number <= max(used, default=0)) for number in range(1, most + 1))


def choices() -> dict[str, Options]:
    """Give every choice of the intake: code, words, and a line below where one helps."""
    return {
        "kinds": (
            ("offence", gettext("At an offence"), ""),
            ("found", gettext("Found or met"), ""),
            ("report", gettext("On a report"), ""),
        ),
        "birth_bases": _birth_bases(),
        "sexes": (
            ("F", gettext("Girl"), ""),
            ("M", gettext("Boy"), ""),
            ("X", gettext("Other"), ""),
            ("unknown", "?", ""),
        ),
        "custody_bases": _custody_bases(),
        "interpreters": (
            ("sworn", gettext("Yes, a sworn interpreter"), ""),
            ("other", gettext("Yes, somebody else"), ""),
            ("none", gettext("No"), ""),
            ("unknown", gettext("I do not know"), ""),
        ),
        "roles": (("child", gettext("A child"), ""), ("adult", gettext("An adult"), "")),
    }


def _birth_bases() -> Options:
    return (
        ("stated", gettext("The child says so"), ""),
        ("document", gettext("I saw a document"), ""),
        ("assessed", gettext("A doctor assessed it"), ""),
        ("unknown", gettext("I do not know"), ""),
    )


def _custody_bases() -> Options:
    return (
        ("suspect", gettext("Arrested for an offence"), gettext("Twelve years or older.")),
        ("under_12", gettext("Held for an offence, under twelve"), gettext("Six hours at most.")),
        ("witness", gettext("Here as a witness or victim"), gettext("The child may leave, never alone.")),
        ("voluntary", gettext("Came along by choice"), gettext("The child may leave, never alone.")),
        ("measure", gettext("A judge ordered a measure"), gettext("Supervision, guardianship or a search order.")),
        (
            "none",
            gettext("There is no ground"),
            gettext("Nobody here may hold the child. The child never leaves alone."),
        ),
        ("unknown", gettext("I do not know"), ""),
    )


def page(filled: Filled, *, observer: str) -> Mapping[str, Any]:
    """Gather all that the page of the intake shows."""
    return {
        "filled": filled,
        "groups": groups(filled, observer=observer),
        "others": others(filled, observer=observer),
        "names": slots(filled, OTHER_NAMES, "other_given", "other_family"),
        "companions": slots(filled, COMPANIONS, "with_role", "with_given", "with_family", "with_phone"),
        "more_of_child": filled.any_of("child_phone", "document_number", "document_kind"),
        "steps": LAST,
        "met_mistake": filled.mistake("met_day") or filled.mistake("met_time"),
        **choices(),
    }
