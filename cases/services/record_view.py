"""Recording that an officer read something sensitive."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from cases.choices import Viewed
from cases.models import AuditEntry, Officer
from cases.queries.history import VIEWED
from cases.services.write_audit_entry import write_audit_entry


def record_view(
    *,
    officer: Officer,
    subject: models.Model,
    viewed_at: datetime,
    what: Viewed,
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record that the officer is about to be shown the subject: one insert, before the answer leaves.

    Whoever calls has been given the subject by a door of access. Where the entry cannot be written, nothing is shown.
    """
    return write_audit_entry(action=f"{what.value}{VIEWED}", subject=subject, at=viewed_at, by=officer, change=details)
