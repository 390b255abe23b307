"""The promise to whoever begins: `make demo SERVE=0` within three minutes, `make test` within ten.

From a warm package cache, both in a copy of the last commit, the demo with the installation in it. Prints one JSON object;
exit 1 where a promise breaks on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import machine

PROMISES_S = {"demo": 180, "test": 600}
COMMANDS = {"demo": ["make", "demo", "SERVE=0"], "test": ["make", "test"]}
RESULT = Path("bench/results/targets.json")


def timed(name: str, folder: Path) -> dict[str, Any]:
    """Run one target in a clean copy."""
    machine.say(" ".join(COMMANDS[name]))
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("VANGNET_", "DATABASE_"))}
    before, began = machine.now(), time.monotonic()
    done = subprocess.run(COMMANDS[name], cwd=folder, env=kept, capture_output=True, text=True, check=False)  # noqa: S603
    seconds, after = time.monotonic() - began, machine.now()
    if done.returncode:
        sys.exit(f"{' '.join(COMMANDS[name])} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    others = machine.share_of_others(before, after)
    held = seconds < PROMISES_S[name]
    broken = "broken" if others <= machine.QUIET else f"not claimed: others took {others:.0%} of the machine"
    return {
        "seconds": round(seconds),
        "cpu_seconds": round(after.ours - before.ours),
        "share_of_others": others,
        "promise": "kept" if held else broken,
    }


def main() -> int:
    """Copy, run, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(COMMANDS))
    parser.add_argument("--keep", action="store_true", help="keep the figures in bench/results")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "copy"
        subprocess.run(["git", "clone", "--quiet", ".", str(folder)], check=True)  # noqa: S603, S607
        found = {name: timed(name, folder) for name in args.names}
    answer = {"bench": "targets", **found, "commit": machine.commit(), "processors": os.cpu_count()}
    print(json.dumps(answer, indent=1))
    if args.keep:
        RESULT.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    return 1 if any(one["promise"] == "broken" for one in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
