"""The questions of the gate in the order in which they can be asked, with what to say and which answers there are.

An answer says what was found, never that a check passed. Nothing is preselected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise
Option = tuple[str, Sentence] | tuple[str, Sentence, Sentence]


_SOURCE = _("Where does this come from?")
_SAW = _("What you saw or heard")
_RECORD = _("Record the answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as a small form: what to do, what to say, the answers, where they can come from."""

    check: str
    title: Sentence
    do: Sentence = ""
    speech: Sentence = ""
    states: tuple[Option, ...] = ()
    sources: tuple[Option, ...] = ()
    sources_label: Sentence = _SOURCE
    words_label: Sentence = _SAW
    words_hint: Sentence = ""
    button: Sentence = _RECORD


_WHERE: tuple[Option, ...] = (
    ("register", _("looked up in a register")),
    ("register_down", _("the register does not answer"), _("Counts as not known, never as no.")),
    ("document", _("seen on a paper")),
    ("person", _("someone told it here")),
    ("phone", _("by telephone")),
    ("other_organisation", _("another organisation")),
)
_TOLD = tuple(one for one in _WHERE if one[0] in {"person", "phone", "other_organisation"})
"""Where the answer to a question that no register holds can come from."""
_UNKNOWN: Option = ("unknown", _("Not known"), _("That does not count as no."))


def _found(clear: Sentence, indicated: Sentence) -> tuple[Option, ...]:
    return (("clear", clear), ("indicated", indicated), _UNKNOWN)


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        one.check: one
        for one in (
            Question(
                check="G-02",
                title=_("Hear the child alone"),
                do=_("Without the adult, without others who were stopped, with a sworn interpreter where needed."),
                speech=_(
                    "Who looks after you? Whom may we call? Are you afraid of anyone? "
                    "Do you want to go with the person who is here for you?"
                ),
                words_label=_("The child's own words"),
                words_hint=_("As the child said them. “I do not want to say anything” is a full answer."),
                button=_("Record what the child said"),
            ),
            Question(
                check="G-03",
                title=_("Ask whom the child trusts"),
                do=_("The child chooses. If the child names nobody, tell the Board."),
                speech=_("Is there an adult you trust? We can ask that person to come."),
                states=_found(
                    _("The child chose and it was followed, or the Board was told"),
                    _("The child chose and it could not be followed yet"),
                ),
                sources=_TOLD,
                words_label=_("Whom the child named, and what was done"),
            ),
            Question(
                check="G-04",
                title=_("Look at the adult's papers"),
                do=_("Look at the paper as a paper, compare the photograph, call back on the number given."),
                speech=_("May I see a paper with your name on it? I ask everyone who comes for a child."),
                states=(
                    ("verified", _("The paper was looked at and fits this adult")),
                    ("not_verified", _("No paper, or it does not fit"), _("The adult can have it brought.")),
                    _UNKNOWN,
                ),
                sources=_WHERE,
                words_label=_("Which paper, and what you compared"),
            ),
            Question(
                check="G-05",
                title=_("Ask what shows parental authority"),
                do=_("Being family is not authority. The register of the court is public and open to you."),
                speech=_("What shows that you have authority over this child? We look it up together."),
                states=(
                    ("verified", _("Authority was shown")),
                    ("not_verified", _("Authority was not shown")),
                    _UNKNOWN,
                ),
                sources=(
                    ("authority_register", _("authority register of the court")),
                    ("brp", _("persons register, parent and child")),
                    ("court_decision", _("decision of a judge")),
                    ("foreign_certificate", _("foreign certificate or decision")),
                    (
                        "private_deed",
                        _("deed between persons, also one of a notary"),
                        _("That is not authority. Put it to the Board."),
                    ),
                    ("none", _("nothing was shown")),
                    ("unknown", _("not known, or the register does not answer")),
                ),
                sources_label=_("What shows it?"),
                words_label=_("What you looked up, and for whom"),
            ),
            Question(
                check="G-06",
                title=_("Can an authority abroad be asked?"),
                do=_("Only where asking is safe for the child. In doubt ask the Board first."),
                states=_found(
                    _("The authority answered: in order"), _("The authority objects, or a doubt was reported")
                ),
                sources=_WHERE,
            ),
            Question(
                check="G-07",
                title=_("Is there a measure or an alert?"),
                do=_("Look in SIS and among missing children, and call the certified body that is on duty."),
                states=_found(_("Looked up: nothing found"), _("There is a measure or an alert")),
                sources=_WHERE,
                words_label=_("What was asked, of whom, and the answer"),
            ),
            Question(
                check="G-08",
                title=_("Did this adult collect before?"),
                do=_("An earlier hand-over is looked at by a specialist. It is no refusal."),
                states=_found(_("Looked at: nothing to discuss"), _("There was one: the specialist looks at it")),
                sources=_WHERE,
            ),
            Question(
                check="G-09",
                title=_("Ask the expertise centre"),
                do=_("They answer yes, no, or cannot say. More is not needed here."),
                states=_found(_("The answer was: no"), _("The answer was: yes")),
                sources=(("expertise_centre", _("expertise centre")), *_WHERE),
            ),
            Question(
                check="G-12",
                title=_("Ask both the same things, apart"),
                do=_("A birthday, a school, who sleeps where. A difference can have a good reason: write it down."),
                speech=_("I ask you four plain questions. I ask them of everyone who comes for a child."),
                states=_found(_("The answers agree"), _("The answers differ")),
                sources=_TOLD,
                words_label=_("What you asked, and what each said"),
            ),
            Question(
                check="G-13",
                title=_("Keep them apart while you look"),
                do=_("No meeting, no telephone, no signs, until you are done."),
                states=_found(_("There was no contact"), _("There was contact")),
                sources=_TOLD,
            ),
            Question(
                check="G-10",
                title=_("Is this adult's interest another than the child's?"),
                do=_("Ask it of a true parent too. The Board judges what you find."),
                states=(
                    ("none_found", _("Looked at: nothing found")),
                    ("indicated", _("There are indications")),
                    _UNKNOWN,
                ),
                sources=_WHERE,
                words_label=_("What you looked at"),
            ),
            Question(
                check="G-15",
                title=_("Where does the child go?"),
                do=_("Is the address known, is someone there, and who looks in, on which day?"),
                speech=_("There is a safe place for you. Do you want to go there?"),
                states=(
                    ("clear", _("Known, and someone is there")),
                    (
                        "child_agrees",
                        _("Known, someone is there, and the child agrees"),
                        _("Heard from the child. Needed for a place of their own choice."),
                    ),
                    ("child_does_not_agree", _("The child does not agree to it")),
                    ("indicated", _("Not in order yet")),
                    _UNKNOWN,
                ),
                sources=_TOLD,
                words_label=_("What was agreed, without the address"),
            ),
        )
    }
)
"""What this desk asks, in order. G-01 is a claim about the child and is mended at the encounter."""

INTERPRETERS: tuple[Option, ...] = (
    ("sworn", _("a sworn interpreter")),
    ("none", _("no interpreter was needed")),
    ("other", _("someone else interpreted"), _("Hear the child again with a sworn one.")),
    ("unknown", _("not known")),
)
