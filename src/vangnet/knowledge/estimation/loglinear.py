"""The methods that choose or take a log-linear model, each as results with a reason where there is no number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.bounds import chao, chapman
from vangnet.knowledge.estimation.fitted import Fitted, fit_model, profile
from vangnet.knowledge.estimation.lattice import Floats
from vangnet.knowledge.estimation.models import Model, hierarchical_models, read_model, write_model
from vangnet.knowledge.estimation.resampling import LARGE_BIAS, End, Progress, Resampled, nothing, resample
from vangnet.knowledge.estimation.results import BCA, PERCENTILE, Options, Result, barred, refused
from vangnet.knowledge.estimation.selection import Criterion, Tried, enumerate_models, score
from vangnet.knowledge.estimation.stepwise import stepwise_many
from vangnet.knowledge.estimation.tables import Table
from vangnet.knowledge.terms import Reason

CHAN = "Chan, Silverman and Vincent, JASA 116 (2021) 1297-1306"
SILVERMAN = "Silverman, Chan and Vincent, Statistics and Computing 34 (2024) 44"
FIENBERG = "Fienberg, Biometrika 59 (1972) 591-603; existence by Fienberg and Rinaldo, Ann. Statist. 40 (2012)"
CHAO = "Chao, Biometrics 43 (1987) 783-791; Rivest and Baillargeon, Biometrics 63 (2007) 999-1006"
CHAPMAN = "Chapman, Univ. Calif. Publ. Statist. 1 (1951) 131-160"

_BINS = 40
_MODELS_KEPT = {4: 20, 5: 100, 6: 100}
"""How many of the best models a BIC bootstrap chooses from where none is given: Silverman, Chan and Vincent 2024."""


def of_model(
    table: Table, model: Model, *, method: str, parameters: Mapping[str, Any], source: str, profiled: bool = True
) -> Result:
    """Fit a model that was given or chosen, and say what it gives; the profile interval stands beside the Wald one."""
    fitted = fit_model(table, model)
    name = write_model(model, table.lists)
    if not isinstance(fitted, Fitted):
        reason = sentences.CODES[fitted]
        return refused(method, reason, code=fitted, model=name, parameters=parameters, source=source)
    lo, hi = fitted.wald()
    low, high = profile(fitted) if profiled else (None, None)
    return Result(
        method=method,
        parameters=parameters,
        model=name,
        estimate=fitted.estimate,
        lo=lo,
        hi=hi,
        aic=fitted.aic,
        bic=fitted.bic,
        source=source,
        more={"profile": {"lo": low, "hi": high}} if profiled else {},
    )


def stepwise_model(table: Table, p: float) -> Model:
    """Give the model to which the steps lead; that of the main effects where not even they can be estimated."""
    return stepwise_many(table.array, p).model(0)


def stepwise(table: Table, options: Options, *, profiled: bool = True) -> tuple[Result, ...]:
    """Choose a model step by step and estimate from it."""
    parameters = {"p": options.p}
    if reason := barred(table):
        return (refused("stepwise", reason, parameters=parameters, source=CHAN),)
    model = stepwise_model(table, options.p)
    return (of_model(table, model, method="stepwise", parameters=parameters, source=CHAN, profiled=profiled),)


def fixed(table: Table, options: Options) -> tuple[Result, ...]:
    """Estimate from one model that was given."""
    model = read_model(options.model, table.lists)
    if isinstance(model, Reason):
        return (refused("fixed", model.words, model=options.model, source=FIENBERG),)
    if reason := barred(table):
        return (refused("fixed", reason, model=write_model(model, table.lists), source=FIENBERG),)
    return (of_model(table, model, method="fixed", parameters={}, source=FIENBERG),)


def tried(table: Table, max_order: int) -> tuple[Tried, ...] | Reason:
    """Try every model up to an order; of two to six lists all pairs, of two to five lists any order."""
    return _tried(table.lists, table.counts, max_order)


@lru_cache(maxsize=4)
def _tried(lists: tuple[str, ...], counts: tuple[int, ...], max_order: int) -> tuple[Tried, ...] | Reason:
    models = hierarchical_models(len(lists), max_order)
    return models if isinstance(models, Reason) else enumerate_models(Table(lists=lists, counts=counts), models)


def enumerate_(table: Table, options: Options) -> tuple[Result, ...]:
    """Give every model with its code, and its figures where the table carries it."""
    parameters = {"max_order": options.max_order}
    found = tried(table, options.max_order)
    if isinstance(found, Reason):
        return (refused("enumerate", found.words, parameters=parameters, source=SILVERMAN),)
    bar = barred(table)
    results = []
    for one in found:
        name = write_model(one.model, table.lists)
        if one.code or bar:
            reason = bar or sentences.CODES[one.code]
            more = {"model": name, "parameters": parameters, "source": FIENBERG}
            results.append(refused("enumerate", reason, code=one.code, **more))
            continue
        figures = {name: getattr(one, name) for name in ("estimate", "lo", "hi", "aic", "bic")}
        results.append(Result(method="enumerate", model=name, parameters=parameters, source=FIENBERG, **figures))
    return tuple(results)


def ranked(found: Sequence[Tried], by: Criterion) -> list[Tried]:
    """Put the models that the table carries in order of a criterion, the best first."""
    have = [one for one in found if not one.code]
    return sorted(have, key=lambda one: round(getattr(one, by), 9))


def best(table: Table, options: Options, by: Criterion) -> tuple[Result, ...]:
    """Estimate from the best model by AIC or BIC."""
    parameters = {"max_order": options.max_order}
    if reason := barred(table):
        return (refused(by, reason, parameters=parameters, source=SILVERMAN),)
    found = tried(table, options.max_order)
    if isinstance(found, Reason):
        return (refused(by, found.words, parameters=parameters, source=SILVERMAN),)
    order = ranked(found, by)
    if not order:
        return (refused(by, sentences.NO_MODEL, parameters=parameters, source=SILVERMAN),)
    return (of_model(table, order[0].model, method=by, parameters=parameters, source=SILVERMAN),)


def bootstrap(table: Table, options: Options, *, progress: Progress = nothing) -> tuple[Result, ...]:
    """Draw the people again, choose again, and give the percentile and the BCa interval."""
    found = resampled(table, options, progress=progress)
    parameters: dict[str, Any] = {"select": options.select, "draws": options.draws, "seed": options.seed}
    parameters |= {"p": options.p} if options.select == "stepwise" else {"max_order": options.max_order}
    source = CHAN if options.select == "stepwise" else SILVERMAN
    if isinstance(found, Result):
        return (replace(found, method="bootstrap", parameters=parameters, source=source),)
    model, sample, kept = found
    if kept:
        parameters["ntop"] = kept
    return tuple(
        Result(
            method="bootstrap",
            parameters=parameters,
            model=write_model(model, table.lists),
            reason=_warning(sample, ends),
            estimate=sample.estimate,
            lo=ends[0].value,
            hi=ends[1].value,
            interval=interval,
            source=source,
            more=_resampled_details(sample, ends),
        )
        for interval, ends in ((PERCENTILE, sample.percentile), (BCA, sample.bca))
    )


def _warning(sample: Resampled, ends: tuple[End, End]) -> Any:
    refusals = [end.why for end in ends if end.why]
    if refusals:
        return refusals[0]
    return sentences.large_bias(sample.bias) if abs(sample.bias) > LARGE_BIAS else None


def _resampled_details(sample: Resampled, ends: tuple[End, End]) -> dict[str, Any]:
    return {
        "z0": _number(sample.bias),
        "acceleration": _number(sample.acceleration),
        "levels": [_number(end.level) for end in ends],
        "refused_ends": [end.why for end in ends],
        "draws_without_estimate": sample.without,
        "histogram": _histogram(sample),
    }


def _histogram(sample: Resampled) -> dict[str, list[float]]:
    """Count the draws by their estimate; the furthest hundredth on either side is left out, so that the rest is seen."""
    finite = np.sort([total for total in sample.totals if isfinite(total)])
    ends = (float(np.quantile(finite, 0.01)), float(np.quantile(finite, 0.99))) if len(finite) else (0.0, 1.0)
    counts, edges = np.histogram(finite, bins=_BINS, range=ends)
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def _number(value: float) -> float | None:
    return value if isfinite(value) else None


def resampled(
    table: Table, options: Options, *, progress: Progress = nothing
) -> tuple[Model, Resampled, int | None] | Result:
    """Give the chosen model, what the draws gave, and for BIC how many models were chosen from."""
    if reason := barred(table):
        return refused("bootstrap", reason)
    chosen = (stepwise if options.select == "stepwise" else _by_bic)(table, options)[0]
    if chosen.estimate is None or chosen.model is None:
        return chosen
    model = read_model(chosen.model, table.lists)
    assert not isinstance(model, Reason)  # noqa: S101 - written from the same lists a moment ago
    kept: list[Model] | None = None
    if options.select == "bic":
        found = tried(table, options.max_order)
        assert not isinstance(found, Reason)  # noqa: S101 - the choice above tried the same models
        most = options.ntop or _MODELS_KEPT.get(len(table.lists))
        kept = [one.model for one in ranked(found, "bic")][:most]

    def estimator(counts: Floats) -> Floats:
        return stepwise_many(counts, options.p).hidden if kept is None else score(kept, counts).chosen("bic")

    hidden = chosen.estimate - table.observed
    sample = resample(table, hidden, estimator, draws=options.draws, seed=options.seed, progress=progress)
    return model, sample, None if kept is None else len(kept)


def _by_bic(table: Table, options: Options) -> tuple[Result, ...]:
    return best(table, options, "bic")


def lower_bound(table: Table, _options: Options) -> tuple[Result, ...]:
    """Give Chao's lower bound."""
    found = chao(table)
    if found is None:
        return (refused("chao", sentences.NO_BOUND, source=CHAO),)
    return (Result(method="chao", estimate=found.estimate, lo=found.lo, hi=found.hi, source=CHAO),)


def two_lists(table: Table, _options: Options) -> tuple[Result, ...]:
    """Estimate from each pair of lists alone, taking the two as independent."""
    results = []
    for one, other in table.overlaps:
        found, parameters = chapman(table, one, other), {"lists": [one, other]}
        if found is None:
            reason = sentences.shares_nobody(one, other)
            results.append(refused("chapman", reason, parameters=parameters, source=CHAPMAN))
            continue
        results.append(
            Result(
                method="chapman",
                parameters=parameters,
                source=CHAPMAN,
                estimate=found.estimate,
                lo=found.lo,
                hi=found.hi,
            )
        )
    return tuple(results)


def pair_codes(table: Table) -> tuple[Tried, ...]:
    """Try every model of list pairs of a table with up to six lists; of more lists none."""
    found = tried(table, 2)
    return () if isinstance(found, Reason) else found
