"""`vangnet person`: one act, one sentence."""

from __future__ import annotations

import re

import pytest

from vangnet.site.cli import main
from vangnet.site.cli.database import NoDatabaseError
from vangnet.trust.access.models import Membership, Person
from vangnet.trust.access.selectors import organisation

ADD = ["person", "add", "j.dewit", "--name", "J. de Wit", "--role", "officer"]


def roles() -> set[str]:
    return set(Membership.objects.filter(person__username="j.dewit").values_list("role", flat=True))


def test_somebody_is_added_given_another_role_reset_and_ended(desk, capsys):
    assert main(ADD) == 0
    said = capsys.readouterr().out
    assert said.startswith("j.dewit can log in once with ")
    assert main(["person", "give", "j.dewit", "--role", "specialist"]) == 0
    assert roles() == {"officer", "specialist"}
    assert main(["person", "take", "j.dewit", "--role", "officer"]) == 0
    assert roles() == {"specialist"}
    assert main(["person", "reset", "j.dewit"]) == 0
    assert main(["person", "end", "j.dewit"]) == 0
    assert "j.dewit can no longer come in here." in capsys.readouterr().out
    assert not Person.objects.get(username="j.dewit").is_active


def test_who_works_here_is_listed(desk, capsys):
    assert main(ADD) == 0
    assert main(["person", "give", "j.dewit", "--role", "specialist"]) == 0
    capsys.readouterr()
    assert main(["person", "list"]) == 0
    service, own = sorted(capsys.readouterr().out.splitlines(), reverse=True)
    assert re.fullmatch(
        r"j\.dewit: J\. de Wit, officer, specialist; account made \d{4}-\d\d-\d\d by Service NL-POL-RIJNHAVEN", own
    )
    assert service == "service-nl-pol-rijnhaven: Service NL-POL-RIJNHAVEN, service"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([*ADD[:6], "rvdk"], "does not give the role rvdk. Choose one of: officer, assistant_prosecutor"),
        ([*ADD[:2], "J de Wit", *ADD[3:]], "is no name to log in with"),
        ([*ADD[:6], "boss"], "boss is no role; choose one of officer, assistant_prosecutor"),
        ([*ADD[:6], "service"], "service is no role"),
        ([*ADD[:4], "  ", *ADD[5:]], "Give a name."),
        (["person", "reset", "nobody"], "Nobody of your organisation is called nobody."),
        ([*ADD, "--as", "nobody"], "There is no service account (nobody)"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(desk, capsys, arguments, sentence):
    assert main(arguments) == 2
    seen = capsys.readouterr()
    assert sentence in seen.err
    assert seen.out == ""
    assert not Person.objects.filter(is_service=False).exists()


def test_without_a_database_it_says_so(monkeypatch, capsys):
    def nothing() -> None:
        raise NoDatabaseError("The database does not answer.")

    monkeypatch.setattr("vangnet.site.cli.person.ready", nothing)
    assert main(ADD) == 2
    assert capsys.readouterr().err == "The database does not answer.\n"


def test_an_organisation_is_made_with_its_card(db):
    arguments = ["init", "--organisation", "NL-RVDK-NIEUW", "--regime", "youth_care", "--name", "Raad Nieuw"]
    assert main([*arguments, "--municipality", "0363", "--contact", "spoed", "--phone", "088 000 01 23"]) == 0
    card = organisation("NL-RVDK-NIEUW")
    assert card is not None
    assert (card.name, card.regime, card.municipality) == ("Raad Nieuw", "youth_care", "0363")
    assert (card.contact_words, card.contact_phone) == ("spoed", "088 000 01 23")
