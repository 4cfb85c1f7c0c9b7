"""Panning the map full of cells, against the empty map in the same browser: frames a second, and the longest task."""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import h3
import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from cases.generate.draws import Draw
from cases.models import Officer
from geo.cells import size_at
from tests.e2e.conftest import QUIET, enter
from tests.factories import officer_with_password

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

DRAGS = 6
LEAST_SHARE = 0.8
LONGEST_TASK_MS = 100.0
WATCH = """
() => {
  const watched = { frames: 0, tasks: [], from: performance.now(), isOn: true };
  const keep = (list) => watched.tasks.push(...list.getEntries().map((task) => task.duration));
  const observer = new PerformanceObserver(keep);
  observer.observe({ type: "longtask" });
  const count = () => { watched.frames += 1; if (watched.isOn) requestAnimationFrame(count); };
  requestAnimationFrame(count);
  window.watched = watched;
}
"""
SEEN = """
() => {
  watched.isOn = false;
  const seconds = (performance.now() - watched.from) / 1000;
  return [watched.frames / seconds, Math.max(0, ...watched.tasks)];
}
"""


class Panned(NamedTuple):
    """How the page went while the map was dragged."""

    frames_a_second: float
    longest_task_ms: float


@pytest.fixture
def page(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of Debian's Chromium."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("There is no Chromium here: apt-get install chromium (Debian), then run it again.")
    # Playwright keeps an event loop in this thread, before which Django refuses to ask the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser.new_page(base_url=live_server.url)
        browser.close()


@pytest.fixture
def person(transactional_db: None) -> Officer:
    """An officer with a password."""
    return officer_with_password()


def full_answer(route: Route) -> None:
    """Answer as the API does where each cell of the view has incidents; `cordon bench map` measures the server."""
    route.fulfill(body=_answer_to(urlsplit(route.request.url).query), content_type="application/json")


@cache
def _answer_to(query: str) -> str:
    # Kept, so that making it up takes nothing from the browser when it is asked for again.
    asked = parse_qs(query)
    west, south, east, north = (float(edge) for edge in asked["bbox"][0].split(","))
    view = h3.LatLngPoly([(south, west), (south, east), (north, east), (north, west)])
    resolution = size_at(float(asked["zoom"][0]))
    draw = Draw(7)
    cells = []
    for cell in h3.h3shape_to_cells(view, resolution):
        latitude, longitude = h3.cell_to_latlng(cell)
        counts = {
            "count": int(1 / max(draw.random(), 1e-4) ** 1.5),
            "uncertain": 0,
            "outcomes": {"indicated": 1, "possible": 2},
        }
        cells.append({"cell": cell, "longitude": longitude, "latitude": latitude, **counts})
    total = sum(cell["count"] for cell in cells)
    answer = {"kind": "cells", "resolution": resolution, "cells": cells, "total": total, "without_position": 0}
    return json.dumps(answer)


def panned(page: Page) -> Panned:
    """Drag the map there and back."""
    box = page.locator("#map canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(WATCH)
    for drag in range(DRAGS):
        page.mouse.move(x, y)
        page.mouse.down()
        there = 1 if drag % 2 else -1
        page.mouse.move(x + 200 * there, y + 60 * there, steps=30)
        page.mouse.up()
        page.wait_for_timeout(400)
    return Panned(*page.evaluate(SEEN))


def settled_panned(page: Page) -> Panned:
    """Drag once so that tiles and answers are there, wait until nothing is missing, and drag again."""
    panned(page)
    expect(page.locator("#map")).to_have_attribute("aria-busy", "false", timeout=30_000)
    page.wait_for_timeout(1_000)
    return panned(page)


def test_a_full_map_is_panned_as_smoothly_as_an_empty_one(
    page: Page, person: Officer, tell: Callable[[str], None]
) -> None:
    page.route("**/api/v1/map/cells?*", full_answer)
    enter(page, person)
    page.wait_for_url("**/incidents/")
    page.goto("/map/?bbox=42.5,11,46,13")
    expect(page.locator("#table tbody tr")).to_have_count(100)
    full = settled_panned(page)
    page.locator("#layers summary").click()
    page.get_by_label("Seizures by cell").uncheck()
    page.locator("#layers summary").click()
    empty = settled_panned(page)

    tell(
        f"panning: {full.frames_a_second:.1f} frames a second full, {empty.frames_a_second:.1f} empty; "
        f"longest task {full.longest_task_ms:.0f} ms full, {empty.longest_task_ms:.0f} ms empty"
    )
    assert full.frames_a_second >= LEAST_SHARE * empty.frames_a_second
    assert full.longest_task_ms <= LONGEST_TASK_MS
