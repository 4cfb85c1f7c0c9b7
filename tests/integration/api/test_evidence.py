"""Evidence: sent in chunks and checked, never trusted, never deleted, and of no other agency's business."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import override_settings
from rest_framework.test import APIClient

from cases.models import Agency, AuditEntry, Evidence, EvidencePreview, Incident, Officer, UploadPart
from cases.queries.evidence_rows import bytes_kept_by
from cases.services.inspect_evidence import inspect_evidence
from cases.services.sweep_evidence import sweep_evidence
from tests.conftest import NOW
from tests.evidence_samples import EICAR, bomb, office_file, photograph, picture, sha256, zip_bomb
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db

CHUNK = "application/offset+octet-stream"
# Several of the smallest chunks, and an odd rest.
LONG = bytes(range(256)) * 4000 + b"the end"
STEP = 300_000


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    """The storage of one test."""
    kept = tmp_path / "evidence"
    changed = {**configured.STORAGES["evidence"], "OPTIONS": {"location": str(kept)}}
    with override_settings(
        STORAGES={**configured.STORAGES, "evidence": changed}, EVIDENCE_SCRATCH=str(tmp_path / "scratch")
    ):
        yield kept


@pytest.fixture
def incident(officer: Officer) -> Incident:
    return recorded_incident(officer)


def announced(client: APIClient, incident: Incident, content: bytes, **stated: Any) -> HttpResponse:
    document = {"name": "hold.jpg", "kind": "photo", "size_bytes": len(content), "sha256": sha256(content), **stated}
    return client.post(f"/api/v1/incidents/{incident.reference}/evidence", document)


def send(client: APIClient, address: str, content: bytes, offset: int) -> HttpResponse:
    return client.generic("PATCH", address, content, content_type=CHUNK, headers={"Upload-Offset": str(offset)})


def sent(client: APIClient, incident: Incident, content: bytes, **stated: Any) -> dict[str, Any]:
    """Send a file in chunks; return what is said of it then."""
    address = announced(client, incident, content, **stated)["Location"]
    for offset in range(0, len(content), STEP):
        answer = send(client, address, content[offset : offset + STEP], offset)
    assert answer.status_code == 200, answer.content
    return answer.json()


def inspected(document: dict[str, Any]) -> Evidence:
    """Do what the worker does."""
    evidence = Evidence.objects.get(uuid=document["id"])
    inspect_evidence(evidence_id=evidence.pk, inspected_at=NOW)
    evidence.refresh_from_db()
    return evidence


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def stored(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def actions(evidence_id: str) -> list[str]:
    entries = AuditEntry.objects.filter(object_type="evidence", object_reference=evidence_id).order_by("pk")
    return list(entries.values_list("action", flat=True))


def test_a_file_sent_in_chunks_comes_back_as_it_was(client: APIClient, incident: Incident, folder: Path) -> None:
    document = sent(client, incident, LONG, name="log.bin", kind="other")

    answer = client.get(document["content"])

    assert content_of(answer) == LONG
    assert (document["state"], document["sha256"], document["offset"]) == ("complete", sha256(LONG), len(LONG))
    assert answer["Content-Length"] == str(len(LONG))
    assert UploadPart.objects.count() == 0
    (file,) = stored(folder)
    assert file.read_bytes() == LONG
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0
    assert actions(document["id"]) == ["evidence.announced", "evidence.received", "evidence.viewed"]


def test_a_small_file_comes_in_one_call(client: APIClient, incident: Incident, folder: Path) -> None:
    content = photograph()
    item = incident.items.get()
    form = {
        "kind": "photo",
        "sha256": sha256(content),
        "item": str(item.item_uuid),
        "file": _upload("hold.jpg", content),
    }

    answer = client.post(f"/api/v1/incidents/{incident.reference}/evidence", form, format="multipart")

    document = answer.json()
    assert answer.status_code == 201, document
    assert (document["state"], document["name"], document["size_bytes"]) == ("complete", "hold.jpg", len(content))
    assert document["item"] == str(item.item_uuid)
    assert content_of(client.get(document["content"])) == content
    assert len(stored(folder)) == 1


def test_a_small_file_that_is_not_what_was_stated_leaves_nothing(
    client: APIClient, incident: Incident, folder: Path
) -> None:
    form = {"kind": "photo", "sha256": sha256(b"another"), "file": _upload("a.jpg", b"this")}

    answer = client.post(f"/api/v1/incidents/{incident.reference}/evidence", form, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (422, "evidence_hash_differs")
    assert stored(folder) == []
    assert not Evidence.objects.exists()


def test_an_upload_goes_on_where_it_was_interrupted(client: APIClient, incident: Incident) -> None:
    address = announced(client, incident, LONG)["Location"]
    send(client, address, LONG[:STEP], 0)
    # The device restarts, and so does the server: nothing of the upload was in memory.
    where = client.head(address)["Upload-Offset"]
    answer = send(client, address, LONG[int(where) :], int(where))

    assert int(where) == STEP
    assert (answer.json()["state"], answer["Upload-Offset"]) == ("complete", str(len(LONG)))


def test_what_arrived_of_a_broken_chunk_is_kept(client: APIClient, incident: Incident) -> None:
    address = announced(client, incident, LONG)["Location"]

    # More was announced than came: the line broke.
    broken = client.generic(
        "PATCH",
        address,
        LONG[:STEP],
        content_type=CHUNK,
        headers={"Upload-Offset": "0"},
        **{"CONTENT_LENGTH": str(2 * STEP), "wsgi.input": BytesIO(LONG[:STEP])},
    )

    assert (broken.status_code, broken["Upload-Offset"]) == (200, str(STEP))
    assert send(client, address, LONG[STEP:], STEP).json()["state"] == "complete"


def test_a_chunk_at_the_wrong_place_is_told_the_right_one(client: APIClient, incident: Incident, folder: Path) -> None:
    address = announced(client, incident, LONG)["Location"]
    send(client, address, LONG[:STEP], 0)

    answer = send(client, address, LONG[2 * STEP : 3 * STEP], 2 * STEP)

    assert (answer.status_code, answer.json()["code"], answer["Upload-Offset"]) == (409, "wrong_offset", str(STEP))
    assert len(stored(folder)) == 1


def test_a_chunk_sent_again_is_there_once(client: APIClient, incident: Incident, folder: Path) -> None:
    address = announced(client, incident, LONG)["Location"]
    first, again = send(client, address, LONG[:STEP], 0), send(client, address, LONG[:STEP], 0)
    other = send(client, address, b"x" * STEP, 0)

    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 409)
    assert again["Upload-Offset"] == other["Upload-Offset"] == str(STEP)
    assert len(stored(folder)) == UploadPart.objects.count() == 1
    assert send(client, address, LONG[STEP:], STEP).json()["sha256"] == sha256(LONG)


def test_the_last_chunk_sent_again_is_told_that_all_is_there(client: APIClient, incident: Incident) -> None:
    address = announced(client, incident, LONG)["Location"]
    send(client, address, LONG, 0)

    again = send(client, address, LONG, 0)

    assert (again.status_code, again["Upload-Offset"]) == (409, str(len(LONG)))


def test_other_bytes_than_were_stated_are_refused_and_gone(client: APIClient, incident: Incident, folder: Path) -> None:
    address = announced(client, incident, LONG, sha256=sha256(b"another file"))["Location"]

    answer = send(client, address, LONG, 0)

    assert (answer.status_code, answer.json()["code"]) == (422, "evidence_hash_differs")
    assert sha256(LONG) in answer.json()["detail"]
    assert stored(folder) == []
    refused = client.get(address).json()
    assert (refused["state"], refused["content"], refused["sha256"]) == ("refused", None, None)
    assert client.get(f"/api/v1/incidents/{incident.reference}/evidence").json()["results"] == []
    assert client.get(f"{address}/content").status_code == 409
    assert send(client, address, LONG, 0).status_code == 409


@pytest.mark.parametrize(
    ("size", "offset", "status", "code"),
    [
        pytest.param(16 * 1024 * 1024 + 1, 0, 413, "chunk_too_large", id="too large"),
        pytest.param(1000, 0, 422, "chunk_too_small", id="too small"),
        pytest.param(STEP, 20_000_000 - 10, 422, "chunk_too_long", id="beyond the end"),
    ],
)
def test_a_chunk_has_its_bounds(
    client: APIClient, incident: Incident, size: int, offset: int, status: int, code: str
) -> None:
    address = announced(client, incident, b"x", size_bytes=20_000_000)["Location"]

    answer = send(client, address, bytes(size), offset)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("headers", "content_type", "status", "pointer"),
    [
        ({}, CHUNK, 422, "/Upload-Offset"),
        ({"Upload-Offset": "-1"}, CHUNK, 422, "/Upload-Offset"),
        ({"Upload-Offset": "²"}, CHUNK, 422, "/Upload-Offset"),
        ({"Upload-Offset": "0"}, "application/json", 415, None),
        ({"Upload-Offset": "0"}, "multipart/form-data; boundary=x", 415, None),
    ],
)
def test_a_chunk_says_what_it_is(
    client: APIClient, incident: Incident, headers: dict[str, str], content_type: str, status: int, pointer: str | None
) -> None:
    address = announced(client, incident, LONG)["Location"]

    answer = client.generic("PATCH", address, LONG[:STEP], content_type=content_type, headers=headers)

    assert answer.status_code == status, answer.content
    assert [entry["pointer"] for entry in answer.json().get("errors", [])] == ([pointer] if pointer else [])


def test_limits_are_told_with_their_figures(client: APIClient, incident: Incident) -> None:
    too_large = announced(client, incident, b"x", size_bytes=configured.EVIDENCE_LARGEST_FILE_BYTES + 1)
    with override_settings(EVIDENCE_MOST_PER_INCIDENT=1, EVIDENCE_AGENCY_BYTES=len(LONG) + 10):
        full = announced(client, incident, bytes(len(LONG) + 11))
        announced(client, incident, LONG)
        too_many = announced(client, incident, b"one more")

    assert (too_large.status_code, too_large.json()["code"]) == (413, "evidence_too_large")
    assert str(2 * 1024**3) in too_large.json()["detail"]
    assert (full.status_code, full.json()["code"]) == (422, "evidence_store_full")
    assert (too_many.status_code, too_many.json()["code"]) == (422, "evidence_too_many")


@pytest.mark.parametrize(
    ("stated", "pointer"),
    [
        ({"sha256": "abc"}, "/sha256"),
        ({"size_bytes": 0}, "/size_bytes"),
        ({"size_bytes": "12"}, "/size_bytes"),
        ({"kind": "selfie"}, "/kind"),
        ({"item": str(uuid4())}, "/item"),
        ({"case": "CASE-2026-00000001"}, "/case"),
        ({"referral": "REF-2026-00000001"}, "/reply"),
        ({"storage_key": "elsewhere"}, "/storage_key"),
        ({"state": "complete"}, "/state"),
    ],
)
def test_what_is_stated_is_read_strictly(
    client: APIClient, incident: Incident, stated: dict[str, Any], pointer: str
) -> None:
    answer = announced(client, incident, LONG, **stated)

    assert answer.status_code == 422, answer.content
    assert [entry["pointer"] for entry in answer.json()["errors"]] == [pointer]


def test_evidence_hangs_from_an_item_a_case_or_a_reply(client: APIClient, incident: Incident) -> None:
    case = client.post("/api/v1/cases", {"title": "the dhow", "incidents": [incident.reference]}).json()["reference"]
    asked = {"addressee": {"country": "CHN"}, "language": "en"}
    referral = client.post(f"/api/v1/incidents/{incident.reference}/referrals", asked).json()["reference"]

    answer = announced(client, incident, LONG, case=case, item=str(incident.items.get().item_uuid))
    no_reply = announced(client, incident, LONG, referral=referral)

    assert (answer.json()["case"], answer.json()["item"]) == (case, str(incident.items.get().item_uuid))
    assert no_reply.json()["errors"][0]["code"] == "no_such_reply"


def test_an_item_with_evidence_stays_in_the_record(client: APIClient, incident: Incident) -> None:
    announced(client, incident, LONG, item=str(incident.items.get().item_uuid))
    path = f"/api/v1/incidents/{incident.reference}"
    other = {"items": [{"id": str(uuid4()), "category": "cash"}]}

    answer = client.patch(path, other, HTTP_IF_MATCH=client.get(path)["ETag"])

    assert (answer.status_code, answer.json()["code"]) == (409, "item_has_evidence")


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/root/.ssh/id", "..\\..\\x.jpg", "a/../../b", "\x00/etc/passwd", "%2e%2e%2fx"]
)
def test_a_name_never_becomes_a_path(client: APIClient, incident: Incident, folder: Path, name: str) -> None:
    document = sent(client, incident, b"some text", name=name)
    answer = client.get(document["content"])

    assert "/" not in document["name"]
    assert "\\" not in document["name"]
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert not any(sign in answer["Content-Disposition"] for sign in "/\\\r\n")
    (file,) = stored(folder)
    assert "passwd" not in str(file.relative_to(folder))


def test_content_never_opens_in_the_browser(client: APIClient, incident: Incident) -> None:
    page = b"<html><script>alert(1)</script></html>"
    document = sent(client, incident, page, name='"><script>.html', media_type="text/html")

    answer = client.get(document["content"])

    assert document["media_type"] == "application/octet-stream"
    assert document["media_type_stated"] == "text/html"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"] == 'attachment; filename="___script_.html.bin"'


def test_an_archive_is_kept_shut(client: APIClient, incident: Incident, folder: Path) -> None:
    content = zip_bomb()
    evidence = inspected(sent(client, incident, content, name="papers.zip", kind="document"))

    assert (evidence.media_type, evidence.preview_state, evidence.state) == (
        "application/zip",
        "not_offered",
        "complete",
    )
    assert sum(path.stat().st_size for path in stored(folder)) == len(content)
    word = office_file("word/document.xml")
    assert sent(client, incident, word)["media_type"].endswith("wordprocessingml.document")


def test_previews_are_drawn_and_what_the_file_states_is_kept_as_its_word(client: APIClient, incident: Incident) -> None:
    inspected(sent(client, incident, photograph()))
    (row,) = client.get(f"/api/v1/incidents/{incident.reference}/evidence").json()["results"]

    pictures = [client.get(each["url"]) for each in row["preview"]["pictures"]]

    assert row["stated_by_file"]["taken_at"] == {"text": "2013:01:23 05:10:00", "zone": None}
    assert row["stated_by_file"]["position"]["latitude"] == 15.2
    assert [each["width"] for each in row["preview"]["pictures"]] == [320, 1280]
    assert {answer["Content-Type"] for answer in pictures} == {"image/jpeg"}
    assert all(answer.content.startswith(b"\xff\xd8\xff") and b"Secret" not in answer.content for answer in pictures)
    assert actions(row["id"])[-2:] == ["evidence.previewed"] * 2
    # The position stated by the file is not the position of the incident.
    incident.refresh_from_db()
    assert incident.latitude == 15.2
    assert incident.location_source != "exif"


def test_a_bomb_costs_its_preview_and_not_the_evidence(client: APIClient, incident: Incident) -> None:
    document = sent(client, incident, bomb(), name="scan.png")
    evidence = inspected(document)

    assert (evidence.state, evidence.preview_state) == ("complete", "failed")
    assert "pixels" in evidence.preview_problem or "Bomb" in evidence.preview_problem
    assert client.get(f"/api/v1/evidence/{document['id']}/preview").status_code == 404
    assert content_of(client.get(document["content"])) == bomb()


def test_malware_is_quarantined_and_given_to_nobody(
    client: APIClient, incident: Incident, tmp_path: Path, client_of: Callable[[Officer], APIClient]
) -> None:
    signatures = tmp_path / "signatures"
    signatures.write_text(f"bytes {EICAR.hex()} EICAR test file\n", encoding="utf-8")
    document = sent(client, incident, b"harmless beginning " + EICAR, name="invoice.pdf")
    supervisor = client_of(OfficerFactory.create(agency=incident.agency, supervisor=True))

    with override_settings(EVIDENCE_SIGNATURES=str(signatures)):
        inspected(document)

    shown = client.get(f"/api/v1/evidence/{document['id']}").json()
    assert (shown["state"], shown["alarm"], shown["content"]) == ("quarantined", "malware", None)
    assert shown["malware"]["says"] == "EICAR test file"
    assert shown["malware"]["signatures"].startswith("own sha256:")
    assert "evidence.quarantined" in actions(document["id"])
    for who in (client, supervisor):
        answer = who.get(f"/api/v1/evidence/{document['id']}/content")
        assert (answer.status_code, answer.json()["code"]) == (409, "evidence_not_given_out")
    # A withdrawal does not open it again.
    client.post(f"/api/v1/evidence/{document['id']}/withdraw", {"reason": "sent by mistake"})
    assert supervisor.get(f"/api/v1/evidence/{document['id']}/content").status_code == 409


def test_without_a_scanner_that_answers_evidence_is_whole_and_said_to_be_unscanned(
    client: APIClient, incident: Incident
) -> None:
    none_set_up = inspected(sent(client, incident, LONG))
    with override_settings(CLAMAV_ADDRESS="127.0.0.1:1"):
        unreachable = inspected(sent(client, incident, LONG))

    assert (none_set_up.state, none_set_up.malware_verdict) == ("complete", "unscanned")
    assert none_set_up.malware_says == "no scanner is set up"
    assert (unreachable.state, unreachable.malware_verdict) == ("complete", "unscanned")
    assert "ClamAV" in unreachable.malware_says
    assert content_of(client.get(f"/api/v1/evidence/{unreachable.reference}/content")) == LONG


@pytest.mark.parametrize("place", [0, len(LONG) - 1])
def test_a_flipped_byte_blocks_the_evidence_and_raises_the_alarm(
    client: APIClient, incident: Incident, folder: Path, place: int
) -> None:
    document = sent(client, incident, LONG)
    flip(stored(folder)[0], place)

    answer = client.get(document["content"])

    assert (answer.status_code, answer.json()["code"]) == (409, "evidence_damaged")
    shown = client.get(f"/api/v1/evidence/{document['id']}").json()
    assert (shown["state"], shown["alarm"], shown["content"]) == ("damaged", "damaged", None)
    assert actions(document["id"])[-1] == "evidence.damaged"
    # Blocked for good, not only while somebody looks.
    assert client.get(document["content"]).status_code == 409
    assert actions(document["id"]).count("evidence.damaged") == 1
    assert "evidence.viewed" not in actions(document["id"])


def test_evidence_that_is_gone_from_the_storage_is_an_alarm_too(
    client: APIClient, incident: Incident, folder: Path
) -> None:
    document = sent(client, incident, LONG)
    stored(folder)[0].unlink()

    assert client.get(document["content"]).json()["code"] == "evidence_damaged"


def test_a_preview_that_was_changed_is_not_shown(client: APIClient, incident: Incident, folder: Path) -> None:
    document = sent(client, incident, picture())
    inspected(document)
    preview = EvidencePreview.objects.get(width=320)
    flip(folder / preview.storage_key, 100)

    answer = client.get(f"/api/v1/evidence/{document['id']}/preview?width=320")

    assert (answer.status_code, answer.json()["code"]) == (409, "evidence_damaged")
    shown = client.get(f"/api/v1/evidence/{document['id']}").json()
    assert (shown["state"], shown["preview"]["state"]) == ("complete", "failed")
    assert content_of(client.get(document["content"])) == picture()


def test_withdrawn_evidence_leaves_the_lists_and_stays_with_the_supervisors(
    client: APIClient, incident: Incident, folder: Path, client_of: Callable[[Officer], APIClient]
) -> None:
    document = sent(client, incident, LONG)
    supervisor = client_of(OfficerFactory.create(agency=incident.agency, supervisor=True))
    path = f"/api/v1/incidents/{incident.reference}/evidence"

    unreasoned = client.post(f"/api/v1/evidence/{document['id']}/withdraw", {"reason": " "})
    withdrawn = client.post(f"/api/v1/evidence/{document['id']}/withdraw", {"reason": "shows another vessel"})

    assert unreasoned.status_code == 422
    assert withdrawn.json()["state"] == "withdrawn"
    assert withdrawn.json()["withdrawn"]["reason"] == "shows another vessel"
    assert client.get(path).json()["results"] == supervisor.get(path).json()["results"] == []
    assert client.get(f"{path}?withdrawn=true").json()["results"] == []
    assert client.get(f"/api/v1/evidence/{document['id']}").status_code == 404
    assert client.get(document["content"]).status_code == 404
    (row,) = supervisor.get(f"{path}?withdrawn=true").json()["results"]
    assert content_of(supervisor.get(row["content"])) == LONG
    assert supervisor.post(f"/api/v1/evidence/{row['id']}/withdraw", {"reason": "again"}).status_code == 409
    assert len(stored(folder)) == 1
    assert actions(document["id"])[-2:] == ["evidence.withdrawn", "evidence.viewed"]


@pytest.mark.parametrize("role", ["analyst", "administrator"])
def test_who_may_not_see_what_tells_of_persons_sees_neither_names_nor_pictures(
    client: APIClient, incident: Incident, client_of: Callable[[Officer], APIClient], role: str
) -> None:
    inspected(sent(client, incident, photograph(), name="passport of John Doe.jpg"))
    reader = client_of(OfficerFactory.create(agency=incident.agency, role=role))

    answer = reader.get(f"/api/v1/incidents/{incident.reference}/evidence")
    (row,) = answer.json()["results"]

    assert "John Doe" not in answer.content.decode()
    assert (row["content"], row["preview"]["pictures"], row["stated_by_file"]) == (None, [], {})
    for what in ("content", "preview"):
        assert reader.get(f"/api/v1/evidence/{row['id']}/{what}").status_code == 403


def test_another_agency_meets_404_everywhere(client: APIClient, neighbour: APIClient, incident: Incident) -> None:
    complete = sent(client, incident, LONG, name="secret.jpg")
    coming = announced(client, incident, LONG)["Location"]
    path = f"/api/v1/incidents/{incident.reference}/evidence"
    nothing = f"/api/v1/evidence/{uuid4()}"
    calls: list[tuple[str, Callable[[str], HttpResponse]]] = [
        ("", neighbour.get),
        ("", neighbour.head),
        ("/content", neighbour.get),
        ("/preview", neighbour.get),
        ("/withdraw", lambda path: neighbour.post(path, {"reason": "mine"})),
        ("", lambda path: send(neighbour, path, LONG[:STEP], 0)),
    ]

    for suffix, call in calls:
        for address in (f"/api/v1/evidence/{complete['id']}", coming):
            refused, absent = call(address + suffix), call(nothing + suffix)
            assert refused.status_code == absent.status_code == 404, suffix
            assert refused.content.replace(address.encode(), b"") == absent.content.replace(nothing.encode(), b"")
            assert "Upload-Offset" not in refused.headers
    assert neighbour.get(path).status_code == neighbour.post(path, {}).status_code == 404


def test_a_void_incident_takes_no_evidence(client: APIClient, incident: Incident) -> None:
    client.post(f"/api/v1/incidents/{incident.reference}/void", {"reason": "twice"})

    assert announced(client, incident, LONG).status_code == 409


def test_the_same_announcement_with_the_same_key_is_one(client: APIClient, incident: Incident) -> None:
    document = {"name": "a", "kind": "photo", "size_bytes": 5, "sha256": sha256(b"12345")}
    path = f"/api/v1/incidents/{incident.reference}/evidence"

    one, two = (client.post(path, document, headers={"Idempotency-Key": "k1"}) for _ in range(2))

    assert one.json() == two.json()
    assert Evidence.objects.count() == 1


def test_an_abandoned_upload_is_swept_away(client: APIClient, incident: Incident, folder: Path) -> None:
    address = announced(client, incident, LONG)["Location"]
    send(client, address, LONG[:STEP], 0)
    document = client.get(address).json()
    Evidence.objects.update(received_at="2026-11-01T00:00:00Z")

    with override_settings(EVIDENCE_ABANDONED_DAYS=30):
        sweep_evidence(now=NOW)
    assert len(stored(folder)) == 1
    sweep_evidence(now=NOW)

    assert stored(folder) == []
    assert client.get(address).json()["state"] == "refused"
    assert actions(document["id"])[-1] == "evidence.refused"
    assert bytes_free(incident.agency)


def test_a_file_left_in_parts_by_a_server_that_was_stopped_is_joined(client: APIClient, incident: Incident) -> None:
    address = announced(client, incident, LONG)["Location"]
    for offset in range(0, len(LONG) - STEP, STEP):
        send(client, address, LONG[offset : offset + STEP], offset)
    last = client.get(address).json()["offset"]
    evidence = Evidence.objects.get()
    UploadPart.objects.create(
        evidence=evidence,
        starts_at=last,
        size_bytes=len(LONG) - last,
        sha256=sha256(LONG[last:]),
        storage_key=kept_part(LONG[last:]),
    )
    Evidence.objects.update(received_bytes=len(LONG), received_at="2026-11-22T11:00:00Z")

    sweep_evidence(now=NOW)

    assert content_of(client.get(f"{address}/content")) == LONG


def test_every_act_stands_in_the_history_of_the_incident(client: APIClient, incident: Incident) -> None:
    document = sent(client, incident, LONG)
    content_of(client.get(document["content"]))

    history = client.get(f"/api/v1/incidents/{incident.reference}/history?views=true").json()["results"]

    told = [
        (entry["action"], entry["object"]["reference"]) for entry in history if entry["object"]["type"] == "evidence"
    ]
    assert told == [(f"evidence.{act}", document["id"]) for act in ("announced", "received", "viewed")]
    assert json.dumps(history).count(sha256(LONG)) >= 2


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def kept_part(content: bytes) -> str:
    return storages["evidence"].save("parts/aa/by-hand", BytesIO(content))  # type: ignore[arg-type]


def bytes_free(agency: Agency) -> bool:
    return bytes_kept_by(agency) == 0


def _upload(name: str, content: bytes) -> Any:
    return SimpleUploadedFile(name, content)
