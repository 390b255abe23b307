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

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.site.settings")
django.setup(set_prefix=False)


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
