"""Reading all stored evidence through."""

from collections.abc import Callable, Iterator
from datetime import datetime

from cases.choices import WITHOUT_FILE
from cases.models import Evidence
from cases.services.check_evidence import check_evidence


def check_all_evidence(*, checked_at: datetime, tell: Callable[[int], None]) -> Iterator[Evidence]:
    """Check every stored file, tell after each how many were read, and yield those that are not what was received.

    Raises EvidenceStoreUnreachable where the storage does not answer, which says nothing of the files.
    """
    kept = Evidence.objects.exclude(state__in=WITHOUT_FILE).order_by("pk")
    for count, pk in enumerate(kept.values_list("pk", flat=True), start=1):
        evidence = Evidence.objects.get(pk=pk)
        if not check_evidence(evidence=evidence, checked_at=checked_at):
            evidence.refresh_from_db()
            yield evidence
        tell(count)
