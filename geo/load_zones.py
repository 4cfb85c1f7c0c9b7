"""Registering the zones of the reference geography: a new version only where what the source says has changed."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F, Q

from geo import areas, landmarks, maritime
from geo import reference_zones as reference_zones_of
from geo.geographies import belt_widths_m, compose_geography
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
    widths = belt_widths_m()
    digest = _reference_digest(folder, widths)
    last = LoadedReference.objects.order_by("-pk").values_list("digest", flat=True).first()
    if last == digest:
        return LoadedZones(added=0, closed=0)
    with transaction.atomic():
        drafts = list(reference_zones(folder, belt_widths_m=widths))
        loaded = load_zones(drafts=drafts, loaded_at=loaded_at)
        _close_other_belts(drafts, loaded_at.date())
        compose_geography(composed_at=loaded_at)
        LoadedReference.objects.create(digest=digest, loaded_at=loaded_at)
    return loaded


def _reference_digest(folder: Path, widths_m: Sequence[int]) -> str:
    """Name what the zones are made of: the built files, the areas drawn by hand, and the code that lays them out."""
    code = b"".join(
        Path(str(module.__file__)).read_bytes() for module in (areas, maritime, landmarks, reference_zones_of)
    )
    drawn = hashlib.sha256(code + repr(tuple(widths_m)).encode()).hexdigest()
    return f"{read_manifest(folder).digest[:23]}+{drawn[:16]}"


def _close_other_belts(drafts: Sequence[ZoneDraft], today: date) -> None:
    """Close the belts of widths that were chosen earlier."""
    chosen = {draft.code for draft in drafts if draft.kind == "border_belt"}
    belts = ZoneVersion.objects.filter(zone__kind="border_belt", computed=True, valid_until__isnull=True)
    # Told apart here: without statistics PostgreSQL compares each belt with each code.
    dropped = [pk for pk, code in belts.values_list("pk", "zone__code") if code not in chosen]
    ZoneVersion.objects.filter(pk__in=dropped).update(valid_until=today)


def load_zones(*, drafts: Iterable[ZoneDraft], loaded_at: datetime) -> LoadedZones:
    """Bring the zones up to date in one transaction; loading the same again changes nothing."""
    wanted = {draft.code: draft for draft in drafts}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
        for code in _taken_over(loaded_at.date()):
            wanted.pop(code, None)
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


def _taken_over(today: date) -> list[str]:
    """Return the zones for which an imported version stands today or later: the file goes before the reference."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=today)
    rows = ZoneVersion.objects.filter(lasting, imported=True).exclude(valid_until=F("valid_from"))
    return list(rows.values_list("zone__code", flat=True))


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
