"""Reads of zones."""

from django.db.models import QuerySet

from geo.models import ZoneVersion


def zones_in_use(*, kind: str | None = None, country: str | None = None) -> QuerySet[ZoneVersion]:
    """Return the version in use of each zone, of one kind or country when asked; the caller orders them."""
    rows = ZoneVersion.objects.filter(valid_until__isnull=True).select_related("zone").defer("geometry")
    if kind:
        rows = rows.filter(zone__kind=kind)
    return rows.filter(zone__country=country) if country else rows
