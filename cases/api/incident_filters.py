"""The filters of the list of incidents, as its query says them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias

import shapely
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django_filters import FilterSet
from django_filters.filters import Filter
from drf_spectacular.utils import OpenApiParameter
from pydantic_core import PydanticCustomError

from cases.api.errors import InvalidRequest
from cases.api.paging import PAGING_PARAMETERS
from cases.api.problems import SENTENCES
from cases.api.query import read_cut_off, unknown_parameters
from cases.choices import ItemCategory, LegKind, RecordState, RunStatus
from cases.intake.countries import read_country
from cases.intake.partial_date import read_partial_date
from cases.intake.problems import Problem, quote
from cases.queries.flows import along
from cases.queries.incidents_by_place import in_box, near, within
from cases.screening.findings import Outcome
from cases.statistics.cells import CellAddress
from cases.statistics.legs import Leg

# The references of what a cell counts, as known at a moment.
CountedIn: TypeAlias = Callable[[CellAddress, datetime], Collection[str]]
# What is asked, by the name of the filter.
Filters: TypeAlias = dict[str, Any]
# Half the circumference of the Earth: everything is nearer.
FARTHEST_M: Final = 20_040_000
# A coast drawn by hand; longer outlines do not fit into an address anyway.
MOST_POSITIONS: Final = 5_000
# As sent, and recorded in error.
RECORD_STATES: Final = (*(state.value for state in RecordState), "void")
PAGING: Final = frozenset(parameter.name for parameter in PAGING_PARAMETERS)

_TEXT_SEARCHED: Final = (
    "reference",
    "agency_reference",
    "place",
    "operation",
    "conveyance__name",
    "conveyance__imo",
    "conveyance__registration",
    "items__description",
    "items__serial_number",
    "items__marks__text",
)
# Text that names persons: found only where the reader may read it.
_NOMINAL_SEARCHED: Final = ("circumstances", "recipient__name", "parties__name")


class _ReadField(forms.CharField):
    """A parameter read by a function that raises ValidationError with one of our codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=options.pop("max_length", 200), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.read(text) if text else None

    def read(self, text: str) -> Any:
        return text


class _DateField(_ReadField):
    def read(self, text: str) -> Any:
        return _as_intake_reads(read_partial_date, text)


class _CountryField(_ReadField):
    def read(self, text: str) -> Any:
        return _as_intake_reads(read_country, text)


class _BoxField(_ReadField):
    def read(self, text: str) -> Any:
        west, south, east, north = _numbers(text, 4, "not_a_box")
        _check_position(west, south, "not_a_box")
        _check_position(east, north, "not_a_box")
        if south > north:
            raise ValidationError("", code="not_a_box")
        return west, south, east, north


class _PositionField(_ReadField):
    def read(self, text: str) -> Any:
        longitude, latitude = _numbers(text, 2, "not_a_position")
        _check_position(longitude, latitude, "not_a_position")
        return longitude, latitude


class _DistanceField(_ReadField):
    def read(self, text: str) -> Any:
        (metres,) = _numbers(text, 1, "not_a_distance", limit=FARTHEST_M)
        if not 0 < metres <= FARTHEST_M:
            raise ValidationError("", code="not_a_distance", params={"limit": FARTHEST_M})
        return metres


class _AreaField(_ReadField):
    def read(self, text: str) -> Any:
        try:
            area = shapely.from_geojson(text)
        # GEOS quotes what it could not read, cut through the middle of a letter.
        except (shapely.errors.GEOSException, UnicodeDecodeError):
            area = None
        if not _is_area(area):
            raise ValidationError("", code="not_an_area", params={"limit": MOST_POSITIONS})
        return area if area.is_valid else shapely.make_valid(area)


class _LegField(_ReadField):
    def read(self, text: str) -> Any:
        kind, *ends = text.split(":")
        if kind not in list(LegKind) or len(ends) != 2:
            raise ValidationError("", code="not_a_leg", params={"allowed": ", ".join(LegKind)})
        return Leg(LegKind(kind), *(_as_intake_reads(read_country, end) for end in ends))


