"""The story of one child through the chain, and the only place that crosses its steps."""

from vangnet.chain.flow.correcting import Corrected, correct
from vangnet.chain.flow.deciding import (
    Receiver,
    ask_gate,
    confirm,
    decline,
    hand_over,
    look_again_done,
    propose,
    record_check,
    record_incident,
    review_incident,
    supersede,
)
from vangnet.chain.flow.gate import gate
from vangnet.chain.flow.gate_view import GateView
from vangnet.chain.flow.importing import MOST, Importer
from vangnet.chain.flow.judging import PairView, judge, pair, rejoin, revoke
from vangnet.chain.flow.reading import (
    Advice,
    Timeline,
    TimelineEntry,
    advice,
    cross_check,
    cross_check_record,
    timeline,
)
from vangnet.chain.flow.referring import Asking, answer, asking, refer, referral
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.flow.story import Event, Left
from vangnet.chain.flow.take_in import TakenIn, take_in
from vangnet.chain.flow.verifying import Verified, give_receipts, verify_all

__all__ = [
    "MOST",
    "Advice",
    "Asking",
    "Corrected",
    "Event",
    "GateView",
    "Importer",
    "Left",
    "PairView",
    "Receiver",
    "TakenIn",
    "Timeline",
    "TimelineEntry",
    "Verified",
    "advice",
    "answer",
    "ask_gate",
    "asking",
    "confirm",
    "correct",
    "cross_check",
    "cross_check_record",
    "decline",
    "gate",
    "give_receipts",
    "hand_over",
    "judge",
    "look_again_done",
    "pair",
    "propose",
    "record_check",
    "record_incident",
    "refer",
    "referral",
    "rejoin",
    "relation_to",
    "review_incident",
    "revoke",
    "supersede",
    "take_in",
    "timeline",
    "verify_all",
]
