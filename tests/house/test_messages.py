"""Every translation is asked for, and what nobody asks for is left out."""

from __future__ import annotations

import messages
import pytest

PO = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n\nmsgid "Asked"\nmsgstr "Gevraagd"\n\nmsgid ""\n"Not "\n"asked"\nmsgstr "Niet"\n'


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_translation_is_asked_for_by_a_page(language: str) -> None:
    assert messages.unwanted(language) == []
    assert len(messages.wanted()) > 500


def test_a_translation_that_nobody_asks_for_is_found_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "wanted", lambda: {"Asked"})
    assert len(messages.unwanted("nl")) > 500
    assert messages.without(PO, {"Not asked"}) == PO[: PO.index('\n\nmsgid ""\n"Not')] + "\n"
    assert messages.without(PO, ()) == PO
