"""Renaming a saved filter, and sharing it or not."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import FilterNameTaken, NotAllowed
from cases.models import Officer, SavedFilter
from cases.services.write_audit_entry import write_audit_entry


def rename_filter(
    *, officer: Officer, saved: SavedFilter, name: str, is_shared: bool, renamed_at: datetime
) -> SavedFilter:
    """Give one's own filter another name, and share it with the agency or not; raises FilterNameTaken."""
    access.agency_of(officer)
    with transaction.atomic():
        row = SavedFilter.objects.select_for_update(of=("self",)).get(pk=saved.pk)
        if row.officer_id != officer.pk:
            raise NotAllowed(role=officer.role)
        if SavedFilter.objects.filter(officer=officer, name=name).exclude(pk=row.pk).exists():
            raise FilterNameTaken(name=name)
        change = {"before": {"is_shared": row.is_shared}, "after": {"is_shared": is_shared}}
        row.name, row.is_shared = name, is_shared
        row.save(update_fields=["name", "is_shared"])
        write_audit_entry(action="filter.renamed", subject=row, at=renamed_at, by=officer, change=change)
    return row
