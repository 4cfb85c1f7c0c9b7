"""Finding uploads that nobody finished, and files that nobody inspected."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from cases import outbox
from cases.choices import EvidenceState, MalwareVerdict
from cases.errors import EvidenceHashDiffers
from cases.models import Evidence, UploadPart
from cases.services.finish_evidence import finish_evidence, forget_parts, refuse_evidence

# A server that was stopped between the last chunk and the joining leaves a whole file in parts.
LEFT_BEHIND_AFTER = timedelta(minutes=10)
# A scanner that was away is asked again this often.
SCANNED_AGAIN_AFTER = timedelta(hours=1)
AT_ONCE = 200


def sweep_evidence(*, now: datetime) -> int:
    """Refuse what was abandoned, finish what only waits to be joined, have inspected what was not; returns how many."""
    return _abandoned(now) + _joined(now) + _leftovers() + _inspected(now)


def _abandoned(now: datetime) -> int:
    limit = now - timedelta(days=settings.EVIDENCE_ABANDONED_DAYS)
    coming = Evidence.objects.filter(state=EvidenceState.RECEIVING, received_at__lt=limit)
    refused = 0
    for pk in coming.values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            evidence = Evidence.objects.select_for_update().get(pk=pk)
            # Meanwhile somebody may have gone on.
            if evidence.state != EvidenceState.RECEIVING or evidence.received_at >= limit:
                continue
            reason = f"Abandoned: nothing came for {settings.EVIDENCE_ABANDONED_DAYS} days."
            refuse_evidence(evidence=evidence, reason=reason, by=None, refused_at=now)
        forget_parts(evidence)
        refused += 1
    return refused


def _joined(now: datetime) -> int:
    whole = Evidence.objects.filter(
        state=EvidenceState.RECEIVING, received_bytes=F("size_bytes"), received_at__lt=now - LEFT_BEHIND_AFTER
    )
    found = list(whole[:AT_ONCE])
    for evidence in found:
        try:
            finish_evidence(evidence=evidence, by=None, finished_at=now)
        except EvidenceHashDiffers:
            # Refused, and recorded so.
            continue
    return len(found)


def _leftovers() -> int:
    parts = UploadPart.objects.exclude(evidence__state=EvidenceState.RECEIVING).select_related("evidence")
    found = {part.evidence for part in parts[:AT_ONCE]}
    for evidence in found:
        forget_parts(evidence)
    return len(found)


def _inspected(now: datetime) -> int:
    forgotten = Q(malware_verdict=MalwareVerdict.PENDING, completed_at__lt=now - LEFT_BEHIND_AFTER)
    if settings.CLAMAV_ADDRESS or settings.EVIDENCE_SIGNATURES:
        again = Q(inspected_at__isnull=True) | Q(inspected_at__lt=now - SCANNED_AGAIN_AFTER)
        forgotten |= Q(malware_verdict=MalwareVerdict.UNSCANNED) & again
    due = Evidence.objects.filter(forgotten, state=EvidenceState.COMPLETE).order_by("pk")
    sent = 0
    for pk in due.values_list("pk", flat=True)[:AT_ONCE]:
        if not outbox.send(outbox.INSPECT_EVIDENCE, queue=outbox.BATCH, evidence_id=pk):
            break
        sent += 1
    return sent
