"""Recording that an officer takes records out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from cases import access
from cases.models import AuditEntry, Officer
from cases.services.write_audit_entry import write_audit_entry


def record_export(
    *, officer: Officer, subject: models.Model, exported_at: datetime, what: str, details: Mapping[str, Any]
) -> AuditEntry:
    """Record an export, once for all that it holds: `details` says how much, in which form, by which filter.

    The subject is what was exported, or the officer's agency for a list. Raises NotAllowed without the right to export.
    """
    access.require(officer, access.EXPORT)
    return write_audit_entry(
        action=f"{what}.exported", subject=subject, at=exported_at, by=officer, change={"after": details}
    )
