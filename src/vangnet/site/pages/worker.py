"""The service worker, served from the root so that it may answer for every page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

SHELL = (
    "vangnet/tokens.css",
    "vangnet/base.css",
    "vangnet/page.css",
    "vangnet/forms.css",
    "vangnet/components.css",
    "vangnet/js/page.js",
    "vangnet/js/draft.js",
    "vangnet/js/intake.js",
    "vangnet/js/search.js",
    "vangnet/js/offline.js",
    "vangnet/mark.svg",
    "vangnet/fonts/source-sans-3-latin-wght-normal.woff2",
    "vangnet/fonts/source-sans-3-latin-ext-wght-normal.woff2",
    "django_htmx/htmx-2.min.js",
)
SOURCE = Path(__file__).parents[1] / "static" / "vangnet" / "js" / "sw.js"


@cache
def _text() -> str:
    listed = ", ".join(f'"{static(one)}"' for one in SHELL)
    return SOURCE.read_text(encoding="utf-8").replace("/* SHELL */", listed)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the worker with the list of files that it keeps."""
    del request
    answer = HttpResponse(_text(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
