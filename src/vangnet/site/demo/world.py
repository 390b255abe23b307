"""Invented encounters over three years: the same seed always gives the same world."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml

CHILDREN = 400
ENCOUNTERS = 1500
SEED = 20261124
START = datetime(2023, 11, 1, 8, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAYS = 3 * 365
SHELTER = "NL-OPV-LINDENHOF"
POLICE = ("NL-POL-RIJNHAVEN", "NL-POL-WATERLAND", "NL-KMAR-VELDZICHT")
ABROAD = {
    "BE": "BE-POL-SCHELDE",
    "DE": "DE-POL-NORDTOR",
    "FR": "FR-POL-RIVENEUVE",
    "AT": "AT-JA-DONAUTOR",
    "ES": "ES-POL-PUERTOVAL",
}
REPORTS = "NL-EMM-LANDELIJK"
"""Who records what came from abroad as the answer to a question."""

Raw = dict[str, Any]


@cache
def setting() -> dict[str, Any]:
    """Give the invented organisations, accounts and names."""
    text = files("vangnet.site.demo").joinpath("world.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@dataclass(slots=True, kw_only=True)
class Invented:
    """One invented child: what it was called, when it was born, what was noted about it."""

    key: str
    names: list[Raw]
    born: date
    sex: str
    phone: str = ""
    document: str = ""
    address: str = ""
    met: int = field(default=0)


class World:
    """The encounters of the invented world, in the order of time."""

    def __init__(self, seed: int = SEED) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - an invented world needs the same dice each time
        self.numbers: dict[str, int] = {}
        self.thirty_four: list[Raw] = []

    def encounters(self) -> list[Raw]:
        """Give every encounter as the contract's JSON, oldest first."""
        rows = [*self._thirty_five(), *self._collected(), *self._again(), *self._parent(), *self._namesake()]
        rows += list(self._shelter())
        rows += list(self._ordinary(ENCOUNTERS - len(rows)))
        rows.sort(key=lambda raw: datetime.fromisoformat(raw["met_at"]))
        for raw in rows:
            raw["encounter_id"] = self._number(raw["organisation"], raw["met_at"][:4])
        return rows

    def _number(self, organisation: str, year: str) -> str:
        stem = f"{organisation}-{year}"
        self.numbers[stem] = self.numbers.get(stem, 0) + 1
        return f"{stem}-{self.numbers[stem]:06d}"

    def _child(self, key: str) -> Invented:
        pool = self.dice.choice(setting()["pools"])
        name = {"given_names": self.dice.choice(pool["given"]), "family_name": self.dice.choice(pool["family"])}
        born = date(2007, 1, 1) + timedelta(days=self.dice.randrange(9 * 365))
        return Invented(
            key=key,
            names=[name],
            born=born,
            sex=self.dice.choice("FM"),
            phone=f"+3160000{self.dice.randrange(10000):04d}",
            document=f"SPECI{self.dice.randrange(10**6):06d}",
            address=f"Voorbeeldkade {self.dice.randrange(1, 400)}, Rijnhaven",
        )

    def _when(self, *, after: int = 0, before: int = DAYS) -> datetime:
        day = self.dice.randrange(after, before)
        return START + timedelta(days=day, minutes=self.dice.randrange(24 * 60))

    def _born_as_told(self, child: Invented) -> str:
        told = child.born
        match self.dice.randrange(10):
            case 0:
                return str(told.year)
            case 1:
                return f"{told.year + self.dice.choice((-2, -1, 1, 2)):04d}-01-01"
            case 2 if told.day <= 12:
                return f"{told.year:04d}-{told.day:02d}-{told.month:02d}"
            case 3:
                return f"{told.year:04d}-{told.month:02d}"
            case _:
                return told.isoformat()

    def _claims(self, child: Invented, name: Raw) -> Raw:
        claims: Raw = {
            **name,
            "birth_date": self._born_as_told(child),
            "birth_date_basis": "stated",
            "sex": child.sex,
        }
        if self.dice.random() < 0.45:
            claims["phones"] = [child.phone]
        if self.dice.random() < 0.25:
            claims["documents"] = [{"kind": "identity_card", "number": child.document}]
        if self.dice.random() < 0.3:
            claims["address"] = child.address
        return claims

    def _met(
        self, child: Invented, at: datetime, *, country: str = "NL", name: Raw | None = None, **more: Any
    ) -> Raw:
        child.met += 1
        organisation = self.dice.choice(POLICE) if country == "NL" else ABROAD.get(country, REPORTS)
        raw: Raw = {
            "organisation": organisation,
            "country": country,
            "met_at": at.isoformat(timespec="minutes"),
            "place": "voorbeeldplein",
            "kind": "report" if organisation == REPORTS else "offence",
            "child": self._claims(child, name or self.dice.choice(child.names)),
            "observations": self._observations(),
        }
        if country == "NL":
            raw["municipality"] = f"090{1 + POLICE.index(organisation)}"
            raw["custody"] = {"basis": "suspect", "arrived_at": raw["met_at"], "pretrial_detention_offence": "yes"}
        return raw | more

    def _observations(self) -> list[Raw]:
        ids = self.dice.sample(setting()["observations"], self.dice.choice((0, 0, 0, 1, 1, 2, 3)))
        return [{"indicator": one, "state": "observed", "observer": "police"} for one in sorted(ids)]

    def _ordinary(self, wanted: int) -> Iterator[Raw]:
        children = [self._child(f"c{number}") for number in range(CHILDREN - 12)]
        for number in range(wanted):
            child = children[number] if number < len(children) else self.dice.choice(children)
            country = self.dice.choices(("NL", "BE", "DE", "FR", "AT", "ES"), (70, 8, 7, 6, 5, 4))[0]
            yield self._met(child, self._when(), country=country)

    def _thirty_five(self) -> Iterator[Raw]:
        """One child under 35 names in 12 countries; the 35th is left for the officer of the demo."""
        child = self._child("many-names")
        child.born, child.sex, child.phone, child.document = date(2013, 3, 5), "F", "+31600003535", "SPECI003535"
        names, countries = setting()["thirty_five"], setting()["countries"]
        for number, name in enumerate(names[:-1]):
            at = self._when(after=number * 30, before=number * 30 + 25)
            raw = self._met(child, at, country=countries[number % len(countries)], name=name)
            self.thirty_four.append(raw)
            yield raw

    def _collected(self) -> Iterator[Raw]:
        """One adult under three spellings collects five children."""
        spellings = (("Tomas", "Verhagen"), ("Thomas", "Verhaegen"), ("T.", "van Haegen"))
        for number in range(5):
            given, family = spellings[number % 3]
            collector = {
                "given_names": given,
                "family_name": family,
                "phones": ["+32400005555"],
                "claimed_relation": "uncle",
                "identity": {"state": "verified", "document": "passport", "number": "SPECI555555"},
                "authority": {"state": "not_verified", "source": "none"},
            }
            yield self._met(
                self._child(f"collected{number}"),
                self._when(after=600 + 40 * number, before=630 + 40 * number),
                collectors=[collector],
            )

    def _again(self) -> Iterator[Raw]:
        """A child handed to someone who said to be an aunt, and met again a week later in another city."""
        child, at = self._child("again"), START + timedelta(days=900, hours=5)
        aunt = {
            "given_names": "Carla",
            "family_name": "Ostrand",
            "claimed_relation": "aunt",
            "phones": ["+31600007777"],
        }
        yield self._met(child, at, collectors=[aunt])
        seen = [{"indicator": "I-43", "state": "observed", "observer": "police"}]
        yield self._met(child, at + timedelta(days=7), observations=seen)

    def _parent(self) -> Iterator[Raw]:
        """A real parent at night with foreign papers; nothing speaks against them."""
        collector = {
            "given_names": "Beatrix",
            "family_name": "Holm",
            "claimed_relation": "parent",
            "phones": ["+4520000001"],
            "identity": {"state": "verified", "document": "passport", "number": "SPECI777001"},
            "authority": {"state": "verified", "source": "foreign_certificate"},
            "conflict_of_interest": "none_found",
        }
        view = {"heard_alone": True, "interpreter": "sworn", "wants_to_go": "yes", "words": "Ik wil naar huis."}
        known = {"facts": {check: {"state": "clear", "source": "nagevraagd"} for check in ("G-03", "G-07", "G-13")}}
        child = self._child("parent")
        child.names = [{"given_names": "Ida", "family_name": "Holm"}]
        at = START + timedelta(days=1000, hours=17, minutes=40)
        yield self._met(child, at, collectors=[collector], child_view=view, known=known, observations=[])

    def _namesake(self) -> Iterator[Raw]:
        """Two children with one name and nothing else in common."""
        for born in (date(2008, 6, 1), date(2014, 11, 23)):
            child = self._child(f"namesake-{born.year}")
            child.names, child.born = [{"given_names": "Mirela", "family_name": "Vantrescu"}], born
            child.phone = f"+3160001{born.year}"
            raw = self._met(child, self._when(after=950, before=1050), observations=[])
            raw["child"]["birth_date"] = born.isoformat()
            raw["child"]["sex"] = "F" if born.year == 2008 else "M"
            yield raw

    def _shelter(self) -> Iterator[Raw]:
        """A shelter worker who rightly collects many children, for an organisation."""
        for number in range(9):
            collector = {
                "given_names": "Opvang Lindenhof",
                "claimed_relation": "worker of an organisation",
                "phones": ["+31880000345"],
                "identity": {"state": "verified", "document": "service card"},
                "authority": {"state": "verified", "source": "court_decision"},
                "conflict_of_interest": "none_found",
            }
            yield self._met(
                self._child(f"sheltered{number}"), self._when(after=700, before=1060), collectors=[collector]
            )


def newest_of_thirty_five() -> Raw:
    """Give the child of many names as the officer of the demo meets it: partial, as on a street at night."""
    name = setting()["thirty_five"][-1]
    return {
        "organisation": "NL-POL-RIJNHAVEN",
        "country": "NL",
        "municipality": "0901",
        "kind": "offence",
        "offence": "pickpocketing",
        "place": "station Rijnhaven, hal",
        "child": {
            **name,
            "birth_date": "2013-05-03",
            "birth_date_basis": "stated",
            "sex": "F",
            "phones": ["+31600003535"],
        },
    }
