"""The page of a referral and the form of a new one, as somebody in the invented town reads them."""

from __future__ import annotations

from uuid import UUID

import time_machine

from chain.referrals.town import Town, after


def read(town: Town, who: str, sent: UUID, language: str = "en", minute: int = 6) -> str:
    with time_machine.travel(after(minute), tick=False):
        answer = town.client(who, language).get(f"/referrals/{sent}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def new_form(town: Town, more: str = "", minute: int = 0) -> str:
    with time_machine.travel(after(minute), tick=False):
        page = town.client("officer").get(f"/encounters/{town.tonight}/referral{more}").content.decode()
    return " ".join(page.split())
