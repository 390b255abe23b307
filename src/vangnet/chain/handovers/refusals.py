"""Why something at the gate was refused, each in one sentence that says how to go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from vangnet.knowledge.terms import Reason, RefusalKind, Words

_NOT_THERE = {
    "unknown_encounter": Words("Deze ontmoeting is hier niet bekend.", "This encounter is not known here."),
    "unknown_request": Words("Deze vraag om het kind is hier niet bekend.", "This request is not known here."),
    "unknown_proposal": Words("Dit voorstel is hier niet bekend.", "This proposal is not known here."),
    "unknown_decision": Words("Dit besluit is hier niet bekend.", "This decision is not known here."),
    "unknown_incident": Words("Dit voorval is hier niet bekend.", "This incident is not known here."),
}
_MEND = {
    "unknown_check": Words("Deze controle wordt hier niet vastgelegd.", "This check is not recorded here."),
    "state_not_in_list": Words(
        "Dit antwoord hoort niet bij deze controle; kies er een uit de lijst.",
        "This answer does not belong to this check; choose one from the list.",
    ),
    "source_not_in_list": Words(
        "Deze bron hoort niet bij deze controle; kies er een uit de lijst.",
        "This source does not belong to this check; choose one from the list.",
    ),
    "outcome_not_in_list": Words(
        "Deze uitkomst staat niet in de lijst; kies er een uit de lijst.",
        "This outcome is not in the list; choose one from the list.",
    ),
    "incident_is_no_decision": Words(
        "Dit is een voorval, geen overdracht. Leg het vast als voorval.",
        "This is an incident, not a hand-over. Record it as an incident.",
    ),
    "handover_is_no_incident": Words(
        "Dit is een overdracht, geen voorval. Daarvoor is een besluit van twee mensen nodig.",
        "This is a hand-over, not an incident. It needs a decision of two people.",
    ),
    "nobody_asked": Words(
        "Niemand vroeg om het kind mee te nemen. Kies een andere ontvanger.",
        "Nobody asked to take the child along. Choose another receiver.",
    ),
    "no_reason": Words("Schrijf in eigen woorden waarom.", "Write in your own words why."),
    "no_receiver": Words("Schrijf op wie het kind ontving.", "Write down who received the child."),
    "no_receiving_organisation": Words(
        "Kies welke organisatie het kind ontvangt.", "Choose which organisation receives the child."
    ),
    "cannot_receive": Words(
        "Deze organisatie doet hier niet mee. Kies een organisatie uit de lijst.",
        "This organisation takes no part here. Choose an organisation from the list.",
    ),
    "who_asked_receives": Words(
        "Wie het gezag heeft, ontvangt het kind zelf. Kies geen organisatie, of een ander einde.",
        "Who has authority receives the child in person. Choose no organisation, or another end.",
    ),
    "receiver_without_name": Words(
        "Van deze volwassene staat geen naam meer vast. Zet de naam eerst terug bij de ontmoeting.",
        "No name of this adult stands any more. Put the name back at the encounter first.",
    ),
    "no_review": Words(
        "Schrijf in eigen woorden wat u naging en wat er nu gebeurt.",
        "Write in your own words what you looked into and what happens now.",
    ),
}
_CHANGED = {
    "not_ready": Words(
        "Niet alles wat wet of beleid vraagt is in orde. Kijk welke controles openstaan.",
        "Not everything that law or policy asks is in order. Look which checks are open.",
    ),
    "same_person": Words(
        "U stelde dit zelf voor. Een ander moet het bevestigen.",
        "You proposed this yourself. Another person must confirm it.",
    ),
    "check_changed": Words(
        "Een controle veranderde na het voorstel. Bekijk die en stel opnieuw voor.",
        "A check changed after the proposal. Look at it and propose again.",
    ),
    "account_changed": Words(
        "Het verslag van de ontmoeting veranderde na het voorstel. Lees het en stel opnieuw voor.",
        "The account of the encounter changed after the proposal. Read it and propose again.",
    ),
    "child_not_agreed": Words(
        "Naar deze plek gaat het kind alleen als het zelf instemt. Vraag het aan het kind en leg het vast bij: "
        "Waar gaat het kind heen?",
        "The child goes to this place only if they agree to it. Ask the child, and record it at: "
        "Where does the child go?",
    ),
    "already_decided": Words("Over dit voorstel is al besloten.", "This proposal was decided already."),
    "decision_open": Words(
        "Er staat al een besluit over dit kind open. Voer het uit of trek het in.",
        "A decision about this child is open already. Carry it out or withdraw it.",
    ),
    "superseded": Words(
        "Dit besluit geldt niet meer. Er is een nieuw besluit nodig.",
        "This decision no longer holds. A new decision is needed.",
    ),
    "own_incident": Words(
        "U legde dit voorval zelf vast. Een ander kijkt het na.",
        "You recorded this incident yourself. Another person reviews it.",
    ),
    "already_reviewed": Words("Dit voorval is al nagekeken.", "This incident was reviewed already."),
    "carried_out": Words("Dit besluit is al uitgevoerd.", "This decision was carried out already."),
    "receiver_not_decided": Words(
        "Dit is besloten zonder te zeggen wie het kind ontvangt. Doe een nieuw voorstel met de ontvanger.",
        "This was decided without saying who receives the child. Make a new proposal with the receiver.",
    ),
    "no_pen": Words(
        "De database is niet klaar voor overdrachten, dus er is niets vastgelegd. Laat wie Vangnet beheert"
        " `vangnet init` uitvoeren.",
        "The database is not ready for hand-overs, so nothing was recorded. Let whoever runs Vangnet"
        " run `vangnet init`.",
    ),
    "changed_meanwhile": Words(
        "Intussen veranderde er iets, dus er is niets vastgelegd. Open de overdracht opnieuw.",
        "Something changed meanwhile, so nothing was recorded. Open the hand-over again.",
    ),
}
_TITLES = {
    "same_person": Words("Een ander besluit dit met u", "Another person decides this with you"),
    "check_changed": Words("Intussen veranderde er iets", "Something changed meanwhile"),
    "account_changed": Words("Intussen veranderde er iets", "Something changed meanwhile"),
    "child_not_agreed": Words("Nog niet", "Not yet"),
    "changed_meanwhile": Words("Intussen veranderde er iets", "Something changed meanwhile"),
    "not_ready": Words("Nog niet", "Not yet"),
    "own_incident": Words("Een ander kijkt dit na", "Another person reviews this"),
    "already_reviewed": Words("Dit is al nagekeken", "This was reviewed already"),
}
_KINDS: tuple[tuple[RefusalKind, Mapping[str, Words]], ...] = (
    ("not_there", _NOT_THERE),
    ("mend", _MEND),
    ("changed", _CHANGED),
)
REFUSALS: Mapping[str, Reason] = MappingProxyType(
    {
        code: Reason(code=code, kind=kind, words=words, title=_TITLES.get(code))
        for kind, all_words in _KINDS
        for code, words in all_words.items()
    }
)


def refusal(code: str, where: str = "") -> Reason:
    """Give a refusal of this list; raises KeyError for any other."""
    return replace(REFUSALS[code], where=where)
