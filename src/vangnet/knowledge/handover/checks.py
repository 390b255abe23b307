"""The eighteen checks in their order: standing, source, and how each is looked at.

First table of standing, for the jurist to change: law G-03, G-05, G-07, G-10, G-17; policy G-01,
G-02, G-04, G-13, G-16, G-18; advice the rest. Source of the table: domain.md D.1.
"""

from __future__ import annotations

from collections.abc import Callable

from vangnet.knowledge.handover import sentences as say
from vangnet.knowledge.handover.shapes import (
    Check,
    Finding,
    HandoverRequest,
    Known,
    Standing,
    standing_of,
)
from vangnet.knowledge.terms import Authority, Words

_Look = Callable[[HandoverRequest, Known], Finding]

PROOFS: frozenset[str] = frozenset({"authority_register", "brp", "court_decision", "foreign_certificate"})
"""What can show authority. Being family is not authority, and neither is a private or notarised deed."""


def passed(reason: Words) -> Finding:
    """Give a finding that is in order."""
    return Finding(state="passed", reason=reason)


def unknown(reason: Words) -> Finding:
    """Give a finding that is not known, and so never passed."""
    return Finding(state="unknown", reason=reason)


def failed(reason: Words) -> Finding:
    """Give a finding that is not in order and can be put right at this desk."""
    return Finding(state="failed", reason=reason)


def elsewhere(reason: Words) -> Finding:
    """Give a finding that is not in order and cannot be put right at this desk."""
    return Finding(state="failed", reason=reason, mendable=False)


def _who_is_the_child(_request: HandoverRequest, known: Known) -> Finding:
    """Look for a claim about who the child is with its grade of proof; never at a name."""
    child = known.child
    dated = child.birth_date is not None and child.birth_date_basis != "unknown"
    shown = any(document.inspected for document in child.documents) or bool(child.biometric_references)
    if not (dated or shown):
        return unknown(say.CHILD_UNKNOWN)
    return passed(say.CHILD_KNOWN if known.age_certain else say.CHILD_AGE_OPEN)


def _heard_alone(_request: HandoverRequest, known: Known) -> Finding:
    """Look at what the child said, to whom and through whom; `none` is: no interpreter was needed."""
    view = known.view
    if view.wants_to_go == "no":
        return elsewhere(say.CHILD_REFUSES)
    if view.heard_alone is False:
        return failed(say.NOT_ALONE)
    if view.interpreter == "other":
        return failed(say.INTERPRETER_NOT_SWORN)
    if view.heard_alone is None:
        return unknown(say.ALONE_UNKNOWN)
    if view.interpreter == "unknown":
        return unknown(say.INTERPRETER_UNKNOWN)
    return passed(say.HEARD) if view.wants_to_go == "yes" else unknown(say.WISH_UNKNOWN)


def _trusted_person(_request: HandoverRequest, known: Known) -> Finding:
    """Look whether the child's choice is recorded; the text of it is never read."""
    match known.fact("G-03"):
        case "indicated":
            return failed(say.TRUSTED_NOT_FOLLOWED)
        case "clear":
            return passed(say.TRUSTED_RECORDED)
        case _ if known.view.trusted_person.strip():
            return passed(say.TRUSTED_RECORDED)
        case _:
            return unknown(say.TRUSTED_UNKNOWN)


def _identity(request: HandoverRequest, _known: Known) -> Finding:
    match request.collector and request.collector.identity.state:
        case "verified":
            return passed(say.IDENTITY_SEEN)
        case "not_verified":
            return failed(say.IDENTITY_NOT_SEEN)
        case None:
            return unknown(say.NOBODY_ASKS)
        case _:
            return unknown(say.IDENTITY_UNKNOWN)


def _authority(request: HandoverRequest, known: Known) -> Finding:
    """Look whether authority was shown and by what; kinship that is claimed alone is never enough."""
    if request.collector is None:
        return unknown(say.NOBODY_ASKS)
    found = _shown(request.collector.authority, known)
    if request.others == 0:
        return found
    reason = Words(f"{found.reason.nl} {say.OTHERS_ASK.nl}", f"{found.reason.en} {say.OTHERS_ASK.en}")
    return Finding(state=found.state, mendable=found.mendable, reason=reason)


def _shown(authority: Authority, known: Known) -> Finding:
    match authority.state, authority.source:
        case _, "private_deed":
            return elsewhere(say.PRIVATE_DEED)
        case (_, "none") | ("not_verified", _):
            return failed(say.AUTHORITY_NOT_SHOWN)
        case "verified", "foreign_certificate" if known.fact("G-06") == "indicated":
            return failed(say.FOREIGN_PAPER_DISPUTED)
        case "verified", source if source in PROOFS:
            return passed(say.AUTHORITY_SHOWN)
        case _:
            return unknown(say.AUTHORITY_UNKNOWN)


