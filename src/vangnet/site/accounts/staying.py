"""Who works on stays logged in: the session is renewed once a minute, not at every page that is only read."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

RENEWED_AFTER = 60
"""Seconds. A session ends fifteen minutes after the last renewal, so fourteen to fifteen after the last page."""
_AT = "renewed_at"


class Staying:
    """Renew the session of who is logged in where the last time is a minute ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer first: a page that did not ask who somebody is renews nothing."""
        answer = self.get_response(request)
        session, now = request.session, int(time.time())
        if session.accessed and SESSION_KEY in session and now - session.get(_AT, 0) >= RENEWED_AFTER:
            session[_AT] = now
        return answer
