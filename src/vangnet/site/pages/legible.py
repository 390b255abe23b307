"""What is sent is text in UTF-8: another encoding is refused with a sentence before anything is read of it."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vangnet.site.api.problems import UNREADABLE, problem
from vangnet.site.api.sentences import ONLY_UTF8
from vangnet.site.pages.errors import bad_request


class OnlyUtf8:
    """Answer 400 where a request says that its text is in another encoding than UTF-8."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through where its encoding is UTF-8 or not named."""
        if _is_utf8((request.content_params or {}).get("charset", "utf-8")):
            return self.get_response(request)
        return problem(UNREADABLE, [ONLY_UTF8]) if request.path_info.startswith("/api/") else bad_request(request)


def _is_utf8(named: str) -> bool:
    try:
        return codecs.lookup(named).name == "utf-8"
    except (LookupError, ValueError):
        return False
