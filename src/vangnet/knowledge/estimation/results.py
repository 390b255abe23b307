"""The shape of every answer: one result per method and interval, with its figures or the reason why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.existence import Code, code_of
from vangnet.knowledge.estimation.models import MAIN
from vangnet.knowledge.estimation.tables import Table
from vangnet.knowledge.terms import Language, Words

Status = Literal["ok", "refuse", "warn_multimodal"]
Select = Literal["stepwise", "bic"]

WALD = "wald95_log_hidden"
PERCENTILE = "percentile95"
BCA = "bca95"
POSTERIOR = "posterior95"

_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a method may be told; each takes what it needs. Defaults are those of the command.

    `recall` and `precision` are those of the linkage that made the table; 1 takes its links as perfect.
    """

    p: float = 0.02
    model: str = "main"
    max_order: int = 2
    select: Select = "stepwise"
    draws: int = 1000
    seed: int = 1
    ntop: int | None = None
    classes: int = 10
    chains: int = 4
    formula: str = ""
    recall: float = 1.0
    precision: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one method says of one table. `estimate`, `lo` and `hi` count everybody; None where it gives none.

    A refused result never has a number. `source` is the paper behind the method.
    """

    method: str
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    model: str | None = None
    status: Status = "ok"
    code: Code = 0
    reason: Words | None = None
    estimate: float | None = None
    lo: float | None = None
    hi: float | None = None
    interval: str = WALD
    aic: float | None = None
    bic: float | None = None
    source: str = ""
    more: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def as_json(self, language: Language) -> dict[str, Any]:
        """Write the result in the shape of the contract."""
        written = {
            "method": self.method,
            "parameters": dict(self.parameters),
            "model": self.model,
            "status": self.status,
            "code": self.code,
            "reason": self.reason.in_(language) if self.reason else "",
            "estimate": self.estimate,
            "lo": self.lo,
            "hi": self.hi,
            "interval": self.interval,
            "aic": self.aic,
            "bic": self.bic,
            "source": self.source,
            **self.more,
        }
        rounded: dict[str, Any] = plain(written, language)
        return rounded


def plain(value: Any, language: Language) -> Any:
    """Round every number to six decimals and write every sentence in one language, at every depth."""
    match value:
        case Words():
            return value.in_(language)
        case bool():
            return value
        case float():
            return round(value, _DECIMALS)
        case Mapping():
            return {key: plain(one, language) for key, one in value.items()}
        case tuple() | list():
            return [plain(one, language) for one in value]
        case _:
            return value


def refused(method: str, reason: Words, *, code: Code = 0, **more: Any) -> Result:
    """Refuse with a reason; `code` 1, 2 or 3 where the table cannot carry the model."""
    return Result(method=method, status="refuse", code=code, reason=reason, **more)


def barred(table: Table) -> Words | None:
    """Say why no model may be fitted at all: nobody on two lists, or fewer than three lists with an overlap."""
    if not table.on_two_or_more:
        return sentences.NO_OVERLAP
    sharing = {name for pair, shared in table.overlaps.items() if shared for name in pair}
    if len(sharing) < 3:
        return sentences.few_sharing(len(sharing))
    return None


def unfounded(table: Table) -> tuple[Words, Code] | None:
    """Say why no posterior may be drawn: no model may be fitted, or not even the lists' own effects, which have flat priors."""
    if reason := barred(table):
        return reason, 0
    code = code_of(MAIN, table.array[:, 0] > 0)
    return (sentences.CODES[code], code) if code else None
