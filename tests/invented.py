"""Invented encounters for property tests: raw JSON as the contract has it. All people are invented."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

NAMES = st.sampled_from(
    ["Nora", "Ανδρέας", "Іван", "Zoë", "Jean-Luc", "محمد", "O'Neil", "van der Berg", "D’Arc", "Mira"]
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
DATES = st.one_of(
    st.integers(2004, 2020).map(str),
    st.tuples(st.integers(2004, 2020), st.integers(1, 12)).map(lambda d: f"{d[0]:04d}-{d[1]:02d}"),
    st.tuples(st.integers(2004, 2020), st.integers(1, 12), st.integers(1, 28)).map(
        lambda d: f"{d[0]:04d}-{d[1]:02d}-{d[2]:02d}"
    ),
)
TIMES = st.tuples(st.integers(1, 12), st.integers(1, 28), st.integers(0, 23), st.integers(0, 59)).map(
    lambda t: f"2026-{t[0]:02d}-{t[1]:02d}T{t[2]:02d}:{t[3]:02d}:00+01:00"
)
INDICATORS = st.integers(1, 64).map(lambda n: f"I-{n:02d}")
STATES = st.sampled_from(["observed", "not_observed", "unknown"])
YES_NO = st.sampled_from(["yes", "no", "unknown"])


def _some(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=optional)


CHILDREN = _some(
    given_names=NAMES,
    family_name=NAMES,
    other_names=st.lists(st.fixed_dictionaries({"given_names": NAMES, "family_name": NAMES}), max_size=3),
    birth_date=DATES,
    birth_date_basis=st.sampled_from(["stated", "document", "assessed", "unknown"]),
    sex=st.sampled_from(["F", "M", "X", "unknown"]),
    birth_place=WORDS,
    phones=st.lists(st.just("+31600000000"), max_size=2),
    address=WORDS,
    documents=st.lists(
        st.fixed_dictionaries(
            {"number": st.just("SPECI2014")}, optional={"kind": WORDS, "inspected": st.booleans()}
        ),
        max_size=2,
    ),
    biometric_references=st.lists(
        st.fixed_dictionaries({"system": WORDS, "reference": st.just("B-1")}), max_size=1
    ),
)
COLLECTORS = _some(
    given_names=NAMES,
    family_name=NAMES,
    birth_date=st.integers(1950, 2008).map(str),
    phones=st.lists(st.just("+32400000000"), max_size=1),
    vehicle=WORDS,
    address=WORDS,
    claimed_relation=st.sampled_from(["parent", "uncle", "sister of 17", "step-parent", "family friend"]),
    identity=_some(state=st.sampled_from(["verified", "not_verified", "unknown"]), number=WORDS),
    authority=_some(
        state=st.sampled_from(["verified", "not_verified", "unknown"]),
        source=st.sampled_from(
            [
                "authority_register",
                "brp",
                "court_decision",
                "foreign_certificate",
                "private_deed",
                "none",
                "unknown",
            ]
        ),
    ),
    conflict_of_interest=st.sampled_from(["none_found", "indicated", "unknown"]),
)
FACTS = st.fixed_dictionaries(
    {"state": st.sampled_from(["clear", "indicated", "unknown"])},
    optional={"source": WORDS, "at": TIMES, "words": WORDS},
)
RAW_ENCOUNTERS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"organisation": st.just("NL-POL-RIJNHAVEN"), "country": st.sampled_from(["NL", "NL", "BE"]), "met_at": TIMES},
    optional={
        "encounter_id": st.just("NL-1"),
        "place": WORDS,
        "municipality": st.just("0363"),
        "kind": st.sampled_from(["offence", "found", "report"]),
        "offence": WORDS,
        "custody": _some(
            basis=st.sampled_from(["suspect", "under_12", "witness", "voluntary", "measure", "none", "unknown"]),
            arrested_at=TIMES,
            arrived_at=TIMES,
            ordered_at=TIMES,
            pretrial_detention_offence=YES_NO,
        ),
        "child": CHILDREN,
        "interpreter_language": WORDS,
        "observations": st.lists(
            st.fixed_dictionaries(
                {"indicator": INDICATORS, "state": STATES},
                optional={"observer": st.just("police"), "at": TIMES, "words": WORDS},
            ),
            max_size=6,
        ),
        "companions": st.lists(
            st.fixed_dictionaries(
                {"role": st.sampled_from(["child", "adult"])},
                optional={
                    "given_names": NAMES,
                    "vehicle": WORDS,
                    "phones": st.lists(st.just("+31611111111"), max_size=1),
                },
            ),
            max_size=2,
        ),
        "child_view": _some(
            heard_alone=st.booleans(),
            interpreter=st.sampled_from(["sworn", "none", "other", "unknown"]),
            wants_to_go=YES_NO,
            trusted_person=WORDS,
            words=WORDS,
        ),
        "collectors": st.lists(COLLECTORS, max_size=2),
        "known": _some(
            international_check=st.lists(
                st.fixed_dictionaries(
                    {"channel": st.sampled_from(["sis", "pruem", "siena", "interpol"])},
                    optional={
                        "state": st.sampled_from(["asked", "not_asked", "answered"]),
                        "at": TIMES,
                        "answer": WORDS,
                    },
                ),
                max_size=3,
            ),
            facts=_some(**dict.fromkeys(("G-03", "G-07", "G-09", "G-12", "G-13", "G-15"), FACTS)),
        ),
    },
)
