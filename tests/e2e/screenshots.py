"""Pictures of the pages for `docs/screenshots/`, over documented interdictions: `make screenshots`.

Not named as a test is, so that the suite leaves it out.
"""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from cases.models import Incident, Officer, ScreeningRun
from cases.services.make_task import make_task
from cases.services.open_case import open_case
from cases.services.record_incident import record_incident
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.e2e.pages import PAGES, addresses_of
from tests.factories import quiet_bay
from tests.letters import drafted

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screenshots"
DEMO = ROOT / "cases" / "demo" / "interdictions.ndjson"
DESKTOP = {"width": 1280, "height": 800}
# One is the same as another page, the other an empty form.
LEFT_OUT = {"console:record_shell", "console:import_zones"}
# Worth a look in the other theme and from the other side.
CHIEF = {"console:record", "console:incidents", "console:incident", "console:work", "console:referral"}


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
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, address in zip(PAGES, addresses_of(incident), strict=True):
        if name in LEFT_OUT or not (plain or name in CHIEF):
            continue
        page.goto(address, wait_until="load")
        # Maps and counts come after the page.
        page.wait_for_timeout(1500 if "map" in address or "incidents/" in address else 400)
        ending = "" if plain else f"-{scheme if scheme == 'dark' else language}"
        keep(page.screenshot(), FOLDER / f"{name.removeprefix('console:')}-{kind}{ending}.png")


def keep(png: bytes, path: Path) -> None:
    """Write the picture in 128 colours, which screens of text need no more than."""
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
