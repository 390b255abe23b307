from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from chain.town import facts, slim
from vangnet.chain.crosscheck.selectors import Graded
from vangnet.chain.duties.selectors import ChannelState, DutyLine
from vangnet.chain.flow.story import Left
from vangnet.knowledge import clocks, indicators
from vangnet.knowledge.assessment import assess
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.handover import OUTCOMES
from vangnet.knowledge.terms import Encounter, Words
from vangnet.site.encounters.channels import channel_row
from vangnet.site.encounters.duty_rows import duty_row
from vangnet.site.encounters.pages import Advice, advice_page, meaning
from vangnet.site.encounters.steps import Advised, Phone, link
from vangnet.trust.access.selectors import OrganisationCard

ID = UUID(int=7)
ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 3, 1, 15, 32, tzinfo=ZONE)
BOARD = {"call_board": Phone(words="Bel de Raad", number="088 000 01 23")}
CARD = OrganisationCard(
    id=UUID(int=9),
    code="BE-POL-SCHELDE",
    name="Politie Scheldezone",
    country="BE",
    regime="foreign",
    municipality="",
    contact_words="",
    contact_phone="+32 400 00 01 00",
)


@pytest.fixture(autouse=True)
def dutch() -> Any:
    with override("nl"):
        yield


def page(encounter: Encounter, *, at: datetime = AT, **more: Any) -> Advice:
    contacts = more.pop("contacts", BOARD)
    advised = Advised(
        encounter_id=ID,
        assessment=assess(encounter, at=at),
        recorded_by="J. de Wit",
        **{"observer": "police"} | more,
    )
    return advice_page(advised, at=at, contacts=contacts)


def test_an_indication_is_said_first_and_the_first_step_has_the_number() -> None:
    found = page(facts())
    assert found.any_indication
    assert found.title == "Er zijn aanwijzingen van uitbuiting"
    assert found.lead.startswith("Behandel Zephyrineqq als mogelijk slachtoffer.")
    assert (found.heading, found.place) == ("Ontmoeting 14:20", "Stationshalqq")
    first = next(step for step in found.steps if step.first)
    assert first.phone == BOARD["call_board"]
    told = [step.what for step in found.steps]
    assert told[:2] == ["Regel de advocaat", "Bel de Raad voor de Kinderbescherming"]
    assert told.index("Vertel het de ouder of voogd, tenzij dat het kind schaadt") > 1
    assert [step.first for step in found.steps].count(True) == 1
    assert all("overdracht" not in step.what for step in found.steps)
    assert found.gate_link.endswith(f"{ID}/handover")


def test_without_an_indication_nothing_is_called_safe_and_the_gate_is_the_same() -> None:
    found = page(slim())
    assert not found.any_indication
    assert found.title == "U legde geen aanwijzing vast"
    assert found.lead == "Dat bewijst niet dat er niets is. Bij de overdracht gelden dezelfde vragen als altijd."
    gate = next(step for step in found.steps if step.link == found.gate_link)
    assert gate.link_words == "Kijk wie het kind mag meenemen"
    assert found.steps[-1].link.endswith(f"{ID}/add")


def test_a_child_without_a_name_is_this_child_and_a_partial_day_says_so() -> None:
    found = page(slim(met_at="2026-02", observations=[{"indicator": "I-02", "state": "observed"}]))
    assert "Behandel dit kind als mogelijk slachtoffer." in found.lead
    assert found.heading == "Ontmoeting februari 2026, dag niet bekend"
    only_family = page(
        slim(child={"family_name": "Winter"}, observations=[{"indicator": "I-02", "state": "observed"}])
    )
    assert "Behandel Winter als" in only_family.lead


def test_what_was_seen_stands_with_words_meaning_and_source() -> None:
    (seen,) = page(facts()).seen
    assert seen.what == "Wat het kind pakte, ging meteen naar een ander"
    assert seen.words == "portemonneeqq doorgegeven"
    assert seen.means == "Past bij: een ander verdient eraan."
    assert seen.source == "J. de Wit, 1 maart 2026, 14:10"
    untimed = page(slim(observations=[{"indicator": "I-02", "state": "observed"}])).seen[0]
    assert untimed.source == "J. de Wit, bij de ontmoeting, 1 maart 2026, 14:20"


def test_what_a_same_verdict_supports_is_shown_without_words_of_an_observer() -> None:
    found = assess(slim(), at=AT, supported=frozenset({"I-42"}))
    advised = Advised(encounter_id=ID, assessment=found, observer="police")
    (seen,) = advice_page(advised, at=AT).seen
    assert (seen.words, seen.source) == ("", "bij de ontmoeting, 1 maart 2026, 14:20")


def test_every_sentence_of_the_catalogue_fits_with_something_said_plainly() -> None:
    for one in indicators.catalogue().indicators.values():
        assert meaning(one).endswith(".")


def test_what_was_not_answered_is_named_as_not_known() -> None:
    found = page(facts())
    asked = {one.words.nl for one in indicators.prompts(observer="police", moment="encounter")}
    assert {*found.unknown, *found.unknown_more} <= asked
    answered = indicators.catalogue().indicators["I-25"].words.nl
    assert answered not in {*found.unknown, *found.unknown_more}
    assert len(found.unknown) == 4


