"""Looking an item up in one's own records, before anybody abroad is asked."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from cases import access
from cases.errors import NotAllowed
from cases.models import Officer, RegisterEntry, RegisterLookup, SeizedItem
from cases.queries.register_hits import (
    OtherIncident,
    entries_with,
    hit_kept,
    incidents_with,
    registers_of,
    serials_of,
)
from cases.services.write_audit_entry import write_audit_entry


class LookedUp(NamedTuple):
    """What is kept of a look-up, and the rows that it came upon."""

    lookup: RegisterLookup
    entries: list[RegisterEntry]
    incidents: list[OtherIncident]


def look_up_item(*, officer: Officer, item: SeizedItem, looked_up_at: datetime) -> LookedUp:
    """Look an item that a door has shown up in the registers of the officer's agency, and in all permitted records.

    That it was looked up, where and with what result is kept: it is what a referral says of its own records.
    """
    if officer.agency is None:
        raise NotAllowed(role=officer.role)
    serials = serials_of(item)
    entries = entries_with(serials, access.register_entries_for(officer))
    incidents = incidents_with(serials, besides=item.incident, known=access.incidents_for(officer))
    with transaction.atomic():
        lookup = RegisterLookup.objects.create(
            agency=officer.agency,
            incident=item.incident,
            item_uuid=item.item_uuid,
            looked_up_at=looked_up_at,
            looked_up_by=officer,
            marks=list(serials),
            registers=registers_of(access.register_versions_for(officer)),
            hits=[hit_kept(entry) for entry in entries],
            incidents=sorted({other.reference for other in incidents}),
        )
        # What was there is told by the row alone: the incident's own agency, which reads this, may be another.
        change = {"after": {"item": item.position, "lookup": lookup.pk}}
        write_audit_entry(action="register.looked_up", subject=lookup, at=looked_up_at, by=officer, change=change)
    return LookedUp(lookup, entries, incidents)
