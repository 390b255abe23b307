"""What somebody filled in at the gate, as what the services take, or what must be mended first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext

from vangnet.knowledge.terms import Collector, PersonName
from vangnet.site.handovers.questions import INTERPRETERS, QUESTIONS
from vangnet.site.pages.filled import Mistake

Typed = Mapping[str, str]
NOT_AUTHORITY = frozenset({"", "private_deed", "none", "unknown"})
_YES_NO_UNKNOWN = frozenset({"yes", "no", "unknown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer to one question: what was found, where it comes from, in whose words."""

    state: str
    source: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for the child; no collector is: nobody does."""

    collector: Collector | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One choice of a closed list, with the reason in somebody's own words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Who of the receiver took the child along, and the receipt."""

    name: str
    receipt: str


def typed_of(data: Mapping[str, object]) -> dict[str, str]:
    """Give what was typed as plain text, without the edges."""
    return {name: str(value).strip() for name, value in data.items() if name != "csrfmiddlewaretoken"}


def read_answer(check: str, typed: Typed) -> Answered | tuple[Mistake, ...]:
    """Read one question; a choice that was not made is asked for, never guessed."""
    return _READ.get(check, _plain)(check, typed)


def _plain(check: str, typed: Typed) -> Answered | tuple[Mistake, ...]:
    question = QUESTIONS[check]
    state, source = typed.get("state", ""), typed.get("source", "")
    mistakes = []
    if state not in {option[0] for option in question.states}:
        mistakes.append(_mistake("state", gettext("Choose what you found. If you do not know, choose: not known.")))
    if source not in {option[0] for option in question.sources}:
        mistakes.append(_mistake("source", gettext("Choose where this comes from.")))
    elif source == "register_down" and state != "unknown" and state:
        mistakes.append(
            _mistake("state", gettext("A register that does not answer is not known, never no. Choose: not known."))
        )
    return tuple(mistakes) or Answered(state=state, source=source, evidence=typed.get("words", ""))


def _authority(check: str, typed: Typed) -> Answered | tuple[Mistake, ...]:
    read = _plain(check, typed)
    if isinstance(read, Answered) and read.state == "verified" and read.source in NOT_AUTHORITY:
        deed = read.source == "private_deed"
        return (
            _mistake(
                "source",
                gettext("A deed between persons gives no authority. Choose above: authority was not shown.")
                if deed
                else gettext("Choose what shows the authority. Without that it was not shown."),
            ),
        )
    return read


def _heard(check: str, typed: Typed) -> Answered | tuple[Mistake, ...]:
    """Read the talk with the child. A child that does not want to go is heard, whoever stood beside it."""
    del check
    alone, wish = typed.get("heard_alone", ""), typed.get("wants_to_go", "")
    interpreter = typed.get("interpreter", "")
    mistakes = []
    if alone not in _YES_NO_UNKNOWN:
        mistakes.append(_mistake("heard_alone", gettext("Choose whether the child was heard alone.")))
    if interpreter not in {option[0] for option in INTERPRETERS}:
        mistakes.append(_mistake("interpreter", gettext("Choose who interpreted, or that nobody was needed.")))
    if wish not in _YES_NO_UNKNOWN:
        mistakes.append(_mistake("wants_to_go", gettext("Choose what the child wants. Not known is an answer.")))
    if mistakes:
        return tuple(mistakes)
    return Answered(state=_told(alone, wish), source=interpreter, evidence=typed.get("words", ""))


def _told(alone: str, wish: str) -> str:
    if wish == "no":
        return "does_not_want_to_go"
    if alone != "yes":
        return "not_alone" if alone == "no" else "unknown"
    return "wants_to_go" if wish == "yes" else "wish_unknown"


_READ: Mapping[str, Callable[[str, Typed], Answered | tuple[Mistake, ...]]] = MappingProxyType(
    {"G-02": _heard, "G-05": _authority}
)


def read_asked(typed: Typed) -> Asked | tuple[Mistake, ...]:
    """Read who asks for the child, as stated; nobody is an answer."""
    if typed.get("who") == "nobody":
        return Asked(collector=None)
    if typed.get("who") != "adult":
        return (_mistake("who", gettext("Choose whether someone is here for the child.")),)
    given, family = typed.get("collector_given", ""), typed.get("collector_family", "")
    if not (given or family):
        return (_mistake("collector_given", gettext("Write the name as this adult says it. One name is enough.")),)
    return Asked(
        collector=Collector(
            name=PersonName(given, family),
            phones=tuple(filter(None, [typed.get("collector_phone", "")])),
            vehicle=typed.get("collector_vehicle", ""),
            claimed_relation=typed.get("collector_relation", ""),
        )
    )


def read_chosen(
    typed: Typed, *, values: frozenset[str], needs_words: frozenset[str]
) -> Chosen | tuple[Mistake, ...]:
    """Read one choice and the words beside it; `needs_words` are the choices that are nothing without words."""
    value, words = typed.get("value", ""), typed.get("words", "")
    if value not in values:
        return (_mistake("value", gettext("Choose one of these. Nothing is chosen for you.")),)
    if value in needs_words and not words:
        return (_mistake("words", gettext("Write why, in your own words.")),)
    return Chosen(value=value, words=words)


def receiver_in(typed: Typed) -> UUID | None:
    """Give the organisation that was chosen to receive the child; none was, where nothing is chosen."""
    return id_in(typed, "receiver") if typed.get("receiver") else None


def read_received(typed: Typed) -> Received | tuple[Mistake, ...]:
    """Read who took the child along: a name, where the form asks it because an organisation receives; the receipt."""
    mistakes = []
    if typed.get("receiver") == "":
        mistakes.append(_mistake("receiver", gettext("Write the name of the person who receives the child.")))
    if not typed.get("receipt"):
        mistakes.append(_mistake("receipt", gettext("Write how the receiver signed for it, and when.")))
    if mistakes:
        return tuple(mistakes)
    return Received(name=typed.get("receiver", ""), receipt=typed.get("receipt", ""))


def id_in(typed: Typed, name: str) -> UUID:
    """Give an id that the page itself put into the form; one that is none fits nothing."""
    try:
        return UUID(typed.get(name, ""))
    except ValueError:
        return UUID(int=0)


def _mistake(field: str, sentence: str) -> Mistake:
    return Mistake(field=field, sentence=sentence)
