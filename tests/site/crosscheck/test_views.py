"""Possible earlier encounters and the page of who judges: words for all, weights for one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine

from chain.referrals.town import AT, NOOR, NORA, Town, after
from vangnet.chain.crosscheck.models import Verdict
from vangnet.chain.encounters.models import Opening
from vangnet.trust.ledger.models import Entry

WEEKS = timedelta(days=20)
TWO_YEARS = timedelta(days=730)


def path(town: Town, other: UUID | None = None, more: str = "") -> str:
    return f"/encounters/{town.tonight}/candidates" + (f"/{other}" if other else "") + more


def get(town: Town, who: str, address: str, *, language: str = "en", minute: int = 9, status: int = 200) -> str:
    with time_machine.travel(after(minute), tick=False):
        answer = town.client(who, language).get(address)
    assert answer.status_code == status, answer
    return " ".join(answer.content.decode().split())


def post(town: Town, who: str, address: str, **given: str) -> Any:
    with time_machine.travel(after(5), tick=False):
        return town.client(who).post(address, given)


def body(page: str) -> str:
    """Give what stands between the bars, without what differs by session."""
    found = re.search(r"<main.*</main>", page)
    assert found
    return re.sub(r'value="[^"]{40,}"', "", found[0])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("Hier niet bekend", "Hier niet bekend. Niet gevraagd: SIS, Prüm, SIENA, Interpol.")),
        ("en", ("Not known here", "Not known here. Not asked: SIS, Prüm, SIENA, Interpol.")),
    ],
)
def test_nothing_found_is_not_known_here_and_says_who_was_not_asked(
    town: Town, language: str, words: tuple[str, str]
) -> None:
    page = get(town, "officer", path(town), language=language)
    assert f"<h1>{words[0]}</h1>" in page
    assert words[1] in page
    assert "That can also mean that you may not see it." in page or language == "nl"


def test_what_may_not_be_told_is_the_same_page_as_nothing(town: Town) -> None:
    nothing = body(get(town, "specialist", path(town)))
    client = town.client("specialist")
    session = client.session
    session["purpose"] = "find_exploiters"
    session.save()
    town.refer(to="NL-OPV-LINDENHOF", kind="placement")
    with time_machine.travel(after(9), tick=False):
        before = client.get(path(town)).content
        town.met("shelter", NOOR, met_at=AT - WEEKS)  # care is not told to an inquiry
        hidden = client.get(path(town)).content
    assert len(before) == len(hidden)
    assert body(" ".join(before.decode().split())) == body(" ".join(hidden.decode().split()))
    assert "Not known here" in nothing
    entries = Entry.objects.filter(act="cross_check", purpose="find_exploiters")
    assert len({(str(entry.subjects), str(entry.counts)) for entry in entries}) == 1


def test_an_own_encounter_a_contact_and_an_older_one(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    town.met("waterland", NOOR, met_at=AT - WEEKS)
    town.met("waterland", NOOR, met_at=AT - TWO_YEARS)
    town.met("desk", NOOR, met_at=AT - TWO_YEARS)
    page = get(town, "officer", path(town))
    assert "Four times. A person judges whether it is the same child." in page
    assert "Politie Rijnhaven, 22 February 2026" in page
    assert "You see no content; they have it." in page
    assert page.count("tel:0880000902") == 1
    assert "Birth date: day and month changed places." in page
    assert "Once perhaps met before by your own organisation. Your own specialist can open the content." in page
    assert "Once perhaps met before elsewhere. The specialist of that organisation can open the content." in page
    assert "The specialist of your organisation judges" in page
    assert page.index("What you may read") < page.index("Who can be called") < page.index("What a specialist can")
    assert "Not known here" not in page
    assert str(own) not in page
    assert not any(word in page for word in ("Noor", "4117", "per cent", "score"))
    assert not re.search(r"\d+ times as likely", page)
    assert "Decide to open" not in page


def test_one_is_said_as_one_and_who_judges_gets_the_way_there(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS, partial="2026-02")
    page = get(town, "specialist", path(town))
    assert "Once. A person judges" in page
    assert "February 2026, day not known" in page
    assert path(town, own) in page


def test_a_purpose_that_does_not_fit_is_refused_and_a_stranger_finds_nothing(town: Town) -> None:
    get(town, "auditor", path(town), status=403)
    get(town, "waterland", path(town), status=404)
    get(town, "specialist", f"/encounters/{uuid4()}/candidates", status=404)


def test_who_judges_sees_levels_factors_bars_and_a_frequency(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    page = get(town, "specialist", path(town, own))
    assert re.search(r"Of [\d,]+ pairs that look like this, about [\d,]+ are the same child\.", page)
    for words in ("Nora", "Noor", "5 March 2013", "3 May 2013", "Day and month changed places.", "girl"):
        assert words in page
    assert re.search(r"\d+ times as likely", page)
    assert "Three weeks later" not in page
    assert "20 days" not in page
    assert "Two weeks earlier" in page
    assert "not known</span>" in page  # only one side has a telephone number
    assert "… 600 004 117" in page or "… 600 004 117".replace("600 ", "") in page or "004 117" in page
    assert 'class="b-for"' in page
    assert 'class="b-ag"' in page
    assert "1 in 100,000" in page
    assert not re.search(r'name="value"[^>]*checked', page)
    assert "per cent" not in page
    assert "Call Politie Rijnhaven" not in page


def test_the_shared_telephone_is_warned_of_on_its_line_and_no_number_comes_first(town: Town) -> None:
    town.tonight = town.met("officer", NOOR | {"given_names": "Nora"})
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    page = get(town, "specialist", path(town, own))
    line = page.partition(">Telephone")[2].partition("</tr>")[0] or page
    assert "It can be of an adult who sends several children." in line
    assert page.index("Read row by row") < page.index("pairs that look like this")
    assert page.index("</table>") < page.index("pairs that look like this")
    assert "The long line: here as much speaks for as against." in page
    without = get(town, "specialist", path(town, town.met("desk", NORA, met_at=AT - WEEKS)))
    assert "adult who sends several children" not in without


def test_what_each_verdict_sets_in_motion_is_said_before_it_is_given(town: Town) -> None:
    within = get(town, "specialist", path(town, town.met("desk", NOOR, met_at=AT - WEEKS)))
    assert within.index("What your verdict sets in motion") < within.index("Record the verdict")
    assert "From then on the two count as one child" in within
    across = get(town, "specialist", path(town, town.met("waterland", NOOR, met_at=AT - WEEKS)))
    assert "Only when both say the same, the two count as one child." in across


def test_across_controllers_only_own_values_stand_beside_the_levels(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    page = get(town, "specialist", path(town, theirs), language="nl")
    assert "Politie Waterland, zonder inhoud" in page
    assert "Van Politie Waterland ziet u alleen hoe ver het overeenkomt." in page
    assert "Nora" in page
    assert "Dag en maand omgedraaid." in page
    assert not any(word in page for word in ("Noor", "3 mei 2013", "004 117", "februari"))
    assert "Bel Politie Waterland:" in page


def test_who_may_not_judge_sees_no_weight(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    with time_machine.travel(after(9), tick=False):
        answer = town.client("officer").get(path(town, own))
    assert answer.status_code == 302
    assert answer["Location"] == path(town)
    get(town, "waterland", path(town, own), status=404)
    get(town, "specialist", path(town, uuid4()), status=404)


def verdict(
    town: Town, other: UUID, value: str = "same", who: str = "specialist", reason: str = "Same paper."
) -> Any:
    return post(town, who, path(town, other), value=value, reason=reason)


@pytest.mark.parametrize(
    ("value", "words", "state"),
    [
        ("same", "The same child", "The two count as one child."),
        ("different", "Not the same", "The two do not count as one child."),
        ("unsure", "Cannot be said yet", "The two do not count as one child."),
    ],
)
def test_a_verdict_is_a_row_that_can_be_taken_back_and_stays_readable(
    town: Town, value: str, words: str, state: str
) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    answer = verdict(town, own, value)
    assert answer.status_code == 302
    assert answer["Location"] == path(town, own)
    row = Verdict.objects.get()
    assert row.value == value
    page = get(town, "specialist", path(town, own))
    assert state in page
    assert f"<h3>{words}</h3>" in page
    assert "A. Okkerse, 14 March 2026, 03:46" in page
    back = post(town, "specialist", path(town, own, "/back"), verdict=str(row.id))
    assert back.status_code == 302
    page = get(town, "specialist", path(town, own))
    assert 'class="undone"' in page
    assert "taken back" in page
    assert state not in page
    assert "Same paper." not in page


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        ({}, ("Choose one of the three verdicts.", "Write in one sentence why.")),
        ({"value": "same", "reason": "  "}, ("Write in one sentence why.",)),
        ({"value": "perhaps", "reason": "Looks alike."}, ("Choose one of the three verdicts.",)),
    ],
)
def test_a_verdict_without_its_reason_comes_back(
    town: Town, given: dict[str, str], sentences: tuple[str, ...]
) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    answer = post(town, "specialist", path(town, own), **given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert all(sentence in page for sentence in sentences)
    assert given.get("reason", "").strip() in page
    assert not Verdict.objects.exists()


def test_two_controllers_are_joined_only_when_both_said_so(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    verdict(town, theirs)
    page = get(town, "specialist", path(town, theirs))
    assert "Waits for Politie Waterland. They judge for their own side." in page
    town.judge("waterland", theirs, town.tonight, "same", minute=6)
    page = get(town, "specialist", path(town, theirs))
    assert "The two count as one child." in page
    assert "Politie Waterland, 14 March 2026" in page
    assert "T. Veldman" not in page
    town.judge("waterland", theirs, town.tonight, "different", minute=7)
    page = get(town, "specialist", path(town, theirs))
    assert "The two sides do not agree." in page
    assert page.count("Take this verdict back") == 1


def test_what_contradicts_is_shown_beside_the_verdict(town: Town) -> None:
    second = town.met("desk", NOOR, met_at=AT - WEEKS)
    third = town.met("desk", NOOR, met_at=AT - 2 * WEEKS)
    town.judge("specialist", second, third, "same")
    town.judge("specialist", town.tonight, third, "different", minute=4)
    page = get(town, "specialist", path(town, second))
    assert "This does not fit together yet" in page
    assert (
        "A. Okkerse judged on 14 March 2026 that one of these and another encounter are not the same child" in page
    )
    verdict(town, second)
    assert "Not joined: another verdict keeps them apart." in get(town, "specialist", path(town, second))


def test_what_cannot_be_judged_or_taken_back_is_refused(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    assert verdict(town, own, who="officer").status_code == 403
    assert verdict(town, uuid4()).status_code == 404
    assert post(town, "specialist", path(town, own, "/back"), verdict="which").status_code == 404
    assert post(town, "specialist", path(town, own, "/back"), verdict=str(uuid4())).status_code == 404
    assert post(town, "officer", path(town, own, "/back"), verdict=str(uuid4())).status_code == 403


def test_an_older_encounter_opens_by_a_recorded_decision_of_the_specialist(town: Town) -> None:
    old = town.met("desk", NOOR, met_at=AT - TWO_YEARS)
    page = get(town, "specialist", path(town))
    assert "Decide to open " in page
    get(town, "specialist", path(town, old), status=403)
    without = post(town, "specialist", path(town, old, "/open"), reason=" ")
    assert without.status_code == 422
    shown = without.content.decode()
    assert shown.count("Write in one sentence why.") == 2
    field = re.search(r'href="#(reason-[0-9A-F-]+)"', shown)
    assert field
    assert f'id="{field[1]}"' in shown
    assert post(town, "officer", path(town, old, "/open"), reason="Now.").status_code == 403
    assert post(town, "specialist", path(town, uuid4(), "/open"), reason="Now.").status_code == 404
    assert not Opening.objects.exists()
    opened = post(town, "specialist", path(town, old, "/open"), reason="She is here again.")
    assert opened.status_code == 302
    assert Opening.objects.count() == 1
    page = get(town, "specialist", path(town, old))
    assert "Noor" in page
    assert "Two years earlier" in page


def test_an_older_encounter_opens_only_from_one_that_hits_it(town: Town) -> None:
    stranger = {"given_names": "Kasimir", "family_name": "Ostrowski", "birth_date": "2009-11-30", "sex": "M"}
    other = town.met("desk", stranger, met_at=AT - TWO_YEARS)
    for first, second in ((town.tonight, other), (other, other), (uuid4(), other)):
        address = f"/encounters/{first}/candidates/{second}/open"
        assert post(town, "specialist", address, reason="Curious.").status_code == 404, address
    assert not Opening.objects.exists()


def test_an_older_encounter_that_was_judged_the_same_opens_however_unlikely(town: Town) -> None:
    stranger = {"given_names": "Kasimir", "family_name": "Ostrowski", "birth_date": "2009-11-30", "sex": "M"}
    own = town.met("desk", stranger, met_at=AT - WEEKS)
    town.judge("specialist", town.tonight, own, "same")
    assert post(town, "specialist", path(town, own, "/open"), reason="Needed.").status_code == 302
    assert Opening.objects.count() == 1


def test_whose_role_reads_no_child_is_refused_and_sent_nowhere(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    get(town, "auditor", path(town, own), status=403)


def test_who_knows_from_outside_lays_another_of_ones_own_beside_it_by_its_number(town: Town) -> None:
    stranger = {"given_names": "Kasimir", "family_name": "Ostrowski", "birth_date": "2009-11-30", "sex": "M"}
    own = town.met("desk", stranger, met_at=AT - WEEKS, encounter_id="26-0099")
    assert "Compare with another encounter of your organisation" in get(town, "specialist", path(town))
    short = own.hex[-8:].upper()
    for number in (" 26-0099 ", f"{short[:4]}-{short[4:]}", short.lower()):
        chosen = post(town, "specialist", path(town, more="/by-number"), number=number)
        assert chosen.headers["Location"] == path(town, own)
    page = get(town, "specialist", path(town, own))
    assert "Kasimir" in page
    assert verdict(town, own).status_code == 302
    assert "The two count as one child." in get(town, "specialist", path(town, own))


def test_a_number_that_ones_own_organisation_does_not_have_is_said_at_the_field(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS, encounter_id="26-0099")
    refused = {}
    for number in ("26-0099", theirs.hex[-8:], town.tonight.hex[-8:], "00000000", ""):
        answer = post(town, "specialist", path(town, more="/by-number"), number=number)
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert shown.count("Your organisation has no other encounter with this number.") == 2
        assert 'href="#number"' in shown
        assert "<details open><summary>Compare with another" in shown
        refused[number] = body(" ".join(shown.split())).replace(f'value="{number}"', "")
    assert len(set(refused.values())) == 1


def test_who_may_not_judge_chooses_no_pair(town: Town) -> None:
    assert "Compare with another encounter" not in get(town, "officer", path(town))
    assert post(town, "officer", path(town, more="/by-number"), number="1").status_code == 403
    assert post(town, "waterland", path(town, more="/by-number"), number="1").status_code == 404


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(), "The same day"),
        (timedelta(days=1), "One day earlier"),
        (timedelta(days=-1), "One day later"),
        (timedelta(days=5), "Five days earlier"),
        (timedelta(days=100), "Three months earlier"),
    ],
)
def test_how_far_apart_the_two_were_is_said_in_words(town: Town, apart: timedelta, words: str) -> None:
    own = town.met("desk", NOOR, met_at=AT - apart, at=max(AT, AT - apart))
    assert words in get(town, "specialist", path(town, own))


def test_a_name_in_another_script_names_the_script(town: Town) -> None:
    own = town.met(
        "desk", NORA | {"given_names": "Нора", "family_name": "Линдквист", "sex": "M"}, partial="2026-02"
    )
    page = get(town, "specialist", path(town, own), language="nl")
    assert '<span lang="und-Cyrl">Нора</span>' in page
    assert "jongen" in page
    assert "februari 2026" in page


def test_when_all_were_asked_the_page_says_what_an_answer_is(town: Town) -> None:
    asked = [{"channel": one, "state": "asked"} for one in ("sis", "pruem", "siena", "interpol")]
    town.tonight = town.met("officer", NORA, known={"international_check": asked})
    assert "All four were asked." in get(town, "officer", path(town))
