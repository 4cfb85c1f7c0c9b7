"""Zones by set and source, one with its outline, and the import of official ones after a look at what changes."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import AuditEntry, Officer, OfficerRole
from geo.models import Zone, ZoneVersion
from tests.factories import OfficerFactory, ZoneFactory, ZoneVersionFactory
from tests.zone_samples import feature, geojson

pytestmark = pytest.mark.django_db

SQUARE = ((43.0, 12.0), (44.0, 12.0), (44.0, 13.0), (43.0, 13.0), (43.0, 12.0))
SMALLER = ((43.0, 12.0), (43.5, 12.0), (43.5, 12.5), (43.0, 12.5), (43.0, 12.0))
CROSSED = ((43.0, 12.0), (44.0, 13.0), (44.0, 12.0), (43.0, 13.0), (43.0, 12.0))
ASKED = {"kind": "custom", "source": "a test, first edition"}


def browser_of(officer: Officer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


@pytest.fixture
def keeper(officer: Officer) -> Client:
    """A browser of an administrator, who may maintain what all agencies use."""
    return browser_of(OfficerFactory.create(agency=officer.agency, role=OfficerRole.ADMINISTRATOR))


def file_of(folder: Path, ring: tuple[tuple[float, float], ...], name: str = "Quiet bay") -> SimpleUploadedFile:
    path = geojson(folder, feature(ring, id="quiet-bay", name=name))
    return SimpleUploadedFile("zones.geojson", path.read_bytes(), "application/geo+json")


def digest_in(page: str) -> str:
    return page.partition('name="sha256" form="import" value="')[2].partition('"')[0]


def test_a_file_is_looked_at_and_then_imported(keeper: Client, tmp_path: Path) -> None:
    looked = keeper.post("/zones/import/", {**ASKED, "file": file_of(tmp_path, SQUARE)}).content.decode()
    before = Zone.objects.filter(code="custom:quiet-bay").count()

    sent = {**ASKED, "act": "import", "sha256": digest_in(looked), "file": file_of(tmp_path, SQUARE)}
    done = keeper.post("/zones/import/", sent).content.decode()
    page = keeper.get("/zones/custom:quiet-bay/").content.decode()

    assert "Quiet bay" in looked
    assert '<path class="zone"' in looked
    assert "12,0" in looked
    assert before == 0
    assert "1 zone imported" in done
    assert "a test, first edition" in page
    assert '<path class="zone"' in page
    entry = AuditEntry.objects.get(action="zones.imported")
    assert json.loads(entry.payload)["after"]["zones"] == ["custom:quiet-bay"]


def test_what_stands_already_is_shown_beside_what_would_take_its_place(keeper: Client, tmp_path: Path) -> None:
    looked = keeper.post("/zones/import/", {**ASKED, "file": file_of(tmp_path, SQUARE)}).content.decode()
    sent = {**ASKED, "act": "import", "sha256": digest_in(looked)}
    keeper.post("/zones/import/", {**sent, "file": file_of(tmp_path, SQUARE)})

    same = keeper.post("/zones/import/", {**ASKED, "file": file_of(tmp_path, SQUARE)}).content.decode()
    other = keeper.post("/zones/import/", {**ASKED, "file": file_of(tmp_path, SMALLER)}).content.decode()

    assert "<strong>1</strong> the same already" in same
    assert 'value="import"' not in same
    assert "<strong>1</strong> in place of what stands" in other
    assert 'class="standing"' in other
    assert "Stands now: a test, first edition" in other


def test_another_file_than_the_one_looked_at_is_not_imported(keeper: Client, tmp_path: Path) -> None:
    looked = keeper.post("/zones/import/", {**ASKED, "file": file_of(tmp_path, SQUARE)}).content.decode()
    sent = {**ASKED, "act": "import", "sha256": digest_in(looked), "file": file_of(tmp_path, SMALLER)}

    answer = keeper.post("/zones/import/", sent)

    assert answer.status_code == 422
    assert "not the file that was looked at" in answer.content.decode()
    assert not Zone.objects.filter(code="custom:quiet-bay").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ring": CROSSED}, "crosses itself"),
        ({"valid_from": "soon"}, "Give days as 2026-03-01"),
        ({"accuracy_m": "far"}, "Give days as 2026-03-01"),
        ({"kind": "kingdom"}, "kind"),
        ({"source": ""}, "source"),
        ({"file": ""}, "Choose a file."),
        ({"file": SimpleUploadedFile("../../etc/passwd", b"root")}, "format"),
        ({"file": SimpleUploadedFile("zones.geojson", b"\x00\xff")}, "zones.geojson"),
        ({"file": SimpleUploadedFile(".zip", b"PK")}, "format"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    keeper: Client, tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    ring = changed.pop("ring", SQUARE) if "ring" in changed else SQUARE
    sent = {**ASKED, "file": file_of(tmp_path, ring), **changed}  # type: ignore[arg-type]

    answer = keeper.post("/zones/import/", sent)
    part = keeper.post("/zones/import/", {**ASKED, "file": ""}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (part.status_code, "<html" in part.content.decode()) == (200, False)
    assert not AuditEntry.objects.filter(action="zones.imported").exists()


def test_only_who_maintains_imports_zones(officer: Officer, tmp_path: Path) -> None:
    browser = browser_of(officer)

    assert "/zones/import/" not in browser.get("/zones/").content.decode()
    assert browser.get("/zones/import/").status_code == 403
    assert browser.post("/zones/import/", {**ASKED, "file": file_of(tmp_path, SQUARE)}).status_code == 403


def test_sets_are_counted_by_source_and_say_what_is_computed(officer: Officer) -> None:
    for _ in range(2):
        ZoneVersionFactory.create(source="drawn by hand", imported=True)
    ZoneVersionFactory.create(source="reckoned", computed=True, zone=ZoneFactory.create(kind="border_belt"))

    page = browser_of(officer).get("/zones/").content.decode()
    asked = browser_of(officer).get("/zones/", {"kind": "custom", "source": "drawn by hand"}).content.decode()

    assert "drawn by hand" in page
    assert "computed, no official limit" in page
    assert asked.count('href="/zones/custom:test-zone') == 2
    assert "reckoned" not in asked


def test_zones_are_paged_by_their_ids(officer: Officer) -> None:
    zones = Zone.objects.bulk_create(
        Zone(code=f"custom:n{number:03}", kind="custom", name="N") for number in range(101)
    )
    made = {
        "source": "many",
        "licence": "",
        "checksum": "",
        "valid_from": "2026-01-01",
        "loaded_at": "2026-01-01T00:00Z",
    }
    ZoneVersion.objects.bulk_create(ZoneVersion(zone=zone, **made) for zone in zones)
    browser = browser_of(officer)

    first = browser.get("/zones/", {"source": "many"}).content.decode()
    last = browser.get("/zones/", {"source": "many", "after": "custom:n099"}).content.decode()

    assert "after=custom%3An099" in first
    assert "custom:n100" not in first
    assert "custom:n100" in last


@pytest.mark.parametrize("code", ["nowhere", "custom:a/b", "%00", "é"])
def test_a_zone_that_is_none_is_not_there(officer: Officer, code: str) -> None:
    assert browser_of(officer).get(f"/zones/{code}/").status_code == 404
