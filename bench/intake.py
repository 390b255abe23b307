"""The promise of intake: taking an encounter in, p95 under 60 ms, and its advice page, p95 under 150 ms.

With encryption, index, duties and durable ledger on, on SQLite or on what DATABASE_URL names; beside an empty page of
the same site in the same run. The database of `--encounters` is kept under var/bench; remove it to measure the import
anew. Prints one JSON object and, with `--keep`, keeps it in bench/results. Exit 1 where a promise breaks on a quiet
machine; on a busy one a broken promise is not claimed either way, and the output says so.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import machine
from filling import NOT_SET, POLICE, Filled, filled

PROMISES_MS = {"take_in": 60.0, "advice": 150.0}
PROMISED_AT = 100_000
RESULTS = Path("bench/results")
KEPT = Path("var/bench")


def percentile(seconds: list[float], share: int) -> float:
    """Give a percentile in milliseconds, nearest rank."""
    ordered = sorted(seconds)
    return round(ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] * 1000, 2)


class Spans:
    """How long something took, on the clock and of the processor."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def of(self, act: Callable[[], Any]) -> Any:
        """Do it and keep how long it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        found = act()
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(time.process_time() - cpu)
        return found

    def figures(self) -> dict[str, float]:
        """Give the middle and the slow end of both, in milliseconds."""
        return {
            "p50_ms": percentile(self.wall, 50),
            "p95_ms": percentile(self.wall, 95),
            "cpu_p50_ms": percentile(self.cpu, 50),
            "cpu_p95_ms": percentile(self.cpu, 95),
        }


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def new_encounters(wanted: int) -> list[Any]:
    """Give invented encounters as an officer records them: of children in the database and of others."""
    from vangnet.knowledge.terms import Encounter, read_encounter
    from vangnet.site.demo.world import World

    known, other = World().encounters(), World(seed=7).encounters()
    found, run = [], uuid4().hex[:8].upper()
    for number in range(wanted):
        raw = dict((known if number % 2 else other)[-1 - number // 2 % 1400])
        raw |= {"organisation": POLICE, "country": "NL", "municipality": "0901", "kind": "offence"}
        raw |= {"encounter_id": f"BENCH-{run}-{number}", "met_at": (_now() - timedelta(minutes=30)).isoformat()}
        raw["custody"] = {"basis": "suspect", "arrived_at": raw["met_at"], "pretrial_detention_offence": "yes"}
        facts = read_encounter(raw)
        assert isinstance(facts, Encounter), facts
        found.append(facts)
    return found


def measure(rounds: int) -> dict[str, Any]:
    """Measure taking in, the advice page and an empty page, `rounds` times each, in turn; none of it is warmed first."""
    from django.test import Client

    import vangnet.site.wsgi  # noqa: F401 - settles the process as the server does
    from vangnet.chain.flow import take_in
    from vangnet.knowledge.terms import Purpose
    from vangnet.trust.access.accounts import actor_named
    from vangnet.trust.access.models import Person
    from vangnet.trust.access.policy import Actor

    officer = actor_named("officer")
    assert isinstance(officer, Actor)
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(Person.objects.get(username="officer"), backend="django.contrib.auth.backends.ModelBackend")
    spans = {"take_in": Spans(), "advice": Spans(), "empty_page": Spans()}
    sizes = []
    for facts in [*new_encounters(5), *new_encounters(rounds)]:  # the first five wake the process
        taken = spans["take_in"].of(
            lambda facts=facts: take_in(
                actor=officer, purpose=Purpose.PROTECT_CHILD, facts=facts, request_key=uuid4(), at=_now()
            )
        )
        page = f"/encounters/{taken.encounter_id}/advice"
        shown = spans["advice"].of(lambda page=page: client.get(page))
        assert shown.status_code == 200
        sizes.append(len(shown.content))
        spans["empty_page"].of(lambda: client.get("/health"))
    for one in spans.values():
        del one.wall[:5], one.cpu[:5]
    figures: dict[str, Any] = {name: one.figures() for name, one in spans.items()}
    figures["advice"]["bytes"] = sorted(sizes)[len(sizes) // 2]
    return figures


def judged(found: dict[str, Any], others: float, *, enough: bool) -> dict[str, str]:
    """Say of each promise whether it was kept, broken, or cannot be claimed from this run."""
    held = {name: found[name]["p95_ms"] < most for name, most in PROMISES_MS.items()}
    broken = "broken" if others <= machine.QUIET else f"not claimed: others took {others:.0%} of the machine"
    kept = "kept" if enough else "kept, in a smaller database than the promise is for"
    return {name: kept if holds else broken for name, holds in held.items()}


def prepared(encounters: int) -> Filled:
    """Bring the kept database up, made or remade where it must be."""
    vendor = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    place = (KEPT / f"{vendor}-{encounters}").resolve()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.site.settings")
    os.environ["VANGNET_VAR"] = str(place)
    os.environ["VANGNET_DEMO"] = "1"
    (place / "static").mkdir(parents=True, exist_ok=True)
    from vangnet.site.cli.init import prepare

    prepare()
    return filled(encounters, place)


def run(encounters: int, rounds: int) -> dict[str, Any]:
    """Fill, measure and judge."""
    stands = prepared(encounters)
    before = machine.now()
    found = measure(rounds)
    others = machine.share_of_others(before, machine.now())
    about = machine.described()
    empty = found["empty_page"]["p95_ms"]
    return {
        "bench": "intake",
        "encounters": stands.encounters,
        "source": stands.source,
        "note": NOT_SET if stands.source.endswith(".py") else "",
        "rounds": rounds,
        **found,
        "times_an_empty_page": {name: round(found[name]["p95_ms"] / empty, 1) for name in PROMISES_MS},
        "import": {
            "rows": stands.imported,
            "seconds": stands.import_seconds,
            "cpu_seconds": stands.import_cpu_seconds,
            "rows_per_second": stands.import_rows_per_second,
            "peak_mib": stands.import_peak_mib,
            "share_of_others": stands.import_share_of_others,
        },
        "peak_mib": machine.peak_mib(),
        "share_of_others": others,
        **about,
        "promises": judged(found, others, enough=stands.encounters >= PROMISED_AT * 0.99),
    }


def main() -> int:
    """Print and keep what was measured; exit 1 where a promise broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encounters", type=int, default=PROMISED_AT)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--keep", action="store_true", help="keep the figures in bench/results")
    args = parser.parse_args()
    answer = run(args.encounters, args.rounds)
    print(json.dumps(answer, indent=1))
    if args.keep:
        engine = next(name for name in answer["versions"] if name in {"sqlite", "postgresql"})
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"intake-{engine}-{args.encounters}.json").write_text(json.dumps(answer, indent=1) + "\n")
    return 1 if "broken" in answer["promises"].values() else 0


if __name__ == "__main__":
    sys.exit(main())
