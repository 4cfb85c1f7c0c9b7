"""Agencies of this installation: with whom something may be shared."""

from typing import Any

from django.db.models import QuerySet

from cases.errors import NotFound
from cases.models import Agency


def agency_rows() -> QuerySet[Agency]:
    """Return every agency, by name; that one is here says nothing of its records."""
    return Agency.objects.order_by("name", "pk")


def document_of_agency(agency: Agency) -> dict[str, Any]:
    """Return an agency as the directory shows it."""
    return {
        "id": agency.pk,
        "name": agency.name,
        "kind": agency.kind,
        "country": agency.country,
        "mandate_regimes": agency.mandate_regimes,
    }


def get_agency(agency_id: int) -> Agency:
    """Return the agency; raises NotFound."""
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None:
        raise NotFound(thing="agency")
    return agency
