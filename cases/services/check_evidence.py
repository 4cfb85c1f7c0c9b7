"""Reading a piece of evidence through to see that it still is what was received."""

from datetime import datetime

from django.db import transaction

from cases.choices import EvidenceState, MalwareVerdict
from cases.evidence.blocks import StoredBytesDiffer
from cases.models import Evidence
from cases.queries.stored_blocks import stored_blocks
from cases.services.report_damage import report_damage
from cases.services.write_audit_entry import write_audit_entry


def check_evidence(*, evidence: Evidence, checked_at: datetime) -> bool:
    """Return whether the stored bytes are those received; block them if not, and open them again once they are.

    An operator who puts the right file back from a copy has it proved here by its digest, and nowhere else.
    """
    try:
        for _ in stored_blocks(evidence):
            pass
    except StoredBytesDiffer as differs:
        report_damage(evidence=evidence, says=str(differs), noticed_by=None, noticed_at=checked_at)
        return False
    if evidence.damaged_at is not None:
        _open_again(evidence, checked_at)
    return True


def _open_again(evidence: Evidence, at: datetime) -> None:
    with transaction.atomic():
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        is_infected = evidence.malware_verdict == MalwareVerdict.INFECTED
        if evidence.state == EvidenceState.DAMAGED:
            evidence.state = EvidenceState.QUARANTINED if is_infected else EvidenceState.COMPLETE
        evidence.damaged_at, evidence.state_reason = None, ""
        evidence.save(update_fields=["state", "damaged_at", "state_reason"])
        change = {"after": {"state": evidence.state}, "sha256": evidence.sha256}
        write_audit_entry(action="evidence.whole_again", subject=evidence, at=at, by=None, change=change)
