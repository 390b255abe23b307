"""The ledger says what happened in words of its own table, and that table holds nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vangnet
from vangnet.trust.ledger.acts import ACTS_IN_WORDS
from vangnet.trust.ledger.models import Entry

SOURCES = [
    path.read_text()
    for path in Path(vangnet.__file__).parent.rglob("*.py")
    if path.name not in {"acts.py", "policy.py"}
]


@pytest.mark.parametrize("act", ACTS_IN_WORDS)
def test_every_act_is_one_short_sentence_in_both_languages(act):
    words = ACTS_IN_WORDS[act]
    for sentence in (words.nl, words.en):
        assert re.fullmatch(r"[A-Z][^.]*\.", sentence)
        assert len(sentence.split()) <= 15
    assert len(act) <= Entry._meta.get_field("act").max_length


def test_no_two_acts_say_the_same():
    for language in ("nl", "en"):
        assert len({words.in_(language) for words in ACTS_IN_WORDS.values()}) == len(ACTS_IN_WORDS)


@pytest.mark.parametrize("act", sorted(set(ACTS_IN_WORDS) - {"read_ledger"}))
def test_every_act_in_the_table_is_written_somewhere(act):
    assert any(f'"{act}"' in source for source in SOURCES)
