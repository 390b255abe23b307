"""How people are called on a page of the gate, when something was, and in which language words were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext

from vangnet.chain.flow.gate_view import GateView
from vangnet.knowledge.clocks import ages_at, zone_of
from vangnet.knowledge.terms import Collector
from vangnet.site.pages.speaking import by, capital, language
from vangnet.trust.access.policy import ROLES, Role

_WRITTEN_IN: Mapping[str, str] = MappingProxyType({"NL": "nl"})
"""In which language a desk writes, by its country; elsewhere it is not known and nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The language of people's own words on a page, and a note where it is another than the page's."""

    code: str
    note: str


def tongue_of(view: GateView) -> Tongue:
    """Say in which language people wrote here; own words are never translated, so the page says so."""
    code = _WRITTEN_IN.get(view.facts.country, "")
    foreign = code == "nl" and language() != "nl"
    return Tongue(code=code, note=gettext("in Dutch, as written") if foreign else "")


def child_of(view: GateView) -> str:
    """Call the child by the name it gives; without one it is the child."""
    name = view.facts.child.name
    return (name.given_names or name.family_name) if name else gettext("the child")


def collector_of(collector: Collector | None) -> str:
    """Call an adult by the name as stated; nobody is empty."""
    if collector is None:
        return ""
    return collector.name.whole if collector.name else gettext("an adult without a name")


def receiver_of(view: GateView) -> str:
    """Call who received the child: the organisation where it takes part, else the person."""
    if view.done is None:
        return ""
    return view.done.organisation.name if view.done.organisation else view.done.receiver


def heading_of(view: GateView) -> str:
    """Say who it is about: the name, and the age with what it rests on."""
    age = ages_at(view.facts, view.at)
    child = capital(child_of(view))
    if age is None:
        return gettext("%(child)s, age not known") % {"child": child}
    words = gettext("%(low)s or %(high)s") if age.high == age.low + 1 else gettext("%(low)s to %(high)s")
    years = str(age.low) if age.is_certain else words % {"low": age.low, "high": age.high}
    rests_on = _AGES().get(view.facts.child.birth_date_basis, _AGES()["unknown"])
    return rests_on % {"child": child, "years": years}


def _AGES() -> dict[str, str]:  # noqa: N802 - a table, said in the language of the page
    return {
        "stated": gettext("%(child)s, says they are %(years)s years old"),
        "document": gettext("%(child)s, %(years)s years old by a document"),
        "assessed": gettext("%(child)s, %(years)s years old as assessed"),
        "unknown": gettext("%(child)s, perhaps %(years)s years old"),
    }


def local(view: GateView, moment: datetime | None) -> str:
    """Write a moment on the clock of the place; with its day where that is not today."""
    if moment is None:
        return ""
    zone = zone_of(view.facts.country)
    return by(moment.astimezone(zone), view.at.astimezone(zone))


def role_words(role: str) -> str:
    """Say a role in the language of the page; one that is not known is empty."""
    return ROLES[Role(role)].in_(language()) if role in set(Role) else ""