class _WordField(_ReadField):
    def __init__(self, words: list[str], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def read(self, text: str) -> Any:
        if text in self.words:
            return text
        raise ValidationError("", code="not_a_choice", params={"value": text, "allowed": ", ".join(self.words)})


class _CellField(_ReadField):
    def read(self, text: str) -> Any:
        try:
            return CellAddress.parse(text)
        except ValueError:
            raise ValidationError("", code="not_valid") from None


class _CutOffField(_ReadField):
    def read(self, text: str) -> Any:
        try:
            return read_cut_off(text, now=timezone.now())
        except ValueError:
            raise ValidationError("", code="not_a_date", params={"value": text}) from None


class _Parameter(Filter):
    """A filter, and what the published schema says of it."""

    def __init__(self, field: type[forms.Field], help_text: str, schema: dict[str, Any], **options: Any) -> None:
        super().__init__(help_text=help_text, **options)
        self.field_class = field
        self.published = {"type": "string", **schema}


class IncidentFilter(FilterSet):
    """What narrows the list: all that is given must hold."""

    occurred_after = _Parameter(_DateField, "On or after; a year or month counts whole.", {"example": "2013-01"})
    occurred_before = _Parameter(_DateField, "On or before; a year or month counts whole.", {"example": "2016"})
    bbox = _Parameter(
        _BoxField, "west,south,east,north; west beyond east crosses the antimeridian.", {"example": "42,12,54,18"}
    )
    near = _Parameter(_PositionField, "longitude,latitude; needs distance_m.", {"example": "52.3,15.2"})
    distance_m = _Parameter(
        _DistanceField, "Geodesic distance.", {"type": "number", "exclusiveMinimum": 0, "maximum": FARTHEST_M}
    )
    within = _Parameter(_AreaField, "GeoJSON Polygon or MultiPolygon.", {}, max_length=200_000)
    zone = _Parameter(_ReadField, "Id of a zone in which the last screening saw the place.", {"maxLength": 200})
    country = _Parameter(
        _CountryField, "State on whose land it happened, or at sea the State of the nearest coast.", {"example": "YEM"}
    )
    regime = _Parameter(_ReadField, "Id of a regime with a current finding.", {"maxLength": 200})
    outcome = _Parameter(
        _WordField,
        "Outcome of a current finding; not_indicated: screened, without any.",
        {"enum": list(Outcome)},
        words=list(Outcome),
    )
    category = _Parameter(_WordField, "Category of an item.", {"enum": list(ItemCategory)}, words=list(ItemCategory))
    origin = _Parameter(_CountryField, "State from which the goods are said to come.", {"example": "IRN"})
    transit = _Parameter(_CountryField, "A State over which they are said to have gone.", {"example": "OMN"})
    destination = _Parameter(_CountryField, "State for which they are said to be bound.", {"example": "YEM"})
    leg = _Parameter(
        _LegField, "A leg of the way, KIND:FROM:TO, as flows have it.", {"example": "seizure_destination:OMN:YEM"}
    )
    agency = _Parameter(
        _ReadField, "Name of the agency that recorded, or part of the name of one that acted.", {"maxLength": 200}
    )
    state = _Parameter(
        _WordField, "Whether the record counts.", {"enum": list(RECORD_STATES)}, words=list(RECORD_STATES)
    )
    make = _Parameter(_ReadField, "Make of an item, as it was recorded, in any case.", {"maxLength": 200})
    q = _Parameter(
        _ReadField, "Text in references, place, circumstances, names, descriptions and marks.", {"maxLength": 200}
    )
    counted_in = _Parameter(
        _CellField,
        "Counted in that cell of a statistic, STATISTIC/YEAR/TABLE/ROW/COLUMN: the link of each cell.",
        {"maxLength": 2000, "example": "sdg-16-4-2/2013/tracing/traced/seized"},
        max_length=2000,
    )
    cut_off = _Parameter(
        _CutOffField, "Of `counted_in`: as known at that moment, or at the end of that day.", {"maxLength": 200}
    )


class Reader(NamedTuple):
    """What filters must know of who asks: incidents of which he may read names of persons, and what cells count."""

    # Of others none is found by a name.
    nominal: QuerySet[Any]
    # Names what a cell of a statistic counts for the reader.
    counted: CountedIn


def filtered(queryset: QuerySet[Any], query: QueryDict, *, nominal: QuerySet[Any], counted: CountedIn) -> QuerySet[Any]:
    """Return the incidents that the query asks for; raises InvalidRequest."""
    return narrowed(queryset, filters_in(query, queryset, beside=PAGING), Reader(nominal, counted))


def filters_in(query: QueryDict, queryset: QuerySet[Any], *, beside: Collection[str]) -> Filters:
    """Return the filters that the query names, by name; raises InvalidRequest.

    The incidents are what they are for, and are not read. ``beside`` are the parameters that it may name as well, and
    that are read elsewhere.
    """
    form = IncidentFilter(query, queryset=queryset).form
    problems = [*unknown_parameters(query, {*IncidentFilter.base_filters, *beside}), *_problems_in(form)]
    if form.is_valid() and ("near" in query) != ("distance_m" in query):
        problems.append(Problem("/distance_m", "distance_needed"))
    if "cut_off" in query and "counted_in" not in query:
        problems.append(Problem("/counted_in", "missing"))
    if problems:
        raise InvalidRequest(problems)
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}


def narrowed(queryset: QuerySet[Any], asked: Filters, reader: Reader) -> QuerySet[Any]:
    """Return the incidents for which everything asked holds."""
    if cell := asked.get("counted_in"):
        queryset = queryset.filter(reference__in=reader.counted(cell, asked.get("cut_off") or timezone.now()))
    return _by_place(_by_route(_by_finding(_by_record(queryset, asked, reader.nominal), asked), asked), asked)


