"""First things first: one's own password, and a second proof where this installation asks for one."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from vangnet.site.accounts.second_proof import has_second_proof
from vangnet.site.api.problems import REFUSED, problem
from vangnet.site.api.sentences import FIRST_THINGS

ALWAYS_OPEN = (
    "/account",
    "/login",
    "/logout",
    "/language",
    "/theme",
    "/organisation",
    "/health",
    "/awake",
    "/static/",
)


class FirstThings:
    """Send who still has something to set up to that page, whatever they asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, or answer with where to go first."""
        wanted = None if request.path_info.startswith(ALWAYS_OPEN) else first_thing(request)
        if wanted is None:
            return self.get_response(request)
        return problem(REFUSED, [FIRST_THINGS]) if request.path_info.startswith("/api/") else redirect(wanted)


def first_thing(request: HttpRequest) -> str | None:
    """Name the page that comes first for whoever is logged in; None where nothing does.

    A session in which nobody gave the second proof ends once the person has one: it may be somebody else's.
    """
    if not request.user.is_authenticated:
        return None
    person = request.user
    if person.must_change_password:
        return "accounts:password"
    if not settings.VANGNET_SECOND_PROOF or request.session.get("has_second_proof"):
        return None
    if not has_second_proof(person):
        return "accounts:second-proof"
    logout(request)
    return "account_login"