def test_what_is_not_known_is_asked_in_the_words_of_who_reads() -> None:
    def asked(observer: str) -> set[str]:
        found = page(slim(), observer=observer)
        return {*found.unknown, *found.unknown_more}

    shelter = {one.words.nl for one in indicators.prompts(observer="shelter", moment="encounter")}
    assert asked("shelter") == shelter
    assert asked("police") != shelter


@pytest.mark.parametrize(
    ("alone", "words"),
    [(True, "alleen gehoord"), (False, "niet alleen gehoord"), (None, "niet bekend of alleen gehoord")],
)
def test_the_child_speaks_with_how_it_was_heard(alone: bool | None, words: str) -> None:
    view: dict[str, Any] = {"words": "ik wil slapen"} | ({} if alone is None else {"heard_alone": alone})
    found = page(slim(child_view=view))
    assert (found.voice, found.voice_source) == ("ik wil slapen", f"Dit kind, {words}")


def test_duties_stand_in_the_order_of_time_and_only_hard_ones_have_one() -> None:
    rows = page(facts()).duties
    assert rows[0].due == "uiterlijk 20:20"
    assert rows[0].left == "nog 4 u 48"
    events = [row for row in rows if row.due == "zo snel mogelijk"]
    assert events
    assert all(row.left == "loopt 1 u 12" and "De wet noemt geen uren." in row.law for row in events)


def duty(**changes: Any) -> clocks.Duty:
    known: dict[str, Any] = {
        "clock": "CLK-01",
        "words": Words("Ophouden eindigt", "The hold ends"),
        "holder": Words("hulpofficier", "assistant prosecutor"),
        "holder_code": "hovj",
        "starts_at": AT - timedelta(hours=7),
        "due_at": AT - timedelta(hours=1),
        "night_rule_until": None,
        "half_at": None,
        "three_quarters_at": None,
        "hard": True,
        "event": False,
        "source": "Sv 487(2)",
        "certainty": "read",
        "note": None,
    }
    return clocks.Duty(**known | changes)


@pytest.mark.parametrize(
    ("changes", "due", "left", "law"),
    [
        ({}, "was 14:32", "1 u 00 geleden", "Sv 487(2)."),
        (
            {"due_at": AT + timedelta(hours=1), "certainty": "memory-high"},
            "uiterlijk 16:32",
            "nog 1 u 00",
            "Sv 487(2). Te controleren door een jurist.",
        ),
        ({"due_at": None}, "termijn", "begin niet bekend", "Sv 487(2)."),
        ({"due_at": None, "hard": False}, "staat open", "loopt 7 u 00", "Sv 487(2)."),
        (
            {"due_at": None, "hard": False, "event": True, "starts_at": None},
            "zo snel mogelijk",
            "",
            "Sv 487(2). De wet noemt geen uren.",
        ),
    ],
)
def test_a_duty_says_by_when_or_since_when(changes: dict[str, Any], due: str, left: str, law: str) -> None:
    row = duty_row(duty(**changes), at=AT)
    assert (row.due, row.left, row.law, row.who) == (due, left, law, "Hulpofficier.")


def line(clock: str, *, done: bool) -> DutyLine:
    return DutyLine(
        id=uuid4(),
        encounter_id=ID,
        clock=clock,
        words=Words("", ""),
        holder=Words("", ""),
        holder_code="hovj",
        starts_at=None,
        due_at=None,
        hard=False,
        source="",
        certainty="read",
        started_at=AT,
        done_at=AT if done else None,
        done_by="S. Brouwer",
        recorded_by=ID,
        is_late=False,
    )


def test_what_was_done_says_by_whom_and_is_never_hidden() -> None:
    found = page(facts(), duties=[line("CLK-08", done=True), line("CLK-09", done=False)])
    done = [row for row in found.duties if row.done]
    assert [(row.due, row.left, row.who) for row in done] == [("gedaan", "1 mrt 15:32", "Door S. Brouwer.")]


def test_another_country_has_no_table_and_no_clock() -> None:
    found = page(facts(country="BE"))
    assert (found.has_table, found.duties, found.face) == (False, (), None)


def test_a_channel_that_was_not_asked_is_as_loud_as_a_failed_check() -> None:
    not_asked = channel_row(ChannelState(channel="sis", state="not_asked"), zone=ZONE)
    assert (not_asked.mark, not_asked.words) == ("unasked", "Niet gevraagd.")
    asked = channel_row(
        ChannelState(channel="siena", state="asked", asked_by="S. Brouwer", at=AT.astimezone(UTC)), zone=ZONE
    )
    assert (asked.mark, asked.words) == (
        "waiting",
        "Gevraagd, nog geen antwoord. S. Brouwer, 1 maart 2026, 15:32",
    )
    answered = channel_row(
        ChannelState(channel="interpol", state="answered", answer="niets bekend", at=AT), zone=ZONE
    )
    assert (answered.mark, answered.answer) == ("done", "niets bekend")
    states = [ChannelState(channel="sis", state="not_asked"), ChannelState(channel="pruem", state="asked")]
    assert page(facts(), channels=states).not_asked == "SIS (signaleringen in Europa)"


