"""Evidence in S3-compatible storage, under many hands at once, and with little memory."""

import threading
import tracemalloc
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import boto3
import pytest
from botocore.config import Config
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import override_settings
from moto.server import ThreadedMotoServer

from backend.evidence_settings import bucket_storage
from cases.choices import EvidenceKind
from cases.errors import EvidenceDamaged, EvidenceStoreUnreachable, WrongOffset
from cases.models import AuditEntry, Evidence, Incident, Officer, UploadPart
from cases.services.announce_evidence import Announcement, announce_evidence
from cases.services.check_all_evidence import check_all_evidence
from cases.services.check_evidence import check_evidence
from cases.services.read_evidence import read_evidence
from cases.services.receive_part import receive_part
from tests.conftest import NOW
from tests.evidence_samples import sha256
from tests.factories import OfficerFactory, recorded_incident

BUCKET = "evidence-of-a-test"
MEGABYTE = 1024 * 1024
CONTENT = bytes(range(256)) * 4096 * 6


@pytest.fixture
def in_folder(tmp_path: Any) -> Iterator[Any]:
    """The storage of one test, in a folder."""
    changed = {**configured.STORAGES["evidence"], "OPTIONS": {"location": str(tmp_path / "evidence")}}
    with override_settings(
        STORAGES={**configured.STORAGES, "evidence": changed}, EVIDENCE_SCRATCH=str(tmp_path / "scratch")
    ):
        yield tmp_path / "evidence"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A server that speaks S3, on this machine, as long as these tests run."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, tmp_path: Any) -> Iterator[Any]:
    """A bucket as the storage of evidence."""
    keys = {"aws_access_key_id": "of-a-test", "aws_secret_access_key": "of-a-test", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=s3, config=Config(s3={"addressing_style": "path"}), **keys)
    client.create_bucket(Bucket=BUCKET)
    storage = bucket_storage(
        BUCKET, endpoint_url=s3, access_key="of-a-test", secret_key="of-a-test", region_name="us-east-1"
    )
    with override_settings(
        STORAGES={**configured.STORAGES, "evidence": storage}, EVIDENCE_SCRATCH=str(tmp_path / "scratch")
    ):
        yield client


def announced(officer: Officer, incident: Incident, content: bytes) -> Evidence:
    announcement = Announcement(
        name="hold.bin", kind=EvidenceKind.OTHER, size_bytes=len(content), sha256=sha256(content)
    )
    return announce_evidence(officer=officer, incident=incident, announcement=announcement, announced_at=NOW)


def sent(officer: Officer, evidence: Evidence, content: bytes, step: int = 2 * MEGABYTE) -> Evidence:
    for offset in range(0, len(content), step):
        chunk = content[offset : offset + step]
        evidence = receive_part(
            officer=officer,
            evidence=evidence,
            offset=offset,
            length=len(chunk),
            stream=BytesIO(chunk),
            received_at=NOW,
        )
    return evidence


@pytest.mark.django_db
def test_a_bucket_keeps_evidence_as_a_folder_does(officer: Officer, bucket: Any) -> None:
    evidence = sent(officer, announced(officer, recorded_incident(officer), CONTENT), CONTENT)

    assert b"".join(read_evidence(officer=officer, evidence=evidence, read_at=NOW)) == CONTENT
    objects = bucket.list_objects_v2(Bucket=BUCKET)["Contents"]
    # One object, no part left, and a name that says nothing.
    assert [each["Key"] for each in objects] == [evidence.storage_key]
    assert "hold" not in evidence.storage_key


@pytest.mark.django_db
def test_a_byte_flipped_in_the_bucket_is_noticed(officer: Officer, bucket: Any) -> None:
    evidence = sent(officer, announced(officer, recorded_incident(officer), CONTENT), CONTENT)
    changed = bytearray(CONTENT)
    changed[5 * MEGABYTE] ^= 1
    bucket.put_object(Bucket=BUCKET, Key=evidence.storage_key, Body=bytes(changed))

    with pytest.raises(EvidenceDamaged):
        read_evidence(officer=officer, evidence=evidence, read_at=NOW)

    evidence.refresh_from_db()
    assert evidence.state == "damaged"
    assert AuditEntry.objects.filter(action="evidence.damaged", object_reference=evidence.reference).count() == 1
    # The right bytes come back from a copy: only their digest opens the evidence again.
    assert not check_evidence(evidence=evidence, checked_at=NOW)
    bucket.put_object(Bucket=BUCKET, Key=evidence.storage_key, Body=CONTENT)
    assert check_evidence(evidence=evidence, checked_at=NOW)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.damaged_at) == ("complete", None)


