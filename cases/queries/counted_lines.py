"""Lines of goods as statistics count them: from the records an officer may know of, as known at a stated cut-off."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from cases.choices import DiversionKind, MarkingState, MarkKind, PartyKind, ReferralState
from cases.intake.partial_date import PartialDate
from cases.models import (
    Agency,
    CustodyEvent,
    Incident,
    IncidentState,
    Marking,
    Party,
    PointOfDiversion,
    ReferralItem,
    SameEvent,
    SeizedItem,
)
from cases.statistics.counting import Line, Person, Tracing

# An answer may still come; to everything else one has come, or the day for it is over.
PENDING: Final = frozenset(
    {
        *(ReferralState.ISSUED, ReferralState.SENT, ReferralState.ACKNOWLEDGED),
        *(ReferralState.INFORMATION_REQUESTED, ReferralState.DELAYED, ReferralState.FORWARDED),
    }
)
# Upper bounds in years, and what the group is called (age groups of the United Nations Office on Drugs and Crime).
AGE_GROUPS: Final = ((15, "0-14"), (18, "15-17"), (25, "18-24"), (35, "25-34"), (60, "35-59"))
OLDEST: Final = "60+"


class CountedRecords(NamedTuple):
    """What is counted, and the records left out because another record of the same event is counted."""

    lines: list[Line]
    same_event: list[str]


def counted_records(
    known: QuerySet[Incident], *, agency: Agency, years: tuple[int, int] | None, cut_off: datetime
) -> CountedRecords:
    """Return the lines of the records that were final at the cut-off, of agencies of the same State, in those years.

    `known` is what the officer may know of. Quantities are as they stand today; what was recorded, voided, asked or
    concluded after the cut-off does not count.
    """
    chosen = known.filter(_final_at(cut_off), recorded_at__lte=cut_off, kind__gt="")
    if agency.country not in {"", "XXX"}:
        chosen = chosen.filter(agency__country=agency.country)
    # Of all years: two records of one event count once though they were dated to different years.
    twice = _counted_elsewhere(chosen, agency)
    if years is not None:
        first, last = date(years[0], 1, 1), date(years[1], 12, 31)
        dated = Q(occurred_first_day__lte=last, occurred_last_day__gte=first)
        chosen = chosen.filter(dated | Q(occurred_first_day__isnull=True))
    lines = list(_lines(chosen.exclude(pk__in=twice), cut_off))
    left_out = chosen.filter(pk__in=twice).order_by("reference").values_list("reference", flat=True)
    return CountedRecords(lines, list(left_out) if twice else [])


def _final_at(moment: datetime) -> Q:
    return Q(state=IncidentState.FINAL) | Q(state=IncidentState.VOID, voided_at__gt=moment)


def _counted_elsewhere(chosen: QuerySet[Incident], agency: Agency) -> set[int]:
    """Return the records whose event another of the chosen ones records too; the agency's own counts before others."""
    pairs = SameEvent.objects.filter(withdrawn_at__isnull=True, first__in=chosen, second__in=chosen)
    left_out: set[int] = set()
    for pair in pairs.select_related("first", "second").order_by("pk"):
        keeps_second = pair.second.agency_id == agency.pk != pair.first.agency_id
        left_out.add((pair.first if keeps_second else pair.second).pk)
    return left_out


def _lines(incidents: QuerySet[Incident], cut_off: datetime) -> Iterable[Line]:
    items = (
        SeizedItem.objects.filter(incident__in=incidents)
        .annotate(
            has_serial_mark=Exists(
                Marking.objects.filter(item=OuterRef("pk"), kind=MarkKind.SERIAL)
                .exclude(text="")
                .exclude(state__in=[MarkingState.OBLITERATED, MarkingState.NEVER_MARKED])
            ),
            disposed=F("disposition__status"),
            **_decided(cut_off),
        )
        .select_related("incident", "incident__route", "incident__conveyance")
        .defer("incident__as_sent")
        .order_by("incident_id", "position")
    )
    asked, acts, persons = _asked(incidents, cut_off), _acts(incidents, cut_off), _persons(incidents)
    for item in items.iterator(chunk_size=2000):
        yield _line(item, asked.get(item.pk, set()), acts.get(item.pk, set()), persons.get(item.incident_id, []))


