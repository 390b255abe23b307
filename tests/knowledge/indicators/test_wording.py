"""No text of the catalogue tells who a child is, leads or labels the child, or tells anyone to take or hold one.

Groups stand in the rules of the house as digests, so that nothing names one: `printf %s word | sha256sum`, first 16
signs, one a line in `tests/house/group_digests.txt`.
"""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

import pytest
import rules
from holidays.registry import COUNTRIES

from vangnet.knowledge import indicators
from vangnet.knowledge.indicators import Indicator, catalogue

ALL = tuple(catalogue().indicators.values())
LABELS = [
    "bandiet",
    "risicokind",
    "dader",
    "daders",
    "dadertje",
    "verdachte",
    "verdachten",
    "clan",
    "clans",
    "recidivist",
    "illegaal",
    "illegale",
    "loverboy",
    "vrijwillig",
    "hotspot",
    "score",
    "scores",
    "ranglijst",
    "gang",
    "hit",
    "hits",
    "offender",
    "offenders",
    "suspect",
    "suspects",
    "flagged",
    "cleared",
    "illegal",
    "illegally",
    "release",
    "released",
    "veilig_bevonden",
    "helaas",
    "mule_child",
    "crimineel",
    "criminal",
]
PHRASES = ("laag risico", "low risk", "let op", "u moet", "you must", "veilig bevonden", "uit eigen", "own will")
ORIGIN = re.compile(
    r"\b(?:etni|ethni|national|herkomst|afkomst|origin\b|religi|geloof|church|kerk|mosk|voodoo|cultu|huidskleur|skin|"
    r"kenteken|plate\b|plates\b|huurauto|rental|kleur|colour|taal\b|talen\b|language|"
    r"spreekt geen|speaks no|accent\b|asiel|asylum|"
    r"vreemdeling|alien|migra|verblijfsstatus|verblijfsvergunning|residence|postcode|wijk\b|buurtje|neighbourhood|"
    r"woonwagen|caravan|dakloos|homeless|brp\b|gewoonte|customary|uiterlijk\b|hygi|meisje|girl|jongen|boy)"
)
GROUP_DIGESTS = rules.group_digests()
COMMANDS = re.compile(
    r"\b(?:vasthouden|vastgehouden|houd\b|weghalen|haal\b|meenemen|neem\b[^.]*\bmee|uit huis|insluiten|opsluiten|"
    r"plaats\b[^.]*\bkind|scheid|detain|hold\b|keep the child|remove|take the child|take away|lock|separate|"
    r"arrest (?:the|it))"
)
TAGS = re.compile(r"\b(?:toch|niet waar|klopt het|hè|isn't it|right\?|didn't|waarom|why)\b")
OPEN = {
    "nl": (
        "Wie ",
        "Wat ",
        "Waar ",
        "Wanneer ",
        "Hoe ",
        "Hoeveel ",
        "Welk ",
        "Welke ",
        "Met wie ",
        "Van wie ",
        "Bij wie ",
    ),
    "en": ("Who ", "Whom ", "Whose ", "What ", "Where ", "When ", "How ", "Which ", "With whom "),
}


def texts(one: Indicator) -> list[str]:
    both = (one.words, one.question, one.action, one.opens_reason, one.keywords)
    return [text for words in both for text in (words.nl, words.en)]


def digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def banned(text: str, groups: frozenset[str] = GROUP_DIGESTS) -> set[str]:
    """What may not stand in a text, and does."""
    plain = text.casefold()
    words = set(re.findall(r"[^\W_]+", plain))
    return (
        words & set(LABELS)
        | {phrase for phrase in PHRASES if phrase in plain}
        | set(ORIGIN.findall(plain))
        | {word for word in words if digest(word) in groups}
        | {word for word in words for country in COUNTRY_STEMS if word.startswith(country)}
    )


# Six signs find a country and most words for its people.
COUNTRY_STEMS = frozenset(name.replace("_", "")[:6] for name in COUNTRIES if len(name.replace("_", "")) >= 6)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_no_text_tells_who_a_child_is_or_labels_the_child(one: Indicator) -> None:
    assert {text: found for text in texts(one) if (found := banned(text))} == {}


def test_no_file_of_the_catalogue_does_either() -> None:
    room = files(indicators)
    for file in (room / "catalogue.yaml", *(room / "items").iterdir()):
        body = re.sub(r"(?m)^\s*(?:ilo_dimension|author|legal_ground|[A-Z0-9]+):.*$", "", file.read_text("utf-8"))
        assert banned(body) <= {"criminal"}, file.name  # it stands in the titles of sources


@pytest.mark.parametrize(
    "text",
    [
        "Het kind spreekt geen bekende taal",
        "the vehicle has foreign plates",
        "Een kenteken uit het buitenland",
        "a low risk child",
        "the clan behind the child",
        "hun nationaliteit",
        "een meisje met een ander meisje",
    ],
)
def test_the_test_bites(text: str) -> None:
    assert banned(text)


def test_it_bites_on_groups_and_on_countries_and_their_people() -> None:
    assert len(GROUP_DIGESTS) > 80
    assert banned("a blue child", frozenset({digest("blue")})) == {"blue"}
    assert banned("a blue child") == set()
    for country in COUNTRY_STEMS:
        assert banned(f"een {country.title()}se vrouw")


A_CHILD_AS_IT = re.compile(r"\bchild\b[^.]*\b(?:it|its|itself)\b", re.IGNORECASE)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_child_is_he_or_she_and_never_it(one: Indicator) -> None:
    assert [text for text in texts(one) if A_CHILD_AS_IT.search(text)] == []


def test_the_test_of_it_bites() -> None:
    assert A_CHILD_AS_IT.search("The child does not know where it sleeps.")
    assert not A_CHILD_AS_IT.search("Talk with the child apart. Write it down.")


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_question_is_one_open_question(one: Indicator) -> None:
    for language, openings in OPEN.items():
        question = one.question.in_(language)  # type: ignore[arg-type]
        assert question.startswith(openings), question
        assert question.endswith("?")
        assert question.count("?") == 1
        assert not TAGS.search(question.casefold())


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_an_action_never_takes_or_holds_a_child(one: Indicator) -> None:
    for text in (one.action.nl, one.action.en):
        assert not COMMANDS.search(text.casefold()), text


@pytest.mark.parametrize(
    "text", ["Houd het kind vast.", "Haal het kind weg.", "Detain it.", "Take the child away."]
)
def test_the_test_of_actions_bites(text: str) -> None:
    assert COMMANDS.search(text.casefold())


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_sentences_are_short_and_end(one: Indicator) -> None:
    for words in (one.words, one.question, one.action, one.opens_reason):
        for text in (words.nl, words.en):
            assert text[0].isupper() or text[0] == "‘", text
            assert text[-1] in ".?", text
            assert "!" not in text
            for sentence in re.split(r"(?<=[.?:;])\s", text):
                assert len(sentence.split()) <= 15, sentence


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_an_officer_reads_one_sentence(one: Indicator) -> None:
    assert one.words.nl.count(".") == one.words.en.count(".") == 1
    assert one.words.nl.endswith(".")
    assert len(one.words.nl) <= 90
    assert len(one.words.en) <= 90
