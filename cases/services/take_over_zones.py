"""Taking over official zones from a file that an officer sends."""

from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from cases import access
from cases.models import Officer
from cases.services.write_audit_entry import write_audit_entry
from geo.import_zones import ImportedZones, import_zones
from geo.zone_drafts import ImportOrder

# The trail names so many; the rest stand in the zones' own versions.
MOST_NAMED: Final = 200


def take_over_zones(*, officer: Officer, path: Path, order: ImportOrder, taken_at: datetime) -> ImportedZones:
    """Import the zones of the file for the whole installation; takes the right to maintain. Raises ZoneFileInvalid."""
    agency = access.require(officer, access.MAINTAIN)
    with transaction.atomic():
        done = import_zones(path=path, order=order, layer=None, loaded_at=taken_at)
        told = {
            "kind": order.kind,
            "source": order.source,
            "zones": list(done.added[:MOST_NAMED]),
            "count": len(done.added),
            "geography": done.geography,
        }
        write_audit_entry(action="zones.imported", subject=agency, at=taken_at, by=officer, change={"after": told})
    return done
