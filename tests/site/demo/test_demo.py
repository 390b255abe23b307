"""The invented world is the same each time, holds what it promises, and the story goes through the whole chain."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from browsing import plain
from vangnet.chain.flow.tasks import Work
from vangnet.chain.flow.working import work
from vangnet.knowledge.terms import Encounter, read_encounter
from vangnet.site.cli import demo, main
from vangnet.site.demo import building, story
from vangnet.site.demo.world import CHILDREN, ENCOUNTERS, World, setting


@pytest.fixture
def anchored(settings, tmp_path: Path) -> None:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "ledger.jsonl"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the last thirty encounters and those of the child with many names."""
    whole = World.encounters

    def some(self: World) -> list[dict[str, object]]:
        rows = whole(self)
        return [row for at, row in enumerate(rows) if row in self.thirty_four or at >= len(rows) - 30]

    monkeypatch.setattr(World, "encounters", some)


def test_the_world_is_as_large_as_it_says_and_always_the_same() -> None:
    rows = World().encounters()
    assert rows == World().encounters()
    assert len(rows) == ENCOUNTERS
    assert len({row["encounter_id"] for row in rows}) == ENCOUNTERS
    assert all(isinstance(read_encounter(row), Encounter) for row in rows)
    assert CHILDREN == 400
    assert len(setting()["organisations"]) == 14
    assert len({one["country"] for one in setting()["organisations"]}) == 6


def test_one_child_has_35_names_in_12_countries() -> None:
    world = World()
    world.encounters()
    names = {(row["child"]["given_names"], row["child"]["family_name"]) for row in world.thirty_four}
    assert len(names) == 34
    assert len({row["country"] for row in world.thirty_four}) == 12
    assert len({(one["given_names"], one["family_name"]) for one in setting()["thirty_five"]}) == 35


def test_one_adult_under_three_spellings_collects_five_children() -> None:
    adults = [
        (one["given_names"], one["family_name"])
        for row in World().encounters()
        for one in row.get("collectors", ())
        if one.get("phones") == ["+32400005555"]
    ]
    assert len(adults) == 5
    assert len(set(adults)) == 3


def test_a_child_is_met_again_a_week_after_a_hand_over() -> None:
    seen = Counter(one["indicator"] for row in World().encounters() for one in row["observations"])
    assert seen["I-43"] == 1


def test_the_whole_story_is_told_and_each_refusal_is_one(
    small: None, db: None, anchored: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--no-serve"]) == 0
    told = capsys.readouterr().out
    assert "20 of the first 20 candidates are this child" in told
    assert "tried without a decision: refused." in told
    assert "tried to confirm one's own proposal: refused." in told
    assert "HANDED_TO_RVDK_ARRANGED_PLACE" in told
    assert "each is the one that was written" in told
    assert f"{len(list(demo.EXAMPLES.glob('*.json')))} of 10 encounters" in told
    assert main(["demo", "--no-serve"]) == 0
    assert "there already" in capsys.readouterr().out


def test_every_account_of_the_demo_that_works_with_children_has_a_task_of_the_story(
    small: None, db: None, anchored: None
) -> None:
    assert main(["demo", "--no-serve"]) == 0
    asked = {}
    for one in setting()["accounts"]:
        found = work(actor=story.somebody(one["username"]), at=timezone.now())
        asked[one["username"]] = {task.kind for task in found.mine} if isinstance(found, Work) else None
    assert asked["privacy"] is asked["auditor"] is None
    assert {"taken_over"} <= asked["board"] & asked["shelter"]
    assert {"answer"} <= asked["guardian"] & asked["prosecutor"] & asked["coordinator"]
    assert "judge_indications" in asked["specialist"]
    assert all(kinds for kinds in asked.values() if kinds is not None), asked


def test_the_site_follows_the_story(small: None, db: None, anchored: None, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[int] = []
    monkeypatch.setattr(demo, "become_server", served.append)
    assert main(["demo", "--port", "8124"]) == 0
    assert served == [8124]


def test_a_world_that_is_refused_stops_the_demo(db: None, anchored: None, monkeypatch, capsys) -> None:
    born_later = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2016", "encounter_id": "X"}
    monkeypatch.setattr(World, "encounters", lambda _self: [born_later])
    assert main(["demo", "--no-serve"]) == 2
    assert "the invented encounter X is refused" in capsys.readouterr().err


def test_an_organisation_without_an_account_stops_the_building(db: None) -> None:
    with pytest.raises(building.WorldError, match="no service account"):
        building.service_of("NL-POL-NIEMAND")


def test_the_story_stops_where_a_refusal_is_missing() -> None:
    with pytest.raises(building.WorldError, match="let through"):
        story._why("a hand-over")


def test_an_example_that_is_no_encounter_is_not_counted_as_right(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "expected").mkdir()
    for folder in (tmp_path, tmp_path / "expected"):
        (folder / "x.json").write_text('{"expect": {}}', encoding="utf-8")
    monkeypatch.setattr(demo, "EXAMPLES", tmp_path)
    assert not demo._as_reasoned(tmp_path / "x.json")


def test_birth_dates_are_told_in_many_ways() -> None:
    child = World()._child("x")
    child.born = date(2012, 5, 7)
    told = {World(seed)._born_as_told(child) for seed in range(60)}
    assert {"2012", "2012-05", "2012-07-05", "2012-05-07"} <= told


def test_the_demo_is_never_built_beside_a_real_organisation(db: None, anchored: None, capsys) -> None:
    assert main(["init", "--organisation", "NL-POL-ECHT"]) == 0
    assert main(["demo", "--no-serve"]) == 2
    assert "this database holds NL-POL-ECHT; set VANGNET_VAR to an empty folder" in capsys.readouterr().err
    assert not building.is_there()


def test_the_privacy_officer_and_the_auditor_find_on_their_page_what_stands_out(
    small: None, db: None, anchored: None
) -> None:
    assert main(["demo", "--no-serve"]) == 0
    for reader in ("privacy", "auditor"):
        client = Client()
        client.post("/login", {"username": reader, "password": building.password_of(reader)})
        page = plain(client.get("/ledger").content.decode())
        assert "B. Hollander zocht elf keer binnen tien minuten." in page
        assert "B. Hollander zocht elf keer zonder er een ontmoeting bij vast te leggen." in page
        assert re.search("verbeterde dossier [0-9A-F-]+ op deze dag zes keer[.]", page)
