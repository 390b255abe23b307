"""Who is at turn on the page of a referral: after a refusal its sender, after a yes who gave it, and for what."""

from __future__ import annotations

import re

from chain.flow.leaving import hand_over
from chain.referrals.reading import new_form, read
from chain.referrals.town import Town
from vangnet.site.referrals import pages
from vangnet.trust.access.policy import Role
from vangnet.trust.access.selectors import organisations
from vangnet.trust.access.services import create_organisation, create_person, give_role


def test_a_refused_question_offers_its_sender_to_ask_another_and_says_who_is_responsible(town: Town) -> None:
    sent = town.refer(to="NL-OPV-LINDENHOF", kind="placement")
    town.answer(sent, "declined", by="shelter", reason="Full.")
    page = read(town, "officer", sent)
    door = f"/encounters/{town.tonight}/referral?kind=placement"
    assert f'<a class="utrecht-button" href="{door}">Ask another organisation</a>' in page
    assert "decides on this question" not in page
    assert "Politie Rijnhaven stays responsible until another organisation says yes." in page
    theirs = read(town, "shelter", sent)
    assert "Ask another organisation" not in theirs
    assert "Politie Rijnhaven stays responsible until another organisation says yes." in theirs
    form = new_form(town, "?kind=placement", minute=6)
    assert 'value="placement" checked' in form


def test_who_refused_a_question_is_not_chosen_beforehand_for_it_and_stands_last(town: Town) -> None:
    town.answer(town.refer(), "declined", reason="Full.")
    form = new_form(town, minute=6)
    assert not re.search(r'name="receiver" value="[^"]+" checked', form)
    assert "Refused this question." in form
    assert "Refused this question." not in new_form(town, "?kind=guardianship", minute=6)
    options = pages.receivers(
        organisations(country="NL"),
        town.places["NL-POL-RIJNHAVEN"].id,
        "placement",
        "0901",
        refused=frozenset({town.places["NL-OPV-LINDENHOF"].id}),
    ).options
    assert [name for _, name, _ in options] == ["Raad Rijnhaven spoed", "Opvang Lindenhof"]


def test_after_a_yes_both_sides_read_who_is_at_turn_and_for_what(town: Town) -> None:
    sent = town.refer()
    town.answer(sent, "accepted")
    for who, name in (("officer", "Raad Rijnhaven spoed"), ("board", "You")):
        page = read(town, who, sent)
        turn = page[page.index("Who is at turn</h2>") : page.index("What was seen")]
        assert f"<h3>{name}</h3>" in turn
        assert "Say where the child stays now" in turn
    hand_over(town)
    page = read(town, "officer", sent, minute=9)
    assert "Say where the child stays now" not in page
    assert "Find out who has authority" in page


def test_a_prosecutor_takes_a_question_on_and_not_the_child(town: Town) -> None:
    office = create_organisation(
        code="NL-OM-RIJNHAVEN", name="Parket Rijnhaven", country="NL", regime="prosecution"
    )
    town.places["NL-OM-RIJNHAVEN"] = office
    town.people["prosecutor"] = create_person(username="prosecutor", name="R. van Aalst")
    give_role(person=town.people["prosecutor"], organisation=office, role=Role.PROSECUTOR)
    sent = town.refer(to="NL-OM-RIJNHAVEN", kind="non_punishment")
    asked = read(town, "prosecutor", sent)
    assert "We will decide on this" in asked
    assert "take this over" not in asked
    assert "Politie Rijnhaven stays responsible for the child." in asked
    assert "Wij beslissen hierover" in read(town, "prosecutor", sent, language="nl")
    town.answer(sent, "accepted", by="prosecutor")
    page = read(town, "officer", sent)
    assert "Parket Rijnhaven decides on this question" in page
    assert "takes over" not in page
    assert "Politie Rijnhaven stays responsible for the child." in page
    assert "Decide whether the child is not punished" in page
    town.tonight = town.met("officer", {})
    again = town.refer(to="NL-OM-RIJNHAVEN", kind="non_punishment", minute=7)
    town.answer(again, "declined", by="prosecutor", reason="Not our district.", minute=8)
    assert "Parket Rijnhaven does not decide on this question" in read(town, "officer", again, minute=9)
