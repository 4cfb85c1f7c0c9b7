"""The geographies put in use: the packaged reference with the imported zones of each time, by number and by digest."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

import shapely
from django.conf import settings
from django.db.models import F

from geo.borders import BELT_WIDTHS_M
from geo.errors import GeographyUnavailable
from geo.identity import geography_name, zone_identity, zones_digest
from geo.locate import Geography, geography
from geo.memberships import ZoneKind
from geo.models import GeographyVersion, ZoneVersion
from geo.overlay import ImportedZone
from geo.reference_data import REFERENCE_FOLDER, read_manifest

Used = tuple[int, date, date | None]

_KINDS: dict[str, ZoneKind] = {
    "territory": "territory",
    "region": "region",
    "territorial_sea": "territorial_sea",
    "contiguous_zone": "contiguous_zone",
    "exclusive_economic_zone": "exclusive_economic_zone",
    "border_belt": "border_belt",
    "custom": "custom",
}


def belt_widths_m() -> tuple[int, ...]:
    """Return the widths of belts along land borders that this installation chose, in metres."""
    chosen: tuple[int, ...] = tuple(settings.BORDER_BELTS_M)
    return chosen or BELT_WIDTHS_M


def compose_geography(*, composed_at: datetime) -> GeographyVersion:
    """Write down the geography that the zone versions now give, unless it is the one in use; call in a transaction."""
    rows = list(
        ZoneVersion.objects.filter(imported=True)
        .exclude(valid_until=F("valid_from"))
        .order_by("pk")
        .values_list("pk", "zone__code", "checksum", "valid_from", "valid_until", "accuracy_m")
    )
    identities = [
        zone_identity(code=code, checksum=checksum, valid_from=start, valid_until=end, accuracy_m=accuracy_m)
        for _, code, checksum, start, end, accuracy_m in rows
    ]
    manifest, widths = read_manifest(REFERENCE_FOLDER), belt_widths_m()
    name = geography_name(
        version=manifest.version, digest=manifest.digest, belt_widths_m=widths, zones=zones_digest(identities)
    )
    latest = GeographyVersion.objects.order_by("-pk").first()
    if latest is not None and latest.digest == name.digest:
        return latest
    return GeographyVersion.objects.create(
        version=name.version,
        digest=name.digest,
        packaged_digest=manifest.digest,
        belt_widths_m=list(widths),
        zones=[[pk, start.isoformat(), end.isoformat() if end else None] for pk, _, _, start, end, _ in rows],
        composed_at=composed_at,
    )


def newest_geography_number() -> int | None:
    """Return the number of the geography in use, or None where none was written down: one look at an index."""
    return GeographyVersion.objects.order_by("-pk").values_list("pk", flat=True).first()


@lru_cache(maxsize=2)
def numbered_geography(number: int | None) -> Geography:
    """Return a geography that was written down, held in memory; None is the packaged one with the chosen belts."""
    if number is None:
        return _reference(belt_widths_m())
    return _put_together(GeographyVersion.objects.get(pk=number))


def geography_of_digest(digest: str) -> Geography:
    """Return the geography that a screening named by its digest, the same again.

    Raises GeographyUnavailable when it is not known here, or the packaged reference has changed since.
    """
    row = GeographyVersion.objects.filter(digest=digest).order_by("-pk").first()
    found = numbered_geography(row.pk) if row is not None else _reference(belt_widths_m())
    if found.digest != digest:
        raise GeographyUnavailable(
            f"The geography {digest} cannot be put together again: "
            + ("the packaged reference has changed since." if row is not None else "it is not known here.")
        )
    return found


def _put_together(row: GeographyVersion) -> Geography:
    used: list[Used] = [
        (pk, date.fromisoformat(start), date.fromisoformat(end) if end else None) for pk, start, end in row.zones
    ]
    base = _reference(tuple(row.belt_widths_m))
    return base.with_zones(_imported(used)) if used else base


def _imported(used: Sequence[Used]) -> list[ImportedZone]:
    """Return zone versions with the days that the geography gave them, whatever happened to them later."""
    versions = ZoneVersion.objects.select_related("zone").in_bulk([pk for pk, _, _ in used])
    return [
        ImportedZone(
            code=versions[pk].zone.code,
            kind=_KINDS[versions[pk].zone.kind],
            country=versions[pk].zone.country,
            name=versions[pk].zone.name,
            geometry=shapely.from_geojson(bytes(versions[pk].geometry)),
            checksum=versions[pk].checksum,
            valid_from=start,
            valid_until=end,
            accuracy_m=versions[pk].accuracy_m,
            note=versions[pk].note or None,
        )
        for pk, start, end in used
    ]


@lru_cache(maxsize=2)
def _reference(widths_m: tuple[int, ...]) -> Geography:
    packaged = geography()
    return packaged if packaged.belt_widths_m == widths_m else Geography.load(belt_widths_m=widths_m)
