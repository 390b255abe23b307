"""After the child left: what ended here, and what the law keeps standing all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from vangnet.knowledge.handover.outcomes import EndState
from vangnet.knowledge.handover.presence import local_moment
from vangnet.knowledge.handover.shapes import CheckResult
from vangnet.knowledge.terms import Custody, Words

_ORDER = Words(
    "Het bevel tot inverzekeringstelling eindigt daarmee niet. Vraag de officier wat ermee gebeurt.",
    "The order of police custody does not end with that. Ask the prosecutor what happens to it.",
)
_MEASURE = Words(
    "De maatregel van de rechter blijft gelden. De instelling die hem uitvoert is aan de beurt.",
    "The measure of the judge still stands. The body that carries it out is at turn.",
)
_HAPPENED: Mapping[str, Words] = MappingProxyType(
    {
        "handover": Words(
            "Het kind is hier niet meer: overgedragen om {nl}.", "The child is no longer here: handed over at {en}."
        ),
        "CHILD_LEFT_AT_LEGAL_LIMIT": Words(
            "Het kind is hier niet meer: het ging weg toen de tijd om was. Dat is vastgelegd om {nl}.",
            "The child is no longer here: he or she left when the time had ended. That was recorded at {en}.",
        ),
        "CHILD_WENT_MISSING": Words(
            "Het kind is hier niet meer en wordt vermist. Dat is vastgelegd om {nl}.",
            "The child is no longer here and is missing. That was recorded at {en}.",
        ),
    }
)
ABOUT_THE_CHILD: frozenset[str] = frozenset({"G-01", "G-02", "G-03", "G-07", "G-15"})
"""Checks that are about the child and where he or she is, whoever asked; first table, for the jurist to change."""

ENOUGH: Mapping[bool, Words] = MappingProxyType(
    {
        True: Words(
            "Hiervoor moest eerst alles in orde zijn wat wet en beleid vragen. Dat was zo toen twee mensen besloten.",
            "For this, everything that law and policy ask had to be in order. It was when two people decided.",
        ),
        False: Words(
            "Voor deze plek is een besluit van twee mensen genoeg. "
            "Alleen voor mee met een volwassene moet eerst alles in orde zijn.",
            "For this place a decision of two people is enough. "
            "Only to go with an adult, everything must be in order first.",
        ),
    }
)
"""On what ground a hand-over was allowed, by whether its outcome needs a gate that is ready."""

_AGREED = Words(
    "Het kind moest zelf met deze plek instemmen. Verder is voor deze plek een besluit van twee mensen genoeg.",
    "The child had to agree to this place. Apart from that, a decision of two people is enough for it.",
)
_ENDED = Words("Het ophouden is hier geëindigd.", "The hold here has ended.")


def still_standing(custody: Custody) -> Words | None:
    """Say what does not end when the child leaves this place; None where nothing does.

    An order of police custody (Sv 57) or a measure of a judge (BW 1:255, 1:257) is ended by whoever
    gave it, never by a hand-over.
    """
    if custody.basis == "measure":
        return _MEASURE
    return _ORDER if custody.ordered_at is not None else None


def after_leaving(custody: Custody, *, end: EndState, left_at: datetime) -> Words:
    """Say that the child is no longer here, since when, and what of the custody stands all the same.

    The first line of a gate that has ended, in place of the basis of presence. Times are said in
    Dutch local time.
    """
    happened = _HAPPENED[end.code if end.kind == "incident" else end.kind]
    when, held = local_moment(left_at), custody.basis in {"suspect", "under_12"}
    standing = still_standing(custody)
    parts = [Words(happened.nl.format(nl=when.nl), happened.en.format(en=when.en))]
    parts += [_ENDED] if held and standing is None else []
    parts += [standing] if standing else []
    return Words(" ".join(one.nl for one in parts), " ".join(one.en for one in parts))


def grounds_of(end: EndState) -> Words:
    """Say on what ground a hand-over with this outcome is allowed, however many questions were not asked."""
    return _AGREED if end.needs_wish else ENOUGH[end.needs_ready]


def still_to_ask(results: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
    """Give the checks that must still be looked at after a hand-over: not known, and about the child."""
    return tuple(one for one in results if one.state == "unknown" and one.check in ABOUT_THE_CHILD)
