"""The addresses under /api/v1; whatever is answered there carries the version and is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, re_path
from django.views.decorators.csrf import csrf_exempt

from vangnet.site.api import sentences
from vangnet.site.api.document import document_of
from vangnet.site.api.door import VERSION, api
from vangnet.site.api.problems import NOTHING_HERE, OTHER_METHOD, problem
from vangnet.site.crosscheck.api import router as cross_checks
from vangnet.site.encounters.api import router as encounters

View = Callable[..., HttpResponse]

api.add_router("/encounters", encounters)
api.add_router("/cross-checks", cross_checks)


@cache
def document() -> dict[str, Any]:
    """Give the OpenAPI document of this API, as it is committed and as it is served."""
    return document_of(api)


@api.get(
    "/openapi.json",
    auth=None,
    operation_id="openApiDocument",
    summary="This document",
    tags=["document"],
    response={200: dict[str, Any]},
)
def published(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI 3.1 document, to anybody and from anywhere."""
    del request
    return JsonResponse(document(), headers={"Access-Control-Allow-Origin": "*"})


def answered(view: View) -> View:
    """Put on every answer what every answer has, and make a problem of a method that an address does not know."""

    @wraps(view)
    def inner(request: HttpRequest, **places: Any) -> HttpResponse:
        answer = view(request, **places)
        if answer.status_code == 405:
            allow = answer["Allow"]
            answer = problem(OTHER_METHOD, [sentences.OTHER_METHOD])
            answer["Allow"] = allow
        answer["API-Version"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return inner


@csrf_exempt
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """Say that this address is none."""
    return problem(NOTHING_HERE, [sentences.NOTHING_HERE])


urlpatterns = [
    *(
        URLPattern(one.pattern, answered(one.callback), name=one.name)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
    re_path("", answered(nothing_here)),
]
