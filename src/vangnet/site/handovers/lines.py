"""The checks of the gate as lines: a mark, a title, what was found in a few words, and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext

from vangnet.chain.flow.gate_view import Found, GateCheck, GateView
from vangnet.knowledge.handover import NEVER_CONDITIONS, found_in
from vangnet.site.handovers.calling import child_of, local
from vangnet.site.handovers.questions import INTERPRETERS, QUESTIONS, Option
from vangnet.site.pages.speaking import capital, say

_ENDS = re.compile(r"(?<=\.)(?<!\b[A-Za-z]\.)(?<!\b[MmDd]r\.)(?<!\bart\.)(?<!\bnr\.) (?=[^\W\d_a-z])")
"""Where a sentence ends: a point, then a capital; never after an initial, `mr.`, `dr.`, `nr.` or `art.`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list: a mark with its word, a title, what is said about it, and who said it."""

    check: str
    mark: str
    mark_words: str
    title: str
    words: str = ""
    source: str = ""
    evidence: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What the child said, and how it was heard; `heard` is False where nobody asked yet."""

    heard: bool
    words: str
    source: str


def is_condition(one: GateCheck) -> bool:
    """Whether law or policy ask this check before two people can decide for an adult."""
    return one.result.required_by != "advice" and one.result.check not in NEVER_CONDITIONS


def weighing(view: GateView) -> Iterable[GateCheck]:
    """Give what is not in order, then what somebody looked at and does not know; advice only where it failed."""
    failed = [one for one in view.checks if one.result.state == "failed"]
    unknown = [one for one in view.checks if one.result.state == "unknown" and one.found]
    return (*failed, *(one for one in unknown if one.result.check != "G-16"))


def not_asked(view: GateView) -> str:
    """Name the conditions that nobody looked at yet."""
    open_ = [one for one in view.checks if one.result.state == "unknown" and not one.found and is_condition(one)]
    return named(open_)


def named(checks: Iterable[GateCheck]) -> str:
    """Name checks by their titles, as the parts of one sentence."""
    return ", ".join(say(one.title).lower() if n else say(one.title) for n, one in enumerate(checks))


def line_of(view: GateView, one: GateCheck) -> Line:
    """Say one check: its mark, its reason in two parts, and who recorded what when.

    After the child left it is what was found then: what had to be done about it is no longer said.
    """
    mark, words = mark_of(one)
    title, rest = _sentence(say(one.result.reason))
    return Line(
        check=one.result.check,
        mark=mark,
        mark_words=words,
        title=title,
        words="" if view.ended else f"{rest} {_standing(one)}".strip(),
        source=who_says(view, one.last),
        evidence=one.last.evidence if one.last and one.result.check != "G-02" else "",
    )


def _standing(one: GateCheck) -> str:
    failed_advice = one.result.required_by == "advice" and one.result.state == "failed"
    return gettext("This is advice, no refusal.") if failed_advice and one.result.check != "G-08" else ""


def _sentence(text: str) -> tuple[str, str]:
    """Cut a reason after its first sentence; a point after an initial or an abbreviation ends none."""
    head, *rest = _ENDS.split(text, maxsplit=1)
    return head, "".join(rest)


def mark_of(one: GateCheck) -> tuple[str, str]:
    """Give the mark of a check with its words: what was found, precisely, never that the child or adult is wrong."""
    if one.result.state == "passed":
        return "done", gettext("done")
    if one.result.state == "failed":
        return "failed", say(found_in(one.result.reason))
    if one.last and one.last.source == "register_down":
        return "down", gettext("register not reachable")
    return ("unknown", gettext("not known")) if one.found else ("todo", gettext("still to do"))


def question_line(view: GateView, check: str, current: str) -> Line:
    """Say one question of the list: its title, what was found, and when."""
    one = view.check(check)
    mark, words = mark_of(one)
    now = check == current
    return Line(
        check=check,
        mark="now" if now else mark,
        mark_words=gettext("now") if now else words,
        title=say(one.title),
        words=gettext("you are here") if now else _short(view, one, words),
        current=now,
    )


def _short(view: GateView, one: GateCheck, words: str) -> str:
    if one.result.state != "unknown":
        words = say(found_in(one.result.reason))
        return f"{words}, {local(view, one.last.at)}" if one.last else f"{words}, {gettext('at the encounter')}"
    if one.last:
        return f"{words}, {local(view, one.last.at)}"
    if view.ended:
        return gettext("not asked")
    return "" if is_condition(one) else gettext("advice")


def who_says(view: GateView, found: Found | None) -> str:
    """Say who recorded an answer, when, and where it comes from."""
    if found is None:
        return ""
    source = str(option_words(found.check, found.source)) if found.source else ""
    elsewhere = gettext("recorded at another request") if found.elsewhere else ""
    return ", ".join(filter(None, [found.by, local(view, found.at), source, elsewhere]))


def option_words(check: str, code: str) -> str | Promise:
    """Say what a source of a question is in words; what is not in the list is empty."""
    options: tuple[Option, ...] = INTERPRETERS if check == "G-02" else ()
    if check in QUESTIONS and check != "G-02":
        options = QUESTIONS[check].sources
    return next((option[1] for option in options if option[0] == code), "")


def voice_of(view: GateView) -> Voice:
    """Say what the child said, when and through whom; where nobody asked, that."""
    said, found = view.child_view, view.check("G-02").last
    words = (found.evidence if found else "") or said.words
    heard = bool(found or words or said.heard_alone is not None)
    told = [capital(child_of(view))]
    if said.heard_alone:
        told.append(gettext("heard alone"))
    elif said.heard_alone is False:
        told.append(gettext("not heard alone"))
    if found:
        told.append(gettext("at %(time)s") % {"time": local(view, found.at)})
    if said.interpreter != "unknown":
        told.append(_through(said.interpreter))
    if said.trusted_person:
        told.append(gettext("trusts %(person)s") % {"person": said.trusted_person})
    return Voice(heard=heard, words=words, source=", ".join(told))


def _through(interpreter: str) -> str:
    words = {
        "sworn": gettext("with a sworn interpreter"),
        "none": gettext("without an interpreter"),
        "other": gettext("someone else interpreted"),
    }
    return words[interpreter]
