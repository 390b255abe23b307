"""The pages for what went wrong: what happened, what was kept, what to do. Never a code, never blame."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from vangnet.site.logs import incident
from vangnet.trust.keys.services import SealBrokenError


def _state(request: HttpRequest, status: int, title: str, lead: str, *ways: str) -> HttpResponse:
    """Draw the page; the number to call stands on it where the database, which has it, did not fail."""
    context = {"title": title, "lead": lead, "ways": ways, "calls": status not in {400, 413, 500}}
    context["way_back"] = "/"  # an address can hold a name
    return render(request, "pages/state.html", context, status=status)


def has_draft(request: HttpRequest) -> bool:
    """Whether what was typed on this page is kept in the browser: the intake alone has a draft."""
    return request.resolver_match is not None and request.resolver_match.view_name == "encounters:new"


def kept(request: HttpRequest) -> str:
    """Say what became of what somebody typed; nothing where nothing was sent."""
    if has_draft(request):
        return gettext("What you filled in is still on this device.")
    if request.method == "POST":
        return gettext("What you typed was not kept. Go back one page: perhaps your browser still shows it.")
    return ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the browser sent something that cannot be read (400), or that is too large (413)."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _state(
        request,
        400,
        gettext("This could not be read"),
        gettext("Your browser sent something that Vangnet does not understand. Nothing was changed."),
        gettext("Go back one page and try again."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that more was sent than a page takes (413)."""
    return _state(
        request,
        413,
        gettext("This is too large"),
        " ".join(filter(None, (gettext("A page takes one megabyte at most. Nothing was changed."), kept(request)))),
        gettext("Go back one page, shorten the longest text and send it again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that somebody may not (403)."""
    del exception
    return _state(
        request,
        403,
        gettext("You cannot open this"),
        gettext("This does not belong to your task."),
        gettext("Whoever works with this child can give you a task."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page stood open too long (403)."""
    del reason
    return _state(
        request,
        403,
        gettext("This page stood open too long"),
        gettext("For safety Vangnet did not take it. Nothing was recorded."),
        gettext("Go back one page. What you filled in is still there. Load the page again and try once more.")
        if has_draft(request)
        else gettext("Go back one page and copy what you typed, if it is still there. Then load the page again."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here, or nothing for this reader: the same page (404)."""
    del exception
    return _state(
        request,
        404,
        gettext("There is nothing to show here"),
        gettext("The address is wrong, or you may not see what stands here."),
        gettext("Check the address, or begin at your own work."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours (500)."""
    return _state(
        request,
        500,
        gettext("Something went wrong on our side"),
        " ".join(filter(None, (gettext("Only what Vangnet said was recorded, is recorded."), kept(request)))),
        gettext("Try again in a few minutes."),
        gettext("Can it not wait? Call the Child Care and Protection Board."),
    )


def seal_broken(request: HttpRequest, error: SealBrokenError) -> HttpResponse:
    """Say that a record does not open because its seal does not fit, and under which number it was noted (503)."""
    answer = _state(
        request,
        503,
        gettext("This record cannot be opened"),
        gettext(
            "The seal of a record on this page does not fit, so Vangnet shows nothing of it. Nothing was changed."
        ),
        gettext("Call whoever runs this installation and name incident %(number)s.") % {"number": incident(error)},
        *filter(None, (kept(request),)),
        gettext("Can it not wait? Call the Child Care and Protection Board."),
    )
    answer["Cache-Control"] = "no-store"
    return answer


def password_too_old(request: HttpRequest) -> HttpResponse:
    """Say that a password for once was not used in time (403)."""
    return _state(
        request,
        403,
        gettext("This password can no longer be used"),
        gettext("It was one for a single time, and that time is over."),
        gettext("Ask the administrator of your organisation for a new one. Use it within three days."),
    )


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Say that there were too many attempts to log in (429)."""
    return _state(
        request,
        429,
        gettext("Too many attempts"),
        gettext("After so many wrong tries logging in is closed here for fifteen minutes."),
        gettext("Wait fifteen minutes, or ask the administrator of your organisation for a new password."),
    )
