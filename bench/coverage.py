"""Do the intervals hold the truth as often as they say? Simulated from published tables, where the truth is known.

Seven tables times four generating models: the main effects, the model that the steps choose, the best pair model by BIC,
and one outside the class (the second with a three-list interaction). Each replication draws a population, forgets who is
on no list, estimates, and looks whether the known number lies inside. Resumable: what stands in `--out` is not done
again. Prints one JSON object; exit 1 where the recommended interval covers less than promised inside the class.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from vangnet.knowledge import estimation
from vangnet.knowledge.estimation.answer import headline
from vangnet.knowledge.estimation.results import barred

TABLES = ("UKdat_5", "Ned_5", "NewOrl_5", "Western", "Kosovo", "Australia", "HIV_Rome")
MODELS = ("main", "stepwise", "bic", "outside")
INTERVALS = ("wald", "profile", "percentile", "bca", "recommended")
PROMISED = 0.93
BATCH = 25
ODDS = 1.0
"""The three-list interaction outside the class, on the log scale."""

EXAMPLES = Path(__file__).parents[1] / "examples" / "estimation"


def table_named(name: str) -> estimation.Table:
    table = estimation.read_table((EXAMPLES / f"{name}.csv").read_text(encoding="utf-8"))
    assert isinstance(table, estimation.Table)
    return table


def truth(name: str, model: str) -> tuple[np.ndarray, int]:
    """Give the chances of every history, that of no list included, and the size of the population."""
    table = table_named(name)
    method = {"main": "fixed", "outside": "stepwise"}.get(model, model)
    chosen = estimation.estimate(table, method).results[0].model
    fitted = estimation.fit_model(table, estimation.read_model(chosen, table.lists))
    means = np.array(fitted.expected)
    means[0] = fitted.hidden
    if model == "outside":
        triples = [sum(1 << at for at in some) for some in combinations(range(len(table.lists)), 3)]
        most = max(triples, key=lambda code: sum(means[at] for at in range(len(means)) if at & code == code))
        means *= np.where(np.arange(len(means)) & most == most, math.exp(ODDS), 1.0)
    return means / means.sum(), round(means.sum())


def replication(name: str, model: str, number: int, draws: int) -> dict[str, Any]:
    """Draw one population and say which intervals hold its size; None where there is no interval."""
    chances, size = truth_of[name, model]
    seed = np.random.SeedSequence([TABLES.index(name), MODELS.index(model), number])
    counts = np.random.Generator(np.random.PCG64(seed)).multinomial(size, chances)
    table = estimation.Table(lists=table_named(name).lists, counts=(0, *counts[1:].tolist()))
    if barred(table) or 0 in table.sizes.values():
        return {"refused": True}
    options = estimation.Options(draws=draws, seed=number)
    steps = estimation.METHODS["stepwise"](table, options, lambda *_: None)
    boot = estimation.METHODS["bootstrap"](table, options, lambda *_: None)
    if steps[0].estimate is None:
        return {"refused": True}
    whole = headline((*steps, *boot))
    ends = {
        "wald": (steps[0].lo, steps[0].hi),
        "profile": (steps[0].more["profile"]["lo"], steps[0].more["profile"]["hi"]),
        "percentile": (boot[0].lo, boot[0].hi),
        "bca": (boot[-1].lo, boot[-1].hi),
        "recommended": (whole.lo, whole.hi),
    }
    return {"refused": False, "estimate": steps[0].estimate, "size": size, "ends": ends}


truth_of: dict[tuple[str, str], tuple[np.ndarray, int]] = {}


def batches(replications: int) -> Iterator[tuple[str, str, int]]:
    for start in range(0, replications, BATCH):
        for name in TABLES:
            for model in MODELS:
                yield name, model, start


def holds(ends: tuple[float | None, float | None], size: int) -> bool:
    """Whether an interval holds the size; an end that is open or refused shuts nobody out."""
    low, high = ends
    return (low is None or low <= size) and (high is None or size <= high)


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the coverage of every interval per setting and on average, with its Monte Carlo error."""
    answer: dict[str, Any] = {"settings": {}}
    shares: dict[str, dict[str, list[float]]] = {"inside": {}, "outside": {}}
    for name in TABLES:
        for model in MODELS:
            have = [r for row in rows if row["table"] == name and row["model"] == model for r in row["found"]]
            told = [one for one in have if not one["refused"]]
            if not told:
                continue
            cell: dict[str, Any] = {"replications": len(have), "refused": len(have) - len(told)}
            for interval in INTERVALS:
                share = sum(holds(one["ends"][interval], one["size"]) for one in told) / len(told)
                error = math.sqrt(share * (1 - share) / len(told))
                opened = sum(None in one["ends"][interval] for one in told) / len(told)
                cell[interval] = {"covers": round(share, 4), "error": round(error, 4), "open": round(opened, 3)}
                where = shares["outside" if model == "outside" else "inside"]
                where.setdefault(interval, []).append(share)
            answer["settings"][f"{name}/{model}"] = cell
    for where, by_interval in shares.items():
        answer[where] = {key: round(sum(one) / len(one), 4) for key, one in by_interval.items()}
    return answer


def main() -> int:
    """Go on where the last run stopped, then say what is covered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=400)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--out", type=Path, default=Path("var/coverage.jsonl"))
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.touch()
    rows = [json.loads(line) for line in args.out.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["draws"] == args.draws]
    done = {(row["table"], row["model"], row["start"]) for row in rows}
    for name, model, start in batches(args.replications):
        if (name, model, start) in done:
            continue
        truth_of.setdefault((name, model), truth(name, model))
        numbers = range(start, min(start + BATCH, args.replications))
        found = [replication(name, model, number, args.draws) for number in numbers]
        row = {"table": name, "model": model, "start": start, "draws": args.draws, "found": found}
        rows.append(row)
        with args.out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
    answer = {"replications": args.replications, "draws": args.draws, "promised": PROMISED, **summary(rows)}
    print(json.dumps(answer, indent=1))
    return 0 if answer["inside"]["recommended"] >= PROMISED else 1


if __name__ == "__main__":
    sys.exit(main())
