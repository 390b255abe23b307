"""One table, one question, the whole answer: results, diagnostics, sensitivity and verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vangnet.knowledge.estimation import diagnostics, sensitivity, sentences
from vangnet.knowledge.estimation.bounds import chao
from vangnet.knowledge.estimation.classes import latent_classes
from vangnet.knowledge.estimation.covariates import covariates
from vangnet.knowledge.estimation.fitted import Fitted, fit_model
from vangnet.knowledge.estimation.graphs import decomposable_graphs
from vangnet.knowledge.estimation.linked import LINKED, linked, mended
from vangnet.knowledge.estimation.loglinear import (
    best,
    bootstrap,
    enumerate_,
    fixed,
    lower_bound,
    pair_codes,
    stepwise,
    stepwise_model,
    two_lists,
)
from vangnet.knowledge.estimation.resampling import Progress, nothing
from vangnet.knowledge.estimation.results import PERCENTILE, POSTERIOR, Options, Result, barred, plain
from vangnet.knowledge.estimation.tables import Table
from vangnet.knowledge.estimation.thresholds import bayes_threshold
from vangnet.knowledge.estimation.verdict import Headline, Quality, Verdict, judge
from vangnet.knowledge.terms import Language

Method = Callable[[Table, Options, Progress], tuple[Result, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of one table. `results` hold a figure or a reason; the verdict governs what may be published."""

    table: Table
    results: tuple[Result, ...]
    diagnostics: Mapping[str, Any]
    sensitivity: Mapping[str, Any]
    verdict: Verdict

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        """Write the answer in the shape of the contract; the same answer gives the same bytes."""
        return {
            "n_observed": self.table.observed,
            "lists": list(self.table.lists),
            "results": [one.as_json(language) for one in self.results],
            "diagnostics": plain(self.diagnostics, language),
            "sensitivity": plain(self.sensitivity, language),
            "verdict": plain(self.verdict.as_json(), language),
        }


METHODS: Mapping[str, Method] = {
    "stepwise": lambda table, options, _: stepwise(table, options),
    "fixed": lambda table, options, _: fixed(table, options),
    "enumerate": lambda table, options, _: enumerate_(table, options),
    "aic": lambda table, options, _: best(table, options, "aic"),
    "bic": lambda table, options, _: best(table, options, "bic"),
    "bootstrap": lambda table, options, progress: bootstrap(table, options, progress=progress),
    "bayes-threshold": lambda table, options, progress: bayes_threshold(table, options, progress=progress),
    "decomposable-graphs": lambda table, options, _: decomposable_graphs(table, options),
    "latent-classes": lambda table, options, progress: latent_classes(table, options, progress=progress),
    "covariates": lambda table, options, _: covariates(table, options),
    "chao": lambda table, options, _: lower_bound(table, options),
    "chapman": lambda table, options, _: two_lists(table, options),
}
"""Every method by the name that the command gives it; `report` is all of them that a table can carry."""

BOUNDS = ("chao", "chapman")
"""Methods whose figure cannot be checked against any model; it is shown and never the headline."""

REPORTED = (
    "stepwise",
    "bootstrap",
    "aic",
    "bic",
    "bayes-threshold",
    "decomposable-graphs",
    "latent-classes",
    "chao",
)


def estimate(table: Table, method: str, options: Options | None = None, progress: Progress = nothing) -> Answer:
    """Estimate by one method, or by all that the table can carry where the method is `report`.

    Where the links of the table are not perfect, the figure with their errors taken out stands beside, and is the one judged.
    Raises KeyError where there is no such method.
    """
    options = options or Options()
    names = REPORTED if method == "report" else (method,)
    if method == "report":
        names = (
            *names,
            *(("covariates",) if table.covariates else ()),
            *(("chapman",) if len(table.lists) < 3 else ()),
        )
    results = tuple(result for name in names for result in METHODS[name](table, options, progress))
    results += linked(table, options, progress=progress)
    consistency = sensitivity.consistency(mended(table, options), options)
    return Answer(
        table=table,
        results=results,
        diagnostics=_diagnosed(table, options) if method == "report" else diagnostics.diagnostics(table),
        sensitivity=_hanging_on(table, options, consistency) if method == "report" else {},
        verdict=judge(table, headline(results), consistency, chao(table), _quality(options)),
    )


def _quality(options: Options) -> Quality | None:
    return None if options.recall == options.precision == 1 else Quality(options.recall, options.precision)


def headline(results: tuple[Result, ...]) -> Headline:
    """Take the figure to be judged: the stepwise estimate, or else the first; its limits are the widest that stand.

    The range runs from the lowest to the highest of the profile and the percentile limits of the same model choice:
    the coverage study shows that either alone covers too seldom.
    """
    if results[-1].method == LINKED:
        only = results[-1]
        return Headline(estimate=only.estimate, lo=only.lo, hi=only.hi, reason=only.reason)
    have = [one for one in results if one.estimate is not None and one.method not in BOUNDS]
    if not have:
        judged = [one for one in results if one.method not in BOUNDS]
        reason = next((one.reason for one in judged if one.reason), sentences.ONLY_A_BOUND)
        return Headline(estimate=None, lo=None, hi=None, reason=reason)
    first = min(have, key=lambda one: one.bic or 0.0) if have[0].method == "enumerate" else have[0]
    limits = [(first.lo, first.hi)]
    if "profile" in first.more:
        limits.append((first.more["profile"]["lo"], first.more["profile"]["hi"]))
    limits += [(one.lo, one.hi) for one in have[1:] if first.method == "stepwise" and one.interval == PERCENTILE]
    lows, highs = zip(*limits, strict=True)
    return Headline(
        estimate=first.estimate,
        given=not any(one.method == "bootstrap" or one.interval == POSTERIOR for one in have),
        reason=first.reason if first.status == "warn_multimodal" else None,
        lo=None if None in lows else min(lows),
        hi=None if None in highs else max(highs),
    )


def _diagnosed(table: Table, options: Options) -> dict[str, Any]:
    described = diagnostics.diagnostics(table)
    described["pair_models"] = diagnostics.codes(pair_codes(table))
    if barred(table):
        return described
    fitted = fit_model(table, stepwise_model(table, options.p))
    return described | {"residuals": diagnostics.residuals(fitted) if isinstance(fitted, Fitted) else []}


def _hanging_on(table: Table, options: Options, consistency: tuple[sensitivity.Consistency, ...]) -> dict[str, Any]:
    if barred(table):
        return {}
    model = stepwise_model(table, options.p)
    fitted = fit_model(table, model)
    hidden = fitted.hidden if isinstance(fitted, Fitted) else None
    return {
        "leave_one_out": sensitivity.leave_one_out(table, options),
        "merge_pairs": sensitivity.merge_pairs(table, options),
        "all_models": sensitivity.all_models(pair_codes(table)),
        "threshold_path": sensitivity.threshold_path(table, options),
        "odds_ratio": [] if hidden is None else sensitivity.odds_ratio_curve(table, hidden),
        "linkage_error": sensitivity.linkage_error(table, model),
        "internal_consistency": [one.as_row() for one in consistency],
    }
