"""Recording that an officer read something sensitive."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import models

from cases.models import AuditEntry, Officer
from cases.queries.history import VIEWED
from cases.services.write_audit_entry import write_audit_entry


class Viewed(StrEnum):
    """What was read of an object; the action of the entry is "incident.viewed" and so on."""

    INCIDENT = "incident"
    SCREENING = "screening"
    CHANGES = "screening_changes"
    REFERRAL = "referral"
    DOCUMENT = "document"
    HISTORY = "history"
    CASE = "case"
    CHAIN = "supply_chain"
    WHOM_TO_ASK = "whom_to_ask"
    INTELLIGENCE = "item_intelligence"
    REPORT = "report"
    PAPERS = "papers_check"
    MARK_READINGS = "mark_readings"


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
