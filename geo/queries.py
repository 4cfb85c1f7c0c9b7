"""Reads of zones."""

from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Now, TruncDate

from geo.models import ZoneVersion


def zones_in_use(*, kind: str | None = None, country: str | None = None) -> QuerySet[ZoneVersion]:
    """Return the version in use today of each zone, of one kind or country when asked; the caller orders them."""
    rows = _in_force(None).select_related("zone").defer("geometry")
    if kind:
        rows = rows.filter(zone__kind=kind)
    return rows.filter(zone__country=country) if country else rows


def find_zone_version(*, code: str, on: date | None = None) -> ZoneVersion | None:
    """Return the version of a zone that is in force on a day, today where none is named, with its outline."""
    return _in_force(on).select_related("zone").filter(zone__code=code).first()


def zone_sets() -> list[dict[str, Any]]:
    """Return the zones in use by kind and source, with how many there are of each and since when."""
    of_set = ("zone__kind", "source", "licence", "computed", "imported")
    rows = _in_force(None).order_by().values(*of_set).annotate(count=Count("pk"), since=Min("valid_from"))
    return [row | {"kind": row["zone__kind"]} for row in rows.order_by("zone__kind", "-imported", "source")]


def versions_of_zone(code: str) -> QuerySet[ZoneVersion]:
    """Return every version that there was of a zone, latest first, without outlines."""
    rows = ZoneVersion.objects.filter(zone__code=code).select_related("zone").defer("geometry")
    return rows.order_by("-valid_from", "-pk")


def _in_force(on: date | None) -> QuerySet[ZoneVersion]:
    """Return versions in force on a day; today is the database's, in UTC."""
    day = on if on is not None else TruncDate(Now())
    return ZoneVersion.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)