def _decided(cut_off: datetime) -> dict[str, Subquery]:
    """Return the latest version of the incident's own agency on where the item was diverted, at the cut-off."""
    latest = PointOfDiversion.objects.filter(
        item=OuterRef("pk"), agency=OuterRef("incident__agency"), recorded_at__lte=cut_off
    ).order_by("-version")
    return {"diversion": Subquery(latest.values("kind")[:1]), "diversion_steps": Subquery(latest.values("steps")[:1])}


def _asked(incidents: QuerySet[Incident], cut_off: datetime) -> dict[int, set[str]]:
    """Return the states of the referrals on each item that had been issued by then."""
    states: dict[int, set[str]] = defaultdict(set)
    lines = ReferralItem.objects.filter(item__incident__in=incidents, referral__issued_at__lte=cut_off)
    for item, state in lines.values_list("item", "referral__state"):
        states[item].add(state)
    return states


def _acts(incidents: QuerySet[Incident], cut_off: datetime) -> dict[int, set[str]]:
    acts: dict[int, set[str]] = defaultdict(set)
    events = CustodyEvent.objects.filter(incident__in=incidents, item__isnull=False, recorded_at__lte=cut_off)
    for item, kind in events.values_list("item", "kind"):
        acts[item].add(kind)
    return acts


def _persons(incidents: QuerySet[Incident]) -> dict[int, list[Person]]:
    persons: dict[int, list[Person]] = defaultdict(list)
    parties = Party.objects.filter(incident__in=incidents, kind=PartyKind.PERSON).order_by("incident_id", "position")
    rows = parties.values_list(
        "incident", "role", "sex", "born_on", "incident__occurred_first_day", "incident__occurred_last_day"
    )
    for incident, role, sex, born, first, last in rows:
        persons[incident].append(Person(role, sex or "unknown", age_group(born, first, last)))
    return persons


def age_group(born_on: str, first_day: date | None, last_day: date | None) -> str:
    """Return the age group of a person on that day; "unknown" where dates leave more than one."""
    if not born_on or first_day is None or last_day is None:
        return "unknown"
    born = PartialDate.parse(born_on)
    youngest, oldest = _group(_age(born.last_day, first_day)), _group(_age(born.first_day, last_day))
    return youngest if youngest == oldest else "unknown"


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _group(age: int) -> str:
    return next((name for bound, name in AGE_GROUPS if age < bound), OLDEST)


def _line(item: SeizedItem, asked: set[str], acts: set[str], persons: list[Person]) -> Line:
    incident = item.incident
    route, conveyance = getattr(incident, "route", None), getattr(incident, "conveyance", None)
    return Line(
        incident=incident.reference,
        number=item.position + 1,
        kind=incident.kind,
        first_day=incident.occurred_first_day,
        last_day=incident.occurred_last_day,
        category=item.category,
        subtype=item.subtype,
        quantity=item.quantity,
        unit=item.unit,
        quantity_basis=item.quantity_basis,
        model=item.model,
        calibre=item.calibre,
        hs_code=item.hs_code,
        manufacture=item.manufacture,
        year_of_manufacture=item.year_of_manufacture,
        country_of_manufacture=item.country_of_manufacture,
        marking_state=item.marking_state,
        has_serial=bool(item.serial_number) or item.has_serial_mark,  # type: ignore[attr-defined]  # annotated
        disposition=item.disposed or "",  # type: ignore[attr-defined]  # annotated
        illicit_grounds=tuple(incident.illicit_grounds),
        has_legal_justification=bool(incident.legal_justification),
        context=tuple(incident.context),
        mode="" if conveyance is None else conveyance.mode,
        origin="" if route is None else route.origin,
        destination="" if route is None else route.destination,
        located_country=incident.located_country,
        persons=tuple(persons),
        tracing=_tracing(item.diversion or "", item.diversion_steps or [], asked),  # type: ignore[attr-defined]  # annotated
        was_asked_abroad=bool(asked),
        acts=frozenset(acts),
    )


def _tracing(diversion: str, steps: list[object], asked: set[str]) -> Tracing:
    """Return how far the item is traced: by the steps of replies, or as an authority concluded from other evidence."""
    if diversion and diversion != DiversionKind.NOT_ESTABLISHED:
        return Tracing.TRACED if steps else Tracing.ESTABLISHED
    if asked & PENDING:
        return Tracing.PENDING
    return Tracing.NOT_ENOUGH_INFORMATION if asked or diversion else Tracing.NO_ATTEMPT
