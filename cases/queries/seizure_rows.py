"""The seized lines of an agency for a year, with what customs authorities ask of a seizure."""

from datetime import date

from django.db.models import QuerySet

from cases.choices import PartyKind
from cases.models import Agency, Incident, IncidentState, Party, SeizedItem
from cases.statistics.counting import ACQUISITIONS, Acquisition
from cases.statistics.seizure_rows import SeizedLine

SEIZURES = [kind.value for kind, acquisition in ACQUISITIONS.items() if acquisition is Acquisition.SEIZED]


def seized_lines(known: QuerySet[Incident], *, agency: Agency, year: int) -> list[SeizedLine]:
    """Return the lines of what the agency itself seized on a day that is certain to lie in that year."""
    incidents = known.filter(
        agency=agency,
        state=IncidentState.FINAL,
        kind__in=SEIZURES,
        occurred_first_day__gte=date(year, 1, 1),
        occurred_last_day__lte=date(year, 12, 31),
    )
    items = (
        SeizedItem.objects.filter(incident__in=incidents)
        .select_related("incident", "incident__route", "incident__conveyance", "incident__consignment")
        .defer("incident__as_sent")
        .order_by("incident__reference", "position")
    )
    nationalities = _nationalities(incidents)
    return [_line(item, nationalities.get(item.incident_id, ())) for item in items.iterator(chunk_size=2000)]


def _nationalities(incidents: QuerySet[Incident]) -> dict[int, tuple[str, ...]]:
    persons = Party.objects.filter(incident__in=incidents, kind=PartyKind.PERSON).exclude(nationality=[])
    found: dict[int, tuple[str, ...]] = {}
    for incident, countries in persons.order_by("incident_id").values_list("incident_id", "nationality"):
        found[incident] = (*found.get(incident, ()), *countries)
    return found


def _line(item: SeizedItem, nationalities: tuple[str, ...]) -> SeizedLine:
    incident = item.incident
    route, conveyance, consignment = (getattr(incident, part, None) for part in ("route", "conveyance", "consignment"))
    return SeizedLine(
        reference=incident.reference,
        number=item.position + 1,
        first_day=incident.occurred_first_day,
        last_day=incident.occurred_last_day,
        country=incident.located_country,
        nearest_country=incident.nearest_country,
        at_sea=incident.at_sea,
        longitude=incident.longitude,
        latitude=incident.latitude,
        procedure="" if consignment is None else consignment.customs_procedure,
        detection=incident.detection,
        concealment=incident.concealment,
        mode="" if conveyance is None else conveyance.mode,
        origin="" if route is None else route.origin,
        transit=() if route is None else tuple(route.transit),
        destination="" if route is None else route.destination,
        category=item.category,
        subtype=item.subtype,
        hs_code=item.hs_code,
        quantity=item.quantity,
        unit=item.unit,
        quantity_basis=item.quantity_basis,
        nationalities=nationalities,
    )
