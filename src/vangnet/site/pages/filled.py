"""What a form was filled with, and what is wrong with it: values, never a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that must be mended: at which field, and how, in a sentence."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form with what somebody typed, so that nothing is lost when it comes back."""

    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    mistakes: tuple[Mistake, ...] = ()

    def value(self, name: str) -> str:
        """Give what stands in a field; empty where nothing does."""
        return self.values.get(name, "")

    def mistake(self, name: str) -> str:
        """Give the sentence beside a field, or nothing."""
        return next((one.sentence for one in self.mistakes if one.field == name), "")

    def any_of(self, *names: str) -> bool:
        """Whether something stands in, or is wrong with, one of these fields."""
        return any(self.value(name).strip() or self.mistake(name) for name in names)
