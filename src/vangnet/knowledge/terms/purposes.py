"""What somebody may need data for: chosen once per task, written on every page and in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vangnet.knowledge.terms.words import Words


class Purpose(StrEnum):
    """The purposes for which a record may be opened or written; there are no others."""

    PROTECT_CHILD = "protect_child"
    IDENTIFY_CHILD = "identify_child"
    DECIDE_HANDOVER = "decide_handover"
    NON_PUNISHMENT = "non_punishment"
    FIND_EXPLOITERS = "find_exploiters"
    LEGAL_STATUS = "legal_status"
    KEEP_REGISTER = "keep_register"
    ACCOUNT = "account"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeTerms:
    """A purpose in words with its legal basis, for the page and for the jurist."""

    words: Words
    legal_basis: Words


PURPOSES: dict[Purpose, PurposeTerms] = {
    Purpose.PROTECT_CHILD: PurposeTerms(
        words=Words("dit kind beschermen", "protect this child"),
        legal_basis=Words(
            "Politiewet art. 3; Wpg art. 8; Jeugdwet; AVG art. 6(1)(e)",
            "Police Act art. 3; Police Data Act art. 8; Youth Act; GDPR art. 6(1)(e)",
        ),
    ),
    Purpose.IDENTIFY_CHILD: PurposeTerms(
        words=Words("weten of dit hetzelfde kind is", "know whether this is the same child"),
        legal_basis=Words("Wpg art. 8 en 13; AVG art. 6(1)(e)", "Police Data Act art. 8 and 13; GDPR art. 6(1)(e)"),
    ),
    Purpose.DECIDE_HANDOVER: PurposeTerms(
        words=Words("besluiten met wie dit kind meegaat", "decide with whom this child goes"),
        legal_basis=Words("Sv art. 487-490; Politiewet art. 3", "Sv art. 487-490; Police Act art. 3"),
    ),
    Purpose.NON_PUNISHMENT: PurposeTerms(
        words=Words("de vraag om niet te straffen", "the question of non-punishment"),
        legal_basis=Words("Richtlijn 2011/36 art. 8", "Directive 2011/36 art. 8"),
    ),
    Purpose.FIND_EXPLOITERS: PurposeTerms(
        words=Words("de volwassenen achter het kind vinden", "find the adults behind the child"),
        legal_basis=Words("Sr art. 273f; Wpg art. 9", "Sr art. 273f; Police Data Act art. 9"),
    ),
    Purpose.LEGAL_STATUS: PurposeTerms(
        words=Words("de bedenktijd en de rechten die erbij horen", "the reflection period and its rights"),
        legal_basis=Words("Vc B8/3", "Vc B8/3"),
    ),
    Purpose.KEEP_REGISTER: PurposeTerms(
        words=Words("het eigen register bijhouden", "keep one's own register"),
        legal_basis=Words("Wpg art. 8; AVG art. 6(1)(e)", "Police Data Act art. 8; GDPR art. 6(1)(e)"),
    ),
    Purpose.ACCOUNT: PurposeTerms(
        words=Words("verantwoorden wie wat zag", "account for who saw what"),
        legal_basis=Words("Wpg art. 32 en 32a; AVG art. 5(2)", "Police Data Act art. 32 and 32a; GDPR art. 5(2)"),
    ),
    Purpose.RESEARCH: PurposeTerms(
        words=Words("onderzoek met tabellen, zonder personen", "research on tables, without persons"),
        legal_basis=Words("AVG art. 89", "GDPR art. 89"),
    ),
}
