"""Importing official zones from a file: checked as a whole, then kept in one transaction or not at all."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import shapely
from django.db import connection, transaction
from django.db.models import F, Q

from geo.geographies import compose_geography
from geo.load_zones import LOAD_LOCK
from geo.locate import geography
from geo.models import Zone, ZoneVersion
from geo.zone_drafts import ImportDraft, ImportOrder, drafts_of, starts_on
from geo.zone_features import read_features
from geo.zone_files import opened_zone_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedZones:
    """What an import did: codes of new versions, how many zones were the same already, what was done to outlines."""

    added: tuple[str, ...]
    unchanged: int
    notes: tuple[str, ...]
    geography: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedZone:
    """A zone of a file, and what its import would do: new, in place of what stands on its days, or nothing."""

    draft: ImportDraft
    change: Literal["new", "replaces", "unchanged"]
    # What answers for the zone on the first of the days, with its outline; None where nothing does.
    standing: ZoneVersion | None


def preview_zones(*, path: Path, order: ImportOrder, layer: str | None) -> list[PreviewedZone]:
    """Return what an import of the file would do, and keep nothing; raise ZoneFileInvalid as the import would."""
    drafts = _drafts_in(path, order, layer)
    start, end = starts_on(order), order.valid_until
    changed = {draft.code for draft in _changed(drafts, start, end)}
    zones = Zone.objects.filter(code__in=[draft.code for draft in drafts])
    standing = {version.zone_id: version for version in _standing(zones, start, end)}
    by_code = {zone.code: standing.get(zone.pk) for zone in zones}
    return [_previewed(draft, by_code.get(draft.code), is_changed=draft.code in changed) for draft in drafts]


def _previewed(draft: ImportDraft, standing: ZoneVersion | None, *, is_changed: bool) -> PreviewedZone:
    change: Literal["new", "replaces", "unchanged"] = "new" if standing is None else "replaces"
    return PreviewedZone(draft=draft, change=change if is_changed else "unchanged", standing=standing)


def _drafts_in(path: Path, order: ImportOrder, layer: str | None) -> list[ImportDraft]:
    with opened_zone_file(path) as file:
        read = read_features(file, layer=layer)
        return drafts_of(read.features, order, units=geography().units, stem=file.stem, reprojected=read.reprojected)


def import_zones(*, path: Path, order: ImportOrder, layer: str | None, loaded_at: datetime) -> ImportedZones:
    """Take over the zones of a file; raise ZoneFileInvalid, with nothing kept, when anything in it is wrong."""
    return keep_zones(drafts=_drafts_in(path, order, layer), order=order, loaded_at=loaded_at)


def keep_zones(*, drafts: Sequence[ImportDraft], order: ImportOrder, loaded_at: datetime) -> ImportedZones:
    """Keep the zones as versions that replace what stood on their days; the same again changes nothing."""
    start, end = starts_on(order), order.valid_until
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
        changed = _changed(drafts, start, end)
        zones = _zones(changed)
        for version in _standing(zones.values(), start, end):
            _give_way(version, start, end)
        ZoneVersion.objects.bulk_create(
            [_version(zones[draft.code], draft, order, loaded_at) for draft in changed], batch_size=50
        )
        composed = compose_geography(composed_at=loaded_at)
    return ImportedZones(
        added=tuple(draft.code for draft in changed),
        unchanged=len(drafts) - len(changed),
        notes=tuple(f"{draft.code}: {draft.note}" for draft in drafts if draft.note),
        geography=composed.version,
    )


def _changed(drafts: Iterable[ImportDraft], start: date, end: date | None) -> list[ImportDraft]:
    """Return the drafts that are not in force just so already."""
    wanted = {draft.code: draft for draft in drafts}
    same = ZoneVersion.objects.filter(imported=True, zone__code__in=wanted, valid_from=start)
    same = same.filter(valid_until=end) if end else same.filter(valid_until__isnull=True)
    known = set(same.values_list("zone__code", "checksum"))
    return [draft for code, draft in wanted.items() if (code, draft.checksum) not in known]


def _zones(drafts: Sequence[ImportDraft]) -> dict[str, Zone]:
    rows = [Zone(code=draft.code, kind=draft.kind, country=draft.country, name=draft.name) for draft in drafts]
    Zone.objects.bulk_create(
        rows, batch_size=2_000, update_conflicts=True, unique_fields=["code"], update_fields=["kind", "country", "name"]
    )
    return {zone.code: zone for zone in Zone.objects.filter(code__in=[draft.code for draft in drafts])}


def _standing(zones: Iterable[Zone], start: date, end: date | None) -> list[ZoneVersion]:
    """Return the versions in force on any of the days."""
    rows = ZoneVersion.objects.filter(zone__in=zones).exclude(valid_until=F("valid_from"))
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=start))
    return list(rows.filter(valid_from__lt=end) if end else rows)


def _give_way(version: ZoneVersion, start: date, end: date | None) -> None:
    """Leave a version the days before and after; its outline stays, for whoever was screened with it."""
    first, last = version.valid_from, version.valid_until
    stays_after = end is not None and (last is None or end < last)
    if first < start:
        version.valid_until = start
    elif stays_after and end is not None:
        version.valid_from = end
    else:
        version.valid_until = first
    version.save(update_fields=["valid_from", "valid_until"])
    if first < start and stays_after and end is not None:
        version.pk, version.valid_from, version.valid_until = None, end, last
        version.save()


def _version(zone: Zone, draft: ImportDraft, order: ImportOrder, loaded_at: datetime) -> ZoneVersion:
    return ZoneVersion(
        zone=zone,
        geometry=json.dumps(json.loads(shapely.to_geojson(draft.geometry)), separators=(",", ":")).encode(),
        source=order.source,
        licence=order.licence or "not stated",
        checksum=draft.checksum,
        valid_from=starts_on(order),
        valid_until=order.valid_until,
        imported=True,
        accuracy_m=order.accuracy_m,
        note=draft.note,
        loaded_at=loaded_at,
    )
