"""How many people are on no list: estimated from the overlap of lists, with its uncertainty, or refused with the reason.

Usable without the rest of Vangnet. `read_table` reads a table of capture histories, `estimate` answers for it; the parts are
there for those who want one of them.
"""

from vangnet.knowledge.estimation.answer import METHODS, Answer, estimate
from vangnet.knowledge.estimation.bounds import Bound, chao, chapman
from vangnet.knowledge.estimation.existence import code_of
from vangnet.knowledge.estimation.fitted import Fitted, fit_model, profile
from vangnet.knowledge.estimation.links import LOWEST_RECALL, blurred, corrected
from vangnet.knowledge.estimation.models import hierarchical_models, pair_models, read_model, write_model
from vangnet.knowledge.estimation.people import Lists, read_people, write_table
from vangnet.knowledge.estimation.reading import read_table
from vangnet.knowledge.estimation.resampling import Resampled, resample
from vangnet.knowledge.estimation.results import Options, Result
from vangnet.knowledge.estimation.selection import enumerate_models, score
from vangnet.knowledge.estimation.stepwise import stepwise_many
from vangnet.knowledge.estimation.tables import Table, merged, table_of, within, without
from vangnet.knowledge.estimation.verdict import Headline, Verdict, judge

__all__ = [
    "LOWEST_RECALL",
    "METHODS",
    "Answer",
    "Bound",
    "Fitted",
    "Headline",
    "Lists",
    "Options",
    "Resampled",
    "Result",
    "Table",
    "Verdict",
    "blurred",
    "chao",
    "chapman",
    "code_of",
    "corrected",
    "enumerate_models",
    "estimate",
    "fit_model",
    "hierarchical_models",
    "judge",
    "merged",
    "pair_models",
    "profile",
    "read_model",
    "read_people",
    "read_table",
    "resample",
    "score",
    "stepwise_many",
    "table_of",
    "within",
    "without",
    "write_model",
    "write_table",
]
