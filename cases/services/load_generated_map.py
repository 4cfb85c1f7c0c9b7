"""Loading made-up incidents by the million as maps and flows count them, to measure how these answer."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from cases.choices import AgencyKind, RecordState
from cases.errors import DemoForbidden
from cases.generate.draws import Draw
from cases.generate.incidents import incidents
from cases.intake.reading import read_incident
from cases.models import Agency, Incident, Officer, OfficerRole
from cases.services.count_afresh import count_afresh
from cases.services.insert_rows import new_keys
from cases.services.next_reference import next_references
from cases.statistics.legs import Goods, arms_among, legs_of
from cases.statistics.placed import OUTCOMES
from geo.cells import cell_at

ASKING: Final = "demo-map"
AGENCY: Final = "Map (fictitious)"
CHUNK_SIZE: Final = 20_000
# So many incidents are made up whole; the others are the same elsewhere nearby, on other days.
PATTERNS: Final = 1_000
# How far from its pattern an incident lies, in degrees, and how many days.
NEARBY: Final = 1.5
DAYS: Final = 400
# One in so many bears a caveat.
CLOSED_OF: Final = 10_000
_INCIDENT: Final = (
    *("id", "reference", "agency_id", "agency_reference", "state", "kind", "basis", "occurred_on"),
    *("occurred_precision", "occurred_first_day", "occurred_last_day", "time_zone", "longitude", "latitude"),
    *("location_accuracy_m", "location_source", "location_text", "place", "agencies", "operation", "detection"),
    *("concealment", "context", "illicit_grounds", "legal_justification", "circumstances", "caveats", "as_sent"),
    *("version", "recorded_at", "recorded_by_id", "changed_at", "void_reason", "located_country", "nearest_country"),
    "zone_ids",
)
_ROUTE: Final = (
    *("incident_id", "origin", "transit", "destination", "departed_on", "arrived_on", "basis", "stops", "claims"),
)
_PLACEMENT: Final = (
    *("incident_id", "agency_id", "is_open", "cell", "longitude", "latitude", "accuracy_m", "first_day", "last_day"),
    *(f"is_{name}" for name in OUTCOMES),
)
_LEG: Final = (
    *("incident_id", "agency_id", "is_open", "kind", "start", "end", "first_day", "last_day", "basis"),
    *("categories", "arms", "lacks_count"),
)


class _Pattern(NamedTuple):
    """What of a made-up incident is told again."""

    longitude: float | None
    latitude: float
    accuracy_m: float | None
    day: date
    origin: str
    transit: list[str]
    destination: str
    seizure: str
    basis: str
    goods: list[Goods]


def load_generated_map(*, count: int, seed: int, loaded_at: datetime) -> Iterator[int]:
    """Load so many made-up incidents of a fictitious agency, and yield after each chunk how many there are.

    By COPY, which the database allows the tables' owner alone. Raises DemoForbidden in production.
    """
    if not settings.DEMO_ALLOWED:
        raise DemoForbidden
    with transaction.atomic():
        officer = _officer()
    _bind_owner(is_bound=False)
    patterns, draw, loaded = list(_patterns(seed)), Draw(seed), 0
    while loaded < count:
        size = min(CHUNK_SIZE, count - loaded)
        keys = new_keys(model=Incident, count=size)
        references = next_references(prefix="INC", year=loaded_at.year, count=size)
        rows = [
            _rows(key, ref, draw, draw.one(patterns), officer, loaded_at)
            for key, ref in zip(keys, references, strict=True)
        ]
        for table, columns, of in (
            ("cases_incident", _INCIDENT, [row for each in rows for row in each[0]]),
            ("cases_route", _ROUTE, [row for each in rows for row in each[1]]),
            ("cases_placement", _PLACEMENT, [row for each in rows for row in each[2]]),
            ("cases_leg", _LEG, [row for each in rows for row in each[3]]),
        ):
            _copy(table, columns, of)
        loaded += size
        yield loaded
    _bind_owner(is_bound=True)
    count_afresh()
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM (ANALYZE) cases_incident, cases_route, cases_placement, cases_leg, cases_cellcount, cases_legcount"
        )


def _bind_owner(*, is_bound: bool) -> None:
    """Let policies bind the tables' owner again, or not: COPY is closed to whom they bind."""
    force = sql.SQL("FORCE" if is_bound else "NO FORCE")
    with connection.cursor() as cursor:
        for table in ("cases_incident", "cases_route", "cases_placement", "cases_leg"):
            cursor.execute(sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY").format(sql.Identifier(table), force))


def _officer() -> Officer:
    details = {"kind": AgencyKind.CUSTOMS.value, "country": "XXX", "is_demo": True, "receives_shares": True}
    agency, _ = Agency.objects.get_or_create(name=AGENCY, defaults=details)
    known = Officer.objects.filter(username=ASKING).first()
    role = OfficerRole.OFFICER.value
    return known or Officer.objects.create_user(ASKING, agency=agency, role=role, is_demo=True)


def _patterns(seed: int) -> Iterator[_Pattern]:
    for document in islice(incidents(PATTERNS, seed=seed), PATTERNS):
        read = read_incident(document).submission
        if read is None or read.occurred_on is None:
            continue
        route, location = read.route, read.location
        first, _ = read.occurred_on.days_in(read.time_zone)
        yield _Pattern(
            longitude=None if location is None else location.longitude,
            latitude=0.0 if location is None else location.latitude,
            accuracy_m=read.location_accuracy_m,
            day=first,
            origin=(route and route.origin) or "",
            transit=list(route.transit) if route else [],
            destination=(route and route.destination) or "",
            seizure=(route and (route.destination or route.origin)) or "",
            basis=(route and route.basis) or "",
            goods=[Goods(item.category or "", item.quantity, item.unit or "") for item in read.items],
        )


def _rows(key: int, reference: str, draw: Draw, pattern: _Pattern, officer: Officer, at: datetime) -> list[list[Any]]:
    """Return the rows of an incident in each table: the pattern again, elsewhere and on another day."""
    longitude, latitude = pattern.longitude, pattern.latitude
    if longitude is not None:
        # Closer to the pattern as often as further away.
        longitude = max(-180.0, min(180.0, longitude + NEARBY * (draw.random() - draw.random())))
        latitude = max(-90.0, min(90.0, latitude + NEARBY * (draw.random() - draw.random())))
    day = pattern.day + timedelta(days=draw.between(-DAYS, 0))
    outcome = draw.one((*OUTCOMES, "not_indicated", "not_indicated"))
    is_open, agency = key % CLOSED_OF != 0, officer.agency_id
    seizure, arms = pattern.seizure, arms_among(pattern.goods)
    incident = {
        **dict.fromkeys(_INCIDENT, ""),
        "id": key,
        "reference": reference,
        "agency_id": agency,
        "state": RecordState.FINAL.value,
        "kind": "seizure",
        "occurred_on": day.isoformat(),
        "occurred_precision": "day",
        "occurred_first_day": day,
        "occurred_last_day": day,
        "longitude": longitude,
        "latitude": None if longitude is None else latitude,
        "location_accuracy_m": pattern.accuracy_m,
        "agencies": "[]",
        "as_sent": "{}",
        "version": 1,
        **dict.fromkeys(("context", "illicit_grounds", "zone_ids"), "{}"),
        "caveats": "{}" if is_open else "{made-up}",
        "recorded_at": at,
        "changed_at": at,
        "recorded_by_id": officer.pk,
        "located_country": seizure,
    }
    route = [key, pattern.origin, _array(pattern.transit), pattern.destination, "", "", pattern.basis, "[]", "[]"]
    placement = [
        *(key, agency, is_open, None if longitude is None else cell_at(longitude, latitude), longitude),
        *(None if longitude is None else latitude, pattern.accuracy_m, day, day),
        *(name == outcome for name in OUTCOMES),
    ]
    categories = _array(sorted({line.category for line in pattern.goods if line.category}))
    legs = [
        [key, agency, is_open, *leg, day, day, pattern.basis, categories, arms.counted, arms.lacks_count]
        for leg in dict.fromkeys(
            legs_of(origin=pattern.origin, transit=pattern.transit, seizure=seizure, destination=pattern.destination)
        )
    ]
    return [[list(incident.values())], [route], [placement], legs]


def _array(words: list[str]) -> str:
    return "{" + ",".join(words) + "}"


def _copy(table: str, columns: tuple[str, ...], rows: list[list[Any]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
