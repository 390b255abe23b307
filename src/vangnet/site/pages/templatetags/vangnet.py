"""Tags that say things: words in the reader's language, times, marks, the theme."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from vangnet.site.pages import oncall, speaking

register = template.Library()
THEMES = ("light", "dark")
MARKS = {
    "done": gettext_lazy("done"),
    "unknown": gettext_lazy("not known"),
    "failed": gettext_lazy("not in order"),
    "unasked": gettext_lazy("not asked"),
    "down": gettext_lazy("register not reachable"),
    "waiting": gettext_lazy("waiting for an answer"),
    "now": gettext_lazy("now"),
    "todo": gettext_lazy("still to do"),
}

register.filter("say", speaking.say)
register.filter("capital", speaking.capital)
register.filter("counted", speaking.counted)
register.filter("clock_time", speaking.clock_time)
register.filter("day", speaking.day)
register.filter("short_day", speaking.short_day)
register.filter("when", speaking.when)
register.filter("span", speaking.span)
register.filter("partial_date", speaking.partial_date)


@register.inclusion_tag("components/mark.html")
def mark(state: str, label: str = "") -> dict[str, Any]:
    """Draw the mark of a state with its words: done, unknown, failed, unasked, down, waiting, now, todo."""
    return {"state": state, "label": label or MARKS[state]}


@register.inclusion_tag("components/on-call.html", takes_context=True)
def on_call(context: template.Context) -> dict[str, Any]:
    """Draw the number of the on-call youth protection: of the reader's own place, where the page knows the reader."""
    return {"cards": oncall.on_call(context.get("actor"))}


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """Give the theme that the reader chose: light, dark, or empty to follow the device."""
    request: HttpRequest | None = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.filter
def tel(number: str) -> str:
    """Write a telephone number as an address: digits and a leading plus."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")
