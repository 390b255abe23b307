"""What went wrong, for a program and for the person behind it (RFC 9457): never data of a child, never a trace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

from django.http import HttpResponse, JsonResponse
from ninja import Schema
from pydantic import Field

from vangnet.knowledge.terms import Reason, RefusalKind, Words
from vangnet.site.pages.speaking import say

MEDIA_TYPE = "application/problem+json"
AGAIN_AFTER = "60"


class ProblemReason(Schema):
    """One thing that is wrong: a code for programs, the place in what was sent, a sentence for people."""

    code: str
    where: str = Field(description="A path such as child.documents[0].number; empty where it is not about a place.")
    sentence: str


class Problem(Schema):
    """Why it was not done, in the language of Accept-Language (nl or en)."""

    type: str = Field(description="urn:vangnet:problem: and one fixed word.")
    title: str
    status: int
    detail: str = Field(description="The first sentence; all of them stand in reasons.")
    reasons: list[ProblemReason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of problem: its status, its fixed word, its title."""

    status: HTTPStatus
    word: str
    title: Words


def _kind(status: HTTPStatus, word: str, dutch: str, english: str) -> Kind:
    return Kind(status=status, word=word, title=Words(dutch, english))


UNREADABLE = _kind(
    HTTPStatus.BAD_REQUEST, "unreadable", "Dit kan zo niet worden aangenomen", "This cannot be taken as it is"
)
NOT_SIGNED_IN = _kind(HTTPStatus.UNAUTHORIZED, "not-signed-in", "U bent niet ingelogd", "You are not signed in")
REFUSED = _kind(HTTPStatus.FORBIDDEN, "refused", "Dit mag niet", "This is not allowed")
NOTHING_HERE = _kind(
    HTTPStatus.NOT_FOUND, "nothing-here", "Hier is niets te tonen", "There is nothing to show here"
)
OTHER_METHOD = _kind(
    HTTPStatus.METHOD_NOT_ALLOWED, "other-method", "Dat kan op dit adres niet", "This address does not do that"
)
CORRECT_IT = _kind(HTTPStatus.CONFLICT, "correct-it-instead", "Dit bestaat al", "This exists already")
TOO_LARGE = _kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "Dit is te groot", "This is too large")
OTHER_MEDIA = _kind(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "other-media-type", "Dit is geen JSON", "This is not JSON")
OUR_FAULT = _kind(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "our-fault",
    "Er ging bij ons iets mis",
    "Something went wrong on our side",
)
UNAVAILABLE = _kind(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "Nu niet mogelijk", "Not possible now")
SEAL_BROKEN = _kind(
    HTTPStatus.SERVICE_UNAVAILABLE, "seal-broken", "Dit kan niet worden geopend", "This cannot be opened"
)
OF_KIND: Mapping[RefusalKind, Kind] = MappingProxyType(
    {"may_not": REFUSED, "not_there": NOTHING_HERE, "mend": UNREADABLE, "changed": CORRECT_IT}
)
"""The problem that each kind of refusal is told as."""


class RefusedError(Exception):
    """What was asked is refused before the endpoint begins; it becomes a problem."""

    def __init__(self, kind: Kind, reason: Reason) -> None:
        super().__init__(kind.word)
        self.kind = kind
        self.reason = reason


def problem(kind: Kind, reasons: Iterable[Reason]) -> HttpResponse:
    """Give the answer for a problem, in the language of the request."""
    told = [{"code": one.code, "where": one.where, "sentence": say(one.whole)} for one in reasons]
    body = {
        "type": f"urn:vangnet:problem:{kind.word}",
        "title": say(kind.title),
        "status": int(kind.status),
        "detail": told[0]["sentence"],
        "reasons": told,
    }
    answer = JsonResponse(body, status=kind.status, content_type=MEDIA_TYPE)
    if kind is UNAVAILABLE:
        answer["Retry-After"] = AGAIN_AFTER
    return answer
