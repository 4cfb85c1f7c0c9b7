"""Withdrawing evidence."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import EvidenceState
from cases.errors import IllegalTransition
from cases.models import Evidence, Officer
from cases.services.write_audit_entry import write_audit_entry

_WHOLE = {EvidenceState.COMPLETE, EvidenceState.QUARANTINED, EvidenceState.DAMAGED}


def withdraw_evidence(*, officer: Officer, evidence: Evidence, reason: str, withdrawn_at: datetime) -> Evidence:
    """Withdraw: it leaves lists and letters, and its bytes stay for the agency's supervisors; raises IllegalTransition.

    Who attached it may, and whoever may change others' records.
    """
    right = access.RECORD if evidence.uploaded_by_id == officer.pk else access.EDIT
    access.require_own(officer, right, evidence.incident)
    with transaction.atomic():
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if evidence.state not in _WHOLE:
            raise IllegalTransition(state=evidence.state, wanted=EvidenceState.WITHDRAWN)
        change = {"before": {"state": evidence.state}, "after": {"state": EvidenceState.WITHDRAWN}}
        evidence.state = EvidenceState.WITHDRAWN
        evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawn_reason = withdrawn_at, officer, reason
        evidence.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        write_audit_entry(
            action="evidence.withdrawn", subject=evidence, at=withdrawn_at, by=officer, reason=reason, change=change
        )
    return evidence
