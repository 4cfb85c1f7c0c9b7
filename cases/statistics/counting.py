"""What of a line of goods is counted as arms, and in which part (metadata of SDG indicator 16.4.2, 2018).

Unknown is never zero: goods without a count, of a type not known, or of a year not certain have places of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from cases.choices import (
    IllicitGround,
    IncidentKind,
    ItemCategory,
    Manufacture,
    MarkingState,
    QuantityBasis,
    Unit,
)

LAST_ANTIQUE_YEAR: Final = 1899


class Acquisition(StrEnum):
    """How arms came into the State's hands; kept apart in every table."""

    SEIZED = "seized"
    # Without planned investigation or apparent holder.
    FOUND = "found"
    # Willingly: campaigns, and disarmament programmes.
    SURRENDERED = "surrendered"


class Tracing(StrEnum):
    """How far the origin or the illicit context of arms is established."""

    TRACED = "traced"
    # Otherwise than by tracing, by a competent authority.
    ESTABLISHED = "established"
    PENDING = "pending"
    NOT_ENOUGH_INFORMATION = "not_enough_information"
    NO_ATTEMPT = "no_attempt"


class Marked(StrEnum):
    """Whether each piece bears a marking of its own."""

    UNIQUELY = "uniquely_marked"
    NOT_UNIQUELY = "not_uniquely_marked"
    NOT_KNOWN = "marking_not_known"


class LeftOut(StrEnum):
    """Why goods are no part of the indicator."""

    NO_ACQUISITION = "kind_not_counted"
    NO_ARMS = "not_small_arms_or_light_weapons"
    ANTIQUE = "antique"
    ORDERED = "merely_ordered"
    # Of these it is not known whether they are small arms or light weapons.
    TYPE_NOT_KNOWN = "type_not_known"
    NOT_KNOWN_TO_BE_CONVERTIBLE = "blank_firing_not_known_to_be_convertible"


ACQUISITIONS: Final = {
    IncidentKind.SEIZURE: Acquisition.SEIZED,
    IncidentKind.INTERDICTION: Acquisition.SEIZED,
    IncidentKind.FIND: Acquisition.FOUND,
    IncidentKind.SURRENDER: Acquisition.SURRENDERED,
}
ARMS: Final = frozenset({ItemCategory.SMALL_ARM, ItemCategory.LIGHT_WEAPON})
ESTABLISHED: Final = frozenset({Tracing.TRACED, Tracing.ESTABLISHED})
# Units that are pieces, and how many.
_PIECES: Final = {"": 1, Unit.PIECE: 1, Unit.ROUND: 1, Unit.PAIR: 2}
_UNLICENSED_HANDS: Final = frozenset(
    {Manufacture.CRAFT, Manufacture.CONVERTED, Manufacture.REACTIVATED, Manufacture.PRINTED}
)


class Person(NamedTuple):
    """A person in an incident, as far as statistics go: sex and age group as recorded, "unknown" else."""

    role: str
    sex: str
    age_group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of goods of one incident, with what tables are drawn from; empty is unknown."""

    incident: str
    number: int
    kind: str
    first_day: date | None = None
    last_day: date | None = None
    category: str = ""
    subtype: str = ""
    quantity: float | None = None
    unit: str = ""
    quantity_basis: str = ""
    model: str = ""
    calibre: str = ""
    hs_code: str = ""
    manufacture: str = ""
    year_of_manufacture: int | None = None
    country_of_manufacture: str = ""
    marking_state: str = ""
    has_serial: bool = False
    disposition: str = ""
    illicit_grounds: tuple[str, ...] = ()
    has_legal_justification: bool = False
    context: tuple[str, ...] = ()
    mode: str = ""
    origin: str = ""
    destination: str = ""
    located_country: str = ""
    persons: tuple[Person, ...] = ()
    # By the agency's latest decision on the point of diversion and the referrals on the line.
    tracing: Tracing = Tracing.NO_ATTEMPT
    was_asked_abroad: bool = False
    # Acts of custody on it: marked, destroyed …
    acts: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Name the line: the incident and, from 1, the line in it."""
        return f"{self.incident}/{self.number}"


def acquisition_of(line: Line) -> Acquisition | None:
    """Return how the goods came into the State's hands; None for reports, denials, inspections and losses."""
    return ACQUISITIONS.get(IncidentKind(line.kind)) if line.kind else None


def pieces_of(line: Line) -> int | None:
    """Return how many pieces the line is; None where it has no count: boxes and tonnes are neither zero nor one."""
    each = _PIECES.get(line.unit)
    if each is None or line.quantity is None or line.quantity != int(line.quantity):
        return None
    return int(line.quantity) * each


def left_out(line: Line) -> LeftOut | None:
    """Return why the line is no part of the indicator, None where it is."""
    if acquisition_of(line) is None:
        return LeftOut.NO_ACQUISITION
    if line.quantity_basis == QuantityBasis.ORDERED:
        return LeftOut.ORDERED
    if reason := _not_as_arms(line):
        return reason
    if line.year_of_manufacture is not None and line.year_of_manufacture <= LAST_ANTIQUE_YEAR:
        return LeftOut.ANTIQUE
    return None


def _not_as_arms(line: Line) -> LeftOut | None:
    if line.category in ARMS:
        return None
    if line.category in {"", ItemCategory.ARMS_UNSPECIFIED}:
        return LeftOut.TYPE_NOT_KNOWN
    if line.category == ItemCategory.BLANK_FIRING:
        return None if line.manufacture == Manufacture.CONVERTED else LeftOut.NOT_KNOWN_TO_BE_CONVERTIBLE
    return LeftOut.NO_ARMS


def tracing_of(line: Line) -> Tracing:
    """Return how far the origin is established; arms made without licence were diverted where they were made."""
    if line.tracing in ESTABLISHED:
        return line.tracing
    made_illicitly = IllicitGround.MADE_WITHOUT_LICENCE in line.illicit_grounds
    return Tracing.ESTABLISHED if made_illicitly and line.manufacture in _UNLICENSED_HANDS else line.tracing


def marked(line: Line) -> Marked:
    """Return whether the pieces bear markings of their own; a lot without numbers does not say that they bear none."""
    if line.marking_state in {MarkingState.NEVER_MARKED, MarkingState.OBLITERATED}:
        return Marked.NOT_UNIQUELY
    return Marked.UNIQUELY if line.has_serial else Marked.NOT_KNOWN


def has_recorded_ground(line: Line) -> bool:
    """Whether the record says on what ground: a seizure counts where it is connected with a criminal offence."""
    return bool(line.illicit_grounds or line.context or line.has_legal_justification)


def is_of_year(line: Line, year: int) -> bool | None:
    """Return whether the line belongs to the cohort of that year; None where its dates are not certain enough."""
    first, last = line.first_day, line.last_day
    if first is None or last is None:
        return None
    if first.year == last.year:
        return first.year == year
    return None if first.year <= year <= last.year else False


def has_records(lines: Iterable[Line], year: int) -> bool:
    """Whether anything at all is known of that year: a year without records is not one of nothing."""
    return any(is_of_year(line, year) for line in lines)
