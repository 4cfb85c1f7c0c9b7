"""Days as a calendar (RFC 5545), for any program that subscribes to one."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

PRODUCT = "-//Cordon//Obligations//EN"


class CalendarDay(NamedTuple):
    """One day; `uid` and `said_at` stay as they are for as long as it is the same thing: it is never there twice."""

    uid: str
    on: date
    summary: str
    said_at: datetime


def calendar_of(days: Iterable[CalendarDay]) -> bytes:
    """Return the days as a calendar; an event, not a task, for most programs show no task of another's calendar."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Cordon")
    for day in days:
        event = Event()
        event.add("uid", f"{day.uid}@cordon")
        event.add("dtstamp", day.said_at)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.summary)
        # A day that is due keeps nobody from meeting somebody.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
