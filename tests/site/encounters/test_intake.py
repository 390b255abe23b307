from __future__ import annotations

from django.utils.translation import override

from vangnet.knowledge import indicators
from vangnet.site.encounters import intake
from vangnet.site.pages.filled import Filled, Mistake


def test_at_most_twelve_sentences_are_asked_and_every_other_can_be_found() -> None:
    with override("nl"):
        groups = intake.groups(Filled(), observer="police")
        rest = intake.others(Filled(), observer="police")
    asked = [row.id for group in groups for row in group.rows]
    assert 0 < len(asked) <= 12
    assert [group.heading for group in groups] == ["Rond het kind", "Bij het kind"]
    everything = {one.id for one in indicators.catalogue().indicators.values() if not one.human_check_only}
    assert {*asked, *(row.id for row in rest)} == everything
    assert not set(asked) & {row.id for row in rest}


def test_a_sentence_is_found_by_what_it_says_in_the_language_of_the_page() -> None:
    with override("en"):
        rows = {row.id: row for row in intake.others(Filled(), observer="police")}
        dutch = intake.groups(Filled(), observer="police")
    one = indicators.catalogue().indicators["I-22"]
    assert one.words.en.casefold() in rows["I-22"].find
    assert one.words.nl.casefold() not in rows["I-22"].find
    assert dutch[0].heading == "Around the child"
    assert rows["I-22"].name == "seen_I-22"


def test_what_somebody_wrote_comes_back_beside_its_sentence() -> None:
    filled = Filled(values={"words_I-01": "met een jas"}, mistakes=(Mistake(field="seen_I-02", sentence="Kies."),))
    rows = {row.id: row for group in intake.groups(filled, observer="police") for row in group.rows}
    assert rows["I-01"].words == "met een jas"
    assert rows["I-02"].mistake == "Kies."


def test_more_names_stand_open_up_to_the_last_that_is_filled() -> None:
    filled = Filled(values={"other_given_3": "Noor"})
    slots = intake.slots(filled, 6, "other_given", "other_family")
    assert [slot.open for slot in slots] == [True, True, True, False, False, False]
    assert not any(slot.open for slot in intake.slots(Filled(), 6, "other_given"))


def test_no_choice_says_suspect_of_a_child() -> None:
    with override("nl"):
        words = " ".join(" ".join(option[1:]) for options in intake.choices().values() for option in options)
    assert "verdacht" not in words.casefold()
