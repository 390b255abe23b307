"""The invented world in the database: organisations, accounts and three years of encounters, each taken in for real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from vangnet.chain import flow
from vangnet.knowledge.terms import Encounter, Language, Purpose, Words, read_encounter
from vangnet.site.demo.world import World, setting
from vangnet.trust.access import services as access
from vangnet.trust.access.accounts import service_actor
from vangnet.trust.access.policy import ROLES, Actor, Role
from vangnet.trust.access.selectors import organisation, organisations


class WorldError(Exception):
    """The invented world cannot be built; the text is one sentence."""


def is_there() -> bool:
    """Whether the invented world stands in the database already."""
    return organisation("NL-POL-RIJNHAVEN") is not None


def refuse_a_real_place() -> None:
    """See that nobody works here: an invented child never stands beside a real one. Raises WorldError."""
    invented = {str(one["code"]) for one in setting()["organisations"]}
    real = [one.code for one in organisations() if one.code not in invented]
    if real:
        raise WorldError(f"this database holds {real[0]}; set VANGNET_VAR to an empty folder and run it again.")


def password_of(username: str) -> str:
    """Give the password of a demo account; it is printed, so it protects nothing."""
    return f"demo-{username}-2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """One account of the invented world, as the login page of the demo shows it."""

    username: str
    password: str
    role: Words
    organisation: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Give the accounts of the invented world, in the order of its file; none where it does not stand."""
    names = {raw["code"]: raw["name"] for raw in setting()["organisations"]}
    return tuple(
        DemoAccount(
            username=raw["username"],
            password=password_of(raw["username"]),
            role=ROLES[Role(raw["role"])],
            organisation=names[raw["organisation"]],
        )
        for raw in (setting()["accounts"] if is_there() else ())
    )


def people_it() -> None:
    """Make the organisations, a service account for each, and one demo account per role."""
    made = {}
    for raw in setting()["organisations"]:
        row = access.set_up_organisation(
            code=raw["code"],
            name=raw["name"],
            country=raw["country"],
            regime=raw["regime"],
            municipality=raw.get("municipality", ""),
            contact_words="24/7",
            contact_phone=raw["phone"],
        )
        access.set_receiving(code=raw["code"], kinds=raw.get("receives", ()))
        made[raw["code"]] = row
    for raw in setting()["accounts"]:
        person = access.create_person(
            username=raw["username"],
            name=raw["name"],
            password=password_of(raw["username"]),
            language=_language(raw),
        )
        access.give_role(person=person, organisation=made[raw["organisation"]], role=Role(raw["role"]))


def _language(raw: dict[str, Any]) -> Language:
    return "en" if raw.get("language") == "en" else "nl"


def fill_it(progress: Callable[[int, int], None]) -> int:
    """Take in every encounter of the invented world, in the order of time; gives how many."""
    rows = World().encounters()
    actors = {code: service_of(code) for code in {row["organisation"] for row in rows}}
    for number, raw in enumerate(rows, start=1):
        facts = read_encounter(raw)
        if not isinstance(facts, Encounter) or not isinstance(facts.met_at, datetime):
            raise WorldError(f"the invented encounter {raw['encounter_id']} is refused: {facts}")
        at = facts.met_at.astimezone(UTC) + timedelta(minutes=20)
        taken = flow.take_in(
            actor=actors[facts.organisation], purpose=Purpose.PROTECT_CHILD, facts=facts, request_key=None, at=at
        )
        if isinstance(taken, tuple):
            raise WorldError(taken[0].whole.en)
        progress(number, len(rows))
    return len(rows)


def service_of(code: str) -> Actor:
    """Give the service account of an organisation."""
    actor = service_actor(organisation=code)
    if not isinstance(actor, Actor):
        raise WorldError(actor.whole.en)
    return actor
