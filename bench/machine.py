"""What a figure was measured on, and how much of the machine others had meanwhile."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUIET = 0.10
"""Up to this share of the machine in the hands of others a broken promise counts as broken."""
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Moment:
    """Seconds of all processors together: of everything, idle, stolen by the host, and of what we started."""

    whole: float
    idle: float
    stolen: float
    ours: float


def now() -> Moment:
    """Read the clocks of the machine."""
    user, nice, system, idle, iowait, irq, softirq, steal, *_ = _ticks()
    busy = user + nice + system + irq + softirq
    return Moment((busy + idle + iowait + steal) / _TICK, (idle + iowait) / _TICK, steal / _TICK, _ours())


def _ticks() -> list[int]:
    return [int(one) for one in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]


def _ours() -> float:
    """Give the seconds of this process, its children, and a database server that works for it."""
    own = sum(os.times()[:4])
    return own + sum(_seconds(stat) for stat in Path("/proc").glob("[0-9]*/stat") if _is_server(stat))


def _is_server(stat: Path) -> bool:
    """Whether a process is of the server of this measurement: the only one that DATABASE_URL may name."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return False
    try:
        return stat.read_text().split(" ", 2)[1].strip("()").startswith("postgres")
    except OSError:
        return False


def _seconds(stat: Path) -> float:
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK


def share_of_others(since: Moment, until: Moment) -> float:
    """Say which share of the machine others took between two moments, the host among them."""
    whole = until.whole - since.whole
    busy = whole - (until.idle - since.idle)
    return round(max(0.0, busy - (until.ours - since.ours)) / whole, 3) if whole else 0.0


def described() -> dict[str, Any]:
    """Say which machine, versions and commit this is."""
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": commit(),
        "processors": os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load_average": round(os.getloadavg()[0], 2),
        "versions": {
            "python": platform.python_version(),
            "django": django.get_version(),
            connection.vendor: version,
            "linux": platform.release().split("-")[0],
        },
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def commit() -> str:
    """Give the commit that was measured, with a plus where files differ from it."""
    try:
        asked = ["git", "describe", "--always", "--dirty=+", "--abbrev=10", "--exclude=*"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def peak_mib() -> int:
    """Give the most memory that this process ever held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def say(words: str) -> None:
    """Tell on standard error how far it is."""
    print(words, file=sys.stderr, flush=True)
