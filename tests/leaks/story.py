"""One whole run of the chain through the doors of the site, with a canary in every field that a person can fill.

Run as a program it plays the story on the database of its settings and then dies without tidying up,
so that the files lie there as a thief would find them.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

if __name__ == "__main__":
    import django

    django.setup()

import time_machine
from django.core.cache import cache
from django.test import Client

from chain.flow.browser import plain, proposal_in
from chain.referrals.town import AT, Town, after
from leaks.canaries import CHILD, ENCOUNTER
from vangnet.chain import flow
from vangnet.chain.encounters.models import Observation
from vangnet.knowledge.terms import Encounter, Purpose, read_encounter

if TYPE_CHECKING:
    from django.http import HttpResponse

PASSWORD = "een lang wachtwoord van nu"
LINK = re.compile(
    rb"(?:href|action|src|formaction|hx-(?:get|post|put|patch|delete|push-url|replace-url)|data-[a-z-]*url)=\"([^\"]*)\""
)
BOARD_PLACE = "HANDED_TO_RVDK_ARRANGED_PLACE"
GATE_CHECKS = ("G-03", "G-04", "G-05", "G-06", "G-07", "G-08", "G-09", "G-12", "G-13", "G-10", "G-15")


@dataclass
class Seen:
    """Everything the site sent: addresses it named, pages, pages that say that something went wrong."""

    addresses: set[str] = field(default_factory=set)
    pages: int = 0
    failures: dict[str, bytes] = field(default_factory=dict)

    def note(self, method: str, url: str, answer: HttpResponse) -> None:
        body = b"" if answer.streaming else answer.content
        self.pages += 1
        self.addresses |= {html.unescape(one.decode()) for one in LINK.findall(body)}
        for name, value in answer.headers.items():
            if name in {"Location", "Content-Location", "Link", "Refresh"} or name.startswith("HX-"):
                self.addresses.add(value)
        if answer.status_code >= 400 and answer.status_code != 422:
            self.failures[f"{answer.status_code} {method} {url}"] = body


@dataclass
class Reader:
    """Somebody at a browser."""

    client: Client
    seen: Seen

    def get(self, url: str, status: int = 200) -> str:
        answer = self.client.get(url)
        self.seen.note("GET", url, answer)
        assert answer.status_code == status, (url, answer.status_code, answer.content.decode()[:3000])
        return answer.content.decode()

    def post(self, url: str, status: int = 302, **typed: Any) -> Any:
        answer = self.client.post(url, typed)
        self.seen.note("POST", url, answer)
        assert answer.status_code == status, (url, answer.status_code, plain(answer.content.decode())[:3000])
        return answer

    def send(self, url: str, body: object, status: int, purpose: str = "protect_child") -> Any:
        """Send JSON to the API."""
        headers = {"idempotency-key": str(uuid4()), "vangnet-purpose": purpose}
        answer = self.client.post(url, json.dumps(body), content_type="application/json", headers=headers)
        self.seen.note("POST", url, answer)
        assert answer.status_code == status, (url, answer.status_code, answer.content.decode()[:3000])
        return answer.json()


@dataclass
class Story:
    """The people, what was made, and what the site sent."""

    town: Town
    seen: Seen = field(default_factory=Seen)
    tonight: UUID = field(default_factory=uuid4)

    def as_(self, who: str) -> Reader:
        return Reader(self.town.client(who, "nl"), self.seen)

    def play(self, *, walk: bool = True) -> None:
        """Play it all; then, with `walk`, read every page as everybody."""
        with time_machine.travel(after(20)):
            self._logs_in()
            self._is_taken_in()
            self._is_corrected()
            self._is_cross_checked()
            self._is_judged()
            self._passes_the_gate()
            self._is_referred()
            self._is_missing()
            if walk:
                self._is_read_by_everybody()

    def _logs_in(self) -> None:
        cache.clear()  # it counts attempts to log in
        person = self.town.people["officer"]
        person.set_password(PASSWORD)
        person.save()
        reader = Reader(Client(), self.seen)
        reader.get("/login?next=/&q=queryqq")
        reader.post("/login", 200, username="officer", password="passwordqq")
        reader.post("/login?q=queryqq", username="officer", password=PASSWORD)
        reader.post("/purpose", purpose="protect_child", next="/")
        reader.get("/")

    def _is_taken_in(self) -> None:
        made = self.as_("officer").send(
            "/api/v1/encounters", told("NL-POL-RIJNHAVEN", "2026-03-14T02:10:00+01:00"), 201
        )
        self.tonight = UUID(made["id"])
        bad = told("NL-POL-RIJNHAVEN", "2026-03-14T02:10:00+01:00") | {"kind": "typedqq"}
        self.as_("officer").send("/api/v1/encounters", bad, 400)
        self.as_("officer").post("/encounters/new", 422, given="typedqq", offence="typedqq", place="typedqq")

    def _is_corrected(self) -> None:
        url = f"/encounters/{self.tonight}/add"
        reader = self.as_("officer")
        reader.get(url)
        reader.post(url, 422, child_words="correctqq")
        reader.post(
            url,
            reason="correctqq",
            child_words="correctqq",
            trusted_person="correctqq",
            other_given_1="otherqq",
            **{"seen_I-22": "observed", "words_I-22": "correctqq"},
        )
        reader.post(url, reason="withdrawqq", **{"seen_I-25": "unknown", "words_I-25": ""})
        gone = Observation.objects.filter(encounter_id=self.tonight, indicator="I-25", withdrawn_at=None)
        assert not gone.exists()
        self.as_("officer").post(
            f"/encounters/{self.tonight}/international-check", channel="pruem", state="answered", answer="channelqq"
        )
        self.as_("officer").post(
            f"/encounters/{self.tonight}/international-check", 422, channel="x", answer="channelqq"
        )

    def _is_cross_checked(self) -> None:
        self.earlier = self._met("desk", "NL-POL-RIJNHAVEN", AT - timedelta(days=20))
        self.old = self._met("desk", "NL-POL-RIJNHAVEN", AT - timedelta(days=500), at=AT - timedelta(days=499))
        self.theirs = self._met("waterland", "NL-POL-WATERLAND", AT - timedelta(days=9))
        for who in ("officer", "specialist"):
            self.as_(who).get(f"/encounters/{self.tonight}/candidates")
        asked = told("NL-POL-RIJNHAVEN", "2026-03-14T02:10:00+01:00") | {"offence": "searchedqq"}
        found = self.as_("specialist").send("/api/v1/cross-checks", asked, 200, "identify_child")
        assert found["candidates"]

    def _met(self, who: str, organisation: str, met_at: Any, at: Any = None) -> UUID:
        facts = read_encounter(told(organisation, met_at.isoformat()))
        assert isinstance(facts, Encounter), facts
        taken = flow.take_in(
            actor=self.town.actor(who),
            purpose=Purpose.PROTECT_CHILD,
            facts=facts,
            request_key=uuid4(),
            at=at or met_at + timedelta(hours=1),
        )
        assert isinstance(taken, flow.TakenIn), taken
        return taken.encounter_id

    def _is_judged(self) -> None:
        reader = self.as_("specialist")
        for other in (self.earlier, self.theirs):
            url = f"/encounters/{self.tonight}/candidates/{other}"
            reader.get(url)
            reader.post(url, 422, value="same")
            reader.post(url, value="unsure", reason="verdictqq")
            reader.post(url, value="same", reason="againqq")
        page = reader.get(f"/encounters/{self.tonight}/candidates/{self.theirs}")
        verdict = re.search(r'name="verdict" value="([^"]+)"', page)
        assert verdict
        reader.post(f"/encounters/{self.tonight}/candidates/{self.theirs}/back", verdict=verdict[1])
        reader.post(f"/encounters/{self.tonight}/candidates/{self.old}/open", reason="openedqq")
        self.as_("waterland").post(
            f"/encounters/{self.theirs}/candidates/{self.tonight}", value="different", reason="againqq"
        )

    def _passes_the_gate(self) -> None:
        officer, first, second = (self.as_(who) for who in ("officer", "desk", "other"))
        officer.get(f"/encounters/{self.tonight}/handover")
        officer.post(f"/encounters/{self.tonight}/handover/new", 422, who="adult", collector_phone="typedqq")
        asked = officer.post(
            f"/encounters/{self.tonight}/handover/new",
            who="adult",
            collector_given="colgivenqq",
            collector_family="colfamilyqq",
            collector_relation="colrelationqq",
            collector_phone="+31655554444",
            collector_vehicle="QQ-77-KL",
        )
        gate = asked["Location"]
        heard = {"heard_alone": "yes", "interpreter": "sworn", "wants_to_go": "unknown", "words": "evidenceqq"}
        officer.post(f"{gate}/checks/G-02", **heard)
        for check in GATE_CHECKS:
            officer.get(f"{gate}/checks/{check}")
            officer.post(f"{gate}/checks/{check}", 422, state="evidenceqq", source="evidenceqq", words="evidenceqq")
            sources = {"G-05": "unknown"}
            officer.post(
                f"{gate}/checks/{check}", state="unknown", source=sources.get(check, "person"), words="evidenceqq"
            )
        board = str(self.town.places["NL-RVDK-RIJNHAVEN"].pk)
        first.post(f"{gate}/proposal", 422, value=BOARD_PLACE, receiver="receiverqq", words="proposalqq")
        first.post(f"{gate}/proposal", 422, value="proposalqq", words="proposalqq")
        first.post(f"{gate}/proposal", value=BOARD_PLACE, receiver=board, words="proposalqq")
        first.post(f"{gate}/decision", 409, value="yes", words="agreeqq", proposal=self._proposal(second, gate))
        second.post(f"{gate}/decision", value="no", words="declineqq", proposal=self._proposal(second, gate))
        first.post(f"{gate}/proposal", value=BOARD_PLACE, receiver=board, words="proposalqq")
        second.post(f"{gate}/decision", value="yes", words="agreeqq", proposal=self._proposal(second, gate))
        officer.post(f"{gate}/record", 422, receiver="receiverqq")
        officer.post(f"{gate}/record", receiver="receiverqq", receipt="receiptqq")
        officer.post(f"{gate}/record", 409, receiver="receiverqq", receipt="receiptqq")
        self.gate = gate

    def _proposal(self, reader: Reader, gate: str) -> str:
        return proposal_in(reader.get(f"{gate}/decision"))

    def _is_referred(self) -> None:
        officer, board = self.as_("officer"), self.as_("board")
        url = f"/encounters/{self.tonight}/referral"
        officer.get(url)
        officer.post(url, 422, kind="referralqq", receiver="referralqq", words="referralqq")
        sent = officer.post(
            url,
            kind="board_urgent",
            receiver=str(self.town.places["NL-RVDK-RIJNHAVEN"].pk),
            words="referralqq",
            request_key=str(uuid4()),
        )
        referral = sent["Location"]
        board.get(referral)
        board.post(referral, 422, value="refuseqq", reason="refuseqq")
        board.post(referral, value="asked_back", reason="askbackqq")
        officer.get(referral)
        board.post(referral, value="declined", reason="refuseqq")
        board.post(referral, 422, value="accepted", reason="refuseqq")
        self.referral = referral

    def _is_missing(self) -> None:
        url = f"/encounters/{self.earlier}/handover/incident"
        self.as_("desk").post(url, 422, value="incidentqq", words="incidentqq")
        self.as_("desk").post(url, value="CHILD_WENT_MISSING", words="incidentqq")

    def _is_read_by_everybody(self) -> None:
        """Follow every address that any page names, as everybody."""
        for who in ("officer", "specialist", "waterland", "board", "auditor"):
            reader = self.as_(who)
            for url in self._known():
                answer = reader.client.get(url)
                reader.seen.note("GET", url, answer)
                assert answer.status_code in {200, 302, 403, 404, 405}, (who, url, answer.status_code)

    def _known(self) -> Iterator[str]:
        starts = ("/", "/encounters", "/encounters/new", "/purpose", "/organisation", "/offline", "/health")
        more = (f"/encounters/{one}/{page}" for one in (self.tonight, self.earlier, self.theirs) for page in _PAGES)
        named = (one for one in self.seen.addresses if one.startswith("/") and not one.startswith("/static/"))
        yield from sorted(
            {*starts, *more, self.gate, self.referral, *(one.split("#")[0] for one in named)} - {"/logout"}
        )


_PAGES = ("advice", "add", "timeline", "candidates", "handover", "handover/incident", "referral")


def told(organisation: str, met_at: str) -> dict[str, Any]:
    """Give the encounter of the canaries, as one organisation tells it."""
    custody = {"basis": "suspect", "arrived_at": met_at, "pretrial_detention_offence": "no"}
    return ENCOUNTER | {"organisation": organisation, "met_at": met_at, "child": CHILD, "custody": custody}


def main() -> None:
    """Play the story on a fresh database, and die where it stands."""
    from vangnet.site.cli.init import prepare  # noqa: PLC0415 - only as a program

    prepare()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    settings.ALLOWED_HOSTS.append("testserver")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint=0")
    story = Story(Town.build())
    story.play(walk=False)
    sys.stdout.write(json.dumps({"pages": story.seen.pages}))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
