"""Between a person as stated and the single claims it is made of. Pure: nothing here reads or seals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vangnet.knowledge.terms import (
    Authority,
    BiometricReference,
    Child,
    Collector,
    Companion,
    Document,
    Identity,
    PartialDate,
    PersonName,
    write_child,
    write_collector,
    write_companion,
)

Person = Child | Collector | Companion


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One claim in the open: its kind, its place among its kind, its value as JSON, what it rests on.

    The name given now stands at position 0 and other names after it. `is_withdrawn` says that a
    later correction took it back.
    """

    kind: str
    position: int
    value: Any
    basis: str = "stated"
    is_withdrawn: bool = False


def claims_in(person: Person) -> tuple[Stated, ...]:
    """Take a person apart into claims; what is unknown makes none."""
    match person:
        case Child():
            return tuple(_of_child(write_child(person), has_name=person.name is not None))
        case Collector():
            return tuple(_of_adult(write_collector(person)))
        case Companion():
            return tuple(_of_adult(write_companion(person)))


def _of_child(raw: Mapping[str, Any], *, has_name: bool) -> Iterator[Stated]:
    if has_name:
        yield Stated(kind="name", position=0, value=_name_in(raw))
    for at, other in enumerate(raw.get("other_names", ()), start=1):
        yield Stated(kind="name", position=at, value=other)
    birth = {name: raw[name] for name in ("birth_date", "birth_date_basis") if name in raw}
    if birth:
        yield Stated(kind="birth_date", position=0, value=birth, basis=raw.get("birth_date_basis", "unknown"))
    yield from _plain(raw, sex="sex", birth_place="birth_place", address="address")
    yield from _several("phone", raw.get("phones", ()))
    for at, document in enumerate(raw.get("documents", ())):
        basis = "inspected" if document.get("inspected") else "stated"
        yield Stated(kind="document", position=at, value=document, basis=basis)
    yield from _several("biometric", raw.get("biometric_references", ()))


def _of_adult(raw: Mapping[str, Any]) -> Iterator[Stated]:
    """Take apart a collector, or somebody met together with the child (who may be a child too)."""
    if name := _name_in(raw):
        yield Stated(kind="name", position=0, value=name)
    if "birth_date" in raw:
        yield Stated(kind="birth_date", position=0, value={"birth_date": raw["birth_date"]})
    yield from _plain(
        raw,
        vehicle="vehicle",
        address="address",
        relation="claimed_relation",
        identity="identity",
        authority="authority",
        conflict_of_interest="conflict_of_interest",
        companion_role="role",
    )
    yield from _several("phone", raw.get("phones", ()))


def _name_in(raw: Mapping[str, Any]) -> dict[str, str]:
    return {part: raw[part] for part in ("given_names", "family_name") if part in raw}


def _plain(raw: Mapping[str, Any], **fields: str) -> Iterator[Stated]:
    for kind, field in fields.items():
        if field in raw:
            yield Stated(kind=kind, position=0, value=raw[field])


def _several(kind: str, values: Iterable[Any]) -> Iterator[Stated]:
    for at, value in enumerate(values):
        yield Stated(kind=kind, position=at, value=value)


class _Claims:
    """Claims by their kind, in the order of their positions."""

    def __init__(self, claims: Iterable[Stated]) -> None:
        self._of: dict[str, list[Stated]] = {}
        for claim in sorted(claims, key=lambda one: one.position):
            self._of.setdefault(claim.kind, []).append(claim)

    def all(self, kind: str) -> tuple[Stated, ...]:
        return tuple(self._of.get(kind, ()))

    def values(self, kind: str) -> tuple[Any, ...]:
        return tuple(claim.value for claim in self.all(kind))

    def one(self, kind: str, missing: Any = "") -> Any:
        return next(iter(self.values(kind)), missing)


def _standing(claims: Iterable[Stated]) -> _Claims:
    return _Claims(claim for claim in claims if not claim.is_withdrawn)


def _name(value: Mapping[str, str]) -> PersonName:
    return PersonName(value.get("given_names", ""), value.get("family_name", ""))


def _date(value: Mapping[str, str]) -> PartialDate | None:
    return PartialDate.parse(value["birth_date"]) if "birth_date" in value else None


def child_of(claims: Iterable[Stated]) -> Child:
    """Put a child together again from the claims that stand."""
    known = _standing(claims)
    names = known.all("name")
    birth = known.one("birth_date", {})
    return Child(
        name=next((_name(one.value) for one in names if one.position == 0), None),
        other_names=tuple(_name(one.value) for one in names if one.position > 0),
        birth_date=_date(birth),
        birth_date_basis=birth.get("birth_date_basis", "unknown"),
        sex=known.one("sex", "unknown"),
        birth_place=known.one("birth_place"),
        phones=known.values("phone"),
        address=known.one("address"),
        documents=tuple(Document(**value) for value in known.values("document")),
        biometric_references=tuple(
            BiometricReference(system=value.get("system", ""), reference=value.get("reference", ""))
            for value in known.values("biometric")
        ),
    )


def collector_of(claims: Iterable[Stated]) -> Collector:
    """Put an adult who asks for the child together again from the claims that stand."""
    known = _standing(claims)
    names = known.values("name")
    return Collector(
        name=_name(names[0]) if names else None,
        birth_date=_date(known.one("birth_date", {})),
        phones=known.values("phone"),
        vehicle=known.one("vehicle"),
        address=known.one("address"),
        claimed_relation=known.one("relation"),
        identity=Identity(**known.one("identity", {})),
        authority=Authority(**known.one("authority", {})),
        conflict_of_interest=known.one("conflict_of_interest", "unknown"),
    )


def companion_of(claims: Iterable[Stated]) -> Companion:
    """Put somebody met together with the child together again from the claims that stand."""
    known = _standing(claims)
    names = known.values("name")
    return Companion(
        role=known.one("companion_role"),
        name=_name(names[0]) if names else None,
        phones=known.values("phone"),
        vehicle=known.one("vehicle"),
    )


READ: Mapping[str, Callable[[Iterable[Stated]], Person]] = {
    "child": child_of,
    "collector": collector_of,
    "companion": companion_of,
}
"""How the claims of each role become a person again."""
