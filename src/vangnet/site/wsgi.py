"""The door for a web server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import django
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


application = Application()
