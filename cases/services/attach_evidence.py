"""Attaching a small file to an incident in one call."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import EvidenceHashDiffers, InvalidSubmission
from cases.evidence.blocks import Intake
from cases.evidence_store import files
from cases.intake.problems import Problem
from cases.models import Evidence, Incident, Officer
from cases.services.announce_evidence import Announcement, columns_of, locked_with_room, refuse_too_large
from cases.services.keep_evidence import keep_evidence


def attach_evidence(
    *, officer: Officer, incident: Incident, announcement: Announcement, pieces: Iterator[bytes], attached_at: datetime
) -> Evidence:
    """Keep the file as evidence of the incident, if it is what was stated.

    Raises what `announce_evidence` raises, and EvidenceHashDiffers where something else arrived: nothing is kept then.
    """
    access.require_on(officer, access.RECORD, incident)
    refuse_too_large(announcement.size_bytes)
    key, intake = files.new_key("files"), Intake()
    try:
        files.keep(key, _taken(pieces, intake))
        _refuse_others(announcement, intake)
        with transaction.atomic():
            incident = locked_with_room(incident, intake.size)
            evidence = Evidence(**columns_of(announcement, incident, officer, attached_at))
            keep_evidence(evidence=evidence, intake=intake, storage_key=key, by=officer, at=attached_at)
    except BaseException:
        files.remove(key)
        raise
    return evidence


def _taken(pieces: Iterator[bytes], intake: Intake) -> Iterator[bytes]:
    for piece in pieces:
        intake.take(piece)
        yield piece


def _refuse_others(announcement: Announcement, intake: Intake) -> None:
    if intake.size != announcement.size_bytes:
        params = {"received": intake.size, "stated": announcement.size_bytes}
        raise InvalidSubmission([Problem("/size_bytes", "size_differs", params)])
    if intake.sha256 != announcement.sha256.lower():
        raise EvidenceHashDiffers(received=intake.sha256, stated=announcement.sha256.lower())
