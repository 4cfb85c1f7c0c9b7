"""A real browser before the real pages: Debian's Chromium, driven by Playwright, on the test database.

A script error, a message on the console or a breach of the content security policy fails the test in which it occurs.
Where there is no Chromium the tests are skipped with the reason; under CI they fail instead.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from cases.models import Officer
from tests.factories import PASSWORD, officer_with_password

PHONE = {"width": 360, "height": 740}
OTHERS_AT_WORK = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
# Nothing beside the pages: no updates, no look-ups, no synchronisation.
QUIET = [
    "--no-sandbox",
    # Maps are drawn by a graphics library in software, the same on every machine.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here as needing a browser and data that is really there for the server's own threads."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        reason = "There is no Chromium here: apt-get install chromium (Debian), then run it again."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright keeps an event loop in this thread, before which Django refuses to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Complaints:
    """What the browser complained of; answers with an error status are the test's own affair."""

    said: list[str] = field(default_factory=list)

    def hear(self, context: BrowserContext) -> None:
        """Listen to every page of the context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        context.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.said.append(message.text)


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What browsers complained of in this test; anything fails it."""
    heard = Complaints()
    yield heard
    assert heard.said == []


NewPage = Callable[..., Page]


@pytest.fixture
def all_answered(transactional_db: None) -> Iterator[None]:
    """Wait, once the browser is gone, for answers to what it asked for last: they lock the tables that are emptied."""
    yield
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(OTHERS_AT_WORK)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)


@pytest.fixture
def new_page(
    chromium: Browser, live_server: LiveServer, complaints: Complaints, all_answered: None
) -> Iterator[NewPage]:
    """Open a page in a browser profile of its own, given what Playwright takes for one (locale, viewport …)."""
    contexts: list[BrowserContext] = []

    def opened(**profile: object) -> Page:
        context = chromium.new_context(base_url=live_server.url, **profile)  # type: ignore[arg-type]
        contexts.append(context)
        complaints.hear(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def person(transactional_db: None) -> Officer:
    """An officer with a password."""
    return officer_with_password()


def enter(page: Page, officer: Officer) -> None:
    """Sign in as a person does."""
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill(officer.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()


def session_of(page: Page) -> str:
    """Return the key of the page's session; empty where there is none."""
    named = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return named.get("sessionid", "")
