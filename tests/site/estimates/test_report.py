"""The report: one page that needs nothing else, the range first, a table beside every chart, and no number where there is none."""

from __future__ import annotations

import argparse
import re
from html.parser import HTMLParser

import pytest

from mse import table_named
from vangnet.knowledge.estimation import Answer, Options, Table, estimate, within
from vangnet.site.estimates import marks
from vangnet.site.estimates.report import Claim, page, read_claim

OPTIONS = Options(draws=250)
VOID = {"meta", "br", "line", "circle", "rect", "stop"}
CLAIMS = [
    Claim(words="Some tens", party="prosecution, January 2018", low=10, high=100),
    Claim(words="Ten thousand", party="charities", low=9000, high=60_000),
    Claim(words="Some <thousands>", party="press", low=5000, high=15_000),
    Claim(words="A million", party="nobody", low=9e5, high=1.1e6),
]


class _Balanced(HTMLParser):
    """Whether every element is closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def answer() -> Answer:
    return estimate(table_named("UKdat_5"), "report", OPTIONS)


def read(text: str) -> _Balanced:
    parser = _Balanced()
    parser.feed(text)
    assert parser.open == []
    return parser


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["UKdat_5", "Kosovo", "Artificial_3", "Korea"])
def test_the_page_is_whole_and_needs_nothing_else(name: str, language: str) -> None:
    text = page(estimate(table_named(name), "report", OPTIONS), language)  # type: ignore[arg-type]
    parsed = read(text)
    tags = [tag for tag, _ in parsed.seen]
    assert not {"script", "img", "link", "iframe", "object"} & set(tags)
    assert not any({"style", "src", "onclick"} & set(attributes) for _, attributes in parsed.seen)
    assert "http" not in text
    assert "url(" not in re.sub(r"url\(#claim\d+\)", "", text)
    assert tags.count("h1") == 1
    assert all(attributes.get("aria-hidden") == "true" for tag, attributes in parsed.seen if tag == "svg")
    assert {"nan", "None", "inf"}.isdisjoint(
        re.findall(r"[A-Za-z]+", re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL))
    )


def test_the_range_comes_first_and_then_what_is_known_estimated_and_not_known(answer: Answer) -> None:
    text = page(answer, "en")
    order = [
        "<h1>Probably between 9,",
        "What we know",
        "What we estimate",
        "What we do not know",
        "Why",
        "Who says what",
    ]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert "2,744 people are on a list. 221 of them are on two or more." in text
    assert "assumes that nothing links all lists at once" in text
    assert "<h1>Waarschijnlijk tussen 9." in page(answer, "nl")


def test_beside_every_chart_stands_a_table_with_the_same_figures(answer: Answer) -> None:
    text = page(answer, "en", claims=CLAIMS)
    for figure in ("11,313", "22,991", "13,573", "2,744"):
        assert len(re.findall(figure, text)) >= 2
    for section in re.findall(r"<section>.*?</section>", text, flags=re.DOTALL):
        assert "<svg" not in section or "<table" in section


def test_claims_stand_on_the_same_axis_and_are_held_against_the_range(answer: Answer) -> None:
    text = page(answer, "en", claims=CLAIMS)
    for fit in ("no, too low", "yes", "in part", "no, too high"):
        assert f"<td>{fit}</td>" in text
    assert "Some &lt;thousands&gt;" in text
    assert text.count("linearGradient id=") == 4
    assert "Words have no sharp edge" in text
    assert "Words have no sharp edge" not in page(answer, "en")


def test_without_a_range_only_what_is_too_low_can_be_said_of_a_claim() -> None:
    text = page(estimate(table_named("Kosovo"), "report", OPTIONS), "en", claims=CLAIMS)
    assert "<h1>No figure to publish. At least 8,200 people</h1>" in text
    assert text.count("<td>no, too low</td>") == 1
    assert text.count("<td>cannot be said</td>") == 3
    assert "fails its own test on 3 of 4 lists" in text


@pytest.mark.parametrize(
    "table", [within(table_named("UKdat"), "GP"), within(table_named("Ned"), "K"), table_named("Artificial_3")]
)
def test_no_number_is_printed_for_what_is_not_identified(table: Table) -> None:
    answer = estimate(table, "report", OPTIONS)
    text = page(answer, "en")
    shown = [int(one.replace(",", "")) for one in re.findall(r">(\d[\d,]*)<", text)]
    limits = [one.hi or 0 for one in answer.results if one.status != "refuse"]
    assert max(shown) <= max([table.observed, *limits]) * 1.5
    assert text.count("no figure") >= sum(one.status == "refuse" for one in answer.results)


def test_a_single_method_makes_a_page_too() -> None:
    text = page(estimate(table_named("UKdat_5"), "stepwise"), "nl")
    assert "Hoe ver toeval" not in text
    assert "De proef op de som" not in text.split("Waarom")[0]
    wary = page(estimate(table_named("UKdat_5"), "latent-classes"), "en")
    assert wary.count("Several answers fit") == 3


@pytest.mark.parametrize("text", ["tens", "a|b|1", "a|b|x|2", "a|b|5|5", "a|b|-1|5"])
def test_a_claim_that_cannot_be_read_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        read_claim(text)


def test_a_claim_is_read() -> None:
    assert read_claim("Some tens | prosecution, January 2018 |10|100") == CLAIMS[0]


@pytest.mark.parametrize("values", [[7.0], [96.0, 420.0], [11_313.0, 26_000.0], [1e6]])
def test_an_axis_holds_its_numbers_in_round_steps(values: list[float]) -> None:
    axis = marks.axis_for(values)
    assert axis.top >= max(values)
    assert 3 <= len(axis.ticks) <= 8
    assert axis.at(0) == 0
    assert axis.at(axis.top) == axis.at(2 * axis.top) == 100


def test_an_open_end_runs_to_the_edge_and_is_dashed() -> None:
    axis = marks.Axis(top=100, step=50)
    assert marks.whisker(axis, 50, (40, 60), "50").count("c-no") == 0
    assert 'x1="0%" x2="50.0%"' in marks.whisker(axis, 50, (None, 60), "50")
    assert 'x1="50.0%" x2="100%"' in marks.whisker(axis, 50, (40, None), "50")
    assert [
        marks.text_at(place, 1, "a").count(anchor) for place, anchor in ((2, "start"), (50, "middle"), (99, "end"))
    ] == [1, 1, 1]


def test_numbers_are_set_apart_as_the_language_does() -> None:
    assert [marks.number(12_345.4, one) for one in ("nl", "en")] == ["12.345", "12,345"]  # type: ignore[arg-type]
    assert marks.number(None, "nl") == "–"
