"""The estimate with the errors of linking taken out first: the correction, the choice of the model and chance together."""

from __future__ import annotations

from typing import Any

import numpy as np

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.existence import code_of
from vangnet.knowledge.estimation.lattice import Floats
from vangnet.knowledge.estimation.links import LOWEST_RECALL, corrected
from vangnet.knowledge.estimation.models import MAIN, write_model
from vangnet.knowledge.estimation.resampling import Progress, nothing, resample
from vangnet.knowledge.estimation.results import PERCENTILE, Options, Result, barred, refused
from vangnet.knowledge.estimation.stepwise import stepwise_many
from vangnet.knowledge.estimation.tables import Table
from vangnet.knowledge.terms import Words

LINKED = "linked"
DING = "Ding and Fienberg, Survey Methodology 20 (1994) 149-158"


def unlinkable(recall: float, *, sound: bool) -> Words | None:
    """Say why links of this quality carry no figure."""
    if recall < LOWEST_RECALL:
        return sentences.recall_too_low(recall, LOWEST_RECALL)
    return None if sound else sentences.UNSOUND_LINKS


def mended(table: Table, options: Options) -> Table:
    """Take the errors of linking out of a table and round to whole people; for its own test, which needs whole people."""
    if options.recall == options.precision == 1:
        return table
    fixed = corrected(table.array, recall=options.recall, precision=options.precision)
    return Table(lists=table.lists, counts=tuple(round(count) for count in fixed.counts[:, 0].tolist()))


def linked(table: Table, options: Options, *, progress: Progress = nothing) -> tuple[Result, ...]:
    """Estimate by steps from the corrected table; every draw of the people is corrected and chooses again.

    The recall and the precision are taken as known. Nothing where the links are perfect.
    """
    if options.recall == options.precision == 1:
        return ()
    parameters: dict[str, Any] = {name: getattr(options, name) for name in ("p", "recall", "precision")}
    parameters |= {"draws": options.draws, "seed": options.seed}
    fixed = corrected(table.array, recall=options.recall, precision=options.precision)
    if reason := barred(table) or unlinkable(options.recall, sound=bool(fixed.sound[0])):
        return (refused(LINKED, reason, parameters=parameters, source=DING),)
    path = stepwise_many(fixed.counts, options.p)
    hidden = float(path.hidden[0])
    if np.isnan(hidden):
        code = code_of(MAIN, fixed.counts[:, 0] > 0)
        return (refused(LINKED, sentences.CODES[code], code=code, parameters=parameters, source=DING),)
    model = write_model(path.model(0), table.lists)
    found = float(fixed.counts.sum()) + hidden
    return (_with_interval(table, options, found, progress, model=model, parameters=parameters),)


def _with_interval(table: Table, options: Options, found: float, progress: Progress, **more: Any) -> Result:
    def beyond(counts: Floats) -> Floats:
        """Give how many more there are than the records of each table would have."""
        fixed = corrected(counts, recall=options.recall, precision=options.precision)
        hidden = stepwise_many(fixed.counts, options.p).hidden
        return np.where(fixed.sound, fixed.counts.sum(axis=0) + hidden - counts.sum(axis=0), np.nan)

    sample = resample(
        table, found - table.observed, beyond, draws=options.draws, seed=options.seed, progress=progress
    )
    low, high = sample.percentile
    return Result(
        method=LINKED,
        reason=low.why or high.why,
        estimate=found,
        lo=low.value,
        hi=high.value,
        interval=PERCENTILE,
        source=DING,
        **more,
    )
