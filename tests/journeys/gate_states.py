"""The states of the gate on a running demo site, each made by the people who would make it, over the site alone.

An encounter comes in through the API as the officer's own; all that follows is a form that somebody
of the demo sends. `make` gives the address of the page on which the state stands, and who looks at it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import APIRequestContext, APIResponse, Playwright

HERE = ZoneInfo("Europe/Amsterdam")
BOARD_PLACE = "HANDED_TO_RVDK_ARRANGED_PLACE"
HOLDER = "HANDED_TO_AUTHORITY_HOLDER"
ALL_PASSED = (
    ("G-03", "clear", "person"),
    ("G-04", "verified", "document"),
    ("G-05", "verified", "authority_register"),
    ("G-07", "clear", "register"),
    ("G-09", "clear", "expertise_centre"),
    ("G-12", "clear", "person"),
    ("G-13", "clear", "person"),
    ("G-10", "none_found", "person"),
    ("G-15", "clear", "person"),
)


@dataclass
class People:
    """Everybody who is logged in on the site, each with cookies of their own."""

    playwright: Playwright
    site: str
    known: dict[str, APIRequestContext] = field(default_factory=dict)

    def as_(self, account: str) -> APIRequestContext:
        """Give somebody's way in; logs them in once."""
        if account not in self.known:
            context = self.playwright.request.new_context(base_url=self.site)
            context.get("/login")
            self.known[account] = context
            self.send(account, "/login", username=account, password=f"demo-{account}-2026")
        return self.known[account]

    def send(self, account: str, address: str, **typed: str) -> APIResponse:
        """Send a form as somebody; fails where the site refuses it."""
        context = self.known[account]
        token = next(one["value"] for one in context.storage_state()["cookies"] if one["name"] == "csrftoken")
        answer = context.post(
            address, form=typed | {"csrfmiddlewaretoken": token}, headers={"Referer": f"{self.site}/"}
        )
        assert answer.ok, f"{address}: {answer.status} {answer.text()[:400]}"
        return answer

    def meet(self, child: str = "Mirel") -> str:
        """Record an encounter with a child who is held since forty minutes; gives its address."""
        officer = self.as_("officer")
        officer.get("/encounters/new")
        token = next(one["value"] for one in officer.storage_state()["cookies"] if one["name"] == "csrftoken")
        met = datetime.now(HERE) - timedelta(minutes=55)
        answer = officer.post(
            "/api/v1/encounters",
            data={
                "organisation": "NL-POL-RIJNHAVEN",
                "country": "NL",
                "municipality": "0901",
                "met_at": met.isoformat(timespec="seconds"),
                "place": "station, hal",
                "kind": "offence",
                "custody": {
                    "basis": "suspect",
                    "arrived_at": (met + timedelta(minutes=15)).isoformat(timespec="seconds"),
                    "pretrial_detention_offence": "yes",
                },
                "child": {"given_names": child, "birth_date": "2013-02", "birth_date_basis": "stated", "sex": "F"},
            },
            headers={
                "Idempotency-Key": str(uuid.uuid4()),
                "X-CSRFToken": token,
                "Referer": f"{self.site}/",
            },
        )
        assert answer.ok, answer.text()
        made = answer.json()
        return f"/encounters/{made.get('id') or made.get('encounter', {}).get('id')}"

    def ask(self, encounter: str, **adult: str) -> str:
        """Begin the hand-over: an adult as stated, or nobody; gives the address of the gate."""
        self.as_("desk")
        typed = {"who": "adult", **adult} if adult else {"who": "nobody"}
        return self.send("desk", f"{encounter}/handover/new", **typed).url.removeprefix(self.site)

    def check(self, gate: str, check: str, account: str = "desk", **typed: str) -> None:
        """Record what was found about one check."""
        self.as_(account)
        self.send(account, f"{gate}/checks/{check}", **typed)

    def propose(self, gate: str, value: str = BOARD_PLACE) -> None:
        """Propose how it ends, as the desk."""
        words = "Hij toont geen gezag en Mirel wil niet mee. De Raad heeft een plek."
        page = self.as_("desk").get(f"{gate}/proposal").text()
        shelter = re.search(r'value="([0-9a-f-]{36})"(?:(?!<input).)*?Opvang Lindenhof', page, re.DOTALL)
        assert shelter, page
        self.send("desk", f"{gate}/proposal", value=value, receiver=shelter.group(1), words=words)

    def decide(self, gate: str, value: str, words: str, account: str = "board") -> None:
        """Decide as the second person on the proposal that waits."""
        page = self.as_(account).get(f"{gate}/decision").text()
        proposal = page.split('name="proposal" value="', 1)[1].split('"', 1)[0]
        self.send(account, f"{gate}/decision", value=value, words=words, proposal=proposal)

    def refer(self, encounter: str) -> None:
        """Refer the child to the Board, so that somebody of the Board can be the second person."""
        page = self.as_("officer").get(f"{encounter}/referral").text()
        board = re.search(r'value="([0-9a-f-]{36})"(?:(?!<input).)*?Raad Rijnhaven', page, re.DOTALL)
        key = re.search(r'name="request_key" value="([^"]+)"', page)
        assert board, page
        typed = {"receiver": board.group(1), "request_key": key.group(1) if key else str(uuid.uuid4())}
        self.send("officer", f"{encounter}/referral", kind="board_urgent", words="Kind wil niet mee.", **typed)


