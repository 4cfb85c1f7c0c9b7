"""Keeping a filter of the list of incidents under a name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from cases import access
from cases.errors import FilterNameTaken, TooManyFilters
from cases.models import Officer, SavedFilter
from cases.services.write_audit_entry import write_audit_entry

# More than anybody finds again by their names.
MOST_FILTERS: Final = 100


def save_filter(
    *, officer: Officer, name: str, asked: Mapping[str, str], is_shared: bool, saved_at: datetime
) -> SavedFilter:
    """Keep what was asked of the list under that name; raises FilterNameTaken, TooManyFilters.

    The trail holds which parameters it has and no word of them: they stand in the filter, where erasure reaches them.
    """
    agency = access.agency_of(officer)
    with transaction.atomic():
        Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
        own = SavedFilter.objects.filter(officer=officer)
        if own.filter(name=name).exists():
            raise FilterNameTaken(name=name)
        if own.count() >= MOST_FILTERS:
            raise TooManyFilters(limit=MOST_FILTERS)
        row = SavedFilter.objects.create(
            agency=agency, officer=officer, name=name, asked=dict(asked), is_shared=is_shared, saved_at=saved_at
        )
        change = {"after": {"parameters": sorted(asked), "is_shared": is_shared}}
        write_audit_entry(action="filter.saved", subject=row, at=saved_at, by=officer, change=change)
    return row
