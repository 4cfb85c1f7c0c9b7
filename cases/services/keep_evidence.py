"""The step by which a file becomes evidence; called inside the transaction of the service that received it."""

from datetime import datetime

from cases import outbox
from cases.choices import EvidenceState, PreviewState
from cases.evidence.blocks import Intake
from cases.evidence.sniffing import PICTURES, sniff
from cases.models import Evidence, Officer
from cases.services.announce_evidence import stated_of
from cases.services.write_audit_entry import write_audit_entry


def keep_evidence(*, evidence: Evidence, intake: Intake, storage_key: str, by: Officer | None, at: datetime) -> None:
    """Write down what arrived under which key, and have it inspected; the row is new or locked."""
    found = sniff(intake.head, intake.tail)
    evidence.state = EvidenceState.COMPLETE
    evidence.received_bytes = intake.size
    evidence.received_at = evidence.completed_at = at
    evidence.sha256 = intake.sha256
    evidence.block_digests = intake.block_digests()
    evidence.storage_key = storage_key
    evidence.media_type, evidence.looks_like = found
    is_picture = evidence.media_type in PICTURES
    evidence.preview_state = PreviewState.PENDING if is_picture else PreviewState.NOT_OFFERED
    evidence.save()
    change = {"after": stated_of(evidence) | {"media_type": evidence.media_type}}
    write_audit_entry(action="evidence.received", subject=evidence, at=at, by=by, change=change)
    outbox.send_on_commit(outbox.INSPECT_EVIDENCE, queue=outbox.BATCH, evidence_id=evidence.pk)
