"""A catalogue that is not whole is refused with the name of the item."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from vangnet.knowledge.indicators import CatalogueError
from vangnet.knowledge.indicators.reading import read

INDEX: dict[str, Any] = {
    "version": "1",
    "date": "2026-11",
    "sources": {"A": {"title": "a", "certainty": "read"}},
    "prompt_order": ["I-02"],
}
BOTH = {"nl": "ja", "en": "yes"}
ENTRY: dict[str, Any] = {
    "id": "I-02",
    "words": BOTH,
    "about": "child",
    "observers": ["police"],
    "moments": ["encounter", "later"],
    "strength": "weak",
    "graded_by": "source",
    "ilo_dimension": None,
    "elements": [],
    "opens_duties": False,
    "opens_reason": BOTH,
    "raises_handover_risk": True,
    "conflict_of_interest": False,
    "act_at_once": False,
    "human_check_only": False,
    "question": BOTH,
    "action": BOTH,
    "keywords": BOTH,
    "sources": ["A"],
    "certainty": "read",
    "legal_ground": "law",
    "author": "us",
    "date": "2026-11",
}


def items(*entries: dict[str, Any], category: str = "situation") -> list[str]:
    return [yaml.safe_dump({"category": category, "indicators": list(entries)})]


def test_reads_what_is_whole_in_the_order_of_ids() -> None:
    found = read(yaml.safe_dump(INDEX), items(ENTRY, ENTRY | {"id": "I-01"}))
    assert list(found.indicators) == ["I-01", "I-02"]
    assert found.indicators["I-02"].moments == ("encounter", "later")
    assert found.indicators["I-02"].elements == ()
    assert found.indicators["I-02"].words.en == "yes"
    assert found.indicators["I-02"].category == "situation"
    assert (found.version, found.date, found.prompt_order) == ("1", "2026-11", ("I-02",))
    assert found.sources["A"].title == "a"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"author": ""}, "I-02: author must be a text"),
        ({"legal_ground": None}, "I-02: legal_ground must be a text"),
        ({"date": 2026}, "I-02: date must be a text"),
        ({"opens_duties": "yes"}, "I-02: opens_duties must be true or false"),
        ({"strength": "huge"}, "I-02: strength 'huge' is not in the list"),
        ({"graded_by": None}, "I-02: graded_by None is not in the list"),
        ({"ilo_dimension": "other"}, "I-02: ilo_dimension 'other' is not in the list"),
        ({"observers": ["neighbour"]}, r"I-02: observers \['neighbour'\] is not from the list"),
        ({"observers": []}, r"I-02: observers \[\] is not from the list"),
        ({"moments": None}, "I-02: moments None is not from the list"),
        ({"elements": ["means"]}, r"I-02: elements \['means'\] is not from the list"),
        ({"sources": ["B"]}, r"I-02: sources \['B'\] is not from the list"),
        ({"sources": []}, r"I-02: sources \[\] is not from the list"),
        ({"words": "yes"}, "I-02: words must be a text in each language"),
        ({"question": {"nl": "ja"}}, "I-02: question must be a text in each language"),
        ({"action": {"nl": "ja", "en": ""}}, "I-02: action must be a text in each language"),
        ({"colour": "red"}, "I-02: missing or unknown: colour$"),
        ({"colour": "red", "age": 9}, "I-02: missing or unknown: age, colour$"),
        ({"id": "I-03"}, r"prompt_order: names \['I-02'\]"),
    ],
)
def test_says_which_item_is_wrong_and_how(change: dict[str, Any], said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        read(yaml.safe_dump(INDEX), items(ENTRY | change))


@pytest.mark.parametrize("name", sorted(set(ENTRY) - {"id"}))
def test_refuses_an_item_that_lacks_a_field(name: str) -> None:
    with pytest.raises(CatalogueError, match=f"I-02: missing or unknown: {name}$"):
        read(yaml.safe_dump(INDEX), items({key: value for key, value in ENTRY.items() if key != name}))


def test_refuses_an_unknown_category() -> None:
    with pytest.raises(CatalogueError, match="category 'kinship' is not in the list"):
        read(yaml.safe_dump(INDEX), items(ENTRY, category="kinship"))


def test_refuses_an_id_that_stands_twice() -> None:
    with pytest.raises(CatalogueError, match="catalogue: an id stands in it twice"):
        read(yaml.safe_dump(INDEX), items(ENTRY, ENTRY))
