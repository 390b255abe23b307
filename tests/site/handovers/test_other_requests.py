"""What other requests and corrections changed is said where people decide."""

from __future__ import annotations

from dataclasses import replace

from chain.flow.browser import BOARD_PLACE, SHELTER, as_, gate_url, page, plain, proposal_in, sent
from chain.flow.desk import ADULT, Desk, facts
from vangnet.chain.handovers.models import Proposal
from vangnet.knowledge.terms import ChildView, Collector, PersonName
from vangnet.trust.access.services import deactivate

OTHER = Collector(name=PersonName("P.", "Visser"), claimed_relation="neighbour")
SAYS_NO = replace(facts(collectors=(ADULT, OTHER)), child_view=ChildView(heard_alone=True, wants_to_go="no"))


def test_the_page_lists_the_other_requests_and_says_where_an_answer_was_recorded(desk: Desk) -> None:
    first, nobody = desk.ask(), desk.ask(None)
    desk.check(first, "G-07", "indicated", "register", 3)
    second = desk.ask(OTHER)
    text = page(as_(desk, "desk"), gate_url(second))
    assert "Andere vragen om dit kind" in text
    assert "T. Verhagen, vastgelegd door J. de Wit, 03:41. Er is niets besloten." in text
    assert "Niemand vroeg om het kind, vastgelegd door J. de Wit, 03:41. Er is niets besloten." in text
    assert "J. de Wit, 03:44, opgezocht in een register, vastgelegd bij een andere vraag om het kind" in text
    assert "vastgelegd bij een andere vraag" not in page(as_(desk, "desk"), f"{gate_url(first)}/checks/G-07")
    desk.confirm(nobody, desk.propose(nobody, BOARD_PLACE))  # type: ignore[arg-type]
    text = page(as_(desk, "desk"), gate_url(second))
    assert "Besloten en niet uitgevoerd: Nora gaat naar een plek die de Raad regelt." in text
    desk.hand_over(nobody)
    text = page(as_(desk, "desk"), gate_url(second))
    assert "Overgedragen aan een plek die de Raad voor de Kinderbescherming regelde." in text


def test_a_page_without_other_requests_lists_none(desk: Desk) -> None:
    assert "Andere vragen om dit kind" not in page(as_(desk, "desk"), gate_url(desk.ask()))


def test_a_correction_stands_above_the_proposal_with_when_and_by_whom(desk: Desk) -> None:
    request = desk.ask()
    made = desk.propose(request, BOARD_PLACE)
    html = as_(desk, "other").get(f"{gate_url(request)}/decision").content.decode()
    desk.correct(SAYS_NO)
    text = page(as_(desk, "other"), f"{gate_url(request)}/decision")
    words = "et verslag van de ontmoeting is om 03:48 veranderd door J. de Wit."
    assert text.index("Dit voorstel geldt niet meer") < text.index(f"H{words}") < text.index("Voorgesteld was:")
    assert "Leg uw besluit vast" not in text
    assert f"Veranderd sindsdien: h{words}" in page(as_(desk, "desk"), gate_url(request))
    url = f"{gate_url(request)}/decision"
    answer = sent(as_(desk, "other"), url, 409, value="yes", proposal=proposal_in(html), words="Ook ik.")
    assert proposal_in(html) == str(made)
    assert "Het verslag van de ontmoeting veranderde na het voorstel." in plain(answer.content.decode())


def test_a_check_and_a_correction_are_both_named(desk: Desk) -> None:
    request = desk.ask()
    desk.confirm(request, desk.propose(request, BOARD_PLACE))  # type: ignore[arg-type]
    desk.check(desk.ask(OTHER), "G-08", "indicated", "register", 6)
    desk.correct(SAYS_NO)
    text = page(as_(desk, "desk"), gate_url(request))
    assert "Veranderd sindsdien: Eerder een kind opgehaald, het verslag van de ontmoeting is om 03:48" in text


def test_a_place_the_child_did_not_agree_to_is_refused_with_what_to_do(desk: Desk) -> None:
    request = desk.ask()
    answer = sent(as_(desk, "desk"), f"{gate_url(request)}/proposal", 409, value=SHELTER, words="Een veilige plek.")
    assert "leg het vast bij: Waar gaat het kind heen?" in plain(answer.content.decode())
    assert not Proposal.objects.exists()


def test_a_decider_who_left_is_named_with_whom_to_ask(desk: Desk) -> None:
    request = desk.ask()
    made = desk.propose(request, BOARD_PLACE)
    deactivate(person=desk.people["desk"])
    url = f"{gate_url(request)}/decision"
    answer = sent(as_(desk, "other"), url, 409, value="yes", proposal=str(made), words="Ook ik.")
    text = plain(answer.content.decode())
    assert "S. Brouwer mag nu niet meer over dit kind besluiten." in text
    assert "Vraag een andere hulpofficier, de Raad of een officier van justitie" in text
