"""After a hand-over the page says who calls whom and what is owed; before it, why the law can give a later end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from chain.flow.browser import BOARD_PLACE, as_, gate_url, page, plain
from chain.flow.desk import Desk, after, done
from vangnet.chain.duties.services import start
from vangnet.chain.flow.due import record_done
from vangnet.knowledge.terms import Purpose
from vangnet.site.handovers import lines, pages


def test_what_was_not_told_to_parent_and_lawyer_stands_there_until_it_is_recorded(desk: Desk) -> None:
    request = desk.ask()
    computed = desk.view(request).assessment.duties
    start(encounter_id=desk.encounter_id, organisation_id=desk.police.pk, computed=computed, at=after(0))
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    done(desk.hand_over(request))
    html = as_(desk, "officer").get(gate_url(request)).content.decode()
    text = plain(html)
    for told in ("Vertel het de ouder of voogd.", "Meld de aanhouding aan de Raad voor Rechtsbijstand."):
        assert told in text
    for clock in ("CLK-08", "CLK-09"):
        assert f'href="/encounters/{desk.encounter_id}/advice#duty-{clock}"' in html
    assert "het ophouden eindigde om 03:50" in text
    row = next(one for one in desk.view(request).duties if one.clock == "CLK-08")
    made = record_done(
        actor=desk.actor("officer"),
        purpose=Purpose.DECIDE_HANDOVER,
        encounter_id=desk.encounter_id,
        duty_id=row.id,
        proof="De vader is gebeld.",
        at=after(20),
    )
    done(made)
    text = page(as_(desk, "officer"), gate_url(request))
    assert "Vertel het de ouder of voogd." not in text
    assert "Meld de aanhouding aan de Raad voor Rechtsbijstand." in text


def test_under_the_first_line_stands_what_the_night_rule_gives_and_that_a_lawyer_has_to_check(desk: Desk) -> None:
    view = desk.view(desk.ask())
    assert view.hold is not None
    doubtful = tuple(replace(one, hard=True, certainty="secondary") for one in view.assessment.duties)
    unsure = replace(view, assessment=replace(view.assessment, duties=doubtful))
    sure = tuple(replace(one, certainty="read") for one in view.assessment.duties)
    with override("nl"):
        html = render_to_string("handovers/parts/basis.html", {"page": pages.gate_page(unsure)})
        assert "De wet telt 00:00 tot 09:00 niet mee, dus naar de letter zou het" in html
        assert "Een jurist moet nog nagaan hoe lang" in html
        read = pages.gate_page(replace(view, assessment=replace(view.assessment, duties=sure))).doubt
        assert "Vangnet telt elk uur." in read
        assert "jurist" not in read
        late = replace(view, at=view.at + timedelta(days=1))
        assert pages.gate_page(late).doubt == ""


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (
            "Volgens art. 5 is er een maatregel. Bel de Raad.",
            ("Volgens art. 5 is er een maatregel.", "Bel de Raad."),
        ),
        ("Gezien door mr. J. Bakker. Éen vraag blijft.", ("Gezien door mr. J. Bakker.", "Éen vraag blijft.")),
        ("Het antwoord: ja. Leg dit voor. Bel.", ("Het antwoord: ja.", "Leg dit voor. Bel.")),
        ("Er is niets.", ("Er is niets.", "")),
    ],
)
def test_a_reason_is_cut_after_its_first_sentence_and_never_at_an_abbreviation(
    text: str, cut: tuple[str, str]
) -> None:
    assert lines._sentence(text) == cut


def test_whoever_received_the_child_is_not_told_to_call_themselves(desk: Desk) -> None:
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    done(desk.hand_over(request))
    with override("nl"):
        here, there = (
            plain(
                render_to_string(
                    "handovers/parts/left.html", {"page": pages.gate_page(desk.view(request), ours=who)}
                )
            )
            for who in (desk.police.pk, desk.board.pk)
        )
    assert "Bel na: K. Dijk" in here
    assert "De wet noemt daarvoor geen uur: spreek er een af." in here
    assert "Bel na:" not in there
    assert "Uw organisatie ontving het kind" in there
