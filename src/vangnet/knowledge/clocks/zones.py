"""Where a country keeps its time, and moments written in it."""

from __future__ import annotations

from datetime import UTC, datetime, timezone
from zoneinfo import ZoneInfo

# Legal time of the capital. Source: IANA time zone database, zone.tab (read, release 2026).
# Spain and Portugal: the mainland.
_ZONES = {
    "AD": "Europe/Andorra",
    "AL": "Europe/Tirane",
    "AM": "Asia/Yerevan",
    "AT": "Europe/Vienna",
    "AZ": "Asia/Baku",
    "BA": "Europe/Sarajevo",
    "BE": "Europe/Brussels",
    "BG": "Europe/Sofia",
    "BY": "Europe/Minsk",
    "CH": "Europe/Zurich",
    "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "EE": "Europe/Tallinn",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "GE": "Asia/Tbilisi",
    "GR": "Europe/Athens",
    "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest",
    "IE": "Europe/Dublin",
    "IS": "Atlantic/Reykjavik",
    "IT": "Europe/Rome",
    "LI": "Europe/Vaduz",
    "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg",
    "LV": "Europe/Riga",
    "MC": "Europe/Monaco",
    "MD": "Europe/Chisinau",
    "ME": "Europe/Podgorica",
    "MK": "Europe/Skopje",
    "MT": "Europe/Malta",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade",
    "RU": "Europe/Moscow",
    "SE": "Europe/Stockholm",
    "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava",
    "SM": "Europe/San_Marino",
    "TR": "Europe/Istanbul",
    "UA": "Europe/Kyiv",
    "VA": "Europe/Vatican",
    "XK": "Europe/Belgrade",
}


def zone_of(country: str) -> ZoneInfo:
    """Give the time zone of a country (ISO 3166 alpha-2); UTC for one outside the table.

    The table holds the European countries. Where a country has more zones it is that of the
    capital.
    """
    return ZoneInfo(_ZONES.get(country, "UTC"))


def in_place(moment: datetime, zone: ZoneInfo) -> datetime:
    """Write a moment with the offset that holds in a zone at that moment.

    The offset is fixed: two such moments subtract to elapsed time, also over a change to or
    from summer time. Between two moments that carry the same `ZoneInfo` Python subtracts the
    clock faces instead.
    """
    offset = moment.astimezone(zone).utcoffset()
    return moment.astimezone(UTC if offset is None else timezone(offset))
