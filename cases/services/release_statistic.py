"""Letting a statistic out of the house."""

from datetime import datetime
from typing import Any

from cases import access
from cases.models import AuditEntry, Officer
from cases.services.record_export import record_export


def release_statistic(*, officer: Officer, name: str, details: dict[str, Any], released_at: datetime) -> AuditEntry:
    """Record what was let out: which statistic, of which years, as known when. Raises NotAllowed without the right."""
    agency = access.require(officer, access.EXPORT)
    return record_export(
        officer=officer, subject=agency, exported_at=released_at, what="statistic", details={"name": name, **details}
    )
