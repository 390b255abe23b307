"""Guessing is slow and locks nobody out: wrong tries count against the address they come from, not against a name.

A stranger who types a name and wrong passwords from elsewhere stops at that address; whoever the
name belongs to comes in from another one. Where the password was right, wrong codes count against
the person, for then it is no stranger who could lock them out.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from vangnet.site.pages.errors import locked_out, password_too_old
from vangnet.trust.access.models import Person

_OWN_PASSWORD = {"app": "allauth.account", "action": "own_password"}


class Door(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """What allauth asks when somebody logs in: is this too often, and may this password still be used."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords for a name by the address they come from."""
        name = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{name}:{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Close the door with the page that says for how long; raises ImmediateHttpResponse."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise ImmediateHttpResponse(locked_out(request)) from None

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        """Keep out whoever comes with a password for once that is too old; it is said only to who knows it."""
        if user.once_until is not None and user.once_until <= timezone.now():
            return password_too_old(request)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer


def address_of(request: HttpRequest) -> str | None:
    """Give the address that a request comes from, past as many proxies as this installation has."""
    address: str | None = get_client_ip(request)
    return address


def is_own_password(request: HttpRequest, person: Person, typed: str) -> bool | None:
    """Whether somebody typed their own password; None where there were too many wrong ones, and it is not looked at."""
    taken = ratelimit.consume(request, user=person, **_OWN_PASSWORD)
    if taken is None:
        return None
    is_right = person.check_password(typed)
    if is_right:
        taken.rollback()
    return is_right
