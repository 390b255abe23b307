"""A database of so many encounters to measure in: the invented world with its duties, the rest history.

Kept under `var/bench`, so that a second run begins at once. History comes from the file that
VANGNET_LINKAGE_DATA names a folder of, through `vangnet import`; without it from `invented`.
"""

from __future__ import annotations

import csv
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import machine

import invented

TABLE = "dev_hard_100k_8.parquet"
LARGE = "dev_hard_1000k_13.parquet"
NOT_SET = "VANGNET_LINKAGE_DATA is not set, so the history is made by bench/invented.py and not read from a file."
POLICE = "NL-POL-RIJNHAVEN"
_SHARES = (POLICE, "NL-POL-WATERLAND", "NL-RVDK-RIJNHAVEN", POLICE, "BE-POL-SCHELDE", POLICE)
"""Who recorded each sixth row: half of the rows are the desk's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands in the database, where it came from, and how fast it came in."""

    wanted: int
    encounters: int
    source: str
    imported: int
    import_seconds: float
    import_cpu_seconds: float
    import_rows_per_second: int
    import_peak_mib: int
    import_share_of_others: float


def filled(wanted: int, place: Path) -> Filled:
    """Give the database of so many encounters, from an earlier run where there is one."""
    noted = place / "filled.json"
    if noted.exists():
        found = Filled(**json.loads(noted.read_text()))
        if (found.wanted, found.source) == (wanted, _source(wanted)):
            return found
    machine.say(f"filling a database of {wanted} encounters from {_source(wanted)}")
    found = _fill(wanted, place)
    noted.write_text(json.dumps(asdict(found), indent=1) + "\n")
    return found


def _source(wanted: int) -> str:
    folder = os.environ.get("VANGNET_LINKAGE_DATA")
    return (LARGE if wanted > 102_000 else TABLE) if folder else "bench/invented.py"


def _fill(wanted: int, place: Path) -> Filled:
    from vangnet.site.demo import building

    if not building.is_there():
        building.people_it()
    of_world = _take_world(wanted // 2)
    parts = _parts(wanted - of_world, place)
    began, cpu, before = time.perf_counter(), time.process_time(), machine.now()
    stored = sum(_import(file, code) for code, file in parts.items())
    seconds = time.perf_counter() - began
    return Filled(
        wanted=wanted,
        encounters=of_world + stored,
        source=_source(wanted),
        imported=stored,
        import_seconds=round(seconds, 1),
        import_cpu_seconds=round(time.process_time() - cpu, 1),
        import_rows_per_second=round(stored / seconds),
        import_peak_mib=machine.peak_mib(),
        import_share_of_others=machine.share_of_others(before, machine.now()),
    )


def _take_world(most: int) -> int:
    """Take in the invented world, with screening and duties; at most so many of it."""
    from django.utils import timezone

    from vangnet.chain.flow import Importer
    from vangnet.knowledge.terms import Encounter, Purpose, read_encounter
    from vangnet.site.demo import building, world

    rows: dict[str, list[Encounter]] = {}
    for raw in world.World().encounters()[-most:]:
        facts = read_encounter(raw)
        assert isinstance(facts, Encounter)
        rows.setdefault(facts.organisation, []).append(facts)
    for code, own in rows.items():
        actor = building.service_of(code)
        taker = Importer(actor=actor, purpose=Purpose.PROTECT_CHILD, history=False, now=timezone.now)
        assert set(taker.take(own)) <= {"stored", "there_already"}
    return sum(map(len, rows.values()))


def _parts(wanted: int, place: Path) -> dict[str, Path]:
    """Write one file for each organisation, as each would send its own."""
    place.mkdir(parents=True, exist_ok=True)
    files = {code: place / f"{code}.csv" for code in dict.fromkeys(_SHARES)}
    opened = {code: file.open("w", newline="", encoding="utf-8") for code, file in files.items()}
    writers: dict[str, Any] = {}
    for number, row in enumerate(_rows(wanted)):
        code = _SHARES[number % len(_SHARES)]
        if code not in writers:
            writers[code] = csv.DictWriter(opened[code], _COLUMNS, extrasaction="ignore", restval="")
            writers[code].writeheader()
        writers[code].writerow(row)
    for one in opened.values():
        one.close()
    return {code: file for code, file in files.items() if code in writers}


_COLUMNS = [
    "encounter_id",
    "given_names",
    "family_name",
    "birth_date",
    "sex",
    "phone",
    "address",
    "document_number",
    "biometric_reference",
    "collector_phone",
    "vehicle",
    "met_on",
    "birth_place",
]


def _rows(wanted: int) -> Iterator[dict[str, Any]]:
    folder = os.environ.get("VANGNET_LINKAGE_DATA")
    if folder is None:
        machine.say(NOT_SET)
        yield from invented.rows(wanted)
        return
    from pyarrow import parquet

    given = 0
    for batch in parquet.ParquetFile(Path(folder) / _source(wanted)).iter_batches(batch_size=4096):
        for row in batch.to_pylist():
            if given == wanted:
                return
            given += 1
            yield row


def _import(file: Path, code: str) -> int:
    """Take one file in as the command does, and give how many rows were stored."""
    from contextlib import redirect_stdout
    from io import StringIO

    from vangnet.site.cli import main

    said = StringIO()
    with redirect_stdout(said):
        main(["import", str(file), "--organisation", code, "--country", code[:2], "--json"])
    file.unlink()
    return int(json.loads(said.getvalue())["stored"])
