"""Every block of Python and every console of the documents is run, and says what it said when it was written."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sybil import Document, Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).parents[2]
LENIENT = doctest.ELLIPSIS


def commands_of(text: str) -> list[tuple[str, str]]:
    """Take a console apart: each command (`$ `, gone on after `> `) with what it printed."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif line.startswith("> ") and found and not found[-1][1]:
            found[-1] = (f"{found[-1][0]}\n{line[2:]}", "")
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


def run_console(example: Example) -> str | None:
    """Run a console in the folder of the test; say what is other than written."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, wanted in commands_of(str(example.parsed)):
        done = subprocess.run(  # noqa: S602 - the documents' own commands
            command,
            shell=True,
            executable="/bin/bash",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PATH": path},
            check=False,
        )
        if not doctest.OutputChecker().check_output(wanted, done.stdout, LENIENT):
            return f"{command}\nshould print\n{wanted}\nand printed\n{done.stdout}"
    return None


def documents() -> list[Document]:
    sybil = Sybil(
        parsers=[PythonCodeBlockParser(doctest_optionflags=LENIENT), CodeBlockParser("console", run_console)],
        path=str(ROOT / "docs"),
        patterns=["**/*.md"],
    )
    paths = sorted((ROOT / "docs").rglob("*.md"))
    parsed = [sybil.parse(path) for path in paths if "_build" not in path.parts]
    return [one for one in parsed if list(one.examples())]


DOCUMENTS = documents()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: Path(one.path).stem)
def test_every_block_does_what_the_document_says(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for example in document.examples():
        example.evaluate()


def test_the_tutorial_is_among_them() -> None:
    assert "first-encounter" in {Path(one.path).stem for one in DOCUMENTS}


def test_a_console_that_prints_something_else_is_noticed() -> None:
    parser = CodeBlockParser("console", run_console)
    document = Document("```console\n$ echo two\nthree\n```\n", "planted.md")
    (region,) = parser(document)
    assert "should print\nthree" in str(region.evaluator(Example(document, 1, 1, region, {})))
