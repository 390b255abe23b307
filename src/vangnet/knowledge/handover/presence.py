"""The first line of every gate: on what basis the child is here, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from vangnet.knowledge.terms import Custody, Words

_ZONE = ZoneInfo("Europe/Amsterdam")
_MONTHS_NL = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_NEVER_ALONE = Words("Laat het kind nooit alleen weggaan.", "Never let the child leave alone.")
_OFFER = Words(
    "Wat u mag aanbieden: een veilige plek, als het kind dat zelf wil.",
    "What you may offer: a safe place, if the child wants it.",
)
_CALL = Words(
    "Bel nu de spoeddienst van de Raad voor de Kinderbescherming; die bereikt de piketrechter.",
    "Call the on-call Child Care and Protection Board now; they reach the judge on duty.",
)
_CALL_ABROAD = Words(
    "Bel nu de kinderbescherming ter plaatse. Voor dit land heeft Vangnet geen tabel.",
    "Call the local child-protection authority now. Vangnet has no table for this country.",
)
_NO_POWER = Words("Niemand hier mag dit kind vasthouden.", "Nobody here has the power to hold this child.")

_GROUNDS: Mapping[str, Words] = MappingProxyType(
    {
        "suspect": Words(
            "Het kind is opgehouden voor onderzoek naar een feit.", "The child is held for inquiry into an offence."
        ),
        "under_12": Words(
            "Het kind is jonger dan twaalf en is opgehouden voor onderzoek. Een gecertificeerde instelling krijgt daarvan bericht.",
            "The child is under twelve and is held for inquiry. A certified youth-protection body is told of it.",
        ),
        "ordered": Words("Het kind is in verzekering gesteld.", "The child is in police custody by order."),
        "witness": Words("Het kind is hier als getuige.", "The child is here as a witness."),
        "voluntary": Words("Het kind is hier uit eigen keuze.", "The child is here by his or her own choice."),
        "none": Words("Er is geen grond om het kind hier te houden.", "There is no ground to keep the child here."),
        "unknown": Words(
            "Niet bekend op welke grond het kind hier is.", "It is not known on what ground the child is here."
        ),
        "measure": Words(
            "Voor het kind geldt een maatregel van de rechter. De instelling die de maatregel uitvoert, is de ontvanger.",
            "A measure of a judge stands for the child. The body that carries it out is the receiver.",
        ),
    }
)
_HELD = frozenset({"suspect", "under_12"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """On what basis the child is here and until when (`first`), and what then (`then`)."""

    ground: Words
    until: tuple[Words, ...]
    rest: tuple[Words, ...]

    @property
    def first(self) -> Words:
        """What stands above everything else: the ground, and until when."""
        return _join(self.ground, *self.until)

    @property
    def then(self) -> Words:
        """What comes after it, and what can be offered."""
        return _join(*self.rest)

    @property
    def words(self) -> Words:
        """All of it as one text."""
        return _join(self.ground, *self.until, *self.rest)


def basis_of_presence(
    custody: Custody, *, hold_due_at: datetime | None, at: datetime, country: str = "NL"
) -> Presence:
    """Say on what basis the child is here and until when; where there is none, say so and what can be offered.

    `hold_due_at` is the end of the hold in real hours, None where not known. Times are said in Dutch
    local time. It never proposes to hold a child beyond that end. Sources: Sv 56a, 57-58, 487(2), 488b.
    """
    call = _CALL if country == "NL" else _CALL_ABROAD
    if custody.basis == "measure":
        return Presence(ground=_GROUNDS["measure"], until=(), rest=(call, _NEVER_ALONE))
    if custody.basis not in _HELD:
        return _nobody_may_hold(_GROUNDS[custody.basis], call)
    ground = _GROUNDS["ordered" if custody.ordered_at is not None else custody.basis]
    if hold_due_at is None:
        return Presence(ground=ground, until=(_END_UNKNOWN,), rest=(_AT_THE_END, call, _OFFER))
    if hold_due_at <= at:
        return _nobody_may_hold(_ended(hold_due_at), call)
    return Presence(ground=ground, until=(_ends(hold_due_at),), rest=(_after(hold_due_at), call, _OFFER))


def _nobody_may_hold(ground: Words, call: Words) -> Presence:
    return Presence(ground=ground, until=(_NO_POWER,), rest=(_NEVER_ALONE, call, _OFFER))


_END_UNKNOWN = Words(
    "Niet bekend tot wanneer: leg vast hoe laat het kind hier aankwam.",
    "Not known until when: record at what time the child arrived here.",
)
_AT_THE_END = Words(
    "Daarna mag niemand hier dit kind vasthouden. Laat het ook dan nooit alleen weggaan.",
    "After that nobody here has the power to hold this child. Even then never let the child leave alone.",
)


def _ends(due: datetime) -> Words:
    when = local_moment(due)
    return Words(
        f"Dat eindigt uiterlijk {when.nl}, ook als er nog iets ontbreekt.",
        f"That ends by {when.en} at the latest, even if something is missing.",
    )


def _after(due: datetime) -> Words:
    """Name the moment: "after that" was read as after whatever stood above it."""
    time = f"{due.astimezone(_ZONE):%H:%M}"
    return Words(
        f"Na {time} mag niemand hier dit kind vasthouden. Laat het ook dan nooit alleen weggaan.",
        f"After {time} nobody here has the power to hold this child. Even then never let the child leave alone.",
    )


def _ended(due: datetime) -> Words:
    when = local_moment(due)
    return Words(f"De tijd om het kind op te houden was om {when.nl}.", f"The time of the hold ended at {when.en}.")


def local_moment(moment: datetime) -> Words:
    """Write a moment in full, in Dutch local time."""
    local = moment.astimezone(_ZONE)
    month = local.month - 1
    return Words(
        f"{local:%H:%M} op {local.day} {_MONTHS_NL[month]} {local.year}",
        f"{local:%H:%M} on {local.day} {_MONTHS_EN[month]} {local.year}",
    )


def _join(*sentences: Words) -> Words:
    return Words(" ".join(one.nl for one in sentences), " ".join(one.en for one in sentences))
