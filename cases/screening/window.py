"""The days on which the transfer itself can have happened: they govern, not the day of the seizure (R1)."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cases.screening.facts import ConveyanceFacts, Days, IncidentFacts

# Resolutions of the Council take effect on New York days (R18).
COUNCIL_TIME_ZONE = ZoneInfo("America/New_York")
# Kinds in which goods lie still when they are met with; nothing dates their coming but themselves.
AT_REST_KINDS = frozenset({"find", "surrender", "loss"})
NO_CONVEYANCE = ConveyanceFacts()
UNDER_WAY_MODES = frozenset({"sea", "air", "road", "rail", "inland_water", "post"})


class TransferWindow(NamedTuple):
    """The transfer window with what it was derived from.

    ``manner`` is ``stated`` (departure or arrival is on record), ``under_way`` (the goods were stopped on their way:
    the day of the stop governs), ``attempted`` (stopped before leaving) or ``at_rest`` (found lying: only their own
    age bounds the earlier end).
    """

    days: Days
    manner: str
    found: Days
    council_days: Days  # the New York days it can mean: a day without a time zone may be its neighbour (R18)
    governing_day: date | None  # on which law and lists are read: the last of the transfer, else of the stop or find
    at: datetime | None  # the instant that governs, where the transfer is judged on a stop whose time is on record

    @property
    def text(self) -> str:
        """Return the days as people write them, an unknown end as three dots."""
        return span(self.days.first, self.days.last)

    def __str__(self) -> str:
        """Render the window as days."""
        return self.text


@lru_cache(maxsize=16_384)
def span(first: date | None, last: date | None) -> str:
    """Return two days as one readable span."""
    if first == last and first is not None:
        return first.isoformat()
    return f"{first.isoformat() if first else '…'} to {last.isoformat() if last else '…'}"


@lru_cache(maxsize=1024)
def council_day(at: datetime) -> date:
    """Return the New York day of an instant."""
    return at.astimezone(COUNCIL_TIME_ZONE).date()


def transfer_window(facts: IncidentFacts) -> TransferWindow:
    """Return the days on which the transfer can have happened, from the earliest to the latest."""
    stop = facts.occurred
    days, manner = _days_and_manner(facts)
    # A stated departure after the stop contradicts itself; the stop was observed, so it bounds the window.
    if days.first is not None and days.last is not None and days.first > days.last:
        days = Days(days.last, days.last)
    council_days = days if facts.day_is_exact else days.widened(1)
    at = facts.stopped_at if days is stop else None
    return TransferWindow(days, manner, stop, council_days, days.last or stop.last, at)


def _days_and_manner(facts: IncidentFacts) -> tuple[Days, str]:
    stop, route = facts.occurred, facts.route
    if route.arrived.last is not None and stop.first is not None and route.arrived.last < stop.first:
        # A stated arrival dates the transfer, also where the departure is not known.
        return Days(route.departed.first or route.arrived.first, route.arrived.last), "stated"
    if route.departed.first is not None:
        return Days(route.departed.first, stop.last), "stated"
    if not _is_under_way(facts):
        return Days(_made(facts), stop.last), "at_rest"
    return stop, "attempted" if facts.kind == "denial" else "under_way"


def _is_under_way(facts: IncidentFacts) -> bool:
    """Return whether the goods were stopped on their way: bound somewhere, for somebody, or aboard something."""
    if facts.kind in AT_REST_KINDS:
        return False
    route, recipient, place = facts.route, facts.recipient, facts.place
    has_route = bool(route.origin or route.destination or route.loaded_in or route.claims or route.transit)
    has_recipient = recipient.kind != "unknown" or bool(recipient.name or recipient.country)
    at_sea = place is not None and place.at_sea is True
    if has_route or has_recipient or at_sea or facts.conveyance.mode in UNDER_WAY_MODES:
        return True
    # A report of a conveyance, or without a place, tells of a transfer; one that only says where goods lie, of a find.
    return facts.kind == "report" and (place is None or facts.conveyance != NO_CONVEYANCE)


def _made(facts: IncidentFacts) -> date | None:
    """Return the first day on which the youngest of the goods existed, as far as marks and lots tell."""
    return max(
        (day for item in facts.items if (day := made_from(item.made, item.import_marked)) is not None), default=None
    )


def made_from(made: Days, import_marked: Days) -> date | None:
    """Return the first day on which an item can have been handed on: not before it was made or import marked."""
    return max((days.first for days in (made, import_marked) if days.first is not None), default=None)