def test_the_advice_counts_what_is_told_and_says_it_as_the_other_page_does() -> None:
    found = page(facts(), earlier=[Graded(answer=Answer.HIT)] * 6)
    assert (found.told.many, found.told.times) == (6, "zes keer")
    assert found.told.hidden == (
        "Zes keer misschien elders eerder ontmoet. De specialist van die organisatie kan de inhoud openen.",
    )


def left(**changes: Any) -> Left:
    known: dict[str, Any] = {
        "end": OUTCOMES["HANDED_TO_RVDK_ARRANGED_PLACE"],
        "at": AT - timedelta(minutes=10),
        "by": "S. Brouwer",
        "words": Words("Het kind is hier niet meer.", "The child is no longer here."),
        "receiver": "Opvang Lindenhof",
        "deciders": ("S. Brouwer", "M. Kowalczyk"),
    }
    return Left(**known | changes)


def test_after_a_hand_over_the_advice_says_with_whom_and_no_clock_runs() -> None:
    found = page(facts(), left=left())
    assert found.gone is not None
    assert found.gone.title == "Zephyrineqq is hier niet meer"
    assert found.gone.answer == "Ontvangen door Opvang Lindenhof, om 15:22."
    assert found.gone.words == "S. Brouwer en M. Kowalczyk besloten dit samen."
    assert found.face is None
    assert found.basis == "Het kind is hier niet meer."
    assert found.decides.endswith("Wie het kind ontving, beslist hoe het verder gaat.")
    asked = " ".join(step.what for step in found.steps)
    assert not any(words in asked for words in ("Raad", "advocaat", "ouder", "Hoor", "overdracht"))
    assert "specialist" in asked


def test_a_missing_child_asks_for_the_board_at_once() -> None:
    missing = left(end=OUTCOMES["CHILD_WENT_MISSING"], receiver="", deciders=())
    found = page(facts(), left=missing)
    assert found.gone is not None
    assert found.gone.title == "Waar is Zephyrineqq?"
    assert found.gone.answer == "Het kind is vermist. Dit wordt altijd nagekeken."
    assert found.gone.words == "Bel nu de Raad. Dit wordt altijd nagekeken."
    assert next(step for step in found.steps if step.first).phone == BOARD["call_board"]


def test_duties_of_a_hold_that_ended_say_so_and_an_order_keeps_them_running() -> None:
    lines = [line("CLK-08", done=False), line("CLK-09", done=False)]
    found = page(facts(), duties=lines, left=left()).duties
    limit = next(row for row in found if row.clock == "CLK-02")
    assert (limit.due, limit.left, limit.id) == ("geëindigd", "15:22", None)
    parent = next(row for row in found if row.clock == "CLK-08")
    assert (parent.due, parent.left) == ("niet vastgelegd", "het ophouden eindigde om 15:22")
    assert parent.id == lines[0].id
    running = page(facts(), duties=lines, left=left(ends_the_hold=False)).duties
    assert {row.due for row in running if row.clock in {"CLK-08", "CLK-09"}} == {"zo snel mogelijk"}


def test_a_limit_that_nobody_read_says_so_beside_the_clock_in_words() -> None:
    assert page(facts()).doubt == "Een jurist moet nog nagaan hoe lang dit ophouden mag duren."
    young = page(
        facts(
            custody={"basis": "under_12", "arrived_at": "2026-03-01T14:20:00+01:00"}, child={"birth_date": "2017"}
        )
    )
    assert young.doubt == ""
    assert page(slim()).doubt == ""


def test_an_encounter_given_in_utc_is_shown_on_the_clock_of_its_place() -> None:
    assert page(facts(met_at="2026-03-01T13:20:00+00:00")).heading == "Ontmoeting 14:20"
    away = page(facts(country="GR", met_at="2026-03-01T13:20:00+00:00"))
    assert away.heading == "Ontmoeting 15:20 (klok van Athens)"


def test_the_officers_own_words_stand_as_a_quotation() -> None:
    found = page(facts())
    assert (found.account, found.account_source) == ("Liep weg met de tasqq.", "J. de Wit")
    assert found.lang == ""
    with override("en"):
        assert page(facts()).lang == "nl"
        assert page(facts(country="BE")).lang == ""


def test_a_step_that_has_no_door_here_has_no_link() -> None:
    assert link("nowhere:at-all", ID) == ""


def test_an_encounter_of_longer_ago_says_its_day_and_that_it_is_not_now() -> None:
    today = page(facts())
    assert (today.heading, today.long_ago) == ("Ontmoeting 14:20", "")
    later = advice_page(
        Advised(encounter_id=ID, assessment=assess(facts(), at=AT), observer="police"), at=AT + timedelta(days=400)
    )
    assert later.heading == "Ontmoeting 1 maart 2026, 14:20"
    assert later.long_ago.startswith("Dit was 400 dagen geleden.")
