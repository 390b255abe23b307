"""One encounter as it is compared: only what may be compared, and nothing that tells where a child is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from vangnet.knowledge.linkage.identifiers import address_form, number_form, phone_form
from vangnet.knowledge.linkage.names import NameForm, form_of
from vangnet.knowledge.terms import (
    Collector,
    Companion,
    Encounter,
    Moment,
    PartialDate,
    PersonName,
    Reason,
    Sex,
    Words,
)

_SEXES: dict[str, Sex] = {"F": "F", "M": "M", "X": "X", "": "unknown", "UNKNOWN": "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is compared of one encounter.

    Phones, addresses and numbers stand as they are compared (see `identifiers`); names as they
    were written, with `forms` beside them in the same order. Made by `record`, `record_of`,
    `record_of_row` or `record_of_features`, which fill `forms`.
    """

    record_id: str
    names: tuple[PersonName, ...] = ()
    forms: tuple[NameForm, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    sex: Sex = "unknown"
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    biometrics: tuple[str, ...] = ()
    collector_phones: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    met_on: PartialDate | None = None


def _distinct(form: Callable[[str], str], written: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(form, written))))


def record(written: Record) -> Record:
    """Make ready for comparison what stands in a record as people wrote it; doing it twice changes nothing."""
    names = tuple(dict.fromkeys(name for name in written.names if name.whole))
    return replace(
        written,
        names=names,
        forms=tuple(map(form_of, names)),
        birth_dates=tuple(dict.fromkeys(written.birth_dates)),
        phones=_distinct(phone_form, written.phones),
        addresses=_distinct(address_form, written.addresses),
        documents=_distinct(number_form, written.documents),
        biometrics=_distinct(number_form, written.biometrics),
        collector_phones=_distinct(phone_form, written.collector_phones),
        vehicles=_distinct(number_form, written.vehicles),
    )


def _day_of(moment: Moment) -> PartialDate:
    if isinstance(moment, datetime):
        return PartialDate(moment.year, moment.month, moment.day)
    return moment


def record_of(encounter: Encounter) -> Record:
    """Take from an encounter what may be compared, and leave out where the child is from.

    Phones of collectors and of adults met together with the child stand as `collector_phones`,
    their vehicles as `vehicles`; children met together bring nothing.
    """
    child = encounter.child
    around: tuple[Collector | Companion, ...] = (
        *encounter.collectors,
        *(one for one in encounter.companions if one.role == "adult"),
    )
    return record(
        Record(
            record_id=encounter.encounter_id,
            names=child.names,
            birth_dates=(child.birth_date,) if child.birth_date else (),
            sex=child.sex,
            phones=child.phones,
            addresses=(child.address,),
            documents=tuple(document.number for document in child.documents),
            biometrics=tuple(one.reference for one in child.biometric_references),
            collector_phones=tuple(phone for one in around for phone in one.phones),
            vehicles=tuple(one.vehicle for one in around),
            met_on=_day_of(encounter.met_at),
        )
    )


def _refused(where: str, value: str, nl: str, en: str) -> Reason:
    return Reason(
        code=f"bad_{where}", where=where, words=Words(f"{where} “{value}”: {nl}.", f"{where} “{value}”: {en}.")
    )


def _date_in(row: Mapping[str, str], column: str) -> PartialDate | Reason | None:
    value = row.get(column, "")
    if not value:
        return None
    try:
        return PartialDate.parse(value)
    except ValueError:
        return _refused(
            column,
            value,
            "schrijf een datum als 2012-05-17, 2012-05 of 2012",
            "write a date as 2012-05-17, 2012-05 or 2012",
        )


def _sex_in(row: Mapping[str, str]) -> Sex | Reason:
    value = row.get("sex", "")
    sex = _SEXES.get(value.upper())
    return sex or _refused("sex", value, "schrijf F, M, X of niets", "write F, M, X or nothing")


def record_of_row(row: Mapping[str, object]) -> Record | Reason:
    """Read one row of a linkage table; empty is unknown, other columns are never looked at."""
    texts = {str(key): "" if value is None else str(value).strip() for key, value in row.items()}
    if not texts.get("encounter_id"):
        return Reason(
            code="no_encounter_id",
            where="encounter_id",
            words=Words(
                "encounter_id is leeg: geef elke rij een nummer.", "encounter_id is empty: give each row one."
            ),
        )
    birth, met, sex = _date_in(texts, "birth_date"), _date_in(texts, "met_on"), _sex_in(texts)
    if isinstance(birth, Reason):
        return birth
    if isinstance(met, Reason):
        return met
    if isinstance(sex, Reason):
        return sex
    return _record_of_texts(texts, birth=birth, met=met, sex=sex)


def _record_of_texts(
    texts: Mapping[str, str], *, birth: PartialDate | None, met: PartialDate | None, sex: Sex
) -> Record:
    def column(name: str) -> tuple[str, ...]:
        return (texts.get(name, ""),)

    return record(
        Record(
            record_id=texts["encounter_id"],
            names=(PersonName(texts.get("given_names", ""), texts.get("family_name", "")),),
            birth_dates=(birth,) if birth else (),
            sex=sex,
            phones=column("phone"),
            addresses=column("address"),
            documents=column("document_number"),
            biometrics=column("biometric_reference"),
            collector_phones=column("collector_phone"),
            vehicles=column("vehicle"),
            met_on=met,
        )
    )
