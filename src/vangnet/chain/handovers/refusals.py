"""Why something at the gate was refused, each in one sentence that says how to go on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vangnet.knowledge.terms import Reason, Words

_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "unknown_encounter": Words("Deze ontmoeting is hier niet bekend.", "This encounter is not known here."),
        "unknown_request": Words("Deze vraag om het kind is hier niet bekend.", "This request is not known here."),
        "unknown_proposal": Words("Dit voorstel is hier niet bekend.", "This proposal is not known here."),
        "unknown_decision": Words("Dit besluit is hier niet bekend.", "This decision is not known here."),
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
        "not_ready": Words(
            "Nog niet: niet alles wat wet of beleid vraagt is in orde. Kijk welke controles openstaan.",
            "Not yet: not everything that law or policy asks is in order. Look which checks are open.",
        ),
        "nobody_asked": Words(
            "Niemand vroeg om het kind mee te nemen. Kies een andere ontvanger.",
            "Nobody asked to take the child along. Choose another receiver.",
        ),
        "no_reason": Words("Schrijf in eigen woorden waarom.", "Write in your own words why."),
        "no_receiver": Words("Schrijf op wie het kind ontving.", "Write down who received the child."),
        "same_person": Words(
            "U stelde dit zelf voor. Een ander moet het bevestigen.",
            "You proposed this yourself. Another person must confirm it.",
        ),
        "check_changed": Words(
            "Een controle veranderde na het voorstel. Bekijk die en stel opnieuw voor.",
            "A check changed after the proposal. Look at it and propose again.",
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
        "unknown_incident": Words("Dit voorval is hier niet bekend.", "This incident is not known here."),
        "no_review": Words(
            "Schrijf in eigen woorden wat u naging en wat er nu gebeurt.",
            "Write in your own words what you looked into and what happens now.",
        ),
        "own_incident": Words(
            "U legde dit voorval zelf vast. Een ander kijkt het na.",
            "You recorded this incident yourself. Another person reviews it.",
        ),
        "already_reviewed": Words("Dit voorval is al nagekeken.", "This incident was reviewed already."),
        "carried_out": Words("Dit besluit is al uitgevoerd.", "This decision was carried out already."),
        "changed_meanwhile": Words(
            "Intussen veranderde er iets, dus er is niets vastgelegd. Open de overdracht opnieuw.",
            "Something changed meanwhile, so nothing was recorded. Open the hand-over again.",
        ),
    }
)


def refusal(code: str, where: str = "") -> Reason:
    """Give a refusal of this list; raises KeyError for any other."""
    return Reason(code=code, words=_WORDS[code], where=where)
