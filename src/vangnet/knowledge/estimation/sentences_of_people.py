"""What is said of a file of people or records that cannot be counted; each says how to mend it, and names nobody."""

from __future__ import annotations

from vangnet.knowledge.terms import Words

NO_PEOPLE = Words(
    "De eerste regel heeft een kolom person nodig, en list of een kolom per lijst; zet de namen van de kolommen daar.",
    "The first line needs a column person, and list or a column per list; put the names of the columns there.",
)
NO_ROWS = Words(
    "Er staat niemand in het bestand; zet onder de namen een rij per persoon of per registratie.",
    "Nobody is in the file; put one row per person or per record under the names.",
)
NAMED_COUNT = Words(
    "Een lijst kan niet count heten, want zo heet het aantal in de tabel; geef die lijst een andere naam.",
    "A list cannot be called count, for that is the number in the table; give that list another name.",
)
EMPTY = Words(
    "Deze rij zegt niet wie het is of op welke lijst; vul person en list in.",
    "This row does not say who it is or on which list; fill in person and list.",
)
DAY = Words(
    "Deze rij heeft geen hele datum; schrijf die als 2026-01-31.",
    "This row has no whole date; write it as 2026-01-31.",
)
ON_NO_LIST = Words(
    "Deze persoon staat op geen enkele lijst; haal de rij weg.",
    "This person is on no list at all; take the row away.",
)
PERSON_TWICE = Words(
    "Deze persoon heeft al een rij; voeg de rijen samen, één per persoon.",
    "This person has a row already; join the rows, one per person.",
)
PERIOD = Words(
    "De periode eindigt voordat zij begint; draai de twee dagen om.",
    "The period ends before it begins; swap the two days.",
)
NO_DATES = Words(
    "Voor een periode is een rij per registratie nodig, met een kolom date; lever die of laat de periode weg.",
    "A period needs one row per record, with a column date; give that or leave the period out.",
)
NOBODY_THEN = Words(
    "In deze periode staat niemand op een lijst; kies een andere periode.",
    "Nobody is on a list in this period; choose another period.",
)


def column(name: str) -> Words:
    """Say that a column is not needed, so that it must not be there."""
    return Words(
        f"De kolom {name} is hier niet nodig; haal die weg, want alleen person, list, date en truth worden gelezen.",
        f"The column {name} is not needed here; take it away, for only person, list, date and truth are read.",
    )
