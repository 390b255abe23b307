"""What one row of the list of work says: its title, what it is about, whose turn it is, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from vangnet.chain.flow.tasks import Kind, Task
from vangnet.site.crosscheck.pages import CHANNEL_NAMES
from vangnet.site.pages.speaking import capital, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """One row in words; `about` may be empty. `done` is where one says that it was done, for what has no page for that."""

    title: str
    about: str = ""
    turn: str
    link: str
    done: str = ""


def says(one: Task, since: str) -> Says:
    """Say one row. `since` is the moment since when it waits, in words."""
    return _SAYS[one.kind](one, since)


def _to(name: str, *ids: UUID) -> str:
    return reverse(name, args=ids)


def _refused(one: Task, since: str) -> Says:
    """Say that whoever was asked refused, and that the question goes to another now."""
    turn = gettext("It is your turn. %(who)s refused at %(since)s")
    return Says(
        title=gettext("Ask another: %(what)s") % {"what": _lower(say(one.words))},
        about=gettext("Until somebody says yes, your organisation stays responsible."),
        turn=turn % {"since": since, "who": one.who},
        link=_to("referrals:referral", one.target_id),
    )


def _answer(one: Task, since: str) -> Says:
    turn = gettext("It is your turn. Asked at %(since)s by %(who)s")
    return Says(
        title=gettext("Answer: %(what)s") % {"what": _lower(say(one.words))},
        turn=turn % {"since": since, "who": one.who},
        link=_to("referrals:referral", one.target_id),
    )


def _still_to_answer(one: Task, _since: str) -> Says:
    return Says(
        title=gettext("Answer: %(what)s") % {"what": _lower(say(one.words))},
        turn=gettext("You asked back. It is still your turn."),
        link=_to("referrals:referral", one.target_id),
    )


def _asked_back(one: Task, _since: str) -> Says:
    return Says(
        title=gettext("Read what they want to know"),
        about=_sentence(say(one.words)),
        turn=gettext("It is your turn. %(who)s asked back") % {"who": one.who},
        link=_to("referrals:referral", one.target_id),
    )


def _decide(one: Task, since: str) -> Says:
    turn = gettext("You are the second person. Proposed at %(since)s by %(who)s")
    return Says(
        title=gettext("Decide on the hand-over"),
        about=gettext("A child waits. Two people decide with whom the child goes."),
        turn=turn % {"since": since, "who": one.who},
        link=_to("handovers:decision", one.target_id),
    )


def _hand_over(one: Task, since: str) -> Says:
    turn = gettext("Two people decided at %(since)s, %(who)s as the second")
    return Says(
        title=gettext("Record the hand-over"),
        about=gettext("Record it when the child goes, with who received the child."),
        turn=turn % {"since": since, "who": one.who},
        link=_to("handovers:record", one.target_id),
    )


def _duty(one: Task, _since: str) -> Says:
    shared = "" if not one.is_shared else gettext("Encounter recorded by a colleague.")
    return Says(
        title=capital(say(one.words)),
        about=_sentence(one.source),
        turn=f"{_sentence(capital(say(one.holder)))} {shared}".strip(),
        link=_to("encounters:advice", one.encounter_id),
    )


def _after_hold(one: Task, since: str) -> Says:
    """Say that something of an ended hold was never recorded as done; it runs no longer, and is not forgotten."""
    duty = _duty(one, since)
    about = gettext("The child is no longer here. Record what was done, or who does it now.")
    return Says(title=duty.title, about=about, turn=duty.turn, link=f"{duty.link}#duties")


def _ask_abroad(one: Task, _since: str) -> Says:
    channels = ", ".join(CHANNEL_NAMES[channel] for channel in one.channels)
    return Says(
        title=gettext("Ask other countries"),
        about=gettext("Not asked: %(channels)s.") % {"channels": channels},
        turn=gettext("Encounter recorded by a colleague.") if one.is_shared else gettext("It is your turn."),
        link=f"{_to('encounters:advice', one.encounter_id)}#international",
    )


def _look_again(one: Task, _since: str) -> Says:
    return Says(
        title=gettext("Look again at what you did"),
        about=gettext("You did something for two encounters as one child. That no longer stands."),
        turn=gettext("It is your turn."),
        link=_to("crosscheck:candidates", one.encounter_id),
        done=_to("handovers:looked_again", one.encounter_id),
    )


def _judge(one: Task, since: str) -> Says:
    turn = gettext("It is your turn. %(who)s judged at %(since)s")
    return Says(
        title=gettext("Judge for your own side"),
        about=gettext("They judged that an encounter of theirs is the same child."),
        turn=turn % {"who": one.who, "since": since},
        link=_to("crosscheck:compare", one.encounter_id, one.target_id),
    )


def _judge_indications(one: Task, _since: str) -> Says:
    about = gettext("A colleague saw something that can point to exploitation. Add what you judge, and why.")
    return Says(
        title=gettext("Judge the indications"),
        about=about,
        turn=gettext("You judge, not who met the child."),
        link=f"{_to('encounters:advice', one.encounter_id)}#seen",
    )


def _taken_over(one: Task, _since: str) -> Says:
    turn = gettext("It is your turn, since your organisation said yes. Asked by %(who)s")
    return Says(
        title=say(one.words),
        about=gettext("What is asked of you next:") if one.further else "",
        turn=turn % {"who": one.who},
        link=_to("referrals:referral", one.target_id),
    )


def _sent(one: Task, since: str) -> Says:
    turn = gettext("%(who)s answers. Asked at %(since)s")
    return Says(
        title=say(one.words),
        turn=turn % {"who": one.who, "since": since},
        link=_to("referrals:referral", one.target_id),
    )


_SAYS: Final[MappingProxyType[Kind, Callable[[Task, str], Says]]] = MappingProxyType(
    {
        "refused": _refused,
        "answer": _answer,
        "still_to_answer": _still_to_answer,
        "asked_back": _asked_back,
        "decide": _decide,
        "hand_over": _hand_over,
        "duty": _duty,
        "after_hold": _after_hold,
        "ask_abroad": _ask_abroad,
        "look_again": _look_again,
        "judge": _judge,
        "judge_indications": _judge_indications,
        "taken_over": _taken_over,
        "sent": _sent,
        "others_duty": _duty,
    }
)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""
