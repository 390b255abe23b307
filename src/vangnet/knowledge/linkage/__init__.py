"""Find the same child again: names, dates, numbers, and the weight of each.

`keys` says under what an encounter can be found, `compare` weighs it against others and explains
itself, `features` stores what is compared. A person decides.
"""

from vangnet.knowledge.linkage.features import FeaturesError, features, record_of_features
from vangnet.knowledge.linkage.index import Index
from vangnet.knowledge.linkage.keys import MAX_KEYS, keys
from vangnet.knowledge.linkage.model import Level, Model, default_model, probability_of, read_model
from vangnet.knowledge.linkage.records import Record, record, record_of, record_of_row
from vangnet.knowledge.linkage.scoring import Candidate, Counts, Explained, compare
from vangnet.knowledge.linkage.wording import COMPARISON_WORDS, words_of

__all__ = [
    "COMPARISON_WORDS",
    "MAX_KEYS",
    "Candidate",
    "Counts",
    "Explained",
    "FeaturesError",
    "Index",
    "Level",
    "Model",
    "Record",
    "compare",
    "default_model",
    "features",
    "keys",
    "probability_of",
    "read_model",
    "record",
    "record_of",
    "record_of_features",
    "record_of_row",
    "words_of",
]
