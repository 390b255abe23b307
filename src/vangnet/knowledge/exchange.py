"""Who is told what: controller, regime, age of the data and purpose give one of four answers.

There is no legal basis for one shared pot: the table is for the jurist to change, and its first row
that applies is the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from vangnet.knowledge.terms import Purpose, Words


class Answer(StrEnum):
    """How much is told: everything, whom to call, that there is something, or nothing."""

    CONTENT = "content"
    CONTACT = "contact"
    HIT = "hit"
    NOTHING = "nothing"


class Regime(StrEnum):
    """Under which law an organisation keeps its records."""

    POLICE = "police"
    YOUTH_CARE = "youth_care"
    PROSECUTION = "prosecution"
    SHELTER = "shelter"
    COORDINATION = "coordination"
    FOREIGN = "foreign"


FREE_USE_DAYS = 365
"""Days after the date of first processing in which police data of the daily task are used freely (Wpg 8(1), read).

Of data that another system processed first no source was read on which date counts: for the jurist.
"""


def free_days(holder: Regime) -> int | None:
    """Give how many days after their first processing data may be used freely; None without such a limit."""
    return FREE_USE_DAYS if holder is Regime.POLICE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one organisation asks about one record of another, or of itself."""

    same_controller: bool
    asker: Regime
    holder: Regime
    days_held: int
    purpose: Purpose
    opened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule: when it applies, what is told, why, and on what ground."""

    id: str
    applies: Callable[[Question], bool]
    answer: Answer
    reason: Words
    source: str


PROTECTION = frozenset({Purpose.PROTECT_CHILD, Purpose.IDENTIFY_CHILD, Purpose.DECIDE_HANDOVER})
_WITHOUT_PERSONS = frozenset({Purpose.ACCOUNT, Purpose.RESEARCH, Purpose.LEGAL_STATUS})
_CARE = frozenset({Regime.YOUTH_CARE, Regime.SHELTER})


def _without_persons(asked: Question) -> bool:
    return asked.purpose in _WITHOUT_PERSONS


def _register_of_another(asked: Question) -> bool:
    return asked.purpose is Purpose.KEEP_REGISTER and not asked.same_controller


def _care_for_an_inquiry(asked: Question) -> bool:
    inquiry = asked.purpose is Purpose.FIND_EXPLOITERS
    return inquiry and asked.holder in _CARE and not asked.same_controller


def _abroad_for_an_inquiry(asked: Question) -> bool:
    abroad = Regime.FOREIGN in {asked.asker, asked.holder} and not asked.same_controller
    return abroad and asked.purpose not in PROTECTION


def _old_police_data(asked: Question) -> bool:
    free = free_days(asked.holder)
    return free is not None and asked.days_held > free and not asked.opened


def _own(asked: Question) -> bool:
    return asked.same_controller


def _abroad(asked: Question) -> bool:
    return Regime.FOREIGN in {asked.asker, asked.holder}


def _always(_asked: Question) -> bool:
    return True


TABLE: tuple[Row, ...] = (
    Row(
        id="purpose-without-persons",
        applies=_without_persons,
        answer=Answer.NOTHING,
        reason=Words(
            "Dit doel heeft geen eerdere ontmoetingen van een kind nodig.",
            "This purpose does not need a child's earlier encounters.",
        ),
        source="GDPR art. 5(1)(b); Wpg 3",
    ),
    Row(
        id="register-of-another",
        applies=_register_of_another,
        answer=Answer.NOTHING,
        reason=Words(
            "Het eigen register bijhouden opent geen register van een ander.",
            "Keeping one's own register opens no register of another.",
        ),
        source="GDPR art. 5(1)(b); Wpg 3",
    ),
    Row(
        id="care-for-an-inquiry",
        applies=_care_for_an_inquiry,
        answer=Answer.NOTHING,
        reason=Words(
            "Wat voor hulp is vastgelegd, gaat niet vanzelf naar een onderzoek.",
            "What was recorded for care does not go to an inquiry by itself.",
        ),
        source="Jeugdwet 7.3.11; domain E-4",
    ),
    Row(
        id="abroad-for-an-inquiry",
        applies=_abroad_for_an_inquiry,
        answer=Answer.NOTHING,
        reason=Words(
            "Over de grens gaat dit als vraag en antwoord, vastgelegd bij de zaak.",
            "Across the border this goes as a question and an answer, recorded with the case.",
        ),
        source="Directive (EU) 2023/977 art. 5 (memory-high)",
    ),
    Row(
        id="police-over-a-year",
        applies=_old_police_data,
        answer=Answer.HIT,
        reason=Words(
            "Politiegegevens ouder dan een jaar zijn alleen te vergelijken. De specialist van die organisatie kan ze openen.",
            "Police data older than a year can only be compared. That organisation's specialist can open them.",
        ),
        source="Wpg 8(2)-(3)",
    ),
    Row(
        id="own",
        applies=_own,
        answer=Answer.CONTENT,
        reason=Words("Dit is van uw eigen organisatie.", "This is your own organisation's."),
        source="GDPR art. 6(1)(e); Wpg 8(1)",
    ),
    Row(
        id="abroad",
        applies=_abroad,
        answer=Answer.CONTACT,
        reason=Words(
            "Over de grens krijgt u een contactpunt. Feiten komen als antwoord op een vastgelegde vraag.",
            "Across the border you get a contact point. Facts come as the answer to a recorded question.",
        ),
        source="Brussels IIb art. 80; Directive (EU) 2023/977 (memory-high)",
    ),
    Row(
        id="another-controller",
        applies=_always,
        answer=Answer.CONTACT,
        reason=Words(
            "Een andere organisatie geeft een contactpunt, geen inhoud.",
            "Another organisation gives a contact point, no content.",
        ),
        source="Wpg 19(c), 20(1)(c); GDPR art. 26",
    ),
)

_WORDS: Mapping[Answer, Words] = MappingProxyType(
    {
        Answer.CONTENT: Words("U ziet wat is vastgelegd.", "You see what was recorded."),
        Answer.CONTACT: Words(
            "Er is een contactpunt. U ziet geen inhoud.", "There is a contact point. You see no content."
        ),
        Answer.HIT: Words(
            "Misschien eerder ontmoet. De specialist van die organisatie kan de inhoud openen.",
            "Possible earlier encounter. That organisation's specialist can open the content.",
        ),
        Answer.NOTHING: Words(
            "Hier is niets dat u mag zien. Er kan meer zijn.",
            "There is nothing here for you to see. There may be more.",
        ),
    }
)


def row(asked: Question) -> Row:
    """Give the rule that holds for a question: the first of the table that applies."""
    return next(one for one in TABLE if one.applies(asked))


def answer(
    *,
    same_controller: bool,
    asker: Regime,
    holder: Regime,
    days_held: int,
    purpose: Purpose,
    opened: bool = False,
) -> Answer:
    """Say how much is told of a record: content, contact, hit or nothing.

    `days_held` counts from the date on which the data were first processed, not from the day they are
    about. `opened` is a recorded decision of a specialist of the organisation that holds it. Across
    controllers never more than a contact.
    """
    asked = Question(
        same_controller=same_controller,
        asker=asker,
        holder=holder,
        days_held=days_held,
        purpose=purpose,
        opened=opened,
    )
    return row(asked).answer


def words(told: Answer) -> Words:
    """Say an answer to a person; *nothing* reads the same whether or not there is something."""
    return _WORDS[told]
