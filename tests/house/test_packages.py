"""What is installed holds the program and nothing of its tests."""

from __future__ import annotations

import re

import pytest
import rules
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

TESTS = re.compile(r"(^|/)(tests?|test_[^/]*|[^/]*_tests?\.py|conftest\.py)(/|$)")


@pytest.mark.parametrize("builder", [WheelBuilder, SdistBuilder])
def test_neither_wheel_nor_source_archive_holds_a_test(builder: type[WheelBuilder] | type[SdistBuilder]) -> None:
    packed = [one.relative_path for one in builder(str(rules.ROOT)).recurse_included_files()]
    assert len(packed) > 250
    assert any(path.endswith("vangnet/site/settings.py") for path in packed)
    assert [path for path in packed if TESTS.search(path)] == []


@pytest.mark.parametrize(
    "path", ["src/vangnet/site/settings_test.py", "tests/house/rules.py", "src/vangnet/test_one.py"]
)
def test_a_test_among_them_would_be_found(path: str) -> None:
    assert TESTS.search(path)
