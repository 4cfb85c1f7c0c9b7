"""Pictures of the pages for `docs/screenshots/`, over documented interdictions: `make screenshots`.

Not named as a test is, so that the suite leaves it out.
"""

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from cases.models import Incident, Officer, ScreeningRun
from cases.services.make_task import make_task
from cases.services.open_case import open_case
from cases.services.record_incident import record_incident
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.e2e.pages import PAGES, addresses_of
from tests.e2e.test_record import choose_pin, unlock, write_record
from tests.factories import quiet_bay
from tests.letters import drafted

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screenshots"
DEMO = ROOT / "cases" / "demo" / "interdictions.ndjson"
HEAD = """# Pictures of the console

Made by `make screenshots` over documented interdictions: every page on a desktop (1280 by 800) and on a phone
(360 by 740); those that are worked in most also in the dark and in Arabic. `record 1` to `record 5` are the leaves of
a record.

"""
DESKTOP = {"width": 1280, "height": 800}
# One is the same as another page, the other an empty form.
LEFT_OUT = {"console:record_shell", "console:import_zones"}
# Worth a look in the other theme and from the other side.
CHIEF = {
    *("console:record", "console:incidents", "console:incident", "console:work", "console:referral"),
    *("console:map", "console:flows", "console:figures", "console:regime", "console:case"),
}


@pytest.fixture
def incident(person: Officer, rulebook_version: object) -> Incident:
    """The first of the documented interdictions, each screened, with a letter and a case."""
    person.rights_added = ["maintain", "override"]
    person.save()
    quiet_bay()
    told = [json.loads(line) for line in DEMO.read_text().splitlines()]
    incidents = [record_incident(officer=person, document=each["incident"], recorded_at=NOW).incident for each in told]
    for incident in incidents:
        run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    first = incidents[0]
    drafted(person, first, NOW, details={})
    case = open_case(officer=person, title="Dhows in the Gulf of Aden", incidents=incidents[:3], opened_at=NOW)
    make_task(officer=person, case=case, what="Ask for the ship's papers", due_on=None, given_to=person, made_at=NOW)
    return first


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("kind", "language", "scheme"),
    [
        ("desktop", "en", "light"),
        ("phone", "en", "light"),
        ("phone", "en", "dark"),
        ("phone", "ar", "light"),
    ],
)
def test_pictures(
    new_page: NewPage, person: Officer, incident: Incident, kind: str, language: str, scheme: str
) -> None:
    page = new_page(viewport=PHONE if kind == "phone" else DESKTOP, locale=language, color_scheme=scheme)
    enter(page, person)
    page.wait_for_url("**/incidents/")
    plain = (language, scheme) == ("en", "light")
    ending = "" if plain else f"-{scheme if scheme == 'dark' else language}"

    def take(name: str) -> None:
        keep(page.screenshot(), FOLDER / f"{name}-{kind}{ending}.png")

    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, address in zip(PAGES, addresses_of(incident), strict=True):
        if name in LEFT_OUT or not (plain or name in CHIEF):
            continue
        page.goto(address, wait_until="load")
        if name == "console:record":
            choose_pin(page)
        # Maps and counts come after the page; without a graphics card a map takes long.
        page.wait_for_timeout(400)
        if page.locator(".map-room #map").count():
            expect(page.locator("#map")).to_have_attribute("aria-busy", "false", timeout=90_000)
        take(name.removeprefix("console:"))
    if kind == "phone":
        page.goto("/record/")
        unlock(page)
        write_record(page, category="explosive")
        leaf_of = page.url.rpartition("/")[0]
        for leaf in ("1", "2", "3", "4", "5"):
            page.goto(f"{leaf_of}/{leaf}")
            page.wait_for_timeout(400)
            take(f"record_{leaf}")
    write_index()


def write_index() -> None:
    """List the pictures by page, so that each can be looked at beside its others."""
    by_page: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.png")):
        page, _, kind = path.stem.partition("-")
        by_page.setdefault(page, []).append(f"[{kind.replace('-', ', ')}]({path.name})")
    lines = [f"- {page.replace('_', ' ')}: {' · '.join(pictures)}" for page, pictures in by_page.items()]
    (FOLDER / "README.md").write_text(HEAD + "\n".join(lines) + "\n")


def keep(png: bytes, path: Path) -> None:
    """Write the picture in 256 colours, which screens of text need no more than."""
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
