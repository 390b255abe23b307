"""What a reader may not know of and what is not there give the same answer, byte for byte, at every address with an id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from chain.referrals.town import AT, NOOR, Town, after
from vangnet.chain import flow
from vangnet.chain.duties.models import Duty
from vangnet.knowledge.terms import Collector, PersonName, Reason
from vangnet.trust.ledger.models import Entry

ADULT = Collector(name=PersonName("Anna", "Bakker"), claimed_relation="parent")


@dataclass(frozen=True)
class Place:
    """One address with ids in it, as the resolver knows it."""

    route: str
    names: tuple[str, ...]

    def at(self, ids: dict[str, object]) -> str:
        """Write the address; an id that nobody made is an error."""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids[found[1]]), self.route)


def places() -> list[Place]:
    """Find every address with an id in it; a new one is in the test without being named."""
    found = sorted(_routes(get_resolver().url_patterns, ""))
    return [Place(route, tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))) for route in found if "<" in route]


def _routes(patterns: list[Any], before: str) -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Path) -> Town:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors" / "ledger.jsonl"
    return Town.build()


KASIMIR = {"given_names": "Kasimir", "birth_date": "2009-11-30"}


def made_by(town: Town, who: str) -> dict[str, object]:
    """Make, for one organisation, everything that can have an address; by the names that addresses use."""
    encounter = town.met(who, KASIMIR, met_at=AT - timedelta(days=9))
    referred = town.met(who, NOOR, met_at=AT - timedelta(days=20))
    request = flow.ask_gate(actor=town.actor(who), encounter_id=encounter, collector=ADULT, at=after(2))
    assert isinstance(request, UUID), request
    sent = flow.refer(
        actor=town.actor(who),
        encounter_id=referred,
        receiver_id=town.places["NL-OPV-LINDENHOF"].id,
        kind="placement",
        words="",
        request_key=uuid4(),
        at=after(3),
    )
    assert not isinstance(sent, Reason), sent
    incident = flow.record_incident(
        actor=town.actor(who), encounter_id=referred, outcome="CHILD_WENT_MISSING", words="gone", at=after(4)
    )
    assert isinstance(incident, UUID), incident
    return {
        "encounter_id": encounter,
        "encounter": encounter,
        "other_id": referred,
        "request_id": request,
        "referral_id": sent.referral_id,
        "incident_id": incident,
        "check": "G-07",
        "duty_id": Duty.objects.filter(encounter_id=encounter)[0].id,
    }


def elsewhere(ids: dict[str, object]) -> dict[str, object]:
    """Give ids that are nowhere, beside a check that is the same."""
    return {name: value if name == "check" else uuid4() for name, value in ids.items()}


FORM = {
    "value": "same", "reason": "the same child", "words": "a word", "proof": "a note", "who": "nobody", "state": "asked", "channel": "sis",
    "kind": "placement", "answer": "none", "name": "Anna", "outcome": "HANDED_TO_AUTHORITY_HOLDER",
}  # fmt: skip
"""Something for every field of every form."""
DRAWN_ANEW = re.compile(r'value="[A-Za-z0-9]{64}"|nonce-[^\']+')


def answered(
    client: Client, method: str, place: Place, ids: dict[str, object]
) -> tuple[int, dict[str, str], str, int]:
    """Ask, and give status, headers, bytes and entries of the ledger, without what was asked itself."""
    before = Entry.objects.count()
    more = {"verdict": str(uuid4()), "proposal": str(uuid4()), "receiver": str(uuid4())} | FORM
    answer = client.get(place.at(ids)) if method == "get" else client.post(place.at(ids), more)
    heads = {name: _bare(value, ids) for name, value in answer.headers.items()}
    return answer.status_code, heads, _bare(answer.content.decode(), ids), Entry.objects.count() - before


def _bare(text: str, ids: dict[str, object]) -> str:
    for value in ids.values():
        text = text.replace(str(value), "…")
    return DRAWN_ANEW.sub("", text)


READERS = (
    ("waterland", "officer"), ("board", "officer"), ("shelter", "officer"), ("officer", "waterland"),
    ("desk", "waterland"), ("specialist", "waterland"), ("auditor", "waterland"), ("immigration", "waterland"),
    ("auditor", "officer"), ("immigration", "officer"),
)  # fmt: skip
"""Who asks, and whose encounters they ask for: another organisation's, or their own while their role reads no child."""


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("who", "whose"), READERS)
def test_what_may_not_be_known_of_and_what_is_not_there_are_the_same(
    town: Town, who: str, whose: str, method: str
) -> None:
    client, theirs = town.client(who), made_by(town, whose)
    nowhere = elsewhere(theirs)
    with time_machine.travel(after(9), tick=False):
        for place in places():
            if who == "shelter" and "referral_id" in place.names:
                continue  # the shelter is who was asked
            there, absent = (answered(client, method, place, ids) for ids in (theirs, nowhere))
            assert there == absent, place.route
            assert there[0] in {302, 403, 404, 405}, place.route
            written = 1 if who == "immigration" and there[0] == 403 else 0  # that it asked, never for what
            assert there[3] == written, place.route


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["specialist", "officer", "desk"])
def test_from_ones_own_encounter_nothing_of_anothers_is_learned(town: Town, who: str, method: str) -> None:
    made = made_by(town, "waterland")
    client, theirs = town.client(who), made | {"encounter_id": town.tonight, "other_id": made["encounter"]}
    nowhere = elsewhere(theirs) | {"encounter_id": town.tonight}
    with time_machine.travel(after(9), tick=False):
        for place in places():
            if "other_id" in place.names:
                assert answered(client, method, place, theirs) == answered(client, method, place, nowhere), (
                    place.route
                )


def test_who_may_see_the_child_gets_the_reason(town: Town) -> None:
    own = made_by(town, "officer")
    with time_machine.travel(after(9), tick=False):
        refused = town.client("officer").get(f"/handovers/{own['request_id']}/proposal")
        research = town.client("officer")
        session = research.session
        session["purpose"] = "find_exploiters"
        session.save()
        fitting = research.get(f"/encounters/{own['encounter_id']}/advice")
    assert refused.status_code == 403
    assert "This does not belong to your role" in refused.content.decode()
    assert fitting.status_code == 200  # a purpose that does not fit the role is not taken


def test_the_walk_sees_every_address_with_an_id() -> None:
    routes = {place.route for place in places()}
    assert len(routes) >= 19
    assert {name for place in places() for name in place.names} <= {
        "encounter_id", "encounter", "other_id", "request_id", "referral_id", "incident_id", "check", "duty_id",
    }  # fmt: skip
