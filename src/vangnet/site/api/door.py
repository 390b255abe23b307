"""The API itself: who comes in, and how every failure becomes one plain problem."""

from __future__ import annotations

import logging
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.api import sentences
from vangnet.site.api.problems import (
    NOT_SIGNED_IN,
    OTHER_MEDIA,
    OUR_FAULT,
    REFUSED,
    SEAL_BROKEN,
    TOO_LARGE,
    UNAVAILABLE,
    UNREADABLE,
    Kind,
    Problem,
    RefusedError,
    problem,
)
from vangnet.site.logs import incident
from vangnet.site.pages.doors import purpose_of
from vangnet.trust.access.policy import Actor, Role
from vangnet.trust.access.services import actor_for
from vangnet.trust.keys.services import SealBrokenError
from vangnet.trust.ledger import reading
from vangnet.trust.ledger.services import LedgerUnavailableError

VERSION = "1.0.0"
ABOUT = """Record an encounter and get what follows from it; look for earlier encounters of the same child.

You come in as a person: sign in at the site, send its session cookie, and with everything that is not a
GET the header `X-CSRFToken`. Programs that sign in by themselves come later. The same rules as on the pages
decide what you may do and see, and the same ledger keeps it. `Accept-Language` (nl or en) chooses the
language of the sentences. An encounter keeps the names of its published schema; absent is unknown, never no.
Nothing here decides: the answers propose, named people decide."""

_log = logging.getLogger(__name__)


class SessionCookie(APIKeyCookie):
    """Somebody who is signed in at the site and acts for one organisation; `request.auth` is the actor."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)  # checked below, once we know that there is somebody to protect

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Give the actor; None where nobody is signed in. Raises RefusedError for what may not come further."""
        del key
        if not request.user.is_authenticated:
            return None
        if request.method == "POST" and request.content_type != "application/json":
            raise RefusedError(OTHER_MEDIA, sentences.JSON_ONLY)
        if check_csrf(request) is not None:
            raise RefusedError(REFUSED, sentences.NO_TOKEN)
        actor = actor_for(request.user, request.session.get("organisation"))
        if isinstance(actor, Reason):
            raise RefusedError(REFUSED, actor)
        if Role.IMMIGRATION in actor.roles:
            reading.write_refusal(actor=actor, at=timezone.now())
        return actor


def actor_in(request: HttpRequest) -> Actor:
    """Give the actor whom the door let in."""
    return cast("Actor", request.auth)  # type: ignore[attr-defined]


def purpose_in(request: HttpRequest, wanted: Purpose | None) -> Purpose:
    """Give the purpose of a request: the one it names, else the one chosen at the site."""
    return wanted or purpose_of(request, actor_in(request))


api = NinjaAPI(
    title="Vangnet",
    version=VERSION,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    auth=SessionCookie(),
    servers=[{"url": "https://vangnet.example/api/v1", "description": "Put your own installation here."}],
    openapi_extra={
        "info": {
            "contact": {
                "name": "Vangnet maintainers",
                "email": "security@vangnet.example",
                "url": "https://vangnet.example/code",
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        }
    },
)


def problems(*statuses: int) -> dict[int, Any]:
    """Declare, beside the given ones, the problems that every endpoint for people may answer with."""
    return dict.fromkeys((*statuses, 400, 401, 403, 500, 503), Problem)


@api.exception_handler(AuthenticationError)
def _nobody(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(NOT_SIGNED_IN, [sentences.SIGN_IN])


@api.exception_handler(RefusedError)
def _refused(_request: HttpRequest, error: RefusedError) -> HttpResponse:
    return problem(error.kind, [error.reason])


@api.exception_handler(ValidationError)
def _headers(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = {str(one["loc"][-1]) for one in error.errors}
    return problem(UNREADABLE, [reason for name, reason in _HEADERS.items() if name in wrong])


@api.exception_handler(LedgerUnavailableError)
def _no_ledger(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(UNAVAILABLE, [Reason(code="ledger_unavailable", words=LedgerUnavailableError.words)])


@api.exception_handler(SealBrokenError)
def _no_seal(_request: HttpRequest, error: SealBrokenError) -> HttpResponse:
    return problem(SEAL_BROKEN, [sentences.seal_broken(incident(error))])


_HEADERS = {"Idempotency-Key": sentences.NO_KEY, "Vangnet-Purpose": sentences.NO_PURPOSE}
_FAILURES: tuple[tuple[type[Exception], Kind, Reason], ...] = (
    (RequestDataTooBig, TOO_LARGE, sentences.TOO_LARGE),
    (SuspiciousOperation, UNREADABLE, sentences.NOT_JSON),
    (UnreadablePostError, UNREADABLE, sentences.BROKEN_OFF),
    (OperationalError, UNAVAILABLE, sentences.NO_DATABASE),
    (InterfaceError, UNAVAILABLE, sentences.NO_DATABASE),
)


@api.exception_handler(Exception)
def _failed(_request: HttpRequest, error: Exception) -> HttpResponse:
    for known, kind, reason in _FAILURES:
        if isinstance(error, known):
            return problem(kind, [reason])
    _log.error("An endpoint failed", exc_info=error)
    return problem(OUR_FAULT, [sentences.OUR_FAULT])
