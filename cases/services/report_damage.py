"""The alarm that stored evidence is no longer what was received."""

import logging
from datetime import datetime

from cases.choices import EvidenceState
from cases.models import Evidence, Officer
from cases.row_scope import everything
from cases.services.write_audit_entry import write_audit_entry

logger = logging.getLogger(__name__)


def report_damage(*, evidence: Evidence, says: str, noticed_by: Officer | None, noticed_at: datetime) -> Evidence:
    """Block the evidence and record the alarm, once; what was withdrawn stays withdrawn."""
    # Whoever may read it may find it damaged; blocking it is the system's doing.
    with everything():
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if evidence.damaged_at is not None:
            return evidence
        before = evidence.state
        evidence.damaged_at = noticed_at
        if evidence.state != EvidenceState.WITHDRAWN:
            evidence.state = EvidenceState.DAMAGED
        evidence.state_reason = f"Stored bytes differ: {says}."
        evidence.save(update_fields=["damaged_at", "state", "state_reason"])
        change = {"before": {"state": before}, "after": {"state": evidence.state}, "sha256": evidence.sha256}
        write_audit_entry(
            action="evidence.damaged",
            subject=evidence,
            at=noticed_at,
            by=noticed_by,
            reason=evidence.state_reason,
            change=change,
        )
    logger.error("evidence damaged", extra={"fields": {"evidence": evidence.reference, "says": says}})
    return evidence
