"""Erasing a piece of evidence."""

from datetime import datetime
from functools import partial

from django.db import transaction

from cases.choices import EvidenceState, PreviewState, RecordClass
from cases.erasure import Erasing
from cases.errors import OnHold
from cases.evidence_store import files
from cases.models import AuditEntry, Evidence, Incident
from cases.queries.audit_text import ERASABLE
from cases.queries.retention import is_held
from cases.services.erase_rows import change_row, erase_from_entries


def erase_evidence(*, evidence: Evidence, erased_at: datetime) -> AuditEntry:
    """Erase a file's content, previews, name and what it says of itself; raises OnHold.

    Its digest, size and history stay: they prove what was there, and tell nothing of what it showed.
    """
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=evidence.incident_id)
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if is_held(incident):
            raise OnHold
        stated = {"name": evidence.name, **evidence.stated_by_file}
        names = [value for value in stated.values() if isinstance(value, str)]
        erasing = Erasing([], names, on=erased_at.date(), of=RecordClass.EVIDENCE)
        about = AuditEntry.objects.filter(incident=incident, action__startswith="evidence.")
        teller = erase_from_entries(
            entries=about.filter(object_reference=evidence.reference).order_by("pk"),
            left_of=dict.fromkeys(ERASABLE, erasing.text),
            subject=evidence,
            record_class=RecordClass.EVIDENCE,
            erased_at=erased_at,
        )
        columns = {"name": erasing.marker, "state": EvidenceState.ERASED.value, "stated_by_file": {}}
        withdrawal = {"withdrawn_at": None, "withdrawn_by_id": None, "withdrawn_reason": ""}
        noted = dict.fromkeys(("state_reason", "looks_like", "stated_media_type", "preview_problem"), "")
        change_row(row=evidence, columns=columns | withdrawal | noted)
        Evidence.objects.filter(pk=evidence.pk).update(preview_state=PreviewState.NOT_OFFERED)
        keys = [evidence.storage_key, *evidence.previews.values_list("storage_key", flat=True)]
        evidence.previews.all().delete()
        for key in keys:
            # Not before it is certain that the row says so.
            transaction.on_commit(partial(files.remove, key))
    return teller
