"""What another organisation was asked already about a child, laid over the step that would ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from vangnet.chain.handovers.selectors import departures
from vangnet.chain.referrals.selectors import Waiting, asked_next
from vangnet.site.encounters.steps import Already, Phone
from vangnet.site.pages.speaking import by, say
from vangnet.trust.access.selectors import organisations_by_id

ASKED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {"call_board": "board_urgent", "non_punishment": "non_punishment"}
)
"""For a step the kind of referral that asks it."""
_LAST: Final = ("declined", "waiting", "asked_back", "accepted")
"""Of several questions of one kind the one that counts: a yes before all, and a refusal last."""


def already(found: Iterable[Waiting], *, reader: UUID, at: datetime) -> dict[str, Already]:
    """Say for each step what became of the question that asks it; steps that nobody was asked for are left out."""
    ordered = sorted(found, key=lambda one: (_LAST.index(one.state), one.sent_at))
    newest = {one.kind.code: one for one in ordered}
    return {step: _already(newest[kind], reader, at) for step, kind in ASKED_BY.items() if kind in newest}


def _already(line: Waiting, reader: UUID, at: datetime) -> Already:
    is_asked = line.receiver_id == reader
    told = {"accepted": _taken, "declined": _refused}.get(line.state, _open)
    return told(line, None if is_asked else _phone(line), at)


def _phone(line: Waiting) -> Phone | None:
    number = organisations_by_id([line.receiver_id])[line.receiver_id].contact_phone
    return Phone(words=gettext("Call %(who)s") % {"who": line.receiver}, number=number) if number else None


def _taken(line: Waiting, phone: Phone | None, _at: datetime) -> Already:
    """Say who is at turn since a yes, and for what."""
    gone = departures([line.encounter_id]).get(line.encounter_id)
    rest = "; ".join(say(words) for words in asked_next(line, gone))
    what = gettext("%(who)s takes over") if line.kind.takes_over else gettext("%(who)s decides on this question")
    return Already(
        what=what % {"who": line.receiver},
        why=gettext("At turn there now: %(what)s.") % {"what": rest} if rest else "",
        phone=phone,
        link=reverse("referrals:referral", args=[line.referral_id]),
        link_words=gettext("Look at the question"),
        is_taken=True,
    )


def _open(line: Waiting, phone: Phone | None, at: datetime) -> Already:
    words = gettext("%(who)s was asked; an answer is awaited by %(time)s.")
    return Already(
        why=words % {"who": line.receiver, "time": by(line.answer_by.astimezone(at.tzinfo), at)},
        phone=phone,
        link=reverse("referrals:referral", args=[line.referral_id]),
        link_words=gettext("Look at the question"),
    )


def _refused(line: Waiting, _phone: Phone | None, _at: datetime) -> Already:
    return Already(
        why=gettext("%(who)s refused. Ask another organisation.") % {"who": line.receiver},
        link=f"{reverse('referrals:new', args=[line.encounter_id])}?kind={line.kind.code}",
        link_words=gettext("Ask another organisation"),
    )
