"""Logging in: name, password and, for who set one up, a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.http import HttpResponse

from vangnet.site.demo.building import demo_accounts
from vangnet.site.pages.views import in_own_language


class EnterView(LoginView):  # type: ignore[misc] # allauth has no types
    """Log in with the field names of our own page; allauth asks for the second factor."""

    template_name = "pages/login.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give allauth the user name under the name it knows."""
        known: dict[str, Any] = super().get_form_kwargs()
        if "data" in known:
            known["data"] = known["data"].copy()
            known["data"]["login"] = known["data"].get("username", "")
        return known

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Keep what was typed, never the password."""
        context: dict[str, Any] = super().get_context_data(**more)
        typed = self.request.POST.get("username", "")
        return context | {"typed": typed, "accounts": demo_accounts() if settings.DEMO else ()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, in the language of the person."""
        return in_own_language(self.request, super().form_valid(form))


class SecondView(AuthenticateView):  # type: ignore[misc] # allauth has no types
    """Ask for the code of the second factor."""

    template_name = "pages/second.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Remember in this session alone that the second proof was given in it."""
        answer: HttpResponse = super().form_valid(form)
        self.request.session["has_second_proof"] = True
        return in_own_language(self.request, answer)
