from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from browsing import plain
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.templatetags.vangnet import MARKS, tel


def drawn(template: str, **context: object) -> str:
    return Template("{% load vangnet fields %}" + template).render(Context(context))


@pytest.mark.parametrize("state", sorted(MARKS))
def test_every_mark_has_a_shape_of_its_own_and_words(state: str) -> None:
    with override("nl"):
        text = drawn("{% mark state %}", state=state)
        assert f'aria-label="{MARKS[state]}"' in text
        others = {drawn("{% mark state 'x' %}", state=other) for other in MARKS if other != state}
        assert drawn("{% mark state 'x' %}", state=state) not in others
        assert 'aria-label="besloten"' in drawn("{% mark 'done' 'besloten' %}")


def test_a_field_with_a_mistake_repeats_it_and_keeps_what_was_typed() -> None:
    filled = Filled(values={"place": "Station <hal>"}, mistakes=(Mistake(field="place", sentence="Te lang."),))
    text = drawn('{% text_field filled "place" "Waar?" "Een hint" %}', filled=filled)
    assert 'value="Station &lt;hal&gt;"' in text
    assert 'aria-invalid="true" aria-describedby="place-mistake"' in text
    assert "Te lang." in text
    right = drawn('{% text_field filled "place" "Waar?" "Een hint" %}', filled=Filled())
    assert "aria-invalid" not in right
    assert 'aria-describedby="place-hint"' in right


def test_not_known_is_chosen_until_somebody_says_otherwise() -> None:
    with override("nl"):
        untouched = drawn('{% tri filled "heard" "q" %}', filled=Filled())
        said = drawn('{% tri filled "heard" "q" %}', filled=Filled(values={"heard": "no"}))
    assert 'value="unknown" aria-label="Weet ik niet" checked' in untouched
    assert 'value="no" aria-label="Nee" checked' in said
    assert said.count("checked") == 1


def test_a_choice_shows_the_line_below_and_what_was_chosen() -> None:
    options = [("a", "Eerste", "hierom"), ("b", "Tweede")]
    text = drawn(
        '{% choice_field filled "kind" "Wat?" options "Een hint" "two" %}',
        filled=Filled(values={"kind": "b"}, mistakes=(Mistake(field="kind", sentence="Kies."),)),
        options=options,
    )
    assert 'value="b" checked' in text
    assert 'value="a"><span>Eerste<small>hierom</small>' in text
    assert "Kies." in text


def test_the_summary_counts_in_words_and_links_to_each_field() -> None:
    one = Mistake(field="met_day", sentence="De dag ligt in de toekomst.")
    with override("nl"):
        assert plain(drawn("{% error_summary filled %}", filled=Filled())) == ""
        single = drawn("{% error_summary filled %}", filled=Filled(mistakes=(one,)))
        double = drawn("{% error_summary filled %}", filled=Filled(mistakes=(one, one)))
    assert "Eén ding klopt nog niet" in single
    assert '<a href="#met_day">De dag ligt in de toekomst.</a>' in single
    assert "Twee dingen kloppen nog niet" in double
    assert 'role="alert"' in double


def test_the_child_that_says_nothing_gave_a_full_answer() -> None:
    with override("nl"):
        quiet = drawn('{% include "components/voice.html" %}')
        said = drawn('{% include "components/voice.html" with words="Nee." source="Nora" %}')
    assert plain(quiet) == "Wil er nu niets over zeggen."
    assert plain(said) == "“Nee.” Nora"


@pytest.mark.parametrize(("cookie", "chosen"), [("dark", "dark"), ("light", "light"), ("device", ""), ("<x>", "")])
def test_only_a_known_theme_is_taken_from_the_cookie(cookie: str, chosen: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert drawn("{% theme %}", request=request) == chosen


def test_without_a_request_the_device_decides() -> None:
    assert drawn("{% theme %}") == ""


def test_a_number_is_dialled_without_spaces() -> None:
    assert tel("+32 400 00 01-00") == "+32400000100"


@pytest.mark.parametrize(
    "template",
    [
        '{% include "components/empty.html" with title="Niets" words="Straks" link="/" link_words="Terug" %}',
        '{% include "components/note.html" with title="Deels" words="2 van 3" %}',
        '{% include "components/note.html" with title="Geen" words="verbinding" offline=True %}',
        '{% include "components/phone.html" with number="088 1" words="Bel" wide=True %}',
        '{% include "components/speech.html" with words="Hallo" %}',
    ],
)
def test_every_component_speaks_and_carries_no_style(template: str) -> None:
    text = drawn(template)
    assert plain(text)
    assert "style=" not in text
