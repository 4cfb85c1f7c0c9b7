"""What stands around every page: the menu, the language and the appearance."""

import re

import pytest
from django.test import Client

from cases.models import Notification, NotificationKind, Officer
from console.build import FILES, FOLDER
from tests.conftest import NOW
from tests.e2e.pages import PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(officer)
    return client


def test_the_menu_says_in_which_room_one_is(browser: Client) -> None:
    page = browser.get("/obligations/").content.decode()

    assert '<a href="/obligations/" aria-current="page">' in page
    assert page.count("aria-current") == 1


@pytest.mark.parametrize("address", sorted(address for address in PAGES.values() if "{" not in address))
def test_what_is_unread_is_a_number_whatever_the_page_is_about(browser: Client, officer: Officer, address: str) -> None:
    kind = NotificationKind.TASK_GIVEN
    params = {"reference": "TASK-2026-00000001", "case": "CASE-2026-00000001"}
    Notification.objects.create(officer=officer, kind=kind, params=params, created_at=NOW)

    page = browser.get(address, follow=True).content.decode()

    counts = re.findall(r'<summary><bdi>[^<]*</bdi> <span class="count">(.*?)<span', page)
    # A page that is kept on a shared device names nobody.
    assert counts == ([] if "shell" in address else ["1"])


def test_a_theme_is_kept_and_given_back_to_the_device(browser: Client) -> None:
    chosen = browser.post("/theme/", {"theme": "dark", "next": "/incidents/"})
    dark = browser.get("/incidents/").content.decode()
    browser.post("/theme/", {"theme": "", "next": "/incidents/"})
    again = browser.get("/incidents/").content.decode()

    assert chosen["Location"] == "/incidents/"
    assert 'data-theme="dark"' in dark
    assert "data-theme" not in again


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_choosing_a_theme_leads_nowhere_else(browser: Client, elsewhere: str) -> None:
    assert browser.post("/theme/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_a_theme_that_somebody_made_up_is_none(browser: Client) -> None:
    browser.cookies["cordon_theme"] = '"><script>'

    assert "data-theme" not in browser.get("/incidents/").content.decode()


def test_arabic_runs_from_the_right(browser: Client) -> None:
    browser.post("/language/", {"language": "ar", "next": "/incidents/"})

    assert '<html lang="ar" dir="rtl">' in browser.get("/incidents/").content.decode()


@pytest.mark.parametrize("name", sorted(FILES))
def test_browser_libraries_are_served_compressed_by_the_server_itself(name: str) -> None:
    address = f"/static/console/vendor/{name}"
    plain = Client().get(address)
    packed = Client(headers={"accept-encoding": "gzip"}).get(address)

    assert b"".join(plain.streaming_content) == (FOLDER / name).read_bytes()
    assert packed["Content-Encoding"] == "gzip"
    assert len(b"".join(packed.streaming_content)) < (FOLDER / name).stat().st_size / 2
