"""One answer out of all shelves: what was seen, who may take the child, what the law asks, what to do now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from vangnet.knowledge import clocks, handover, indicators
from vangnet.knowledge.handover import Presence
from vangnet.knowledge.terms import Encounter, Language, PartialDate, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Who does what now, and why."""

    code: str
    who: Words
    what: Words
    why: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """What a step hangs on: the encounter, what was seen in it, and what the law asks of it."""

    encounter: Encounter
    screening: indicators.Screening
    duties: tuple[clocks.Duty, ...]

    def asks(self, clock: str) -> bool:
        """Whether the law asks this of the facts."""
        return any(one.clock == clock for one in self.duties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What catalogue and law say about one encounter. It proposes; people decide."""

    encounter: Encounter
    at: datetime
    screening: indicators.Screening
    hold: clocks.HoldClock | None
    presence: Presence
    handover: handover.Decision
    duties: tuple[clocks.Duty, ...]
    next_steps: tuple[NextStep, ...]

    @property
    def has_legal_table(self) -> bool:
        """Whether Vangnet knows the duties of the country of the encounter."""
        return clocks.has_table(self.encounter.country)

    @property
    def basis_of_presence(self) -> Words:
        """On what basis the child is here, until when, and what then."""
        return self.presence.words

    def as_json(self, language: Language) -> dict[str, Any]:
        """Give the contract's object; sentences in one language, everything else the same in both."""
        return {
            "encounter_id": self.encounter.encounter_id,
            **_screening_json(self.screening, language),
            "handover": {
                "outcome": self.handover.outcome,
                "basis_of_presence": self.basis_of_presence.in_(language),
                "checks": [_check_json(check, language) for check in self.handover.checks],
            },
            "duties": [_duty_json(duty, language) for duty in self.duties],
            "next_steps": [
                {"who": step.who.in_(language), "what": step.what.in_(language), "why": step.why.in_(language)}
                for step in self.next_steps
            ],
        }


def assess(
    encounter: Encounter,
    *,
    at: datetime | None = None,
    supported: frozenset[str] = frozenset(),
    events: Sequence[clocks.Event] = (),
) -> Assessment:
    """Say what follows from one encounter at one moment.

    `at` is `met_at` where not given, never now; of a partial `met_at` the first instant it can be.
    `supported` are recurrence indicators that a person's *same* verdict supports. No name, place
    of birth, address, vehicle or language changes the answer.
    """
    moment = at or moment_of(encounter)
    screening = indicators.screen(encounter.observations, supported=supported)
    hold = clocks.hold_clock(encounter, moment)
    decision = handover.decide(_request(encounter), known_for(encounter, screening, hold, moment))
    duties = clocks.duties(encounter, any_indication=screening.any_indication, at=moment, events=events)
    presence = handover.basis_of_presence(
        encounter.custody, hold_due_at=hold.due_at if hold else None, at=moment, country=encounter.country
    )
    return Assessment(
        encounter=encounter,
        at=moment,
        screening=screening,
        hold=hold,
        presence=presence,
        handover=decision,
        duties=duties,
        next_steps=tuple(step for applies, step in _STEPS if applies(Facts(encounter, screening, duties))),
    )


def moment_of(encounter: Encounter) -> datetime:
    """Give the moment of the encounter; of a partial one the first instant it can be, in its place."""
    met = encounter.met_at
    if isinstance(met, PartialDate):
        return datetime.combine(met.earliest, time(), clocks.zone_of(encounter.country))
    return met


def _request(encounter: Encounter) -> handover.HandoverRequest:
    collectors = encounter.collectors
    return handover.HandoverRequest(
        collector=collectors[0] if collectors else None, others=max(len(collectors) - 1, 0)
    )


def known_for(
    encounter: Encounter,
    screening: indicators.Screening,
    hold: clocks.HoldClock | None,
    at: datetime,
) -> handover.Known:
    """Gather what one encounter tells the gate."""
    age = clocks.ages_at(encounter, at)
    return handover.Known(
        child=encounter.child,
        age_certain=age is not None and age.is_certain,
        view=encounter.child_view,
        facts=encounter.facts,
        any_indication=screening.any_indication,
        conflict_risks=screening.conflict_risks,
        risks=tuple(risk.indicator for risk in screening.handover_risks),
        collectors_count=len(encounter.collectors),
        clock_running=None if hold is None else hold.due_at is None or hold.due_at > at,
    )


def _screening_json(screening: indicators.Screening, language: Language) -> dict[str, Any]:
    return {
        "catalogue_version": screening.catalogue_version,
        "any_indication": screening.any_indication,
        "indications": [
            {
                "indicator": one.indicator,
                "strength": one.strength,
                "graded_by": one.graded_by,
                "opens_duties": one.opens_duties,
                "sources": list(one.sources),
                "words": one.words.in_(language),
            }
            for one in screening.indications
        ],
        "ilo_profile": {
            name: {"positive": found.positive, "because": list(found.because)}
            for name, found in screening.ilo_profile.items()
        },
        "handover_risks": [
            {"indicator": risk.indicator, "words": risk.words.in_(language)} for risk in screening.handover_risks
        ],
    }


def _check_json(check: handover.CheckResult, language: Language) -> dict[str, Any]:
    return {
        "check": check.check,
        "required_by": check.required_by,
        "state": check.state,
        "reason": check.reason.in_(language),
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _duty_json(duty: clocks.Duty, language: Language) -> dict[str, Any]:
    return {
        "duty": duty.clock,
        "what": duty.words.in_(language),
        "holder": duty.holder.in_(language),
        "starts_at": _iso(duty.starts_at),
        "due_at": _iso(duty.due_at),
        "hard": duty.hard,
        "source": duty.source,
        "certainty": duty.certainty,
        "note": duty.note.in_(language) if duty.note else None,
    }


_Applies = Callable[[Facts], bool]
_OFFICER = Words("u, die het kind ontmoette", "you, who met the child")
_DESK = Words("de hulpofficier van dienst", "the assistant public prosecutor on duty")
_PARTNERS = Words("AVIM, mensenhandel", "AVIM, trafficking team")
_BOARD = Words("de Raad voor de Kinderbescherming, spoed", "the Child Care and Protection Board, on-call")
_BOARD_ABROAD = Words("de kinderbescherming ter plaatse, spoed", "the local child-protection authority, on-call")


def _lawyer(facts: Facts) -> bool:
    return facts.asks("CLK-09")


def _parent(facts: Facts) -> bool:
    return facts.asks("CLK-08")


def _certified_body(facts: Facts) -> bool:
    return facts.asks("CLK-07")


def _seen_here(facts: Facts) -> bool:
    return facts.screening.any_indication and clocks.has_table(facts.encounter.country)


def _unseen_and_not_held(facts: Facts) -> bool:
    is_here = clocks.has_table(facts.encounter.country) and not facts.screening.any_indication
    return is_here and facts.encounter.custody.basis not in {"suspect", "under_12"}


def _seen_abroad(facts: Facts) -> bool:
    return facts.screening.any_indication and not clocks.has_table(facts.encounter.country)


def _seen(facts: Facts) -> bool:
    return facts.screening.any_indication


def _not_heard(facts: Facts) -> bool:
    return facts.encounter.child_view.heard_alone is not True


def _always(_facts: Facts) -> bool:
    return True


def _unasked(facts: Facts) -> bool:
    checks = facts.encounter.international_check
    return len({one.channel for one in checks if one.state in {"asked", "answered"}}) < 4


_STEPS: tuple[tuple[_Applies, NextStep], ...] = (
    (
        _lawyer,
        NextStep(
            code="lawyer",
            who=_DESK,
            what=Words("Regel de advocaat.", "Arrange the lawyer."),
            why=Words(
                "Meld de aanhouding aan de Raad voor Rechtsbijstand. Het kind kan er niet van afzien. Sv 489.",
                "Tell the Legal Aid Board of the arrest. The child cannot waive this. Sv 489.",
            ),
        ),
    ),
    (
        _certified_body,
        NextStep(
            code="tell_certified_body",
            who=_DESK,
            what=Words(
                "Meld het ophouden aan een gecertificeerde instelling.",
                "Notify a certified youth-protection body of the hold.",
            ),
            why=Words(
                "Het kind is onder de twaalf, of kan dat zijn. Sv 487 lid 2.",
                "The child is under twelve, or may be. Sv 487(2).",
            ),
        ),
    ),
    (
        _seen_here,
        NextStep(
            code="call_board",
            who=_BOARD,
            what=Words("Bel de Raad voor de Kinderbescherming.", "Call the Child Care and Protection Board."),
            why=Words(
                "Er is een aanwijzing. Het kantoor van de plaats waar het kind nu is, is verantwoordelijk.",
                "There is an indication. The office of the place where the child is now is responsible.",
            ),
        ),
    ),
    (
        _unseen_and_not_held,
        NextStep(
            code="call_board",
            who=_BOARD,
            what=Words("Bel nu de spoeddienst van de Raad.", "Call the Board's on-call service now."),
            why=Words(
                "Niemand mag dit kind hier vasthouden, voor zover bekend. Laat het nooit alleen weggaan.",
                "As far as is known nobody may hold this child here. Never let the child leave alone.",
            ),
        ),
    ),
    (
        _seen_abroad,
        NextStep(
            code="call_authority",
            who=_BOARD_ABROAD,
            what=Words(
                "Bel de kinderbescherming van dit land.", "Call the child-protection authority of this country."
            ),
            why=Words(
                "Er is een aanwijzing. Voor dit land heeft Vangnet geen tabel met termijnen.",
                "There is an indication. Vangnet has no table of terms for this country.",
            ),
        ),
    ),
    (
        _not_heard,
        NextStep(
            code="hear_alone",
            who=_OFFICER,
            what=Words("Hoor het kind alleen.", "Hear the child alone."),
            why=Words(
                "Zonder anderen erbij, met een beëdigde tolk als dat nodig is. Vraag wie gebeld moet worden.",
                "With nobody else there, with a sworn interpreter where needed. Ask whom to call.",
            ),
        ),
    ),
    (
        _seen,
        NextStep(
            code="report_specialist",
            who=_PARTNERS,
            what=Words("Meld het bij de specialist mensenhandel.", "Report it to the trafficking specialist."),
            why=Words(
                "De specialist beoordeelt de aanwijzingen. Wie het kind aanhield, doet dat niet zelf.",
                "The specialist judges the indications. Whoever arrested the child does not.",
            ),
        ),
    ),
    (
        _parent,
        NextStep(
            code="tell_parent",
            who=_DESK,
            what=Words(
                "Vertel het de ouder of voogd, tenzij dat het kind schaadt.",
                "Tell the parent or guardian, unless that harms the child.",
            ),
            why=Words(
                "De hulpofficier oordeelt of het schaadt. Nog niet bekend? Hoor het kind alleen en overleg eerst met de "
                "Raad. Schaadt het of lukt het niet: de vertrouwenspersoon, anders de Raad. Sv 488b.",
                "The assistant prosecutor judges whether it harms. Not known yet? Hear the child alone and ask the Board "
                "first. If it harms or fails: the person of trust, else the Board. Sv 488b.",
            ),
        ),
    ),
    (
        _seen,
        NextStep(
            code="non_punishment",
            who=Words("de officier van justitie mensenhandel", "the trafficking prosecutor"),
            what=Words(
                "Vraag de officier mensenhandel: niet straffen?", "Ask the trafficking prosecutor: no punishment?"
            ),
            why=Words(
                "Wie gedwongen werd, hoort niet gestraft te worden. Art. 8 Richtlijn 2011/36.",
                "Who was made to do it should not be punished. Art. 8 Directive 2011/36.",
            ),
        ),
    ),
    (
        _always,
        NextStep(
            code="gate",
            who=_DESK,
            what=Words(
                "Komt iemand het kind halen? Kijk wie het kind mag meenemen.",
                "Is someone here for the child? Check who may take the child along.",
            ),
            why=Words(
                "Eerst: wie is deze volwassene, wie heeft gezag, en wat wil het kind zelf.",
                "First: who is this adult, who has authority, and what does the child want.",
            ),
        ),
    ),
    (
        _unasked,
        NextStep(
            code="international_check",
            who=_PARTNERS,
            what=Words("Laat SIS, Prüm, SIENA en Interpol vragen.", "Have SIS, Prüm, SIENA and Interpol asked."),
            why=Words(
                "Nog niet overal gevraagd. Wat hier niet bekend is, kan elders bekend zijn.",
                "Not asked everywhere yet. What is not known here may be known elsewhere.",
            ),
        ),
    ),
)
"""First whom the law names, then whom to call and hear, then the parent (Sv 488b: unless it harms); for the jurist."""
