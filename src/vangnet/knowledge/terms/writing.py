"""An encounter written the way it is read: only what is known, always in the same order."""

from __future__ import annotations

from typing import Any

from vangnet.knowledge.terms.dates import Moment, PartialDate, write_moment
from vangnet.knowledge.terms.encounter import Encounter, Observation
from vangnet.knowledge.terms.people import Child, Collector, Companion, PersonName


def _known(**values: object) -> dict[str, Any]:
    """Leave out what is nothing: None, an empty text, list or object, and the word unknown."""
    return {name: value for name, value in values.items() if value and value != "unknown"}


def _text(moment: Moment | PartialDate | None) -> str:
    return "" if moment is None else write_moment(moment)


def _name(name: PersonName | None) -> dict[str, Any]:
    return {} if name is None else _known(given_names=name.given_names, family_name=name.family_name)


def write_child(child: Child) -> dict[str, Any]:
    """Write what is claimed about who the child is."""
    return _name(child.name) | _known(
        other_names=[_name(other) for other in child.other_names],
        birth_date=_text(child.birth_date),
        birth_date_basis=child.birth_date_basis,
        sex=child.sex,
        birth_place=child.birth_place,
        phones=list(child.phones),
        address=child.address,
        documents=[
            _known(kind=one.kind, number=one.number, issuing_country=one.issuing_country)
            | ({"inspected": True} if one.inspected else {})
            for one in child.documents
        ],
        biometric_references=[
            _known(system=one.system, reference=one.reference) for one in child.biometric_references
        ],
    )


def write_collector(collector: Collector) -> dict[str, Any]:
    """Write what was stated about an adult who asks for the child."""
    identity, authority = collector.identity, collector.authority
    return _name(collector.name) | _known(
        birth_date=_text(collector.birth_date),
        phones=list(collector.phones),
        vehicle=collector.vehicle,
        address=collector.address,
        claimed_relation=collector.claimed_relation,
        identity=_known(state=identity.state, document=identity.document, number=identity.number),
        authority=_known(state=authority.state, source=authority.source),
        conflict_of_interest=collector.conflict_of_interest,
    )


def write_companion(companion: Companion) -> dict[str, Any]:
    """Write who was met together with the child."""
    about = _name(companion.name) | _known(phones=list(companion.phones), vehicle=companion.vehicle)
    return {"role": companion.role} | about


def _observation(one: Observation) -> dict[str, Any]:
    return {"indicator": one.indicator, "state": one.state} | _known(
        observer=one.observer, at=_text(one.at), words=one.words
    )


def _custody(encounter: Encounter) -> dict[str, Any]:
    custody = encounter.custody
    return _known(
        basis=custody.basis,
        arrested_at=_text(custody.arrested_at),
        arrived_at=_text(custody.arrived_at),
        ordered_at=_text(custody.ordered_at),
        pretrial_detention_offence=custody.pretrial_detention_offence,
    )


def _view(encounter: Encounter) -> dict[str, Any]:
    view = encounter.child_view
    heard = {} if view.heard_alone is None else {"heard_alone": view.heard_alone}
    return heard | _known(
        interpreter=view.interpreter,
        wants_to_go=view.wants_to_go,
        trusted_person=view.trusted_person,
        words=view.words,
    )


def _facts_known(encounter: Encounter) -> dict[str, Any]:
    return _known(
        international_check=[
            {"channel": one.channel, "state": one.state} | _known(at=_text(one.at), answer=one.answer)
            for one in encounter.international_check
        ],
        facts={
            check: {"state": fact.state} | _known(source=fact.source, at=_text(fact.at), words=fact.words)
            for check, fact in encounter.facts.items()
        },
    )


def write_encounter(encounter: Encounter) -> dict[str, Any]:
    """Write an encounter as the contract's JSON; what is unknown is left out.

    Reading what this gives yields the same encounter.
    """
    return _known(
        encounter_id=encounter.encounter_id,
        organisation=encounter.organisation,
        country=encounter.country,
        met_at=_text(encounter.met_at),
        place=encounter.place,
        municipality=encounter.municipality,
        kind=encounter.kind,
        offence=encounter.offence,
        words=encounter.words,
        custody=_custody(encounter),
        child=write_child(encounter.child),
        interpreter_language=encounter.interpreter_language,
        observations=[_observation(one) for one in encounter.observations],
        companions=[write_companion(one) for one in encounter.companions],
        child_view=_view(encounter),
        collectors=[write_collector(one) for one in encounter.collectors],
        known=_facts_known(encounter),
    )
