"""How the tests of the gate's pages read a page and send a form."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from chain.flow.desk import Desk

BOARD_PLACE = "HANDED_TO_RVDK_ARRANGED_PLACE"
SHELTER = "HANDED_TO_SHELTER_VOLUNTARY"
HOLDER = "HANDED_TO_AUTHORITY_HOLDER"


def as_(desk: Desk, username: str, language: str = "nl") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(desk.people[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return plain(answer.content.decode())


def plain(html: str) -> str:
    """Give the text of a page in the order in which it is read."""
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<head>.*?</head>", "", html))
    return re.sub(r"\s+", " ", text.replace("&#x27;", "'").replace("&quot;", '"'))


def sent(client: Client, url: str, status: int = 302, **typed: str) -> Any:
    answer = client.post(url, typed)
    assert answer.status_code == status, plain(answer.content.decode())
    return answer


def gate_url(request: object) -> str:
    return f"/handovers/{request}"


def proposal_in(html: str) -> str:
    found = re.search(r'name="proposal" value="([^"]+)"', html)
    assert found is not None
    return found.group(1)
