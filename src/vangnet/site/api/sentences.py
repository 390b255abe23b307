"""The sentences that only this door says."""

from __future__ import annotations

from vangnet.knowledge.terms import Purpose, Reason, Words

PURPOSES = ", ".join(Purpose)

SIGN_IN = Reason(
    code="not_signed_in",
    words=Words("Log eerst in op de site.", "Sign in at the site first."),
)
FIRST_THINGS = Reason(
    code="first_things",
    words=Words(
        "Kies eerst op de site uw eigen wachtwoord en stel uw tweede bewijs in.",
        "Choose your own password and set up your second proof at the site first.",
    ),
)
NO_TOKEN = Reason(
    code="csrf",
    where="header.X-CSRFToken",
    words=Words(
        "Stuur in X-CSRFToken de waarde van de cookie csrftoken mee.",
        "Send the value of the cookie csrftoken in X-CSRFToken.",
    ),
)
NO_KEY = Reason(
    code="no_key",
    where="header.Idempotency-Key",
    words=Words(
        "Stuur in Idempotency-Key een UUID mee, en bij nog eens sturen dezelfde.",
        "Send a UUID in Idempotency-Key, and the same one when you send it again.",
    ),
)
NO_PURPOSE = Reason(
    code="no_such_purpose",
    where="header.Vangnet-Purpose",
    words=Words(
        f"Dit doel bestaat niet; kies uit: {PURPOSES}.",
        f"There is no such purpose; choose one of: {PURPOSES}.",
    ),
)
NOT_JSON = Reason(
    code="not_json",
    words=Words(
        "Dit is geen JSON in UTF-8; kijk komma's, aanhalingstekens en haakjes na.",
        "This is not JSON in UTF-8; check commas, quotes and brackets.",
    ),
)
TWICE = Reason(
    code="name_twice",
    words=Words(
        "In een object staat dezelfde naam twee keer; laat er een staan.",
        "A name stands twice in one object; keep one.",
    ),
)
TOO_DEEP = Reason(
    code="too_deep",
    words=Words(
        "Dit zit te diep in elkaar; een ontmoeting heeft hooguit vijf lagen.",
        "This is nested too deeply; an encounter has at most five layers.",
    ),
)
JSON_ONLY = Reason(
    code="other_media_type",
    where="header.Content-Type",
    words=Words("Stuur application/json.", "Send application/json."),
)
ONLY_UTF8 = Reason(
    code="other_encoding",
    where="header.Content-Type",
    words=Words("Stuur de tekst in UTF-8.", "Send the text in UTF-8."),
)
TOO_LARGE = Reason(
    code="too_large",
    words=Words(
        "Een ontmoeting is hooguit één megabyte; stuur er een tegelijk.",
        "An encounter is one megabyte at most; send one at a time.",
    ),
)
BROKEN_OFF = Reason(
    code="broken_off",
    words=Words(
        "Wat u stuurde kwam niet heel aan; stuur het opnieuw met dezelfde Idempotency-Key.",
        "What you sent did not arrive whole; send it again with the same Idempotency-Key.",
    ),
)
NOTHING_HERE = Reason(
    code="not_found",
    kind="not_there",
    words=Words(
        "Het adres klopt niet, of u mag niet zien wat hier staat. Kijk het adres na.",
        "The address is wrong, or you may not see what stands here. Check the address.",
    ),
)
OTHER_METHOD = Reason(
    code="other_method",
    words=Words(
        "Wat dit adres wel kan, staat in Allow en in /api/v1/openapi.json.",
        "What this address does stands in Allow and in /api/v1/openapi.json.",
    ),
)
OUR_FAULT = Reason(
    code="our_fault",
    words=Words(
        "Alleen wat als vastgelegd is bevestigd, is vastgelegd. Stuur het opnieuw met dezelfde Idempotency-Key.",
        "Only what was confirmed as recorded is recorded. Send it again with the same Idempotency-Key.",
    ),
)
NO_DATABASE = Reason(
    code="database_unavailable",
    words=Words(
        "De database antwoordt nu niet. Probeer het over een minuut opnieuw, met dezelfde Idempotency-Key.",
        "The database does not answer now. Try again in a minute, with the same Idempotency-Key.",
    ),
)


def seal_broken(number: str) -> Reason:
    """Say that a seal does not fit, under the number with which it stands in the log."""
    return Reason(
        code="seal_broken",
        words=Words(
            f"Het zegel van een gegeven past niet, dus niets ervan wordt getoond. Noem voorval {number} aan wie deze installatie beheert.",
            f"The seal of a record does not fit, so nothing of it is shown. Name incident {number} to whoever runs this installation.",
        ),
    )
