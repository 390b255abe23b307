"""What each comparison level says to a person, in plain words."""

from __future__ import annotations

from vangnet.knowledge.terms import Words

_ANY: dict[str, Words] = {
    "missing": Words("Eén kant ontbreekt: telt niet mee.", "One side is missing: counts for nothing."),
    "recurring": Words(
        "Gelijk, maar dit komt bij heel veel ontmoetingen voor: telt niet mee.",
        "Equal, but it stands in very many encounters: counts for nothing.",
    ),
    "shared_in_family": Words(
        "Gelijk, maar een broer of zus kan dit ook hebben.", "Equal, but a brother or sister may share it."
    ),
}
_NUMBER: dict[str, Words] = {
    "exact": Words("Hetzelfde nummer.", "The same number."),
    "one_sign_apart": Words("Eén teken verschilt.", "One sign differs."),
    "different": Words("Een ander nummer.", "Another number."),
}
_NAME: dict[str, Words] = {
    "exact": Words("Gelijk geschreven.", "Written the same."),
    "spelling": Words("Klinkt hetzelfde, anders geschreven.", "Sounds the same, written in another way."),
    "part": Words("Deels gelijk; aan één kant staan meer namen.", "Partly equal; one side has more names."),
    "one_of_several": Words("Eén van meer namen is gelijk.", "One of several names is equal."),
    "short_form": Words("Korte of andere vorm van dezelfde naam.", "Short or other form of the same name."),
    "similar": Words("Lijkt erop.", "Looks alike."),
    "initial": Words("Alleen de eerste letter, en die is gelijk.", "Only the first letter, and it is equal."),
}
_WORDS: dict[str, dict[str, Words]] = {
    "given_name": {
        **_NAME,
        "different": Words("Een andere voornaam.", "Another first name."),
        "different_in_family": Words(
            "Een andere voornaam bij dezelfde achternaam: misschien een broer of zus.",
            "Another first name with the same family name: perhaps a brother or sister.",
        ),
    },
    "family_name": {
        **_NAME,
        "different": Words("Een andere achternaam.", "Another family name."),
        "different_too": Words(
            "Ook een andere achternaam: misschien een heel andere naam voor hetzelfde kind.",
            "Another family name too: perhaps a wholly other name for the same child.",
        ),
    },
    "name_order": {
        "as_written": Words("In dezelfde volgorde.", "In the same order."),
        "swapped": Words("Voornaam en achternaam omgedraaid.", "First and family name changed places."),
    },
    "birth_date": {
        "exact": Words("Dezelfde dag.", "The same day."),
        "exact_first_january": Words(
            "Beide 1 januari van hetzelfde jaar: vaak een geschatte datum.",
            "Both 1 January of the same year: often an estimated date.",
        ),
        "day_month_swapped": Words("Dag en maand omgedraaid.", "Day and month changed places."),
        "one_digit": Words("Eén cijfer verschilt.", "One digit differs."),
        "years_off": Words("Zelfde dag en maand, ander jaar.", "Same day and month, another year."),
        "swapped_and_years_off": Words(
            "Dag en maand omgedraaid, en een ander jaar.", "Day and month changed places, and another year."
        ),
        "first_january": Words("Zelfde jaar; één kant zegt 1 januari.", "Same year; one side says 1 January."),
        "partial_compatible": Words(
            "Niet volledig bekend; het past bij elkaar.", "Not fully known; the two fit together."
        ),
        "same_year": Words("Zelfde jaar, andere dag.", "Same year, another day."),
        "claimed_younger": Words(
            "Volgens één datum was het kind net onder 12, 14 of 18.",
            "By one date the child was just under 12, 14 or 18.",
        ),
        "near_year": Words("Andere datum, hooguit drie jaar ernaast.", "Another date, at most three years apart."),
        "conflicting": Words("De datums spreken elkaar tegen.", "The dates contradict each other."),
    },
    "sex": {
        "same": Words("Gelijk.", "The same."),
        "different": Words("Verschillend opgeschreven.", "Written down differently."),
    },
    "phone": {**_NUMBER, "exact": Words("Hetzelfde telefoonnummer.", "The same phone number.")},
    "address": {
        "exact": Words("Hetzelfde adres.", "The same address."),
        "different": Words("Een ander adres.", "Another address."),
    },
    "document": {**_NUMBER, "exact": Words("Hetzelfde documentnummer.", "The same document number.")},
    "biometric": {
        **_NUMBER,
        "exact": Words(
            "Hetzelfde nummer van een biometrische vergelijking.", "The same number of a biometric match."
        ),
    },
    "collector_phone": {
        **_NUMBER,
        "exact": Words("Hetzelfde telefoonnummer bij een volwassene.", "The same phone number with an adult."),
    },
    "vehicle": {**_NUMBER, "exact": Words("Hetzelfde voertuig.", "The same vehicle.")},
}
COMPARISON_WORDS: dict[str, Words] = {
    "given_name": Words("Voornaam", "First name"),
    "family_name": Words("Achternaam", "Family name"),
    "name_order": Words("Volgorde van de namen", "Order of the names"),
    "birth_date": Words("Geboortedatum", "Birth date"),
    "sex": Words("Geslacht", "Sex"),
    "phone": Words("Telefoon van het kind", "Phone of the child"),
    "address": Words("Adres", "Address"),
    "document": Words("Document", "Document"),
    "biometric": Words("Biometrische vergelijking", "Biometric match"),
    "collector_phone": Words("Telefoon van een volwassene", "Phone of an adult"),
    "vehicle": Words("Voertuig", "Vehicle"),
}
"""What each comparison is called on a page."""


def words_of(comparison: str, level: str) -> Words:
    """Give the sentence for a comparison level; every level of the model has one."""
    return _ANY.get(level) or _WORDS[comparison][level]