def _measure(_request: HandoverRequest, known: Known) -> Finding:
    """Look for a measure or an alert; one that was seen counts, whatever a register answered."""
    if known.fact("G-07") == "indicated" or known.seen("I-46", "I-47"):
        return elsewhere(say.MEASURE_FOUND)
    return passed(say.NO_MEASURE) if known.fact("G-07") == "clear" else unknown(say.MEASURE_UNKNOWN)


def _inquiry(_request: HandoverRequest, known: Known) -> Finding:
    if known.fact("G-09") == "indicated" or known.seen("I-54"):
        return elsewhere(say.INQUIRY_YES)
    return passed(say.INQUIRY_NO) if known.fact("G-09") == "clear" else unknown(say.INQUIRY_UNKNOWN)


def _conflict(request: HandoverRequest, known: Known) -> Finding:
    """Look for a conflict of interest, also of a true parent: proven authority does not end the gate."""
    stated = "unknown" if request.collector is None else request.collector.conflict_of_interest
    if stated == "indicated" or known.conflict_risks or _inquiry(request, known).state == "failed":
        return elsewhere(say.CONFLICT)
    return passed(say.NO_CONFLICT) if stated == "none_found" else unknown(say.CONFLICT_UNKNOWN)


def _fact(check: str, yes: Words, no: Words, open_: Words, *seen: str) -> _Look:
    """Look at what was found; where nothing was, an indicator that was seen stands for it."""

    def look(_request: HandoverRequest, known: Known) -> Finding:
        match known.fact(check):
            case "clear":
                return passed(yes)
            case "indicated":
                return failed(no)
            case _:
                return failed(no) if known.seen(*seen) else unknown(open_)

    return look


def _listed(words: Words) -> _Look:
    """List a check that this desk never runs before the decision."""

    def look(_request: HandoverRequest, _known: Known) -> Finding:
        return unknown(words)

    return look


def _clock(_request: HandoverRequest, known: Known) -> Finding:
    match known.clock_running:
        case True:
            return passed(say.CLOCK_RUNS)
        case False:
            return elsewhere(say.CLOCK_ENDED)
        case _:
            return unknown(say.CLOCK_UNKNOWN)


def _row(id_: str, standing: Standing, source: str, look: _Look) -> Check:
    return Check(id=id_, words=say.TITLES[id_], standing=standing, source=source, look=look)


_G06 = _fact("G-06", say.ABROAD_CONFIRMED, say.ABROAD_OBJECTS, say.ABROAD_UNKNOWN)
_G08 = _fact("G-08", say.NOT_BEFORE, say.COLLECTED_BEFORE, say.BEFORE_UNKNOWN, "I-51")
_G12 = _fact("G-12", say.ANSWERS_MATCH, say.ANSWERS_DIFFER, say.ANSWERS_UNKNOWN, "I-50", "I-52")
_G13 = _fact("G-13", say.NO_CONTACT, say.CONTACT, say.CONTACT_UNKNOWN)
_G15 = _fact("G-15", say.PLACE_CHECKED, say.PLACE_NOT_IN_ORDER, say.PLACE_UNKNOWN)

CHECKS: tuple[Check, ...] = (
    _row("G-01", "policy", "Directive 2011/36 art. 13(2)", _who_is_the_child),
    _row("G-02", "policy", "CRC art. 12; Directive 2011/36 art. 15(3)", _heard_alone),
    _row("G-03", "law", "Sv 488b(2)-(3)", _trusted_person),
    _row("G-04", "policy", "domain D.1 G-04 (practice)", _identity),
    _row("G-05", "law", "BW 1:244; BW 1:253r", _authority),
    _row("G-06", "advice", "Brussels IIb art. 80; CoE convention art. 10", _G06),
    _row("G-07", "law", "SIS 2018/1862 art. 32-33; BW 1:257, 1:265c", _measure),
    _row("G-08", "advice", "Nieuwsuur and NOS 2018 (practice)", _G08),
    _row("G-09", "advice", "Directive 2011/36 art. 14(2), 15(1)", _inquiry),
    _row("G-10", "law", "Directive 2011/36 art. 14(2), 15(1)", _conflict),
    _row("G-11", "advice", "Sv 151da(2)", _listed(say.KINSHIP_TEST)),
    _row("G-12", "advice", "Frontex VEGA Children handbook (memory)", _G12),
    _row("G-13", "policy", "Aanwijzing mensenhandel 2013 par. 2.2", _G13),
    _row("G-14", "advice", "Wpg 3", _listed(say.PHOTOGRAPH)),
    _row("G-15", "advice", "CoE convention art. 16 (memory)", _G15),
    _row("G-16", "policy", "domain D.1 G-16 (practice)", _listed(say.TWO_PEOPLE)),
    _row("G-17", "law", "Sv 56a(2)-(3), 487(2)", _clock),
    _row("G-18", "policy", "domain D.1 G-18 (practice)", _listed(say.AFTERWARDS)),
)


def standing(check: str, any_indication: bool) -> Standing:
    """Say how binding a check is: G-09 and G-12 are policy once any indication stands.

    Raises KeyError for a check that is not in the table.
    """
    return standing_of({one.id: one for one in CHECKS}[check], any_indication=any_indication)
