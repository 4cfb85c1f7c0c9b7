"""What happened in a case, in one order: entries with what is known of their moment, and the place of each."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from cases.canonical import canonical_json
from cases.choices import DatePrecision

# Behind every day that anything can name.
_UNDATED: Final = datetime(9999, 12, 31, tzinfo=UTC)
_DAY: Final = timedelta(days=1)

# By the code of an entry: what happened.
SENTENCES: Final = {
    "case.opened": "The case was opened.",
    "case.closed": "The case was closed.",
    "case.joined": "The incident was joined to the case.",
    "incident.happened": "It happened: {kind}.",
    "incident.recorded": "The incident was recorded.",
    "finding.found": "Screening found {measure}: {outcome}.",
    "finding.reviewed": "The finding on {measure} was decided on: {decision}.",
    "evidence.attached": "Evidence was attached: {kind}.",
    "custody.happened": "Custody, event {number}: {kind}.",
    "referral.issued": "The letter to {country} was issued.",
    "referral.sent": "The letter to {country} left by {channel}.",
    "reply.received": "{country} answered: {state}.",
    "step.told": "The supply chain, as told by {country}: {kind}.",
    "diversion.concluded": "A point of diversion was concluded on: {kind}.",
    "diversion.happened": "Where item {item} left lawful hands, as concluded: {kind}.",
    "obligation.due": "The obligation is due: {kind}.",
    "obligation.discharged": "The obligation was discharged: {kind}.",
    "task.made": "A task was made.",
    "task.due": "The task is due.",
    "task.done": "The task was done.",
    "task.dropped": "The task was dropped.",
    "note.written": "A note was written.",
}
# Of one moment: as they stand above.
_RANKS: Final = {code: rank for rank, code in enumerate(SENTENCES)}


class When(NamedTuple):
    """What is known of a moment: as it was stated, how exactly, and the days on one of which it was."""

    text: str
    precision: str
    first_day: date
    last_day: date
    instant: datetime | None = None


class Entry(NamedTuple):
    """One thing on the timeline, and to what it belongs; `when` is None where no date is known."""

    code: str
    when: When | None
    subject: tuple[str, str]
    incident: str | None = None
    params: tuple[tuple[str, str | int], ...] = ()


def at_moment(moment: datetime) -> When:
    """Return a moment that the system itself noted."""
    day = moment.astimezone(UTC).date()
    return When(moment.isoformat(), DatePrecision.INSTANT, day, day, moment)


def on_day(day: date) -> When:
    """Return a whole day."""
    return When(day.isoformat(), DatePrecision.DAY, day, day)


def stated(
    text: str, precision: str, first_day: date | None, last_day: date | None, instant: datetime | None = None
) -> When | None:
    """Return a partial date as a record holds it; None where it holds none."""
    if first_day is None or last_day is None:
        return None
    return When(text, precision, first_day, last_day, instant)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries by the earliest moment that each can mean, the vaguer first; what has no date comes last.

    That 2013 stands before May 2013 says nothing of which was first: the precision that goes along does.
    """
    return sorted(entries, key=place_of)


def place_of(entry: Entry) -> list[float]:
    """Return where an entry stands: its earliest moment, how vague it is, what it is, and a number of its own."""
    return [*_moment(entry.when), _RANKS[entry.code], _number_of(entry)]


def _moment(when: When | None) -> tuple[float, float]:
    if when is None:
        return _UNDATED.timestamp(), 0
    if when.instant is not None:
        return when.instant.timestamp(), 0
    start = datetime.combine(when.first_day, time(), tzinfo=UTC)
    return start.timestamp(), -(when.last_day - when.first_day + _DAY).total_seconds()


def _number_of(entry: Entry) -> float:
    """Return a number that is the same each time: no page may lose one of two entries of one moment."""
    text = canonical_json([entry.code, entry.subject, entry.incident, entry.params])
    return int(hashlib.sha256(text.encode()).hexdigest()[:13], 16)
