"""Taking out the history of a case."""

from datetime import datetime

from cases.choices import RedactionLevel
from cases.models import AuditEntry, Case, Officer
from cases.services.link_audit_entries import link_audit_entries
from cases.services.record_export import record_export


def export_case_history(
    *, officer: Officer, case: Case, views: bool, level: RedactionLevel, recipient: str, exported_at: datetime
) -> AuditEntry:
    """Record the export, and link and sign all that is recorded, so that what leaves can be checked against the head.

    Raises NotAllowed without the right to export.
    """
    entry = record_export(
        officer=officer,
        subject=case,
        exported_at=exported_at,
        what="case.history",
        details={"format": "ndjson", "views": views, "redaction": level, "recipient": recipient},
    )
    link_audit_entries(now=exported_at)
    return entry
