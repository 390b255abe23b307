"""The door through which somebody adds to an encounter: a new account beside the earlier one, never an erasure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vangnet.chain import flow
from vangnet.knowledge.clocks import zone_of
from vangnet.knowledge.indicators import catalogue
from vangnet.knowledge.terms import Encounter, Reason, read_encounter, write_encounter
from vangnet.site.encounters import forms, intake
from vangnet.site.encounters.desk import observer_of
from vangnet.site.pages import doors
from vangnet.site.pages.doors import purpose_of, purpose_words, show, signed_in
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.trust.access.policy import Actor

VIEW = {
    "child_words": "words",
    "trusted_person": "trusted_person",
    "wants_to_go": "wants_to_go",
    "interpreter": "interpreter",
}
"""Fields of the form and their names in the contract, of what the child itself says."""
NAME = {"given_names": "other_given_1", "family_name": "other_family_1"}
"""Names in the contract and their fields, of one more name of the child."""


def values_of(facts: Encounter) -> dict[str, str]:
    """Give what stands of an encounter as the values of the form."""
    values = {name: str(getattr(facts.child_view, known)) for name, known in VIEW.items()}
    values["heard_alone"] = {True: "yes", False: "no", None: "unknown"}[facts.child_view.heard_alone]
    for one in facts.observations:
        values[f"seen_{one.indicator}"] = one.state
        values[f"words_{one.indicator}"] = one.words
    return values


def added(facts: Encounter, typed: Mapping[str, str], *, observer: str, at: datetime) -> forms.Read:
    """Lay what was typed over what stands; what the form does not ask stays as it was.

    The JSON of the contract, with the field behind each place that the form asks.
    """
    raw = write_encounter(facts)
    raw["observations"] = _observations(facts, raw.get("observations", []), typed, observer, at)
    view = _view(raw.pop("child_view", {}), typed)
    raw |= {"child_view": view} if view else {}
    name = {key: typed.get(field, "").strip() for key, field in NAME.items()}
    known = len(raw.get("child", {}).get("other_names", []))
    if any(name.values()):
        child = raw.setdefault("child", {})
        child["other_names"] = [*child.get("other_names", []), {key: text for key, text in name.items() if text}]
    return forms.Read(raw=raw, mistakes=(), places=_places(raw["observations"], typed, known))


def _places(observations: Sequence[Mapping[str, Any]], typed: Mapping[str, str], known: int) -> dict[str, str]:
    """Name the field behind each place of the contract; `known` other names stand before the one that was typed."""
    places = {f"child_view.{name}": field for field, name in VIEW.items()}
    places |= {f"child.other_names[{known}].{name}": field for name, field in NAME.items()}
    for at, one in enumerate(observations):
        seen = f"seen_{one['indicator']}"
        if seen in typed and one["indicator"] in catalogue().indicators:
            places[f"observations[{at}]"] = seen
            places[f"observations[{at}].words"] = seen.replace("seen_", "words_", 1)
    return places


def _view(standing: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {known: typed[name].strip() for name, known in VIEW.items() if name in typed}
    if "heard_alone" in typed:
        said["heard_alone"] = {"yes": True, "no": False}.get(typed["heard_alone"])
    return {name: value for name, value in {**standing, **said}.items() if value not in {"", "unknown", None}}


def _observations(
    facts: Encounter, written: list[dict[str, Any]], typed: Mapping[str, str], observer: str, at: datetime
) -> list[dict[str, Any]]:
    standing = dict(zip((one.indicator for one in facts.observations), written, strict=True))
    for name in sorted(typed):
        if not name.startswith("seen_"):
            continue
        indicator, words = name.removeprefix("seen_"), typed.get(name.replace("seen_", "words_", 1), "").strip()
        state = typed[name] if typed[name] in forms.STATES else "unknown"
        before = standing.get(indicator, {"state": "unknown"})
        if (state, words) != (before["state"], before.get("words", "")):
            told = {"words": words} if words else {}
            standing[indicator] = {
                "indicator": indicator,
                "state": state,
                "observer": observer,
                "at": at.isoformat(timespec="seconds"),
            } | told
    return [one for one in standing.values() if one["state"] != "unknown" or one.get("words")]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Add to an encounter what was heard or seen later; Vangnet looks again."""
    now, purpose = timezone.now(), purpose_of(request, actor)
    found = flow.advice(actor=actor, purpose=purpose, encounter_id=encounter_id, at=now)
    if isinstance(found, Reason):
        return doors.not_shown(request, actor, found, purpose)
    facts = found.stated
    if request.method != "POST":
        return _form(request, actor, encounter_id, Filled(values=values_of(facts)))
    typed = request.POST.dict()
    if not typed.get("reason", "").strip():
        sentence = gettext("Write in one sentence why you add this.")
        return _form(
            request,
            actor,
            encounter_id,
            Filled(values=typed, mistakes=(Mistake(field="reason", sentence=sentence),)),
        )
    read = added(facts, typed, observer=observer_of(actor), at=now.astimezone(zone_of(facts.country)))
    return _correct(request, actor, encounter_id, read, now)


def _correct(
    request: HttpRequest, actor: Actor, encounter_id: UUID, read: forms.Read, now: datetime
) -> HttpResponse:
    typed = request.POST.dict()
    done: flow.Corrected | Encounter | tuple[Reason, ...] = read_encounter(read.raw)
    if isinstance(done, Encounter):
        done = flow.correct(
            actor=actor,
            purpose=purpose_of(request, actor),
            encounter_id=encounter_id,
            facts=done,
            reason=typed["reason"].strip(),
            at=now,
        )
    if isinstance(done, flow.Corrected) and done.changed:
        return redirect("encounters:advice", encounter_id=encounter_id)
    if isinstance(done, flow.Corrected):
        return _form(request, actor, encounter_id, Filled(values=typed, mistakes=(_nothing_new(),)))
    if done[0].kind in doors.CLOSES:
        return doors.not_shown(request, actor, done[0], purpose_of(request, actor))
    return _form(request, actor, encounter_id, Filled(values=typed, mistakes=read.mistakes_of(done)))


def _nothing_new() -> Mistake:
    """Say that nothing was recorded, so that nobody believes that their judgement stands."""
    sentence = gettext(
        "This stands already, so nothing was recorded. "
        "Write with what was seen what you judge, or go back to the advice."
    )
    return Mistake(field="reason", sentence=sentence)


def _form(request: HttpRequest, actor: Actor, encounter_id: UUID, filled: Filled) -> HttpResponse:
    context = {
        **intake.page(filled, observer=observer_of(actor)),
        "purpose": purpose_words(purpose_of(request, actor)),
        "advice_link": reverse("encounters:advice", args=[encounter_id]),
    }
    status = 422 if filled.mistakes else 200
    return show(request, actor, "encounters/add.html", context, section="encounters", status=status)
