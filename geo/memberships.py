"""What locating a position answers, as plain values.

They are named tuples: a batch makes hundreds of thousands of them, and these are made three times as fast as frozen
dataclasses.
"""

from typing import Literal, NamedTuple

from geo.areas import View

Certainty = Literal["inside", "outside", "indeterminate"]
ZoneKind = Literal[
    "territory", "region", "territorial_sea", "contiguous_zone", "exclusive_economic_zone", "border_belt", "custom"
]

ZONE_ORDER: tuple[ZoneKind, ...] = (
    "territory",
    "region",
    "territorial_sea",
    "contiguous_zone",
    "exclusive_economic_zone",
    "border_belt",
    "custom",
)


class ZoneMembership(NamedTuple):
    """A zone that a position is in, or may be in.

    `distance_m` is measured to the line or point the zone hangs on: the coast of sea zones, the border of belts, the
    port or airport; None for the others.
    """

    id: str
    kind: ZoneKind
    country: str | None
    name: str
    certainty: Certainty
    distance_m: float | None = None
    computed: bool = False
    note: str | None = None


class NearCountry(NamedTuple):
    """A present-day unit whose land lies within reach, and how far it is in metres; 0 when the position is inside."""

    country: str
    distance_m: int


class Location(NamedTuple):
    """Where a position is, on a day.

    `country` is the State on land there that day, None at sea; at sea `nearest_country` is the State of the nearest
    coast. `border_distance_m` is geodesic, to the nearest land border between States; `coast_distance_m` to the
    nearest coast; both rounded to 100 m. `near` names present-day units. `views` holds every reading where they
    differ: the country, or None for an authority without a code, and the basis. `zones` never lists zones that the
    position is surely outside of.
    """

    country: str | None
    country_certainty: Certainty
    region: str | None
    nearest_country: str | None
    border_distance_m: int | None
    coast_distance_m: int | None
    near: tuple[NearCountry, ...]
    zones: tuple[ZoneMembership, ...]
    views: tuple[View, ...]


def in_order(zones: list[ZoneMembership]) -> tuple[ZoneMembership, ...]:
    """Return the zones by kind, as a reader expects them, then by id."""
    return tuple(sorted(zones, key=lambda zone: (ZONE_ORDER.index(zone.kind), zone.id)))