@pytest.mark.django_db
def test_verifying_reads_every_stored_file_and_names_the_one_that_was_changed(officer: Officer, in_folder: Any) -> None:
    incident = recorded_incident(officer)
    whole, changed = (sent(officer, announced(officer, incident, content), content) for content in (b"one", b"two"))
    announced(officer, incident, b"nothing of it has come yet")
    (in_folder / changed.storage_key).chmod(0o600)
    (in_folder / changed.storage_key).write_bytes(b"2wo")
    read: list[int] = []

    found = list(check_all_evidence(checked_at=NOW, tell=read.append))

    assert [evidence.reference for evidence in found] == [changed.reference]
    assert read == [1, 2]
    printed = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", "--evidence", stdout=printed, stderr=StringIO())
    (named,) = (line for line in printed.getvalue().splitlines() if "stored_bytes_differ" in line)
    assert changed.reference in named
    whole.refresh_from_db()
    assert whole.state == "complete"


@pytest.mark.django_db
def test_an_object_that_is_gone_is_damage(officer: Officer, bucket: Any) -> None:
    evidence = sent(officer, announced(officer, recorded_incident(officer), CONTENT), CONTENT)
    bucket.delete_object(Bucket=BUCKET, Key=evidence.storage_key)

    with pytest.raises(EvidenceDamaged):
        read_evidence(officer=officer, evidence=evidence, read_at=NOW)


@pytest.mark.django_db
def test_storage_that_does_not_answer_is_not_damage(officer: Officer, bucket: Any) -> None:
    evidence = sent(officer, announced(officer, recorded_incident(officer), CONTENT), CONTENT)
    away = bucket_storage(
        BUCKET,
        endpoint_url="http://127.0.0.1:1",
        access_key="of-a-test",
        secret_key="of-a-test",
        region_name="us-east-1",
        client_config=Config(retries={"max_attempts": 0}, connect_timeout=1, s3={"addressing_style": "path"}),
    )

    with (
        override_settings(STORAGES={**configured.STORAGES, "evidence": away}),
        pytest.raises(EvidenceStoreUnreachable),
    ):
        read_evidence(officer=officer, evidence=evidence, read_at=NOW)

    evidence.refresh_from_db()
    assert evidence.state == "complete"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_the_same_part_one_is_kept(in_folder: Any) -> None:
    officer = OfficerFactory.create()
    evidence = announced(officer, recorded_incident(officer), CONTENT)
    told: list[str] = []
    ready = threading.Barrier(6)

    def send(content: bytes) -> None:
        try:
            ready.wait()
            after = receive_part(
                officer=officer,
                evidence=Evidence.objects.get(pk=evidence.pk),
                offset=0,
                length=len(content),
                stream=BytesIO(content),
                received_at=NOW,
            )
            told.append(f"kept {after.received_bytes}")
        except WrongOffset as wrong:
            told.append(f"wrong {wrong.offset}")
        finally:
            connections.close_all()

    # Five send the same bytes, one sends others: whichever comes first is the part.
    chunks = [CONTENT[:MEGABYTE]] * 5 + [b"x" * MEGABYTE]
    hands = [threading.Thread(target=send, args=(chunk,)) for chunk in chunks]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    part = UploadPart.objects.get()
    assert len(told) == 6
    assert set(told) <= {f"kept {MEGABYTE}", f"wrong {MEGABYTE}"}
    assert [path.is_file() for path in in_folder.rglob("*") if path.is_file()] == [True]
    assert sha256((in_folder / part.storage_key).read_bytes()) == part.sha256


@pytest.mark.django_db
def test_a_large_file_passes_through_little_memory(officer: Officer, in_folder: Any) -> None:
    size, piece = 32 * MEGABYTE, 16 * MEGABYTE
    content = bytes(size)
    evidence = announced(officer, recorded_incident(officer), content)
    tracemalloc.start()
    try:
        for offset in range(0, size, piece):
            evidence = receive_part(
                officer=officer,
                evidence=evidence,
                offset=offset,
                length=piece,
                stream=_Zeros(piece),
                received_at=NOW,
            )
        for _ in read_evidence(officer=officer, evidence=evidence, read_at=NOW):
            pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert evidence.state == "complete"
    # A few blocks, however large the file.
    assert peak < 5 * 4 * MEGABYTE


class _Zeros:
    """As many zeros as are asked for, made when they are read."""

    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int, /) -> bytes:
        given = min(size, self._left)
        self._left -= given
        return bytes(given)
