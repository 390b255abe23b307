"""Tags that draw the fields of a form from what it was filled with.

Each takes the `Filled` first and the name of the field second, and repeats its mistake beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext

from vangnet.site.pages.filled import Filled

register = template.Library()
Option = tuple[str, str] | tuple[str, str, str]


def _field(filled: Filled, name: str, label: str, hint: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "value": filled.value(name),
        "mistake": filled.mistake(name),
        **more,
    }


@register.inclusion_tag("components/text-field.html")
def text_field(
    filled: Filled, name: str, label: str, hint: str = "", inputmode: str = "", maxlength: int = 200
) -> dict[str, Any]:
    """Draw one line of text."""
    return _field(filled, name, label, hint, inputmode=inputmode, maxlength=maxlength)


@register.inclusion_tag("components/text-cell.html")
def text_cell(
    filled: Filled, name: str, label: str, width: str = "", inputmode: str = "", maxlength: int = 200
) -> dict[str, Any]:
    """Draw one line of text as a part of a row; width is empty, n2 or n4."""
    return _field(filled, name, label, "", width=width, inputmode=inputmode, maxlength=maxlength)


@register.inclusion_tag("components/secret-field.html")
def secret_field(filled: Filled, name: str, label: str, autocomplete: str, hint: str = "") -> dict[str, Any]:
    """Draw a password or a code; what was typed never comes back with the page."""
    return _field(Filled(mistakes=filled.mistakes), name, label, hint, autocomplete=autocomplete)


@register.inclusion_tag("components/words-field.html")
def words_field(filled: Filled, name: str, label: str, hint: str = "", maxlength: int = 4000) -> dict[str, Any]:
    """Draw a field for somebody's own words."""
    return _field(filled, name, label, hint, maxlength=maxlength)


@register.inclusion_tag("components/date-field.html")
def date_field(filled: Filled, name: str, label: str, hint: str = "") -> dict[str, Any]:
    """Draw day, month and year, each of which may stay empty: fields name_day, name_month, name_year."""
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "filled": filled,
        "mistake": filled.mistake(f"{name}_day"),
        "day": f"{name}_day",
        "month": f"{name}_month",
        "year": f"{name}_year",
    }


@register.inclusion_tag("components/choice-field.html")
def choice_field(
    filled: Filled, name: str, label: str, options: Sequence[Option], hint: str = "", layout: str = ""
) -> dict[str, Any]:
    """Draw a choice; an option is its code, its words and perhaps a line below. Layout: empty, inline or two."""
    rows = [(option[0], option[1], option[2] if len(option) > 2 else "") for option in options]
    return _field(filled, name, label, hint, options=rows, layout=layout)


@register.inclusion_tag("components/tri.html")
def tri(filled: Filled, name: str, labelledby: str, yes: str = "yes", no: str = "no") -> dict[str, Any]:
    """Draw yes, no and not known in the thumb column; not known is chosen until somebody says otherwise."""
    return {
        "name": name,
        "labelledby": labelledby,
        "value": filled.value(name) or "unknown",
        "answers": (
            (yes, gettext("Yes"), gettext("Yes"), "y"),
            (no, gettext("No"), gettext("No"), "n"),
            ("unknown", "?", gettext("I do not know"), "u"),
        ),
    }


@register.inclusion_tag("components/tri-line.html")
def tri_line(filled: Filled, name: str, label: str) -> dict[str, Any]:
    """Draw one question with yes, no and not known beside it."""
    return {"filled": filled, "name": name, "label": label}


@register.inclusion_tag("components/error-summary.html")
def error_summary(filled: Filled) -> dict[str, Any]:
    """Draw what must be mended, each line a link to its field; nothing where nothing is wrong."""
    return {"mistakes": filled.mistakes, "many": len(filled.mistakes)}
