"""What must hold between the fields of a record, and what deserves a second look."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from cases.choices import IncidentKind, ItemCategory, MissileSubtype
from cases.intake.codes import expected_container_digit, expected_imo_digit
from cases.intake.incident import Conveyance, DraftSubmission, Item, Route
from cases.intake.partial_date import PartialDate
from cases.intake.problems import Level, Location, Param

# An inspection that found nothing and a passage refused have no items.
KINDS_WITHOUT_ITEMS = frozenset({IncidentKind.INSPECTION, IncidentKind.DENIAL})
# Clocks at a post are wrong, and a local day runs up to 14 hours ahead of UTC.
CLOCK_TOLERANCE = timedelta(days=1)


class Issue(NamedTuple):
    """A problem found, at its place in the document that was weighed."""

    location: Location
    code: str
    params: dict[str, Param]
    level: Level = "error"


def issues_in(record: DraftSubmission, received_at: datetime | None) -> Iterator[Issue]:
    """Yield what contradicts or deserves a second look; an error's place is what to leave out of a draft."""
    if received_at is not None and record.occurred_on is not None:
        yield from _future(("occurred_on",), record.occurred_on, received_at)
    if record.location is not None and record.location.coordinates == (0.0, 0.0):
        yield Issue(("location",), "zero_position", {}, "warning")
    if record.conveyance is not None:
        yield from _check_digits(record.conveyance)
    if record.route is not None:
        yield from _travel(record.route)
    yield from _items(record.items)
    if received_at is not None:
        for at, party in enumerate(record.parties):
            if party.born_on is not None:
                yield from _future(("parties", at, "born_on"), party.born_on, received_at)


def missing_from(record: DraftSubmission) -> Iterator[Issue]:
    """Yield what a final record still needs."""
    if record.kind is None:
        yield Issue(("kind",), "missing", {})
    if record.occurred_on is None:
        yield Issue(("occurred_on",), "missing", {})
    if record.kind in KINDS_WITHOUT_ITEMS or any(item.category is not None for item in record.items):
        return
    yield Issue(("items", 0, "category") if record.items else ("items",), "item_needed", {})


def _future(location: Location, when: PartialDate, received_at: datetime) -> Iterator[Issue]:
    latest = received_at + CLOCK_TOLERANCE
    late = when.instant > latest if when.instant is not None else when.first_day > latest.date()
    if late:
        yield Issue(location, "in_the_future", {"value": when.text})


def _check_digits(conveyance: Conveyance) -> Iterator[Issue]:
    # A false number painted on a hull is evidence: it is kept, and pointed at.
    if conveyance.imo is not None and (digit := expected_imo_digit(conveyance.imo)):
        yield Issue(("conveyance", "imo"), "check_digit", {"value": conveyance.imo, "expected": digit}, "warning")
    for at, number in enumerate(conveyance.containers):
        if digit := expected_container_digit(number):
            place = ("conveyance", "containers", at)
            yield Issue(place, "check_digit", {"value": number, "expected": digit}, "warning")


def _travel(route: Route) -> Iterator[Issue]:
    departed, arrived = route.departed_on, route.arrived_on
    if departed is None or arrived is None:
        return
    if departed.instant is not None and arrived.instant is not None:
        backwards = arrived.instant < departed.instant
    else:
        backwards = arrived.last_day < departed.first_day
    if backwards:
        params: dict[str, Param] = {"departed_on": departed.text, "arrived_on": arrived.text}
        yield Issue(("route", "arrived_on"), "arrival_before_departure", params)


def _items(items: tuple[Item, ...]) -> Iterator[Issue]:
    first_with: dict[object, int] = {}
    for at, item in enumerate(items):
        if item.id is not None and (first := first_with.setdefault(item.id, at)) != at:
            yield Issue(("items", at, "id"), "repeated_id", {"first": first})
        if item.category is ItemCategory.MISSILE and item.subtype is not None and item.subtype not in _SUBTYPES:
            params: dict[str, Param] = {"value": item.subtype, "allowed": ", ".join(MissileSubtype)}
            yield Issue(("items", at, "subtype"), "not_a_choice", params)


_SUBTYPES = frozenset(MissileSubtype)
