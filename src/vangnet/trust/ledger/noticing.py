"""What an auditor may want to look at first: plain counts by fixed rules, never a judgment of a person.

Pure: entries in, counts out. A person reads the entries behind a count and decides what it means.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from vangnet.trust.ledger.selectors import EntryView


class Rule(StrEnum):
    """What is counted, for one colleague on one day."""

    MANY_AT_ONCE = "many_at_once"
    WITHOUT_ENCOUNTER = "without_encounter"
    SAME_CORRECTED = "same_corrected"
    REFUSED = "refused"
    ONE_HAND = "one_hand"


STRETCH: Final = timedelta(minutes=10)
NEAR: Final = timedelta(hours=1)
LEAST: Final[dict[Rule, int]] = {
    Rule.MANY_AT_ONCE: 10,
    Rule.WITHOUT_ENCOUNTER: 5,
    Rule.SAME_CORRECTED: 5,
    Rule.REFUSED: 1,
    Rule.ONE_HAND: 1,
}
"""From how many on a count is shown; the page says these numbers."""
SEARCHES: Final = frozenset({"cross_check"})
RECORDS: Final = frozenset({"record_encounter", "correct_encounter"})
CORRECTS: Final = frozenset({"correct_encounter"})
REFUSALS: Final = frozenset({"refused_immigration"})
COUNTED: Final = SEARCHES | RECORDS | REFUSALS
"""The acts that the rules look at, for one colleague."""
CONFIRMS: Final = "confirm_decision"
DECIDES: Final = frozenset({"propose_decision", CONFIRMS})
"""The acts of two people that one rule looks at together."""
MAKES: Final = frozenset({"add_person"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """One count: by which rule, of whom, on which day, from when; `record` where it is about one."""

    rule: Rule
    actor_id: UUID
    day: date
    since: datetime
    many: int
    record: UUID | None = None


def noticed_in(entries: Iterable[EntryView], zone: ZoneInfo) -> tuple[Noticed, ...]:
    """Count what the rules look at, the newest day first and within a day by time.

    Days are those of the clock in `zone`. The order of the entries does not matter.
    """
    days: dict[tuple[UUID, date], list[EntryView]] = defaultdict(list)
    for one in sorted(entries, key=lambda one: one.number):
        days[one.actor_id, one.at.astimezone(zone).date()].append(one)
    return newest_first(
        counted for (actor_id, day), mine in days.items() for counted in _of_day(actor_id, day, mine)
    )


def newest_first(found: Iterable[Noticed]) -> tuple[Noticed, ...]:
    """Put counts in the order in which they are shown."""
    return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), one.since, one.rule)))


def of_one_hand(
    entries: Iterable[EntryView], made: Mapping[UUID, EntryView], zone: ZoneInfo
) -> tuple[Noticed, ...]:
    """Count decisions whose two deciders have accounts that were made on one day by one account.

    `made` holds for each person the entry of their account. Who proposed is whoever did so last for
    the encounter. Two people may well be let in on one day; it is counted because one may be two.
    """
    hands = {who: (entry.actor_id, entry.at.astimezone(zone).date()) for who, entry in made.items()}
    proposed: dict[UUID | None, UUID] = {}
    days: dict[tuple[UUID, date], list[datetime]] = defaultdict(list)
    for one in sorted(entries, key=lambda one: one.number):
        encounter, second = next(iter(one.subjects), None), one.actor_id
        if one.act != CONFIRMS:
            proposed[encounter] = one.actor_id
        elif second in hands and hands[second] == hands.get(proposed.get(encounter, UUID(int=0))):
            days[second, one.at.astimezone(zone).date()].append(one.at)
    return tuple(
        Noticed(rule=Rule.ONE_HAND, actor_id=actor_id, day=day, since=times[0], many=len(times))
        for (actor_id, day), times in days.items()
    )


def _of_day(actor_id: UUID, day: date, mine: Sequence[EntryView]) -> Iterator[Noticed]:
    counts = (
        (Rule.MANY_AT_ONCE, _busiest(_times(mine, SEARCHES)), None),
        (Rule.WITHOUT_ENCOUNTER, _alone(_times(mine, SEARCHES), _times(mine, RECORDS)), None),
        (Rule.SAME_CORRECTED, *_corrected(mine)),
        (Rule.REFUSED, _times(mine, REFUSALS), None),
    )
    for rule, times, record in counts:
        if len(times) >= LEAST[rule]:
            yield Noticed(rule=rule, actor_id=actor_id, day=day, since=times[0], many=len(times), record=record)


def _times(mine: Iterable[EntryView], acts: frozenset[str]) -> list[datetime]:
    return sorted(one.at for one in mine if one.act in acts)


def _busiest(times: list[datetime]) -> list[datetime]:
    """Give the moments of the fullest ten minutes, the first of these where two are as full."""
    best: list[datetime] = []
    first = 0
    for last, at in enumerate(times):
        while at - times[first] > STRETCH:
            first += 1
        if last - first + 1 > len(best):
            best = times[first : last + 1]
    return best


def _alone(searches: list[datetime], recorded: list[datetime]) -> list[datetime]:
    """Give the searches around which this colleague recorded or corrected no encounter."""
    return [at for at in searches if all(abs(at - one) > NEAR for one in recorded)]


def _corrected(mine: Iterable[EntryView]) -> tuple[list[datetime], UUID | None]:
    """Give when the encounter that was corrected most often was corrected, and which one it is."""
    corrections = [(one.subjects[0], one.at) for one in mine if one.act in CORRECTS and one.subjects]
    most = Counter(record for record, _ in corrections).most_common(1)
    record = most[0][0] if most else None
    return [at for one, at in corrections if one == record], record
