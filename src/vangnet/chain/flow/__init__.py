"""The story of one child through the chain, and the only place that crosses its steps."""

from vangnet.chain.flow.correcting import Corrected, correct, withdraw
from vangnet.chain.flow.judging import PairView, judge, pair, revoke
from vangnet.chain.flow.reading import Advice, Timeline, TimelineEntry, advice, cross_check, timeline
from vangnet.chain.flow.referring import answer, refer, referral
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.flow.take_in import TakenIn, importing, take_in
from vangnet.chain.flow.verifying import Verified, verify_all

__all__ = [
    "Advice",
    "Corrected",
    "PairView",
    "TakenIn",
    "Timeline",
    "TimelineEntry",
    "Verified",
    "advice",
    "answer",
    "correct",
    "cross_check",
    "importing",
    "judge",
    "pair",
    "refer",
    "referral",
    "relation_to",
    "revoke",
    "take_in",
    "timeline",
    "verify_all",
    "withdraw",
]
