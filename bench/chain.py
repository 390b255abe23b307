"""A chain with a known hidden population: the estimate from its lists as linked, and with the errors of linking taken out.

People are drawn on to four lists, by themselves or with one pair of lists that share more than chance would have it. Each pair
of a person's records is linked with the recall and joined through the others, as linkage does and as the correction does not
assume; then false links join two people's groups until their share of all links is what the precision leaves. Promised: on average the corrected
estimate lies within a tenth of the truth at a recall of .9 and .7; where no link is false the uncorrected one is further off (else missed
and false links may happen to cancel); and at .4 every figure is refused.
Prints one JSON object; exit 1 where a promise breaks.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import machine
import numpy as np

from vangnet.knowledge.estimation import Options, Table, estimate, stepwise_many

PEOPLE = 5000
CHANCES = (0.12, 0.1, 0.15, 0.08)
TIED = 0.3
"""Where two lists are tied, the chance to be on the second for who is on the first."""

RECALLS = (0.9, 0.7, 0.4)
NEAR = 0.1
RESULT = Path("bench/results/chain.json")


def on_lists(rng: np.random.Generator, *, tied: bool) -> np.ndarray:
    on = rng.random((PEOPLE, len(CHANCES))) < CHANCES
    if tied:
        on[:, 1] = rng.random(PEOPLE) < np.where(on[:, 0], TIED, CHANCES[1])
    return on


def groups_of(on: np.ndarray, recall: float, rng: np.random.Generator) -> tuple[list[int], int]:
    """Link the records of each person pair by pair; give the groups that are joined, and how many true links were made."""
    found, links = [], 0
    for person in on[on.any(axis=1)]:
        groups = [1 << int(at) for at in np.flatnonzero(person)]
        for one, other in combinations(list(groups), 2):
            if rng.random() < recall:
                links += 1
                left, right = (next(group for group in groups if group & record) for record in (one, other))
                if left != right:
                    groups = [group for group in groups if group not in (left, right)] + [left | right]
        found += groups
    return found, links


def falsely_joined(groups: list[int], number: int, rng: np.random.Generator) -> list[int]:
    """Join so many pairs of groups of two people that share no list; whoever fits with nobody stays as they are."""
    order = rng.permutation(len(groups)).tolist()
    left = [groups[at] for at in order]
    whole = []
    while number:
        one = left.pop()
        at = next((at for at, other in enumerate(left) if not other & one), None)
        if at is None:
            whole.append(one)
            continue
        left[at] |= one
        number -= 1
    return left + whole


def replication(recall: float, precision: float, *, tied: bool, number: int, draws: int) -> dict[str, Any]:
    rng = np.random.default_rng([number, int(tied), round(100 * recall), round(100 * precision)])
    groups, links = groups_of(on_lists(rng, tied=tied), recall, rng)
    counts = Counter(falsely_joined(groups, round(links * (1 - precision) / precision), rng))
    names = tuple("ABCD")
    table = Table(lists=names, counts=tuple(counts[code] for code in range(1 << len(names))))
    answer = estimate(table, "stepwise", Options(draws=draws, recall=recall, precision=precision))
    last = answer.results[-1]
    plain = table.observed + float(stepwise_many(table.array, 0.02).hidden[0])
    return {
        "plain": plain,
        "estimate": last.estimate,
        "lo": last.lo,
        "hi": last.hi,
        "publish": answer.verdict.publish,
    }


def summary(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Give how far both estimates are off on average, how often the range holds the truth, and how many were refused."""
    told = [one for one in found if one["estimate"] is not None]
    answer: dict[str, Any] = {
        "replications": len(found),
        "refused": len(found) - len(told),
        "uncorrected": round(float(np.mean([one["plain"] for one in found])) / PEOPLE, 3),
    }
    if told:
        ratios = np.array([one["estimate"] for one in told]) / PEOPLE
        holds = [(one["lo"] or 0) <= PEOPLE <= (one["hi"] or math.inf) for one in told]
        answer["corrected"] = round(float(ratios.mean()), 3)
        answer["error"] = round(float(ratios.std(ddof=1)) / math.sqrt(len(told)), 3)
        answer["covers"] = round(sum(holds) / len(told), 3)
        answer["publish"] = round(sum(one["publish"] for one in told) / len(told), 3)
    return answer


def kept(recall: float, precision: float, found: dict[str, Any]) -> bool:
    """Whether a setting is as promised."""
    if recall < 0.5:
        return bool(found["refused"] == found["replications"])
    off, raw = (abs(found[name] - 1) for name in ("corrected", "uncorrected"))
    return bool(off <= NEAR and (precision < 1 or off < raw))


def main() -> int:
    """Simulate every setting, print, and say whether the promises held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--keep", action="store_true", help="keep the figures in bench/results")
    args = parser.parse_args()
    answer: dict[str, Any] = {"bench": "chain", "people": PEOPLE, "draws": args.draws, "settings": {}}
    held = True
    for tied in (False, True):
        for precision in (1.0, 0.95):
            for recall in RECALLS:
                numbers = range(args.replications)
                cell = summary(
                    [replication(recall, precision, tied=tied, number=at, draws=args.draws) for at in numbers]
                )
                cell["kept"] = kept(recall, precision, cell)
                held = held and cell["kept"]
                lists = "two lists tied" if tied else "lists by themselves"
                answer["settings"][f"{lists}, recall {recall}, precision {precision}"] = cell
    answer["commit"] = machine.commit()
    print(json.dumps(answer, indent=1))
    if args.keep:
        RESULT.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
