"""The gate of mutation testing bites: a room below it, a room without mutants and an unread survivor are all told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import mutants

CLOCK = "vangnet.knowledge.clocks.limits.x_months_after__mutmut_{}"
GATE = "vangnet.knowledge.handover.checks.x__row__mutmut_{}"


def results(name: str, killed: int, survived: int, state: str = "survived") -> list[str]:
    states = ["killed"] * killed + [state] * survived
    return [f"    {name.format(number)}: {one}" for number, one in enumerate(states, 1)]


@pytest.mark.parametrize(
    ("killed", "lost", "state", "code"),
    [
        (85, 15, "survived", 0),
        (84, 16, "survived", 1),
        (84, 16, "timeout", 0),
        (84, 16, "no tests", 1),
        (84, 16, "not checked", 1),
        (84, 16, "suspicious", 1),
        (100, 0, "survived", 0),
    ],
)
def test_a_room_below_85_of_a_hundred_fails(killed: int, lost: int, state: str, code: int) -> None:
    found, said = mutants.verdict(results(CLOCK, killed, lost, state), "")
    assert found == code
    assert ("below the gate of 85 %: knowledge.clocks" in said) is bool(code)


def test_each_room_is_held_by_itself() -> None:
    found, said = mutants.verdict([*results(CLOCK, 1000, 0), *results(GATE, 8, 2)], "")
    assert found == 1
    assert "knowledge.clocks: 100.0 % of 1000" in said
    assert "below the gate of 85 %: knowledge.handover" in said


def test_no_mutants_are_no_pass() -> None:
    assert mutants.verdict(["", "  "], "") == (1, "no mutant was made: that is no pass")


def test_a_survivor_that_the_page_does_not_explain_is_named() -> None:
    lines = results(CLOCK, 19, 1)
    name = CLOCK.format(20)
    assert f"not read yet: {name}" in mutants.verdict(lines, "")[1]
    assert "not read yet" not in mutants.verdict(lines, f"| `{name}` | the same instant |")[1]


def test_the_script_ends_as_the_gate_says() -> None:
    script = Path(mutants.__file__)
    for killed, code in ((90, 0), (50, 1)):
        lines = "\n".join(results(CLOCK, killed, 100 - killed))
        ended = subprocess.run(  # noqa: S603
            [sys.executable, str(script)], input=lines, capture_output=True, text=True, check=False
        )
        assert ended.returncode == code
