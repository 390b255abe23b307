"""The second proof: a code from an app on one's own phone, and ten codes on paper for when the phone is gone."""

from __future__ import annotations

import base64
import re
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.db import transaction
from django.utils import timezone

from vangnet.site.accounts.codes import use_up
from vangnet.site.accounts.sealing import CONTEXT
from vangnet.trust.access.models import Person
from vangnet.trust.keys import services as keys

_SECRET_BYTES = 20
_PATH = re.compile(r'viewBox="([^"]+)".*?<path d="([^"]+)"', re.DOTALL)
_SEALED = re.compile(r"([0-9a-f-]{36}):")


def has_second_proof(person: Person) -> bool:
    """Whether a code is asked of this person when they log in."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def secret_of(person: Person, session_key: str) -> str:
    """Give the secret that is offered in this session: the same until it ends, and stored nowhere."""
    made = keys.mac(CONTEXT, f"{person.pk}/{session_key}".encode())
    return base64.b32encode(made[:_SECRET_BYTES]).decode()


def drawing(person: Person, secret: str) -> tuple[str, str]:
    """Give the view box and the path of the square that the app on the phone reads."""
    adapter = get_adapter()
    found = _PATH.search(adapter.build_totp_svg(adapter.build_totp_url(person, secret)))
    if found is None:
        raise ValueError("the square of the second proof has no path")
    return found.group(1), found.group(2)


def in_fours(secret: str) -> str:
    """Write a secret so that somebody can type it over."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def is_right(secret: str, code: str) -> bool:
    """Whether a code comes from this secret now."""
    return bool(validate_totp_code(secret, re.sub(r"\s", "", code)))


@transaction.atomic
def begin(person: Person, secret: str, *, code: str = "") -> None:
    """Ask a code of this person from now on; an earlier proof, its paper codes and this code no longer count."""
    end(person)
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    use_up(person, code)


@transaction.atomic
def end(person: Person) -> None:
    """Take the second proof and its paper codes away, and destroy the keys of their secrets."""
    for one in Authenticator.objects.filter(user=person):
        _destroy(one)


@transaction.atomic
def new_codes(person: Person) -> None:
    """Make ten fresh codes for on paper; the earlier ones no longer count."""
    for one in Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES):
        _destroy(one)
    RecoveryCodes.activate(person)


def _destroy(one: Authenticator) -> None:
    for sealed in filter(None, (_SEALED.match(str(value)) for value in one.data.values())):
        keys.destroy(UUID(sealed.group(1)), at=timezone.now())
    one.delete()


@transaction.atomic
def codes_once(person: Person) -> tuple[str, ...]:
    """Give the codes for on paper the first time that they are asked for; after that never again."""
    found = Authenticator.objects.select_for_update().filter(user=person, type=Authenticator.Type.RECOVERY_CODES)
    codes = RecoveryCodes(found[0]) if found else None
    if codes is None or codes.did_view:
        return ()
    codes.mark_as_viewed()
    return tuple(codes.get_unused_codes())


def codes_left(person: Person) -> int:
    """Count the codes on paper that still work."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0
