"""Statutory terms as a table, and the duties that follow from one encounter.

Only a row that the law makes hard gives a deadline, and it is in real (elapsed) hours. Everything
else shows its age. Not known is counted the stricter way, and the note says so.
"""

from vangnet.knowledge.clocks.ages import Groups, ages_at, groups_between
from vangnet.knowledge.clocks.answer import Duty, Event, duties
from vangnet.knowledge.clocks.hold import HoldClock, hold_clock
from vangnet.knowledge.clocks.legal_status import LEGAL_STATUS_DUTIES, LegalStatus, legal_status_duties
from vangnet.knowledge.clocks.limits import Limit, is_working_day, working_days_after
from vangnet.knowledge.clocks.rows import Clock, event_kinds, has_table, table, table_version
from vangnet.knowledge.clocks.zones import in_place, zone_of

__all__ = [
    "LEGAL_STATUS_DUTIES",
    "Clock",
    "Duty",
    "Event",
    "Groups",
    "HoldClock",
    "LegalStatus",
    "Limit",
    "ages_at",
    "duties",
    "event_kinds",
    "groups_between",
    "has_table",
    "hold_clock",
    "in_place",
    "is_working_day",
    "legal_status_duties",
    "table",
    "table_version",
    "working_days_after",
    "zone_of",
]
