"""Announcing a file that will be attached to an incident."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cases import access
from cases.choices import EvidenceKind, EvidenceState, PhotoView
from cases.errors import EvidenceStoreFull, EvidenceTooLarge, EvidenceTooMany, IllegalTransition, InvalidSubmission
from cases.evidence.names import shown_name
from cases.intake.problems import Problem
from cases.models import Agency, Case, Evidence, Incident, IncidentState, Officer, Reply, SeizedItem
from cases.queries.evidence_rows import bytes_kept_by
from cases.row_scope import everything
from cases.services.write_audit_entry import write_audit_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is stated of a file before its first byte."""

    name: str
    kind: EvidenceKind
    size_bytes: int
    sha256: str
    media_type: str = ""
    view: PhotoView | None = None
    item: UUID | None = None
    case: str | None = None
    referral: str | None = None
    # Which of the referral's replies, counted from 0 as they are listed.
    reply: int | None = None


def announce_evidence(
    *, officer: Officer, incident: Incident, announcement: Announcement, announced_at: datetime
) -> Evidence:
    """Record what will come; its bytes follow in chunks.

    Raises EvidenceTooLarge, EvidenceTooMany, EvidenceStoreFull, IllegalTransition for a void incident, and
    InvalidSubmission where it is attached to what the incident does not have.
    """
    access.require_on(officer, access.RECORD, incident)
    refuse_too_large(announcement.size_bytes)
    with transaction.atomic():
        incident = locked_with_room(incident, announcement.size_bytes)
        columns = columns_of(announcement, incident, officer, announced_at)
        evidence = Evidence.objects.create(**columns, state=EvidenceState.RECEIVING)
        write_audit_entry(
            action="evidence.announced",
            subject=evidence,
            at=announced_at,
            by=officer,
            change={"after": stated_of(evidence)},
        )
    return evidence


def refuse_too_large(size_bytes: int) -> None:
    """Raise EvidenceTooLarge for a file that is not taken at all."""
    if size_bytes > settings.EVIDENCE_LARGEST_FILE_BYTES:
        raise EvidenceTooLarge(size=size_bytes, limit=settings.EVIDENCE_LARGEST_FILE_BYTES)


def locked_with_room(incident: Incident, size_bytes: int) -> Incident:
    """Return the incident, locked, if it and its agency have room for the file; else raise what is full."""
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if incident.state == IncidentState.VOID:
        raise IllegalTransition(state=incident.state, wanted="given evidence")
    count = Evidence.objects.filter(incident=incident).exclude(state=EvidenceState.REFUSED).count()
    if count >= settings.EVIDENCE_MOST_PER_INCIDENT:
        raise EvidenceTooMany(count=count, limit=settings.EVIDENCE_MOST_PER_INCIDENT)
    # Two files that come at once must not both be told that the last room is theirs.
    agency = Agency.objects.select_for_update(no_key=True).get(pk=incident.agency_id)
    with everything():
        # Of all that the agency keeps, whatever of it the officer may know of.
        wanted = bytes_kept_by(agency) + size_bytes
    if wanted > settings.EVIDENCE_AGENCY_BYTES:
        raise EvidenceStoreFull(size=size_bytes, wanted=wanted, limit=settings.EVIDENCE_AGENCY_BYTES)
    return incident


def columns_of(announcement: Announcement, incident: Incident, officer: Officer, at: datetime) -> dict[str, Any]:
    """Return the columns that an announcement fills."""
    return {
        "incident": incident,
        "item": _item(incident, announcement.item),
        "case": _case(incident, announcement.case, officer),
        "reply": _reply(incident, announcement, officer),
        "kind": announcement.kind.value,
        "view": announcement.view or "",
        "name": shown_name(announcement.name),
        "size_bytes": announcement.size_bytes,
        "stated_sha256": announcement.sha256.lower(),
        "stated_media_type": announcement.media_type,
        "uploaded_by": officer,
        "uploaded_at": at,
        "received_at": at,
    }


def stated_of(evidence: Evidence) -> dict[str, Any]:
    """Return what an audit entry says of a file: enough to prove which it was."""
    return {
        "kind": evidence.kind,
        "name": evidence.name,
        "size_bytes": evidence.size_bytes,
        "sha256": evidence.stated_sha256,
    }


def _item(incident: Incident, item_uuid: UUID | None) -> SeizedItem | None:
    if item_uuid is None:
        return None
    item = incident.items.filter(item_uuid=item_uuid).first()
    if item is None:
        raise InvalidSubmission([Problem("/item", "no_such_item")])
    return item


def _case(incident: Incident, reference: str | None, officer: Officer) -> Case | None:
    if reference is None:
        return None
    case = access.cases_for(officer).filter(reference=reference, incidents=incident).first()
    if case is None:
        raise InvalidSubmission([Problem("/case", "no_such_case")])
    return case


def _reply(incident: Incident, announcement: Announcement, officer: Officer) -> Reply | None:
    if announcement.referral is None:
        return None
    referrals = access.referrals_for(officer).filter(incident=incident, reference=announcement.referral)
    replies = list(Reply.objects.filter(referral__in=referrals).order_by("pk"))
    number = len(replies) - 1 if announcement.reply is None else announcement.reply
    if not 0 <= number < len(replies):
        raise InvalidSubmission([Problem("/reply", "no_such_reply")])
    return replies[number]
