"""Read the ledger: what it holds, which rows it binds, and whether it is still what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet

from vangnet.knowledge.terms import Words
from vangnet.trust.access.models import Organisation, Person
from vangnet.trust.keys import services as keys
from vangnet.trust.ledger import anchors
from vangnet.trust.ledger.body import FIELDS, body_from
from vangnet.trust.ledger.chain import Break, Found, Head, Link, close, follow
from vangnet.trust.ledger.models import Chain, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The first place where a chain is not what was written: where it is, and why.

    `organisation` is the code of the chain's organisation and `number` the entry; for the anchor
    file itself the organisation is empty and `number` is the line.
    """

    organisation: str
    number: int
    broken: Break
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a walk over every chain found; `unprotected` entries came after the last anchor."""

    ok: bool
    checked: int
    first_bad: Finding | None
    findings: tuple[Finding, ...]
    unprotected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry as an auditor reads it."""

    id: UUID
    number: int
    at: datetime
    actor_id: UUID
    act: str
    purpose: str
    subjects: tuple[UUID, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries of a chain are asked for; what is empty narrows nothing.

    `until` is the first moment that no longer belongs to it. `ending` are the last eight
    hexadecimal digits of an id that an entry lists, as people say it on the telephone.
    """

    since: datetime | None = None
    until: datetime | None = None
    actor_id: UUID | None = None
    acts: frozenset[str] = frozenset()
    ending: str = ""


EVERYTHING = Wanted()


def entries_of(
    organisation_id: UUID,
    *,
    wanted: Wanted = EVERYTHING,
    before: int | None = None,
    after: int | None = None,
    limit: int = 100,
) -> tuple[EntryView, ...]:
    """List the newest entries of one chain, those before a number, or the first ones after it; at most `limit`."""
    rows = _wanted(organisation_id, wanted)
    if after is not None:
        nearest = rows.filter(number__gt=after).order_by("number")[:limit]
        return tuple(_view(row) for row in reversed(nearest))
    rows = rows if before is None else rows.filter(number__lt=before)
    return tuple(_view(row) for row in rows.order_by("-number")[:limit])


def count_of(organisation_id: UUID, wanted: Wanted) -> int:
    """Count the entries of one chain that are asked for."""
    return _wanted(organisation_id, wanted).count()


def people_in(organisation_id: UUID) -> frozenset[UUID]:
    """Give everybody who stands in one chain."""
    rows = Entry.objects.filter(organisation_id=organisation_id).order_by()
    return frozenset(rows.values_list("actor_id", flat=True).distinct())


def _wanted(organisation_id: UUID, wanted: Wanted) -> QuerySet[Entry]:
    given = {
        "at__gte": wanted.since,
        "at__lt": wanted.until,
        "actor_id": wanted.actor_id,
        "act__in": wanted.acts,
        "subjects__icontains": f'{wanted.ending}"' if wanted.ending else "",
    }
    narrowed = {name: value for name, value in given.items() if value}
    return Entry.objects.filter(organisation_id=organisation_id, **narrowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What entries vouch for: of each row the digest that was bound last, of each person every name's digest."""

    rows: Mapping[UUID, str]
    names: Mapping[UUID, frozenset[str]]


def vouched() -> Vouched:
    """Give every digest that an entry binds.

    Of chains that bind one row, the one that binds it most often has its last state: whoever changes
    a row holds it, and writes in the chain of the organisation whose row it is, and maybe in another.
    """
    most: dict[UUID, tuple[int, str]] = {}
    here: dict[UUID, tuple[int, str]] = {}
    names: dict[UUID, frozenset[str]] = {}
    people = set(Person.objects.values_list("pk", flat=True))
    entries = Entry.objects.exclude(bindings={}).order_by("organisation_id", "number")
    of = None
    for organisation_id, bindings in entries.values_list("organisation_id", "bindings").iterator():
        if organisation_id != of:
            most, here, of = _most(most, here), {}, organisation_id
        for row, digest in ((UUID(one), digest) for one, digest in bindings.items()):
            if row in people:
                names[row] = names.get(row, frozenset()) | {digest}
            else:
                here[row] = (here.get(row, _NEVER)[0] + 1, digest)
    rows = {row: digest for row, (_, digest) in _most(most, here).items()}
    return Vouched(rows=rows, names=names)


_NEVER = (0, "")


def _most(one: dict[UUID, tuple[int, str]], other: Mapping[UUID, tuple[int, str]]) -> dict[UUID, tuple[int, str]]:
    """Put two chains together: of a row that both bind, what the one with more of its states says."""
    return one | {row: told for row, told in other.items() if told[0] > one.get(row, _NEVER)[0]}


def verify() -> Verification:
    """Walk every chain from its first entry to its head and its anchors, and locate the first change.

    Takes no lock: what is written meanwhile is walked too. Raises OSError where the anchor file
    cannot be read.
    """
    outside = _Outside(Path(settings.VANGNET_ANCHOR_FILE))
    codes = dict(Organisation.objects.values_list("id", "code"))
    ids = {*Chain.objects.values_list("pk", flat=True), *_organisations(), *map(UUID, outside.held.heads)}
    walks = [_walk(str(codes.get(one, one)), one, outside) for one in ids]
    walks.sort(key=lambda walk: walk.organisation)
    wrong = outside.held.first_wrong
    findings = [] if wrong is None else [_finding("", Found(wrong, Break.ANCHORS_BROKEN))]
    findings += [_finding(walk.organisation, walk.found) for walk in walks if walk.found is not None]
    return Verification(
        ok=not findings,
        checked=sum(walk.checked for walk in walks),
        first_bad=findings[0] if findings else None,
        findings=tuple(findings),
        unprotected=sum(walk.unprotected for walk in walks),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a walk over a piece of one chain found.

    `reached` is the head to go on from, `last` the number of the newest entry. The entries up to
    `anchored` stood in the anchor file, the newest of them written at `anchored_at`.
    """

    reached: Head
    last: int
    first_bad: Finding | None
    anchored: int
    anchored_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to walk: the end was reached, or a place that is not whole."""
        return self.first_bad is not None or self.reached.number >= self.last


def part_of(organisation_id: UUID, code: str, *, since: Head, most: int) -> Part:
    """Walk at most so many entries of one chain on from a head that was reached before.

    The last part holds the end against the head and the anchors. Raises OSError where the anchor
    file cannot be read.
    """
    outside = _Outside(Path(settings.VANGNET_ANCHOR_FILE))
    known = outside.held.heads.get(str(organisation_id), {})
    reached, found = _piece(organisation_id, known, outside, since, most)
    wrong = outside.held.first_wrong
    bad = _finding(code, found) if found is not None else None
    bad = _finding("", Found(wrong, Break.ANCHORS_BROKEN)) if wrong is not None else bad
    anchored = max(known, default=0)
    at = Entry.objects.filter(organisation_id=organisation_id, number=anchored).values_list("at", flat=True).first()
    return Part(
        reached=reached,
        last=max(reached.number, _last(organisation_id)),
        first_bad=bad,
        anchored=anchored,
        anchored_at=at,
    )


def _piece(
    organisation_id: UUID, known: Mapping[int, str], outside: _Outside, since: Head, most: int
) -> tuple[Head, Found | None]:
    """Give how far the walk came, and the first place that is not whole."""
    rows, up_to = _Rows(organisation_id), since.number + most
    try:
        walked = follow(since, rows.links(above=since.number, up_to=up_to), keys.subkey("ledger"), known, outside)
        if isinstance(walked, Found):
            return Head(walked.number - 1), walked
        if walked.number == up_to and _last(organisation_id) > up_to:
            return walked, None
        return walked, _ending(organisation_id, rows, known, outside, walked)
    except (ValueError, TypeError, AttributeError, DatabaseError):
        unreadable = since.number + rows.read + 1
        return Head(unreadable - 1), Found(unreadable, Break.UNREADABLE)


def _last(organisation_id: UUID) -> int:
    newest = Entry.objects.filter(organisation_id=organisation_id).order_by("-number")
    return newest.values_list("number", flat=True).first() or 0


class _Outside:
    """The anchor file as it was when the walk began; a seal written meanwhile is looked up again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._key = keys.subkey("anchor")
        self.held = anchors.read(path, self._key)
        self._seals = self.held.seals

    def __contains__(self, seal: object) -> bool:
        if seal not in self._seals:
            self._seals = anchors.read(self._path, self._key).seals
        return seal in self._seals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    organisation: str
    checked: int
    found: Found | None
    unprotected: int


class _Rows:
    """The entries of one chain in their order, and how far they could be read."""

    def __init__(self, organisation_id: UUID) -> None:
        self._rows = Entry.objects.filter(organisation_id=organisation_id).order_by("number")
        self.read = 0

    def links(self, *, above: int = 0, up_to: int | None = None) -> Iterator[Link]:
        rows = self._rows.filter(number__gt=above) if above else self._rows
        rows = rows if up_to is None else rows.filter(number__lte=up_to)
        for *values, previous, mac in rows.values_list(*FIELDS, "previous", "mac").iterator():
            yield Link(body=body_from(tuple(values)), previous=previous, mac=mac)
            self.read += 1


def _walk(code: str, organisation_id: UUID, outside: _Outside) -> _Walk:
    rows = _Rows(organisation_id)
    known = outside.held.heads.get(str(organisation_id), {})
    try:
        found = _found(organisation_id, rows, known, outside)
    except (ValueError, TypeError, AttributeError, DatabaseError):
        found = Found(rows.read + 1, Break.UNREADABLE)
    last = max(known, default=0)
    return _Walk(organisation=code, checked=rows.read, found=found, unprotected=max(0, rows.read - last))


def _found(organisation_id: UUID, rows: _Rows, known: Mapping[int, str], outside: _Outside) -> Found | None:
    """Walk the entries, then the head, then what came between the two."""
    at = follow(Head(), rows.links(), keys.subkey("ledger"), known, outside)
    return at if isinstance(at, Found) else _ending(organisation_id, rows, known, outside, at)


def _ending(
    organisation_id: UUID, rows: _Rows, known: Mapping[int, str], outside: _Outside, at: Head
) -> Found | None:
    """Walk what was written since the walk came to `at`, and hold the end against head and anchors."""
    row = Chain.objects.filter(pk=organisation_id).values_list("last_number", "last_mac").first()
    head = None if row is None else Head(*row)
    if head is not None and head.number > at.number:
        more = rows.links(above=at.number, up_to=head.number)
        walked = follow(at, more, keys.subkey("ledger"), known, outside)
        return walked if isinstance(walked, Found) else close(walked, head, known)
    return close(at, head, known)


def _organisations() -> Iterator[Any]:
    return iter(Entry.objects.order_by().values_list("organisation_id", flat=True).distinct())


def _view(row: Entry) -> EntryView:
    return EntryView(
        id=row.id,
        number=row.number,
        at=row.at,
        actor_id=row.actor_id,
        act=row.act,
        purpose=row.purpose,
        subjects=tuple(UUID(one) for one in row.subjects),
        counts=MappingProxyType(row.counts),
    )


def _finding(organisation: str, found: Found) -> Finding:
    what = _WORDS[found.broken]
    if found.broken is Break.ANCHORS_BROKEN:
        words = Words(f"Regel {found.number} van {what.nl}", f"Line {found.number} of {what.en}")
    else:
        words = Words(
            f"Logboek van {organisation}, regel {found.number}: {what.nl}",
            f"Ledger of {organisation}, entry {found.number}: {what.en}",
        )
    return Finding(organisation=organisation, number=found.number, broken=found.broken, words=words)


_WORDS: Mapping[Break, Words] = MappingProxyType(
    {
        Break.UNREADABLE: Words(
            "dit is niet meer te lezen; het is veranderd.", "this cannot be read any more; it was changed."
        ),
        Break.MISSING: Words("deze regel ontbreekt.", "this entry is missing."),
        Break.OUT_OF_PLACE: Words(
            "hier staat een regel die hier niet hoort.", "an entry stands here that does not belong here."
        ),
        Break.CHANGED: Words(
            "deze regel is veranderd, verplaatst of later toegevoegd.",
            "this entry was changed, moved or put in later.",
        ),
        Break.NOT_FOLLOWING: Words(
            "deze regel sluit niet aan op de regel ervoor.",
            "this entry does not follow the entry before it.",
        ),
        Break.ANCHOR_DIFFERS: Words(
            "deze regel is een andere dan in het ankerbestand staat.",
            "this entry is another one than the anchor file says.",
        ),
        Break.ANCHOR_UNKNOWN: Words(
            "deze regel noemt een anker dat niet meer in het ankerbestand staat; dat bestand is ingekort.",
            "this entry names an anchor that no longer stands in the anchor file; that file was cut.",
        ),
        Break.TAIL_CUT: Words(
            "vanaf hier ontbreken regels aan het eind.", "from here on entries are missing at the end."
        ),
        Break.HEAD_MISSING: Words(
            "de stand van dit logboek ontbreekt na deze regel.",
            "the head of this ledger is missing after this entry.",
        ),
        Break.HEAD_FORGED: Words(
            "de stand van dit logboek klopt niet met deze regel.",
            "the head of this ledger does not agree with this entry.",
        ),
        Break.ANCHORS_BROKEN: Words(
            "het ankerbestand is veranderd, of de regel ervoor is weggehaald.",
            "the anchor file was changed, or the line before it was taken out.",
        ),
    }
)
