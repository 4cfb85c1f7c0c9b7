"""Deleting a saved filter."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.models import Officer, SavedFilter
from cases.services.write_audit_entry import write_audit_entry


def delete_filter(*, officer: Officer, saved: SavedFilter, deleted_at: datetime) -> None:
    """Delete one's own filter; one that a colleague shares, supervisors and administrators delete."""
    access.agency_of(officer)
    if saved.officer_id != officer.pk:
        access.require_leader(officer)
    with transaction.atomic():
        write_audit_entry(action="filter.deleted", subject=saved, at=deleted_at, by=officer)
        saved.delete()
