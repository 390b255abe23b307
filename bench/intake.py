"""The promise of intake: taking an encounter in, p95 under 60 ms, and its advice page, p95 under 150 ms.

With encryption, index, duties and durable ledger on, on SQLite or on what DATABASE_URL names; beside an empty page of
the same site in the same run. `--encounters N` fills the database first, from the invented world or, where
VANGNET_LINKAGE_DATA names a folder, from `dev_hard_100k_8.parquet` in it. Prints one JSON object; exit 1 where a
promise breaks.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

PROMISES_MS = {"take_in": 60.0, "advice": 150.0}
TABLE = "dev_hard_100k_8.parquet"


def percentile(seconds: list[float], share: int) -> float:
    """Give a percentile in milliseconds, nearest rank."""
    ordered = sorted(seconds)
    return round(ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] * 1000, 2)


def timed(act: Callable[[], Any]) -> float:
    """Give the seconds that something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def fill(wanted: int) -> tuple[int, str]:
    """Fill the database with so many encounters; gives how many stand there and where they came from."""
    from vangnet.chain.flow import importing, take_in
    from vangnet.knowledge.terms import Encounter, Purpose, read_encounter
    from vangnet.site.cli.tables import history_of
    from vangnet.site.demo import building, world

    building.people_it()
    actor = building.service_of("NL-POL-RIJNHAVEN")
    folder = os.environ.get("VANGNET_LINKAGE_DATA")
    if folder is None:
        rows = [row for row in world.World().encounters() if row["organisation"] == actor.organisation_code][
            :wanted
        ]
        for row in rows:
            facts = read_encounter(row)
            assert isinstance(facts, Encounter)
            take_in(actor=actor, purpose=Purpose.PROTECT_CHILD, facts=facts, request_key=None, at=_now())
        return len(rows), "the invented world (VANGNET_LINKAGE_DATA is not set, so the large files were not read)"
    taking = importing(actor=actor, purpose=Purpose.KEEP_REGISTER, history=True, now=_now)
    stored = 0
    for _, facts in history_of(str(Path(folder) / TABLE), organisation=actor.organisation_code, country="NL"):
        if stored == wanted:
            break
        stored += isinstance(facts, Encounter) and taking(facts) == "stored"
    return stored, TABLE


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def new_encounter(number: int) -> Any:
    """Give an invented encounter as an officer records one."""
    from vangnet.knowledge.terms import read_encounter

    raw = dict(_NEW[number % len(_NEW)])
    raw |= {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "municipality": "0901", "kind": "offence"}
    raw |= {"encounter_id": f"BENCH-{number}", "met_at": (_now() - timedelta(minutes=30)).isoformat()}
    raw["custody"] = {"basis": "suspect", "arrived_at": raw["met_at"], "pretrial_detention_offence": "yes"}
    return read_encounter(raw)


_NEW: list[dict[str, Any]] = []


def measure(rounds: int) -> dict[str, Any]:
    """Measure taking in, the advice page and an empty page, `rounds` times each, in turn."""
    from django.test import Client

    from vangnet.chain.flow import take_in
    from vangnet.knowledge.terms import Purpose
    from vangnet.site.demo.world import World
    from vangnet.trust.access.accounts import actor_named
    from vangnet.trust.access.models import Person
    from vangnet.trust.access.policy import Actor

    _NEW.extend(World(seed=7).encounters()[-rounds:])
    officer = actor_named("officer")
    assert isinstance(officer, Actor)
    client = Client(HTTP_HOST="localhost")
    client.force_login(Person.objects.get(username="officer"), backend="django.contrib.auth.backends.ModelBackend")
    spans: dict[str, list[float]] = {"take_in": [], "advice": [], "empty_page": []}
    for number in range(rounds):
        facts, taken = new_encounter(number), []
        spans["take_in"].append(
            timed(
                lambda facts=facts, taken=taken: taken.append(
                    take_in(
                        actor=officer, purpose=Purpose.PROTECT_CHILD, facts=facts, request_key=uuid4(), at=_now()
                    )
                )
            )
        )
        page = f"/encounters/{taken[0].encounter_id}/advice"
        assert client.get(page).status_code == 200  # warm, and there
        spans["advice"].append(timed(lambda page=page: client.get(page)))
        spans["empty_page"].append(timed(lambda: client.get("/health")))
    return {name: {"p50_ms": percentile(one, 50), "p95_ms": percentile(one, 95)} for name, one in spans.items()}


def main() -> int:
    """Fill, measure, print, and say whether each promise held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encounters", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.site.settings")
    os.environ["VANGNET_VAR"] = tempfile.mkdtemp(prefix="vangnet-bench-")
    from vangnet.site.cli.init import prepare

    prepare()
    stored: list[Any] = []
    filled = timed(lambda: stored.extend(fill(args.encounters)))
    found = measure(args.rounds)
    empty = found["empty_page"]["p95_ms"]
    held = {name: found[name]["p95_ms"] < most for name, most in PROMISES_MS.items()}
    answer = {
        "database": os.environ.get("DATABASE_URL", "sqlite").split(":")[0],
        "encounters": stored[0],
        "from": stored[1],
        "fill_seconds": round(filled, 1),
        **found,
        "times_an_empty_page": {name: round(found[name]["p95_ms"] / empty, 1) for name in PROMISES_MS},
        "held": held,
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(answer, indent=1))
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
