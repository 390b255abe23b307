"""Who someone says they are: claims, never a merged person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vangnet.knowledge.terms.dates import PartialDate

Sex = Literal["F", "M", "X", "unknown"]
BirthDateBasis = Literal["stated", "document", "assessed", "unknown"]


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it was said or written; either part may be empty, never both."""

    given_names: str = ""
    family_name: str = ""

    @property
    def whole(self) -> str:
        """The name in one string, given names first."""
        return f"{self.given_names} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An identity paper as seen or as mentioned."""

    number: str
    kind: str = ""
    issuing_country: str = ""
    inspected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BiometricReference:
    """The number of a match made elsewhere; no biometric data."""

    system: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What is claimed about who the child is; empty is unknown."""

    name: PersonName | None = None
    other_names: tuple[PersonName, ...] = ()
    birth_date: PartialDate | None = None
    birth_date_basis: BirthDateBasis = "unknown"
    sex: Sex = "unknown"
    birth_place: str = ""
    phones: tuple[str, ...] = ()
    address: str = ""
    documents: tuple[Document, ...] = ()
    biometric_references: tuple[BiometricReference, ...] = ()

    @property
    def names(self) -> tuple[PersonName, ...]:
        """Every name claimed, the one given now first."""
        return ((self.name,) if self.name else ()) + self.other_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Someone met together with the child."""

    role: Literal["child", "adult"]
    name: PersonName | None = None
    phones: tuple[str, ...] = ()
    vehicle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whether the paper of an adult was inspected as a paper."""

    state: Literal["verified", "not_verified", "unknown"] = "unknown"
    document: str = ""
    number: str = ""


AuthoritySource = Literal[
    "authority_register", "brp", "court_decision", "foreign_certificate", "private_deed", "none", "unknown"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Whether parental authority was shown, and by what."""

    state: Literal["verified", "not_verified", "unknown"] = "unknown"
    source: AuthoritySource = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """An adult who asks to take the child along, as stated."""

    name: PersonName | None = None
    birth_date: PartialDate | None = None
    phones: tuple[str, ...] = ()
    vehicle: str = ""
    address: str = ""
    claimed_relation: str = ""
    identity: Identity = Identity()
    authority: Authority = Authority()
    conflict_of_interest: Literal["none_found", "indicated", "unknown"] = "unknown"
