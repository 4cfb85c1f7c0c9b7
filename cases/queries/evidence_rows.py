"""Evidence as the interface shows it."""

from typing import Any

from django.db.models import QuerySet, Sum

from cases.choices import EvidenceState, MalwareVerdict, PreviewState
from cases.evidence.names import UNNAMED
from cases.models import Agency, Evidence, Incident


def evidence_rows(evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Return the evidence with what is shown of each read along."""
    related = ("incident", "item", "case", "reply__referral", "uploaded_by", "withdrawn_by")
    return evidence.select_related(*related).prefetch_related("previews").defer("block_digests")


def listed_evidence(evidence: QuerySet[Evidence], incident: Incident) -> QuerySet[Evidence]:
    """Return what a list of an incident's evidence holds: what was withdrawn or refused stands in no list."""
    left_out = [EvidenceState.WITHDRAWN.value, EvidenceState.REFUSED.value]
    return evidence_rows(evidence.filter(incident=incident).exclude(state__in=left_out))


def withdrawn_evidence(evidence: QuerySet[Evidence], incident: Incident) -> QuerySet[Evidence]:
    """Return what was withdrawn of an incident's evidence, for those who still may know of it."""
    return evidence_rows(evidence.filter(incident=incident, state=EvidenceState.WITHDRAWN))


def bytes_kept_by(agency: Agency) -> int:
    """Return how many bytes of evidence the agency keeps or has announced."""
    kept = Evidence.objects.filter(incident__agency=agency).exclude(state=EvidenceState.REFUSED)
    return kept.aggregate(total=Sum("size_bytes"))["total"] or 0


def document_of_evidence(evidence: Evidence, *, sees_content: bool) -> dict[str, Any]:
    """Return one row of `evidence_rows` as answered; its name is left out where it may tell of a person."""
    address = f"/api/v1/evidence/{evidence.uuid}"
    may_open = sees_content and evidence.is_given_out
    return {
        "id": evidence.uuid,
        "incident": evidence.incident.reference,
        "item": None if evidence.item is None else evidence.item.item_uuid,
        "case": None if evidence.case is None else evidence.case.reference,
        "referral": None if evidence.reply is None else evidence.reply.referral.reference,
        "kind": evidence.kind,
        "view": evidence.view or None,
        "name": evidence.name if sees_content else UNNAMED,
        "size_bytes": evidence.size_bytes,
        "sha256": evidence.sha256 or None,
        "sha256_stated": evidence.stated_sha256,
        "media_type": evidence.media_type or None,
        "media_type_stated": evidence.stated_media_type or None,
        "looks_like": evidence.looks_like or None,
        "state": evidence.state,
        "state_reason": evidence.state_reason or None,
        "alarm": _alarm(evidence),
        "offset": evidence.received_bytes,
        "malware": {
            "verdict": evidence.malware_verdict,
            "says": evidence.malware_says or None,
            "signatures": evidence.malware_signatures or None,
            "scanned_at": evidence.malware_scanned_at,
        },
        "stated_by_file": evidence.stated_by_file if sees_content else {},
        "content": f"{address}/content" if may_open else None,
        "preview": {
            "state": evidence.preview_state,
            "problem": evidence.preview_problem or None,
            "pictures": _pictures(evidence, address) if may_open else [],
        },
        "uploaded_by": evidence.uploaded_by.username,
        "uploaded_at": evidence.uploaded_at,
        "completed_at": evidence.completed_at,
        "withdrawn": _withdrawal(evidence),
    }


def _alarm(evidence: Evidence) -> str | None:
    if evidence.damaged_at is not None:
        return "damaged"
    return "malware" if evidence.malware_verdict == MalwareVerdict.INFECTED else None


def _pictures(evidence: Evidence, address: str) -> list[dict[str, Any]]:
    if evidence.preview_state != PreviewState.MADE:
        return []
    widths = sorted(preview.width for preview in evidence.previews.all())
    return [{"width": width, "url": f"{address}/preview?width={width}"} for width in widths]


def _withdrawal(evidence: Evidence) -> dict[str, Any] | None:
    if evidence.withdrawn_by is None:
        return None
    return {
        "at": evidence.withdrawn_at,
        "by": evidence.withdrawn_by.username,
        "reason": evidence.withdrawn_reason,
    }
