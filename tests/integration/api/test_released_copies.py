"""What leaves holds no withheld value: not in text, metadata, pictures or names of files."""

import io
import json
import subprocess
import sys
import zipfile
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from cases.bundle.packing import VERIFIER
from cases.bundle.signing import public_key_hex, signing_key
from cases.models import AuditEntry, Incident, Officer, Right, ScreeningRun
from cases.services.run_screening import run_screening
from tests.canaries import INTERNAL, LEADS, NOMINAL, NOT_PUBLIC, SHOWN, canary_document, words_in
from tests.conftest import NOW
from tests.evidence_samples import DEVICE, REMARK, SERIAL, photograph, sha256
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db

WITHHELD = {
    "full": set(),
    "to_state": NOMINAL | INTERNAL,
    "to_interpol_wco": NOMINAL | INTERNAL | LEADS,
    "public": NOMINAL | INTERNAL | LEADS | NOT_PUBLIC,
}
BELOW_FULL = ["to_state", "to_interpol_wco", "public"]
EVERYTHING = NOMINAL | INTERNAL | LEADS | NOT_PUBLIC | SHOWN
CONTACT = {"name": "Zq97canary", "office": "Zq98canary", "telephone": "Zq99canary"}


@pytest.fixture
def recorded(officer: Officer, rulebook_version: object) -> tuple[Incident, dict[str, str]]:
    document, words = canary_document(client_id=None)
    document["circumstances"] += f" {words['parties.name']} said so."
    incident = recorded_incident(officer, **document)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    return incident, words


@pytest.fixture
def referral(client: APIClient, recorded: tuple[Incident, dict[str, str]]) -> str:
    body = {
        "addressee": {"country": "IRN", "contact": CONTACT},
        "language": "en",
        "kind": "bilateral",
        "why_addressee": f"{recorded[1]['parties.name']} lives there",
        "redaction": "full",
    }
    answer = client.post(f"/api/v1/incidents/{recorded[0].reference}/referrals", body)
    return str(answer.json()["reference"])


@pytest.fixture
def case(client: APIClient, recorded: tuple[Incident, dict[str, str]], referral: str) -> str:
    picture = photograph()
    stated = {"name": "Zq96canary", "kind": "photo", "size_bytes": len(picture), "sha256": sha256(picture)}
    opened = client.post(f"/api/v1/incidents/{recorded[0].reference}/evidence", stated)
    path = opened["Location"]
    done = client.generic(
        "PATCH", path, picture, content_type="application/offset+octet-stream", HTTP_UPLOAD_OFFSET="0"
    )
    assert done.status_code in {200, 204}, done.content
    body = {"title": "a dhow", "incidents": [recorded[0].reference]}
    return str(client.post("/api/v1/cases", body).json()["reference"])


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_a_letter_at_each_level_holds_no_withheld_word_and_all_others(
    client: APIClient, recorded: tuple[Incident, dict[str, str]], referral: str, form: str
) -> None:
    words = recorded[1] | {"contact": CONTACT["name"], "desk": CONTACT["telephone"]}
    path = f"/api/v1/referrals/{referral}/document?format={form}"
    told = words_in(client.get(path).content, words)
    assert {"parties.name", "conveyance.owner", "recipient.name", "items.serial_number", "contact"} <= told

    hidden_contacts = {"to_interpol_wco": {"contact"}, "public": {"contact", "desk"}}
    for level in BELOW_FULL:
        answer = client.get(f"{path}&redaction={level}")
        assert answer.status_code == 200, answer.content
        found = words_in(answer.content + answer["Content-Disposition"].encode(), words)
        withheld = WITHHELD[level] | hidden_contacts.get(level, set())
        assert found & withheld == set()
        assert told - withheld - found == set()


