"""From the bytes that were sent to an encounter, or every reason why not; no input is a surprise."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from vangnet.knowledge.terms import Encounter, Reason, read_encounter
from vangnet.site.api import sentences


class _TwiceError(ValueError):
    """A name stands twice in one object."""


def encounter_in(request: HttpRequest) -> Encounter | tuple[Reason, ...]:
    """Read the encounter that a request holds, exactly as the published schema has it."""
    try:
        raw = json.loads(request.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_such_number)
        return read_encounter(raw)
    except _TwiceError:
        return (sentences.TWICE,)
    except ValueError:
        return (sentences.NOT_JSON,)
    except RecursionError:
        return (sentences.TOO_DEEP,)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError
    return found


def _no_such_number(name: str) -> Any:
    raise ValueError(name)
