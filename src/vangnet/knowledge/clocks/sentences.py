"""The sentences that stand beside a clock: what was assumed, and what is not sure."""

from __future__ import annotations

from collections.abc import Iterable

from vangnet.knowledge.terms import Words

LAWYER = Words(
    "Deze termijn is nog te controleren door een jurist.", "This term is still to be checked by a lawyer."
)
NO_MOMENT = Words(
    "Het begin is niet precies bekend. Daarom staat hier geen tijd.",
    "The start is not known exactly. So there is no time here.",
)
AGE_UNKNOWN = Words(
    "De leeftijd is niet bekend. Gerekend als onder de 12: dat is strenger.",
    "The age is not known. Counted as under 12, which is stricter.",
)
AGE_PARTIAL = Words(
    "De geboortedatum is niet volledig. Het kind kan jonger dan 12 zijn: dat telt.",
    "The birth date is not complete. The child may be under 12: that counts.",
)
AGE_PARTIAL_18 = Words(
    "De geboortedatum is niet volledig. Gerekend als kind.",
    "The birth date is not complete. Counted as a child.",
)
TURNS_12 = Words(
    "Het kind wordt 12 in deze tijd. De strengere klok blijft lopen.",
    "The child turns 12 in this time. The stricter clock keeps running.",
)
TURNS_18 = Words(
    "Het kind wordt 18 in deze tijd. De klok voor kinderen blijft lopen.",
    "The child turns 18 in this time. The clock for children keeps running.",
)
PRESUMED_CHILD = Words(
    "Geen document toont 18 jaar of ouder. Tot dan geldt: een kind (2011/36 art. 13).",
    "No document shows 18 or older. Until then: a child (2011/36 art. 13).",
)
AGE_AGAINST_BASIS = Words(
    "De grond zegt onder de 12, de geboortedatum niet. De strengere klok telt.",
    "The ground says under 12, the birth date does not. The stricter clock counts.",
)
OFFENCE_UNKNOWN = Words(
    "Niet bekend of voorlopige hechtenis mag. Gerekend met 6 uur: dat is strenger.",
    "Not known whether pre-trial detention is allowed. Counted as 6 hours, which is stricter.",
)
OFFENCE_LESSER = Words(
    "Voorlopige hechtenis mag hier niet. Dan is het 6 uur.",
    "Pre-trial detention is not allowed here. Then it is 6 hours.",
)
BASIS_UNKNOWN = Words(
    "De grond is niet bekend. Er staat een tijd van aanhouding, aankomst of bevel. Gerekend als ophouden.",
    "The ground is not known. A time of arrest, arrival or order is recorded. Counted as a hold.",
)
START_ARRESTED = Words(
    "De aankomst is niet bekend. Gerekend vanaf de aanhouding.",
    "The arrival is not known. Counted from the arrest.",
)
START_MET = Words(
    "Aankomst en aanhouding zijn niet bekend. Gerekend vanaf de ontmoeting.",
    "Arrival and arrest are not known. Counted from the encounter.",
)
ARREST_UNKNOWN = Words(
    "De tijd van aanhouding is niet bekend. De termijn loopt al, zonder tijd hier. Zoek die tijd op.",
    "The time of arrest is not known. The term runs already, without a time here. Look that time up.",
)
IF_UNDER_12 = Words(
    "Geldt als het kind onder de 12 is. Dat is niet zeker.",
    "Holds if the child is under 12. That is not certain.",
)
IF_FROM_12 = Words(
    "Geldt als het kind 12 of ouder is. Dat is niet zeker.",
    "Holds if the child is 12 or older. That is not certain.",
)
ALERT_ASSUMED = Words(
    "Gerekend alsof er een SIS-signalering (art. 32) is. Kijk welke maatregel er loopt.",
    "Counted as if there is a SIS alert (art. 32). Check which measure is running.",
)
MEASURE_OR_ALERT = Words(
    "Er is een maatregel of een signalering; welke staat er niet bij. Gerekend als SIS-signalering (art. 32):"
    " dat is strenger.",
    "There is a measure or an alert; which is not recorded. Counted as a SIS alert (art. 32), which is stricter.",
)


def joined(sentences: Iterable[Words]) -> Words | None:
    """Put sentences after each other in both languages, each once; None where there are none."""
    once = tuple(dict.fromkeys(sentences))
    if not once:
        return None
    return Words(" ".join(one.nl for one in once), " ".join(one.en for one in once))


def term_without_deadline(limit: Words) -> Words:
    """Say a period that is not shown as a deadline."""
    return Words(
        f"Termijn: {limit.nl}. Geen uiterste tijd hier: te controleren door een jurist.",
        f"Period: {limit.en}. No deadline here: to be checked by a lawyer.",
    )
