"""What each act of the ledger says happened, in one sentence for whoever audits it; what is not listed is not written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vangnet.knowledge.terms import Words

_ENCOUNTERS = {
    "record_encounter": Words("Een ontmoeting is vastgelegd.", "An encounter was recorded."),
    "correct_encounter": Words("Een ontmoeting is verbeterd.", "An encounter was corrected."),
    "import_history": Words("Oude ontmoetingen zijn ingelezen.", "Earlier encounters were imported."),
    "read_encounter": Words("Een ontmoeting is gelezen.", "An encounter was read."),
    "read_advice": Words("Het advies bij een ontmoeting is gelezen.", "The advice on an encounter was read."),
    "read_timeline": Words("De tijdlijn van een kind is gelezen.", "The timeline of a child was read."),
    "list_encounters": Words("Een lijst van ontmoetingen is getoond.", "A list of encounters was shown."),
    "open_older": Words("Een oudere ontmoeting is opengesteld.", "An older encounter was opened up."),
}
_SAME_CHILD = {
    "cross_check": Words("Er is gezocht naar eerdere ontmoetingen.", "Earlier encounters were looked for."),
    "read_pair": Words("Twee ontmoetingen zijn naast elkaar gelezen.", "Two encounters were read side by side."),
    "judge": Words(
        "Er is geoordeeld of twee ontmoetingen over hetzelfde kind gaan.",
        "It was judged whether two encounters are about the same child.",
    ),
    "revoke_verdict": Words(
        "Een oordeel over hetzelfde kind is teruggenomen.", "A verdict on the same child was taken back."
    ),
    "rejoin": Words(
        "Uit de oordelen is opnieuw opgebouwd welke ontmoetingen van één kind zijn.",
        "From the verdicts it was built anew which encounters are of one child.",
    ),
    "finish_look_again": Words(
        "Er is opnieuw gekeken, nadat een oordeel verviel.", "It was looked at again, after a verdict fell."
    ),
}
_WORK = {
    "list_work": Words("De werklijst is getoond.", "The work list was shown."),
    "complete_duty": Words("Een plicht is als gedaan vastgelegd.", "A duty was recorded as done."),
    "record_international_check": Words(
        "Een internationale navraag is vastgelegd.", "An international check was recorded."
    ),
}
_GATE = {
    "read_gate": Words("De overdracht van een kind is gelezen.", "The hand-over of a child was read."),
    "ask_gate": Words("Een overdracht is begonnen.", "A hand-over was begun."),
    "record_check": Words("Een controle is vastgelegd.", "A check was recorded."),
    "propose_decision": Words("Een besluit is voorgesteld.", "A decision was proposed."),
    "confirm_decision": Words(
        "Een tweede persoon bevestigde een besluit.", "A second person confirmed a decision."
    ),
    "decline_decision": Words(
        "Een tweede persoon ging niet akkoord met een voorstel.", "A second person did not agree to a proposal."
    ),
    "supersede_decision": Words("Een besluit is ingetrokken.", "A decision was withdrawn."),
    "record_handover": Words(
        "Vastgelegd is dat het kind met de ontvanger meeging.",
        "It was recorded that the child went with the receiver.",
    ),
    "record_incident": Words(
        "Vastgelegd is dat het kind vertrok zonder overdracht.",
        "It was recorded that the child left without a hand-over.",
    ),
    "review_incident": Words("Een voorval is nagekeken.", "An incident was reviewed."),
}
_REFERRALS = {
    "send_referral": Words("Een kind is aangemeld.", "A child was referred."),
    "read_referral": Words("Een aanmelding is gelezen.", "A referral was read."),
    "answer_referral": Words("Een aanmelding is beantwoord.", "A referral was answered."),
}
_ACCOUNTS = {
    "add_person": Words("Iemand kreeg een account.", "Somebody was given an account."),
    "give_role": Words("Iemand kreeg een rol.", "Somebody was given a role."),
    "take_role": Words("Een rol is afgenomen.", "A role was taken away."),
    "end_access": Words("De toegang van iemand is beëindigd.", "Somebody's access was ended."),
    "reset_access": Words("De toegang van iemand is opnieuw ingesteld.", "Somebody's access was reset."),
    "change_password": Words("Iemand koos een nieuw wachtwoord.", "Somebody chose a new password."),
    "set_up_second_proof": Words("Een tweede bewijs is ingesteld.", "A second proof was set up."),
    "make_recovery_codes": Words("Nieuwe herstelcodes zijn gemaakt.", "New recovery codes were made."),
}
_LEDGER = {
    "verify_ledger": Words("Het logboek is gecontroleerd.", "The ledger was verified."),
    "give_receipt": Words(
        "Een bewijs van de stand van het logboek is gegeven.", "A receipt of how far the ledger had come was given."
    ),
    "read_ledger": Words("Het logboek is gelezen.", "The ledger was read."),
    "export_ledger": Words("Regels van het logboek zijn meegenomen.", "Entries of the ledger were taken along."),
    "refused_immigration": Words(
        "Toelating en vertrek vroeg iets, en kreeg niets.", "Immigration and removal asked, and was given nothing."
    ),
}

ACTS_IN_WORDS: Mapping[str, Words] = MappingProxyType(
    {**_ENCOUNTERS, **_SAME_CHILD, **_WORK, **_GATE, **_REFERRALS, **_ACCOUNTS, **_LEDGER}
)
"""Every act that an entry can hold, with what then happened."""