def parameters() -> list[OpenApiParameter]:
    """Return the filters and the paging parameters as published."""
    return [*filter_parameters(), *PAGING_PARAMETERS]


def filter_parameters() -> list[OpenApiParameter]:
    """Return the filters as published."""
    return [
        OpenApiParameter(name, found.published, OpenApiParameter.QUERY, description=found.extra["help_text"])
        for name, found in IncidentFilter.base_filters.items()
        if isinstance(found, _Parameter)
    ]


def _by_record(rows: QuerySet[Any], asked: Filters, nominal: QuerySet[Any]) -> QuerySet[Any]:
    # A date known to the month may lie on either side of a day in it; unknown is not no.
    if day := asked.get("occurred_after"):
        rows = rows.filter(occurred_last_day__gte=day.first_day)
    if day := asked.get("occurred_before"):
        rows = rows.filter(occurred_first_day__lte=day.last_day)
    if name := asked.get("agency"):
        rows = rows.filter(Q(agency__name__iexact=name) | Q(acting_agency__name__icontains=name))
    if category := asked.get("category"):
        rows = rows.filter(pk__in=rows.filter(items__category=category).values("pk"))
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    if make := asked.get("make"):
        rows = rows.filter(pk__in=rows.filter(items__make__iexact=make).values("pk"))
    if text := asked.get("q"):
        anywhere = Q()
        for field in _TEXT_SEARCHED:
            anywhere |= Q(**{f"{field}__icontains": text})
        named = Q()
        for field in _NOMINAL_SEARCHED:
            named |= Q(**{f"{field}__icontains": text})
        found = Q(pk__in=rows.filter(anywhere).values("pk")) | Q(pk__in=nominal.filter(named).values("pk"))
        rows = rows.filter(found)
    return rows


def _by_route(rows: QuerySet[Any], asked: Filters) -> QuerySet[Any]:
    if origin := asked.get("origin"):
        rows = rows.filter(route__origin=origin)
    if transit := asked.get("transit"):
        rows = rows.filter(route__transit__contains=[transit])
    if destination := asked.get("destination"):
        rows = rows.filter(route__destination=destination)
    if leg := asked.get("leg"):
        rows = along(rows, leg)
    return rows


def _by_finding(rows: QuerySet[Any], asked: Filters) -> QuerySet[Any]:
    regime, outcome = asked.get("regime"), asked.get("outcome")
    if regime is None and outcome is None:
        return rows
    wanted = {"findings__is_current": True} | ({"findings__regime": regime} if regime else {})
    if outcome == Outcome.NOT_INDICATED:
        screened = rows.filter(runs__status=RunStatus.DONE).values("pk")
        return rows.filter(pk__in=screened).exclude(pk__in=rows.filter(**wanted).values("pk"))
    if outcome:
        wanted["findings__outcome"] = outcome
    return rows.filter(pk__in=rows.filter(**wanted).values("pk"))


def _by_place(rows: QuerySet[Any], asked: Filters) -> QuerySet[Any]:
    if zone := asked.get("zone"):
        rows = rows.filter(zone_ids__contains=[zone])
    if country := asked.get("country"):
        rows = rows.filter(Q(located_country=country) | Q(located_country="", nearest_country=country))
    if box := asked.get("bbox"):
        rows = in_box(rows, box)
    if area := asked.get("within"):
        rows = within(rows, area)
    if position := asked.get("near"):
        longitude, latitude = position
        rows = near(rows, longitude, latitude, asked["distance_m"])
    return rows


def _problems_in(form: forms.Form) -> Iterator[Problem]:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            yield _problem_of(f"/{name}", str(error.code), error.params or {})


def _problem_of(pointer: str, code: str, params: Mapping[str, Any]) -> Problem:
    if code == "max_length":
        params = {"length": params["show_value"], "limit": params["limit_value"]}
        return Problem(pointer, "text_too_long", params)
    if code not in SENTENCES:
        return Problem(pointer, "not_valid")
    return Problem(pointer, code, {name: quote(value) for name, value in params.items()})


def _as_intake_reads(read: Any, text: str) -> Any:
    try:
        return read(text)
    except PydanticCustomError as error:
        raise ValidationError("", code=error.type, params=error.context) from None


def _numbers(text: str, count: int, code: str, **params: Any) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(abs(number) < 1e9 for number in numbers):
        raise ValidationError("", code=code, params=params)
    return numbers


def _check_position(longitude: float, latitude: float, code: str) -> None:
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise ValidationError("", code=code)


def _is_area(area: Any) -> bool:
    if area is None or area.geom_type not in {"Polygon", "MultiPolygon"} or area.is_empty:
        return False
    west, south, east, north = area.bounds
    on_earth = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return bool(on_earth and shapely.get_num_coordinates(area) <= MOST_POSITIONS)
