"""The promises of estimation, in CPU seconds on one core: whole-selection bootstraps, every pair model, and memory.

1,000 bootstraps (p = 0.02) of UKdat_5 in at most a fiftieth of the 64 s of SparseMSE 2.0.1 (aim: a hundredth), 10,000 of UKdat
in at most 40 s (aim: 15), the 1,024 pair models of a five-list table within 0.15 s, all of it in less than 500 MB. Each is
measured in a process of its own, held to one thread. Prints one JSON object; exit 1 where a promise breaks.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "examples" / "estimation"
SPARSE_MSE = {"UKdat_5": 64.0, "UKdat": 149.0, "Kosovo": 31.0, "NewOrl_5": 17.0}
"""CPU seconds that SparseMSE 2.0.1 needs for 1,000 bootstraps, as measured beside this project."""

PROMISES = {"UKdat_5": 64.0 / 50, "UKdat_10000": 40.0, "pair_models": 0.15}
MOST_MIB = 500
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def table_named(name: str) -> Any:
    from vangnet.knowledge.estimation import read_table

    return read_table((EXAMPLES / f"{name}.csv").read_text(encoding="utf-8"))


def bootstraps(name: str, draws: int) -> Callable[[], object]:
    from vangnet.knowledge.estimation import Options
    from vangnet.knowledge.estimation.loglinear import bootstrap

    table = table_named(name)
    return lambda: bootstrap(table, Options(p=0.02, draws=draws))


def every_pair_model() -> Callable[[], object]:
    from vangnet.knowledge.estimation import enumerate_models, pair_models

    table = table_named("UKdat_5")
    return lambda: enumerate_models(table, pair_models(5))


def measured(name: str, draws: int) -> dict[str, float]:
    """Measure one promise in this process: CPU seconds of all its threads, and the most memory it ever held."""
    act = every_pair_model() if name == "pair_models" else bootstraps(name.removesuffix("_10000"), draws)
    started = time.process_time()
    act()
    seconds = time.process_time() - started
    return {
        "cpu_seconds": round(seconds, 3),
        "mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def apart(name: str, draws: int) -> dict[str, float]:
    """Measure in a fresh process on one thread."""
    command = [sys.executable, __file__, "--only", name, "--draws", str(draws)]
    environment = os.environ | dict.fromkeys(THREADS, "1")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - our own file
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    """Measure every promise, print, and say whether each held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--only", help="measure this one in this process")
    args = parser.parse_args()
    if args.only:
        print(json.dumps(measured(args.only, args.draws)))
        return 0
    found = {name: apart(name, args.draws) for name in SPARSE_MSE}
    found["UKdat_10000"] = apart("UKdat_10000", 10 * args.draws)
    found["pair_models"] = apart("pair_models", args.draws)
    for name, seconds in SPARSE_MSE.items():
        found[name]["times_as_fast_as_sparse_mse"] = round(seconds * args.draws / 1000 / found[name]["cpu_seconds"])
    held = {name: found[name]["cpu_seconds"] <= most for name, most in PROMISES.items()}
    held["memory"] = max(one["mib"] for one in found.values()) < MOST_MIB
    print(
        json.dumps(
            {"draws": args.draws, **found, "promised": {**PROMISES, "mib": MOST_MIB}, "held": held}, indent=1
        )
    )
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
