"""The days on which the transfer itself can have happened: they govern, not the day of the seizure (R1)."""

from dataclasses import dataclass
from datetime import date

from cases.screening.facts import Days, IncidentFacts

# Kinds in which goods lie still when they are met with; nothing dates their coming but themselves.
AT_REST_KINDS = frozenset({"find", "surrender", "loss"})
UNDER_WAY_MODES = frozenset({"sea", "air", "road", "rail", "inland_water", "post"})


@dataclass(frozen=True, slots=True)
class TransferWindow:
    """The transfer window with what it was derived from.

    ``manner`` is ``stated`` (departure or arrival is on record), ``under_way`` (the goods were stopped on their way:
    the day of the stop governs), ``attempted`` (stopped before leaving) or ``at_rest`` (found lying: only their own
    age bounds the earlier end).
    """

    days: Days
    manner: str
    found: Days

    council_days: Days  # the New York days it can mean: a day without a time zone may be its neighbour (R18)

    def __str__(self) -> str:
        """Render the window as days, an unknown end as three dots."""
        return span(self.days.first, self.days.last)


def span(first: date | None, last: date | None) -> str:
    """Return two days as one readable span."""
    if first == last and first is not None:
        return first.isoformat()
    return f"{first.isoformat() if first else '…'} to {last.isoformat() if last else '…'}"


def transfer_window(facts: IncidentFacts) -> TransferWindow:
    """Return the days on which the transfer can have happened, from the earliest to the latest."""
    stop, route = facts.occurred, facts.route
    arrived_before = route.arrived.last is not None and stop.first is not None and route.arrived.last < stop.first
    if arrived_before:
        # A stated arrival dates the transfer, also where the departure is not known.
        days, manner = Days(route.departed.first or route.arrived.first, route.arrived.last), "stated"
    elif not _is_under_way(facts) and route.departed.first is None:
        days, manner = Days(_made(facts), stop.last), "at_rest"
    elif route.departed.first is not None:
        days, manner = Days(route.departed.first, stop.last), "stated"
    else:
        days, manner = stop, "attempted" if facts.kind == "denial" else "under_way"
    # A stated departure after the stop contradicts itself; the stop was observed, so it bounds the window.
    if days.first is not None and days.last is not None and days.first > days.last:
        days = Days(days.last, days.last)
    return TransferWindow(days, manner, stop, days if facts.day_is_exact else days.widened(1))


def _is_under_way(facts: IncidentFacts) -> bool:
    """Return whether the goods were stopped on their way: bound somewhere, for somebody, or aboard something."""
    if facts.kind in AT_REST_KINDS:
        return False
    route, recipient = facts.route, facts.recipient
    has_route = bool(route.origin or route.destination or route.loaded_in or route.claims or route.transit)
    has_recipient = recipient.kind != "unknown" or bool(recipient.name or recipient.country)
    at_sea = facts.place is not None and facts.place.at_sea is True
    return has_route or has_recipient or at_sea or facts.conveyance.mode in UNDER_WAY_MODES or facts.kind == "report"


def _made(facts: IncidentFacts) -> date | None:
    """Return the first day on which the youngest of the goods existed, as far as marks and lots tell."""
    return max(
        (day for item in facts.items if (day := made_from(item.made, item.import_marked)) is not None), default=None
    )


def made_from(made: Days, import_marked: Days) -> date | None:
    """Return the first day on which an item can have been handed on: not before it was made or import marked."""
    return max((days.first for days in (made, import_marked) if days.first is not None), default=None)
