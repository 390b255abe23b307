"""Who receives the child, in words: what can be chosen, what was chosen, and what to do where nobody can be."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from vangnet.chain.flow.gate_view import GateView
from vangnet.knowledge.handover import RECEIVING
from vangnet.site.handovers.calling import collector_of
from vangnet.site.pages.speaking import say
from vangnet.trust.access.selectors import ReceiverCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Receives:
    """Who receives the child: a name, in which part, and a number to call; `is_organisation`: not whoever asked."""

    name: str
    part: str
    phone: str = ""
    is_organisation: bool = False


def receives(view: GateView, card: ReceiverCard | None) -> Receives:
    """Say who receives: the organisation that was chosen, or whoever asked for the child."""
    if card is None:
        return Receives(name=collector_of(view.collector), part=gettext("who asked to take the child along"))
    return Receives(name=card.name, part=_kind(card), phone=card.contact_phone, is_organisation=True)


def options(view: GateView) -> list[tuple[str, str, str]]:
    """Give the organisations that can receive as a choice, with their kind and their number."""
    return [
        (str(card.id), card.name, ", ".join(filter(None, [_kind(card), card.contact_phone])))
        for card in view.receivers
    ]


def missing(view: GateView) -> list[str]:
    """Name the kinds of place for a child that nobody here has."""
    there = frozenset[str]().union(*(card.receives for card in view.receivers))
    return [say(one.words) for code, one in RECEIVING.items() if code not in there]


def _kind(card: ReceiverCard) -> str:
    """Say for which children an organisation has a place, as its card does."""
    return ", ".join(say(one.words) for code, one in RECEIVING.items() if code in card.receives)