ADULT = {"collector_given": "T.", "collector_family": "van Haegen", "collector_relation": "oom"}
PARENT = {"collector_given": "Anna", "collector_family": "Bakker", "collector_relation": "moeder"}
NO_WISH = {"heard_alone": "yes", "interpreter": "sworn", "wants_to_go": "no", "words": "Ik wil niet met hem mee."}
WISH = NO_WISH | {"wants_to_go": "yes", "words": "Ik wil naar huis met mama."}
WHY = "Mirel is bang voor hem. Een akte geeft geen gezag."


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a state stands and who looks at it."""

    account: str
    address: str


def _asked(people: People, adult: dict[str, str] = ADULT) -> tuple[str, str]:
    encounter = people.meet()
    return encounter, people.ask(encounter, **adult)


def _refused_by_the_child(people: People) -> tuple[str, str]:
    encounter, gate = _asked(people)
    people.check(gate, "G-02", **NO_WISH)
    people.check(gate, "G-04", state="verified", source="document", words="Paspoort gezien en vergeleken.")
    people.check(
        gate, "G-05", state="not_verified", source="private_deed", words="Toonde een akte van een notaris."
    )
    return encounter, gate


def _proposed(people: People) -> tuple[str, str]:
    encounter, gate = _refused_by_the_child(people)
    people.refer(encounter)
    people.propose(gate)
    return encounter, gate


def _decided(people: People) -> tuple[str, str]:
    encounter, gate = _proposed(people)
    people.decide(gate, "yes", WHY)
    return encounter, gate


def start(people: People) -> State:
    """Nobody opened the gate yet."""
    return State(account="desk", address=f"{people.meet()}/handover/new")


def not_yet(people: People) -> State:
    """An adult asks; the papers were seen, a register did not answer."""
    _, gate = _asked(people)
    people.check(gate, "G-04", state="verified", source="document", words="Paspoort gezien en vergeleken.")
    people.check(gate, "G-07", state="unknown", source="register_down", words="Geen antwoord om drie uur.")
    return State(account="desk", address=gate)


def nobody(people: People) -> State:
    """Nobody asks for the child."""
    return State(account="desk", address=people.ask(people.meet()))


def refer(people: People) -> State:
    """The child does not want to go, and there is only a deed."""
    return State(account="desk", address=_refused_by_the_child(people)[1])


def ready(people: People) -> State:
    """A parent whose authority is shown, and a child who wants to go."""
    return State(account="desk", address=_ready(people))


def _ready(people: People) -> str:
    _, gate = _asked(people, PARENT)
    people.check(gate, "G-02", **WISH)
    for check, state, source in ALL_PASSED:
        people.check(gate, check, state=state, source=source)
    return gate


def second(people: People) -> State:
    """A proposal, as the second person sees it."""
    return State(account="board", address=f"{_proposed(people)[1]}/decision")


def changed(people: People) -> State:
    """A proposal that a check overtook, as the second person sees it."""
    _, gate = _proposed(people)
    people.check(gate, "G-08", "officer", state="indicated", source="register", words="Op 9 januari ook.")
    return State(account="board", address=f"{gate}/decision")


def declined(people: People) -> State:
    """The second person said no."""
    _, gate = _proposed(people)
    people.decide(gate, "no", "Hoor eerst wie Mirel vertrouwt. Zij noemde Hanna.")
    return State(account="desk", address=gate)


def decided(people: People) -> State:
    """Two people decided; the hand-over is not recorded yet."""
    return State(account="desk", address=_decided(people)[1])


def stop(people: People) -> State:
    """The page on which one person stops what two decided."""
    return State(account="desk", address=f"{_decided(people)[1]}/stop")


def stopped(people: People) -> State:
    """One person stopped the decision."""
    _, gate = _decided(people)
    page = people.as_("desk").get(f"{gate}/stop").text()
    decision = page.split('name="decision" value="', 1)[1].split('"', 1)[0]
    people.send("desk", f"{gate}/stop", decision=decision, words="De opvang is vol. Hoor Mirel opnieuw.")
    return State(account="desk", address=gate)


def handed_over(people: People) -> State:
    """The child went to the shelter, with a receipt."""
    _, gate = _decided(people)
    people.send(
        "desk",
        f"{gate}/record",
        receiver="H. Zomer",
        receipt="H. Zomer tekende op papier, met tijd en naam.",
    )
    return State(account="desk", address=gate)


def _incident(people: People) -> str:
    encounter, _ = _refused_by_the_child(people)
    words = "Liep net door de zijdeur weg, alleen. Laatst gezien bij de bushalte. De wacht zoekt nu buiten."
    people.send("officer", f"{encounter}/handover/incident", value="CHILD_WENT_MISSING", words=words)
    return encounter


def incident(people: People) -> State:
    """The child went missing; somebody else must review it."""
    return State(account="desk", address=f"{_incident(people)}/handover")


def review(people: People) -> State:
    """The page on which another person reviews it."""
    encounter = _incident(people)
    page = people.as_("desk").get(f"{encounter}/handover").text()
    found = re.search(r'href="([^"]+/review)"', page)
    assert found, page
    return State(account="desk", address=found.group(1))


def reviewed(people: People) -> State:
    """The incident was reviewed."""
    address = review(people).address
    words = "Meteen vermist gemeld. De zijdeur is voortaan op slot. De Raad belt de recherche."
    people.send("desk", address, words=words)
    return State(account="desk", address=address.split("/incidents/")[0])


def refused(people: People) -> State:
    """Somebody who may not propose asks to."""
    return State(account="officer", address=f"{_refused_by_the_child(people)[1]}/proposal")


STATES: Mapping[str, Callable[[People], State]] = {
    f"gate-{made.__name__.replace('_', '-')}": made
    for made in (
        start,
        not_yet,
        nobody,
        refer,
        ready,
        second,
        changed,
        declined,
        decided,
        stop,
        stopped,
        handed_over,
        incident,
        review,
        reviewed,
        refused,
    )
}
"""Every state of the gate by the name of its picture."""
