"""Reads of zones."""

from datetime import date

from django.db.models import Q, QuerySet
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


def _in_force(on: date | None) -> QuerySet[ZoneVersion]:
    """Return versions in force on a day; today is the database's, in UTC."""
    day = on if on is not None else TruncDate(Now())
    return ZoneVersion.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)
