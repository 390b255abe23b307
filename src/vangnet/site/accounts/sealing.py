"""The secrets of second proofs never lie in the clear: each under a key of its own, like a record of a child."""

from __future__ import annotations

import base64
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils import timezone

from vangnet.trust.keys import services as keys

CONTEXT = "second_proof"


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """What allauth asks for: seal a secret, open it, and say for whom it is."""

    def encrypt(self, text: str) -> str:
        """Seal a secret under a fresh key; the text names the key."""
        envelope = keys.create_envelope(at=timezone.now())
        sealed = base64.b64encode(envelope.seal(text, context=keys.Place(CONTEXT, envelope.id))).decode()
        return f"{envelope.id}:{sealed}"

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; raises what the keys raise where it was changed or its key destroyed."""
        named, _, sealed = encrypted_text.partition(":")
        envelope = keys.envelope(UUID(named))
        return envelope.open(base64.b64decode(sealed), context=keys.Place(CONTEXT, envelope.id))

    def get_totp_issuer(self) -> str:
        """Say in the app on the phone what the code is for."""
        return "Vangnet"
