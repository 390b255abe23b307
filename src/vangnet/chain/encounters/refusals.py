"""Why an encounter is not recorded, changed or opened, each in one sentence."""

from __future__ import annotations

from vangnet.knowledge.terms import Reason, Words

CORRECT_IT = Reason(
    code="correct_it_instead",
    kind="changed",
    where="encounter_id",
    words=Words(
        "Deze ontmoeting is al vastgelegd, met een andere inhoud. Verbeter die ontmoeting, of geef deze een eigen nummer.",
        "This encounter was recorded already, with other content. Correct it instead, or give this one a number of its own.",
    ),
)
OTHER_NUMBER = Reason(
    code="other_number",
    where="encounter_id",
    words=Words(
        "Het nummer van een ontmoeting verandert niet. Laat het nummer zoals het was.",
        "The number of an encounter does not change. Leave the number as it was.",
    ),
)
SAY_WHY = Reason(
    code="say_why",
    where="reason",
    words=Words("Schrijf in een zin waarom.", "Write in one sentence why."),
)
DESTROYED = Reason(
    code="destroyed",
    kind="may_not",
    title=Words("Dit is vernietigd", "This was destroyed"),
    words=Words(
        "Deze ontmoeting is vernietigd; de gegevens bestaan niet meer.",
        "This encounter was destroyed; the data no longer exist.",
    ),
)
OVER_A_YEAR = Reason(
    code="over_a_year",
    kind="may_not",
    title=Words("Dit is ouder dan een jaar", "This is older than a year"),
    words=Words(
        "Het is alleen nog te vergelijken. De specialist van uw organisatie kan het openen.",
        "It can only be compared now. The specialist of your organisation can open it.",
    ),
    rule=Words(
        "Regel: politiegegevens van meer dan een jaar oud zijn alleen te vergelijken (Wpg art. 8).",
        "Rule: police data of more than a year old can only be compared (Police Data Act art. 8).",
    ),
)
ONLY_SPECIALIST = Reason(
    code="only_specialist",
    kind="may_not",
    title=Words("Een specialist opent dit", "A specialist opens this"),
    words=Words(
        "Alleen de specialist van de organisatie die dit vastlegde, kan het openen.",
        "Only the specialist of the organisation that recorded this can open it.",
    ),
)


def other_organisation(named: str, own: str) -> Reason:
    """Say that an encounter names another organisation than the one that records it."""
    words = Words(
        f"Hier staat organisatie {named}, maar u legt vast voor {own}. Zet er {own}, of laat {named} het vastleggen.",
        f"The organisation here is {named}, but you record for {own}. Write {own}, or have {named} record it.",
    )
    return Reason(code="other_organisation", where="organisation", words=words)
