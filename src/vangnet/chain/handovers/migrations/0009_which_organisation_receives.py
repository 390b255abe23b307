"""An organisation receives a child only in the ways of its card, and only in its own country. Hand-written triggers.

Beside the rule of 0006 on the law of an organisation, at every step: what the card says may change between
a proposal and a hand-over.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

left = import_module("vangnet.chain.handovers.migrations.0008_a_yes_ends_when_the_child_leaves")

PLACES = {
    "HANDED_TO_GI_OR_NIDOS": ("guardianship",),
    "HANDED_TO_SHELTER_VOLUNTARY": ("protected_shelter", "voluntary_place"),
    "HANDED_TO_RVDK_ARRANGED_PLACE": ("crisis_foster_care", "protected_shelter"),
}
"""Which kinds of place an outcome asks for; for any other whoever asked receives."""

_HAS = "SELECT 1 FROM access_receiving a WHERE a.organisation_id = NEW.receiver_id AND a.code IN ({codes})"
_UNFIT = " OR ".join(
    f"(NEW.outcome = '{outcome}' AND NOT EXISTS ({_HAS.format(codes=', '.join(repr(one) for one in codes))}))"
    for outcome, codes in PLACES.items()
)
_REQUESTS = {
    "proposal": "NEW.request_id",
    "decision": "NEW.request_id",
    "handover": "(SELECT d.request_id FROM handovers_decision d WHERE d.id = NEW.decision_id)",
}
_ITS_COUNTRY = "(SELECT o.country FROM access_organisation o WHERE o.id = NEW.receiver_id)"
_THIS_COUNTRY = """(SELECT e.country FROM handovers_request r JOIN encounters_encounter e ON e.id = r.encounter_id
    WHERE r.id = {request})"""


def rules_of(table: str) -> tuple[tuple[str, str], ...]:
    """Give the rules of a table: the card fits the outcome, and the country is that of the encounter."""
    here = _THIS_COUNTRY.format(request=_REQUESTS[table])
    return (
        (
            "this organisation cannot receive the child: its card does not say so",
            f"NEW.receiver_id IS NOT NULL AND ({_UNFIT})",
        ),
        (
            "this organisation cannot receive the child: it works in another country",
            f"{_ITS_COUNTRY} <> {here}",
        ),
    )


def close(_apps, schema_editor) -> None:
    """Let an organisation receive by its card alone."""
    left.add(schema_editor, "receives", {table: rules_of(table) for table in _REQUESTS})


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0008_a_yes_ends_when_the_child_leaves"),
        ("access", "0004_receiving"),
        ("encounters", "0002_observer_is_a_code"),
    ]
    operations = [migrations.RunPython(close)]
