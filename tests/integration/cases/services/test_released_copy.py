"""What leaves the agency holds nothing that was not seen in the picture."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import override_settings

from cases.choices import EvidenceKind
from cases.errors import CopyNotMade, EvidenceNotGivenOut, NotAllowed, ReleaseNeedsSupervisor
from cases.models import AuditEntry, Evidence, Officer
from cases.services.announce_evidence import Announcement
from cases.services.attach_evidence import attach_evidence
from cases.services.released_copy import released_copy
from cases.services.withdraw_evidence import withdraw_evidence
from tests.conftest import NOW
from tests.evidence_samples import DEVICE, REMARK, SERIAL, bomb, photograph, sha256
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db
NAME = "passport of John Doe"


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path) -> Any:
    """The storage of one test, in a folder."""
    changed = {**configured.STORAGES["evidence"], "OPTIONS": {"location": str(tmp_path / "evidence")}}
    with override_settings(
        STORAGES={**configured.STORAGES, "evidence": changed}, EVIDENCE_SCRATCH=str(tmp_path / "scratch")
    ):
        yield


def attached(officer: Officer, content: bytes) -> Evidence:
    announcement = Announcement(name=NAME, kind=EvidenceKind.PHOTO, size_bytes=len(content), sha256=sha256(content))
    return attach_evidence(
        officer=officer,
        incident=recorded_incident(officer),
        announcement=announcement,
        pieces=iter([content]),
        attached_at=NOW,
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_leaves_without_metadata_thumbnail_remark_or_name(officer: Officer, format: str) -> None:
    evidence = attached(officer, photograph(format))

    with released_copy(evidence=evidence, by=officer, released_at=NOW) as copy:
        content = copy.content.read()

    for secret in (DEVICE, SERIAL, REMARK, NAME, "John", "2013:01:23", "Model Nine", evidence.reference):
        for spelled in (secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be")):
            assert spelled not in content
        assert secret not in copy.name
    assert copy.is_free_of_metadata
    assert hashlib.sha256(content).hexdigest() == copy.sha256 != evidence.sha256
    entry = AuditEntry.objects.get(action="evidence.released")
    assert copy.sha256 in entry.payload
    assert evidence.sha256 in entry.payload


def test_a_document_leaves_only_on_a_supervisors_word(officer: Officer) -> None:
    content = b"%PDF-1.7\n/Author (John Doe)"
    evidence = attached(officer, content)
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)

    for who, with_metadata in ((officer, False), (officer, True), (supervisor, False)):
        with (
            pytest.raises(ReleaseNeedsSupervisor),
            released_copy(evidence=evidence, by=who, released_at=NOW, with_metadata=with_metadata),
        ):
            pass
    with released_copy(evidence=evidence, by=supervisor, released_at=NOW, with_metadata=True) as copy:
        assert copy.content.read() == content

    assert not copy.is_free_of_metadata
    assert '"with_metadata":true' in AuditEntry.objects.get(action="evidence.released").payload


def test_what_cannot_be_drawn_is_not_released(officer: Officer) -> None:
    with (
        pytest.raises(CopyNotMade),
        released_copy(evidence=attached(officer, bomb()), by=officer, released_at=NOW),
    ):
        pass


def test_withdrawn_evidence_is_not_released(officer: Officer) -> None:
    evidence = attached(officer, photograph())
    evidence = withdraw_evidence(officer=officer, evidence=evidence, reason="another vessel", withdrawn_at=NOW)

    with (
        pytest.raises(EvidenceNotGivenOut),
        released_copy(evidence=evidence, by=officer, released_at=NOW),
    ):
        pass


def test_who_sees_no_nominal_data_releases_none(officer: Officer) -> None:
    analyst = OfficerFactory.create(agency=officer.agency, analyst=True)

    with (
        pytest.raises(NotAllowed),
        released_copy(evidence=attached(officer, photograph()), by=analyst, released_at=NOW),
    ):
        pass
