"""Under the title of a check stands what was found, precisely; what nobody found out is not known."""

from __future__ import annotations

from vangnet.knowledge.handover import CHECKS, HandoverRequest, Known, decide, found_in
from vangnet.knowledge.handover import sentences as say
from vangnet.knowledge.handover.found import FOUND, NOT_KNOWN
from vangnet.knowledge.terms import Authority, ChildView, Collector, Words


def of(check: str, known: Known, request: HandoverRequest | None = None) -> Words:
    results = decide(request or HandoverRequest(collector=Collector()), known).checks
    return found_in(next(one.reason for one in results if one.check == check))


def test_a_child_who_was_heard_alone_and_does_not_want_to_go_was_heard() -> None:
    found = of("G-02", Known(view=ChildView(heard_alone=True, interpreter="sworn", wants_to_go="no")))
    assert found == Words("wil niet mee", "does not want to go")
    assert of("G-02", Known(view=ChildView(heard_alone=False))).nl == "nog niet alleen gehoord"
    assert of("G-02", Known()) == NOT_KNOWN


def test_the_title_says_what_is_looked_at_and_never_what_came_out() -> None:
    titles = {check.id: check.words for check in CHECKS}
    assert titles["G-02"] == Words("Het kind alleen horen", "Hear the child alone")
    assert titles["G-13"].nl == "Contact tijdens de controle"
    assert not {words.nl for words in titles.values()} & {words.nl for words in FOUND.values()}


def test_a_reason_with_more_behind_it_is_read_by_its_beginning() -> None:
    asking = Collector(authority=Authority(state="not_verified", source="private_deed"))
    found = of("G-05", Known(), HandoverRequest(collector=asking, others=1))
    assert found == FOUND[say.PRIVATE_DEED]
    assert found_in(Words("Iets anders.", "Something else.")) == NOT_KNOWN


def test_no_two_findings_of_one_check_have_the_same_few_words() -> None:
    pairs = [
        (say.HEARD, say.CHILD_REFUSES, say.NOT_ALONE, say.INTERPRETER_NOT_SWORN, say.WISH_UNKNOWN),
        (say.AUTHORITY_SHOWN, say.AUTHORITY_NOT_SHOWN, say.PRIVATE_DEED, say.FOREIGN_PAPER_DISPUTED),
        (say.NO_MEASURE, say.MEASURE_FOUND),
        (say.INQUIRY_NO, say.INQUIRY_YES),
        (say.NO_CONTACT, say.CONTACT),
    ]
    for findings in pairs:
        assert len({found_in(one) for one in findings}) == len(findings)
    assert all(words.nl and words.en and len(words.nl) <= 40 for words in FOUND.values())
