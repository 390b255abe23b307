"""A code from the phone works once: at the door, and when the second proof was set up with it."""

from __future__ import annotations

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError

from vangnet.site.pages.errors import locked_out
from vangnet.trust.access.models import Person

_STEP_SECONDS = 30
_LASTS = (2 * settings.MFA_TOTP_TOLERANCE + 1) * _STEP_SECONDS
"""For how long a clock that runs off still gives the same code."""


def use_up(person: Person, code: str) -> bool:
    """Use a code of this person's phone; False where it was used before in the time that it is right."""
    return cache.add(f"second-proof-used:{person.pk}:{normalize_user_code(code)}", True, timeout=_LASTS)


class CodeForm(AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """The code that the door asks for."""

    def clean_code(self) -> str:
        """Give the code; raises ValidationError where it is wrong or was used before, ImmediateHttpResponse at too many."""
        try:
            code: str = super().clean_code()
        except ValidationError as wrong:
            if wrong.code == "too_many_login_attempts":
                raise ImmediateHttpResponse(locked_out(context.request)) from None
            raise
        if self.authenticator.type == Authenticator.Type.TOTP and not use_up(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code
