import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from cases.bundle.packing import VERIFIER
from cases.bundle.signing import public_key_hex, signing_key
from cases.models import AuditEntry, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db
PERSON = "Zenobia Test-Name"


@pytest.fixture
def incident(officer, rulebook_version):
    incident = recorded_incident(officer, parties=[{"role": "consignee", "kind": "person", "name": PERSON}])
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    return incident


@pytest.fixture
def case(client, incident):
    items = f"/api/v1/incidents/{incident.reference}/items/0"
    client.post(f"{items}/custody", {"kind": "collected", "witnesses": [{"name": PERSON}]})
    client.post(f"{items}/custody", {"kind": "sealed", "seal": "A1"})
    exhibit = {"kind": "sample", "items": [str(incident.items.get().item_uuid)]}
    client.post(f"/api/v1/incidents/{incident.reference}/exhibits", exhibit)
    client.post(
        f"/api/v1/incidents/{incident.reference}/referrals", {"addressee": {"country": "IRN"}, "language": "en"}
    )
    opened = client.post("/api/v1/cases", {"title": "a dhow", "incidents": [incident.reference]})
    room = f"/api/v1/cases/{opened.json()['reference']}"
    client.post(f"{room}/tasks", {"what": "ask the yard"})
    client.post(f"{room}/notes", {"text": f"{PERSON} rang"})
    return opened.json()["reference"]


@pytest.fixture
def bundle(client, case, tmp_path):
    answer = client.get(f"/api/v1/cases/{case}/bundle")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    path = tmp_path / "bundle.zip"
    path.write_bytes(answer.getvalue())
    return path


def verified(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(VERIFIER), str(path), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_case_is_exported_whole_and_proves_itself(bundle, case, incident):
    told = verified(bundle, "--key", public_key_hex(signing_key(settings.BUNDLE_KEY_FILE)))

    assert told.returncode == 0, told.stdout + told.stderr
    assert "4 custody events" in told.stdout
    assert "1 screening results" in told.stdout
    with zipfile.ZipFile(bundle) as archive:
        names = archive.namelist()
        folder = f"incidents/{incident.reference}"
        run = incident.runs.get(status="done")
        assert archive.read(f"{folder}/screening/run-{run.pk}.json").decode() == run.result
        assert f"{folder}/screening/run-{run.pk}.facts.json" in names
        assert json.loads(archive.read(f"{folder}/record.json"))["reference"] == incident.reference
        assert [task["what"] for task in json.loads(archive.read("tasks.json"))] == ["ask the yard"]
        assert [note["text"] for note in json.loads(archive.read("notes.json"))] == [f"{PERSON} rang"]
        manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["case"], manifest["incidents"]) == (case, [incident.reference])
    assert [name for name in names if "Zenobia" in name or "dhow" in name.lower()] == []


def test_what_was_altered_in_an_exported_case_is_named(bundle, incident):
    content = bundle.read_bytes()
    at = content.index(PERSON.encode())
    bundle.write_bytes(content[:at] + b"X" + content[at + 1 :])

    told = verified(bundle)
    assert told.returncode == 1
    assert "its content was altered" in told.stdout
    assert incident.reference in told.stdout


def test_an_export_is_written_down_for_the_case_and_each_incident(bundle, case, incident, officer):
    exported = AuditEntry.objects.filter(action__endswith=".exported").order_by("pk")

    assert [(entry.action, entry.object_reference, entry.officer) for entry in exported] == [
        ("case.exported", case, officer),
        ("incident.exported", incident.reference, officer),
    ]


def test_who_may_not_export_or_not_see_names_gets_no_bundle(client_of, officer, case):
    for withdrawn in (["export"], ["see_nominal"]):
        colleague = OfficerFactory.create(agency=officer.agency, rights_withdrawn=withdrawn)
        assert client_of(colleague).get(f"/api/v1/cases/{case}/bundle").status_code == 403
    assert client_of(OfficerFactory.create()).get(f"/api/v1/cases/{case}/bundle").status_code == 404
    assert not AuditEntry.objects.filter(action="case.exported").exists()


def test_without_its_key_nothing_is_exported_and_the_inside_is_not_told(client, case, tmp_path, settings):
    settings.BUNDLE_KEY_FILE = tmp_path / "key.pem"
    settings.BUNDLE_KEY_FILE.write_text("no key")
    settings.BUNDLE_KEY_FILE.chmod(0o600)

    answer = client.get(f"/api/v1/cases/{case}/bundle")
    assert answer.status_code == 500
    assert "key.pem" not in answer.content.decode()
    assert not AuditEntry.objects.filter(action="case.exported").exists()


def test_a_bundle_can_be_opened_by_any_zip_program(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle.read_bytes())) as archive:
        assert archive.testzip() is None
        assert "verify_bundle.py" in archive.namelist()
        assert archive.namelist()[-2:] == ["manifest.json", "manifest.sig"]
