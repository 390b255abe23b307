"""The ledger says what happened in words of its own table, and that table holds nothing else."""

from __future__ import annotations

import re

import pytest

from vangnet.trust.ledger.acts import ACTS_IN_WORDS
from vangnet.trust.ledger.models import Entry


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
