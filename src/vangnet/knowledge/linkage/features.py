"""A record as few bytes, to be sealed and read back; nothing is normalised a second time."""

from __future__ import annotations

import json
from typing import Any

from vangnet.knowledge.linkage.names import NameForm, Token
from vangnet.knowledge.linkage.records import Record
from vangnet.knowledge.terms import PartialDate, PersonName

_VERSION = 1


class FeaturesError(ValueError):
    """Raised where bytes are not features of a version that is known here."""


def _tokens(tokens: tuple[Token, ...]) -> list[list[object]]:
    return [[token.text, int(token.consonantal), *token.sounds] for token in tokens]


def features(record: Record) -> bytes:
    """Write a record as compact JSON in UTF-8. `record_of_features` gives the same record back."""
    names = [
        [name.given_names, name.family_name, _tokens(form.given), _tokens(form.family)]
        for name, form in zip(record.names, record.forms, strict=True)
    ]
    return json.dumps(
        [
            _VERSION,
            record.record_id,
            names,
            [str(day) for day in record.birth_dates],
            record.sex,
            record.phones,
            record.addresses,
            record.documents,
            record.biometrics,
            record.collector_phones,
            record.vehicles,
            str(record.met_on) if record.met_on else None,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _token_of(raw: list[Any]) -> Token:
    return Token(raw[0], tuple(raw[2:]), bool(raw[1]))


def _form_of(raw: list[Any]) -> NameForm:
    return NameForm(tuple(map(_token_of, raw[2])), tuple(map(_token_of, raw[3])))


def _date_of(text: str) -> PartialDate:
    """Read a date that this shelf wrote, faster than `PartialDate.parse`."""
    return PartialDate(*map(int, text.split("-")))


def record_of_features(data: bytes) -> Record:
    """Read features back; raises FeaturesError where the version is another."""
    raw = json.loads(data)
    if raw[0] != _VERSION:
        raise FeaturesError(f"features of version {raw[0]} are not known here")
    _, record_id, names, births, sex, *lists, met_on = raw
    phones, addresses, documents, biometrics, collector_phones, vehicles = map(tuple, lists)
    return Record(
        record_id=record_id,
        names=tuple(PersonName(name[0], name[1]) for name in names),
        forms=tuple(map(_form_of, names)),
        birth_dates=tuple(map(_date_of, births)),
        sex=sex,
        phones=phones,
        addresses=addresses,
        documents=documents,
        biometrics=biometrics,
        collector_phones=collector_phones,
        vehicles=vehicles,
        met_on=_date_of(met_on) if met_on else None,
    )
