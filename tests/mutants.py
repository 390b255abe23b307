"""The gate of mutation testing: each room's share of mutants that a test caught, and the survivors nobody has read yet.

`mutmut results --all true | python tests/mutants.py` prints and exits 1 where a room lies below the gate.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

GATE = 85.0
READ = Path(__file__).parents[1] / "docs" / "reference" / "mutation.md"
CAUGHT = ("killed", "timeout")


@dataclass(frozen=True, slots=True)
class Room:
    """What became of the mutants of one room; one that was not run was not caught."""

    name: str
    states: Counter[str]

    @property
    def caught(self) -> float:
        """The share that a test caught, in per cent."""
        return 100 * sum(self.states[state] for state in CAUGHT) / (self.states.total() or 1)


def rooms_of(lines: Iterable[str]) -> tuple[list[Room], list[str]]:
    """Read results, one `name: state` a line; give each room and the names of the survivors."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    survivors = []
    for line in lines:
        name, _, state = line.strip().rpartition(": ")
        if name:
            counts[".".join(name.split(".")[1:3])][state] += 1
            survivors += [name] if state == "survived" else []
    return [Room(name, states) for name, states in sorted(counts.items())], survivors


def verdict(lines: Iterable[str], read: str) -> tuple[int, str]:
    """Give the exit code and what to print; `read` is the page that explains the survivors."""
    rooms, survivors = rooms_of(lines)
    said = [
        f"{one.name}: {one.caught:.1f} % of {one.states.total()} mutants caught {dict(one.states)}" for one in rooms
    ]
    unread = [name for name in survivors if f"`{name}`" not in read]
    said += [f"not read yet: {name}" for name in unread]
    short = [one.name for one in rooms if one.caught < GATE]
    said += [f"below the gate of {GATE:.0f} %: {', '.join(short)}"] if short else []
    said += [] if rooms else ["no mutant was made: that is no pass"]
    return (1 if short or not rooms else 0), "\n".join(said)


def main() -> int:
    """Judge the results on standard input."""
    code, said = verdict(sys.stdin, READ.read_text(encoding="utf-8") if READ.exists() else "")
    print(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
