"""A real browser on the real demo: built once in a throw-away folder, served by gunicorn, driven by Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the demo site; VANGNET_SITE names one that runs already."""
    if running := os.environ.get("VANGNET_SITE"):
        yield running
        return
    var = tmp_path_factory.mktemp("var")
    environment = os.environ | {"VANGNET_VAR": str(var), "VANGNET_DEMO": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    vangnet = str(Path(sys.executable).with_name("vangnet"))
    subprocess.run([vangnet, "demo", "--no-serve"], env=environment, check=True, capture_output=True)  # noqa: S603
    port = _free_port()
    server = subprocess.Popen([vangnet, "serve", "--port", str(port)], env=environment)  # noqa: S603
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        if _answers(address):
            break
        time.sleep(0.2)
    yield address
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Give the one Playwright of all journeys."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Give one Chromium for all journeys."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Give a way to come in as somebody: `visit("officer", width=390, language="nl", theme="light")`."""
    contexts: list[BrowserContext] = []

    def come_in(
        account: str | None, *, size: dict[str, int] = PHONE, language: str = "nl", theme: str = "light"
    ) -> Page:
        context = browser.new_context(
            base_url=site, viewport=size, locale=language, color_scheme=theme, service_workers="allow"
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        domain = {"domain": "127.0.0.1", "path": "/"}
        chosen = {"django_language": language, "language_just_chosen": "1"}
        context.add_cookies([{"name": name, "value": value, **domain} for name, value in chosen.items()])
        page = context.new_page()
        if account:
            log_in(page, account)
        return page

    yield come_in
    for context in contexts:
        context.close()


def log_in(page: Page, account: str) -> None:
    """Log in with a demo account."""
    page.goto("/login")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", f"demo-{account}-2026")
    page.click("main button[type=submit]")
    page.wait_for_url("**/")
