"""Registering the zones of the reference geography: a new version only where what the source says has changed."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from geo import areas, maritime
from geo.models import LoadedReference, Zone, ZoneVersion
from geo.reference_data import read_manifest
from geo.reference_zones import ZoneDraft, reference_zones

# Any number does; it keeps two loads from interleaving.
LOAD_LOCK = 710_031


@dataclass(frozen=True, slots=True)
class LoadedZones:
    """How many versions a load added and closed."""

    added: int
    closed: int


def load_reference_zones(*, folder: Path, loaded_at: datetime) -> LoadedZones:
    """Bring the zones up to date with the built reference geography, unless it is the one loaded last."""
    digest = _reference_digest(folder)
    last = LoadedReference.objects.order_by("-pk").values_list("digest", flat=True).first()
    if last == digest:
        return LoadedZones(added=0, closed=0)
    with transaction.atomic():
        loaded = load_zones(drafts=reference_zones(folder), loaded_at=loaded_at)
        LoadedReference.objects.create(digest=digest, loaded_at=loaded_at)
    return loaded


def _reference_digest(folder: Path) -> str:
    """Name what the zones are made of: the built files, and the areas drawn by hand."""
    drawn = hashlib.sha256(Path(areas.__file__).read_bytes() + Path(maritime.__file__).read_bytes()).hexdigest()
    return f"{read_manifest(folder).digest[:23]}+{drawn[:16]}"


def load_zones(*, drafts: Iterable[ZoneDraft], loaded_at: datetime) -> LoadedZones:
    """Bring the zones up to date in one transaction; loading the same again changes nothing."""
    wanted = {draft.code: draft for draft in drafts}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
        zones = _zones(list(wanted.values()))
        in_use = ZoneVersion.objects.filter(valid_until__isnull=True, zone__in=zones.values()).select_related("zone")
        known = {version.zone.code: version for version in in_use.defer("geometry")}
        changed = [
            draft for code, draft in wanted.items() if code not in known or known[code].checksum != draft.checksum
        ]
        replaced = [known[draft.code].pk for draft in changed if draft.code in known]
        closed = ZoneVersion.objects.filter(pk__in=replaced).update(valid_until=loaded_at.date())
        rows = [_version(zones[draft.code], draft, loaded_at.date(), loaded_at) for draft in changed]
        ZoneVersion.objects.bulk_create(rows, batch_size=2_000)
    return LoadedZones(added=len(rows), closed=closed)


def _zones(drafts: Sequence[ZoneDraft]) -> dict[str, Zone]:
    rows = [Zone(code=draft.code, kind=draft.kind, country=draft.country, name=draft.name) for draft in drafts]
    Zone.objects.bulk_create(
        rows, batch_size=2_000, update_conflicts=True, unique_fields=["code"], update_fields=["kind", "country", "name"]
    )
    return {zone.code: zone for zone in Zone.objects.filter(code__in=[draft.code for draft in drafts])}


def _version(zone: Zone, draft: ZoneDraft, valid_from: date, loaded_at: datetime) -> ZoneVersion:
    return ZoneVersion(
        zone=zone,
        geometry=draft.geometry,
        source=draft.source,
        licence=draft.licence,
        checksum=draft.checksum,
        valid_from=valid_from,
        computed=draft.computed,
        note=draft.note,
        loaded_at=loaded_at,
    )
