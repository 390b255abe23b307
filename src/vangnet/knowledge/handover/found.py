"""What was found about a check, in a few words that stand under its title.

The title of a check says what is looked at, never what came out. "Not in order" alone was misread:
a child who was heard alone and does not want to go *was* heard.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vangnet.knowledge.handover import sentences as say
from vangnet.knowledge.terms import Words

NOT_KNOWN = Words("niet bekend", "not known")

FOUND: Mapping[Words, Words] = MappingProxyType(
    {
        say.CHILD_KNOWN: Words("vastgelegd", "recorded"),
        say.CHILD_AGE_OPEN: Words("leeftijd staat niet vast", "age not certain"),
        say.HEARD: Words("alleen gehoord, wil mee", "heard alone, wants to go"),
        say.CHILD_REFUSES: Words("wil niet mee", "does not want to go"),
        say.NOT_ALONE: Words("nog niet alleen gehoord", "not heard alone yet"),
        say.INTERPRETER_NOT_SWORN: Words("tolk was niet beëdigd", "interpreter was not sworn"),
        say.INTERPRETER_UNKNOWN: Words("tolk niet bekend", "interpreter not known"),
        say.WISH_UNKNOWN: Words("alleen gehoord, wens niet bekend", "heard alone, wish not known"),
        say.TRUSTED_RECORDED: Words("gevraagd en gevolgd", "asked and followed"),
        say.TRUSTED_NOT_FOLLOWED: Words("gevraagd, nog niet gevolgd", "asked, not followed yet"),
        say.IDENTITY_SEEN: Words("identiteitsbewijs bekeken", "identity document inspected"),
        say.IDENTITY_NOT_SEEN: Words("geen identiteitsbewijs bekeken", "no identity document inspected"),
        say.AUTHORITY_SHOWN: Words("aangetoond", "shown"),
        say.AUTHORITY_NOT_SHOWN: Words("nog niet aangetoond", "not shown yet"),
        say.PRIVATE_DEED: Words("alleen een akte, dat is geen gezag", "only a deed, which is no authority"),
        say.FOREIGN_PAPER_DISPUTED: Words("twijfel over het bewijs", "doubt about the proof"),
        say.ABROAD_CONFIRMED: Words("antwoord: in orde", "answer: in order"),
        say.ABROAD_OBJECTS: Words("antwoord: een bezwaar", "answer: an objection"),
        say.NO_MEASURE: Words("gezocht, niets gevonden", "looked up, nothing found"),
        say.MEASURE_FOUND: Words("er is er een", "there is one"),
        say.NOT_BEFORE: Words("bekeken, niets te bespreken", "looked at, nothing to discuss"),
        say.COLLECTED_BEFORE: Words("ja, een specialist kijkt mee", "yes, a specialist looks at it"),
        say.INQUIRY_NO: Words("antwoord: nee", "answer: no"),
        say.INQUIRY_YES: Words("antwoord: ja", "answer: yes"),
        say.NO_CONFLICT: Words("bekeken, niets gevonden", "looked at, nothing found"),
        say.CONFLICT: Words("er zijn aanwijzingen", "there are indications"),
        say.ANSWERS_MATCH: Words("de antwoorden kloppen", "the answers agree"),
        say.ANSWERS_DIFFER: Words("de antwoorden verschillen", "the answers differ"),
        say.NO_CONTACT: Words("geen contact", "no contact"),
        say.CONTACT: Words("er was contact", "there was contact"),
        say.PLACE_CHECKED: Words("bekend, en er is iemand", "known, and someone is there"),
        say.PLACE_NOT_IN_ORDER: Words("nog niet geregeld", "not arranged yet"),
        say.CLOCK_RUNS: Words("loopt", "running"),
        say.CLOCK_ENDED: Words("om", "ended"),
    }
)
"""A finding that does not stand here is not known."""


def found_in(reason: Words) -> Words:
    """Give the few words for the reason of a finding; a reason with more behind it is read by its beginning."""
    exact = FOUND.get(reason)
    if exact is not None:
        return exact
    begun = (short for long, short in FOUND.items() if reason.nl.startswith(f"{long.nl} "))
    return next(begun, NOT_KNOWN)