@pytest.mark.parametrize("level", BELOW_FULL)
def test_a_released_case_holds_no_withheld_word_and_all_others(
    client: APIClient, recorded: tuple[Incident, dict[str, str]], case: str, tmp_path: Any, level: str
) -> None:
    answer = client.get(f"/api/v1/cases/{case}/bundle?redaction={level}&recipient=Ministry%20of%20X")
    assert answer.status_code == 200, answer.content
    path = tmp_path / "copy.zip"
    path.write_bytes(answer.getvalue())

    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
        statement = json.loads(contents["released.json"])
    words = recorded[1] | {"file name": "Zq96canary", "device": DEVICE, "number": SERIAL, "remark": REMARK}
    found = words_in(b"\n".join([path.read_bytes(), "\n".join(contents).encode()]), words)
    assert found == EVERYTHING - WITHHELD[level]
    assert statement["redaction"] == level
    assert {"personal_data", "audit", "custody"} <= set(statement["withheld"])
    pictures = [name for name in contents if name.startswith("evidence/")]
    assert len(pictures) == (1 if level == "to_state" else 0)
    assert ("evidence" in statement["withheld"]) == (level != "to_state")
    command = [sys.executable, "-I", str(VERIFIER), str(path), "--key"]
    key = public_key_hex(signing_key(settings.BUNDLE_KEY_FILE))
    assert subprocess.run([*command, key], capture_output=True, check=False).returncode == 0
    entry = AuditEntry.objects.get(action="case.released")
    assert json.loads(entry.payload)["after"]["recipient"] == "Ministry of X"
    assert json.loads(entry.payload)["after"]["redaction"] == level


def test_a_released_history_says_what_was_done_and_names_nobody(
    client: APIClient, officer: Officer, recorded: tuple[Incident, dict[str, str]], case: str
) -> None:
    answer = client.get(f"/api/v1/cases/{case}/history?format=ndjson&redaction=public&recipient=the%20press")

    content = answer.getvalue()
    assert words_in(content, recorded[1] | {"officer": officer.username}) == set()
    assert b"incident.recorded" in content


def test_a_history_tells_its_owner_to_whom_copies_went_and_others_nothing_of_it(
    client: APIClient, recorded: tuple[Incident, dict[str, str]], case: str, client_of: Any
) -> None:
    incident, partner = recorded[0], OfficerFactory.create()
    for export in ("redaction=public&recipient=Ministry%20of%20X", "recipient=Ministry%20of%20X"):
        assert client.get(f"/api/v1/cases/{case}/bundle?{export}").status_code == 200
    grant = {"agency": partner.agency.pk, "level": "read", "reason": "asked for"}
    assert client.post(f"/api/v1/incidents/{incident.reference}/grants", grant).status_code == 201

    for path in (f"/api/v1/incidents/{incident.reference}/history", f"/api/v1/cases/{case}/history"):
        told = {entry["action"]: entry["change"] for entry in client.get(path).json()["results"]}
        assert told["incident.released"]["after"]["recipient"] == "Ministry of X"
        assert "incident.exported" in told
    shown = client_of(partner).get(f"/api/v1/incidents/{incident.reference}/history")
    assert shown.status_code == 200
    assert [word for word in ("Ministry of X", case, ".released", ".exported") if word in shown.content.decode()] == []
    assert "incident.recorded" in shown.content.decode()


def test_more_than_was_issued_or_than_an_officer_may_see_is_not_let_out(
    client: APIClient, officer: Officer, referral: str, case: str, recorded: Any, client_of: Any
) -> None:
    colleague = OfficerFactory.create(agency=officer.agency, rights_withdrawn=[Right.SEE_NOMINAL.value])
    blind = client_of(colleague)
    document = f"/api/v1/referrals/{referral}/document?format=json"

    assert blind.get(document).status_code == 403
    assert blind.get(f"{document}&redaction=to_state").status_code == 200
    assert blind.get(f"{document}&redaction=everything").status_code == 422
    assert client.get(f"/api/v1/cases/{case}/bundle?redaction=public").status_code == 422
    released = blind.get(f"/api/v1/cases/{case}/bundle?redaction=to_state&recipient=X")
    with zipfile.ZipFile(io.BytesIO(released.getvalue())) as archive:
        assert [name for name in archive.namelist() if name.startswith("evidence/")] == []
