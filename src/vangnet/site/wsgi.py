"""The door for a web server."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.site.settings")
django.setup(set_prefix=False)

PIECE = 65_536
MOST_READ = 20_000_000
"""So much of a body that nobody wanted is read and thrown away; whoever sends more is cut off."""


class Request(WSGIRequest):
    """A request: where its Content-Type cannot be read, it is one in an encoding that there is not."""

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc] # not among the types of Django
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {"charset": "unreadable"}


class Application(WSGIHandler):
    """The site as a web server calls it."""

    request_class = Request

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and leave nothing unread of what was sent: it would be cut off before it heard the answer."""
        answer = super().get_response(request)
        read_the_rest(request)
        return answer


def read_the_rest(request: HttpRequest) -> None:
    """Read what is left of a body and keep nothing of it, at most `MOST_READ` bytes."""
    left = MOST_READ
    try:
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)
    except (UnreadablePostError, ValueError):
        return  # whoever sent it is gone, or a form with files closed what it read from


def settle() -> None:
    """Keep the collector of cycles from walking through what stays for as long as the process lives.

    What is loaded by now is set apart, and a look for cycles waits for 200,000 new objects: a page that compares
    two hundred records makes some hundred thousand, none of them in a cycle. Without it one page in twenty waited for
    a walk through the whole program.
    """
    import_module(settings.ROOT_URLCONF)  # and with it the views
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 10, 10)


application = Application()
settle()
