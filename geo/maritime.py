"""Belts of the sea computed from the nearest coast and split by equidistance; never an official limit."""

from collections.abc import Mapping
from dataclasses import dataclass

from geo.crs import NAUTICAL_MILE_M
from geo.memberships import Certainty, ZoneKind, ZoneMembership

COMPUTED_NOTE = "computed, not an official limit"


@dataclass(frozen=True, slots=True)
class Belt:
    """A belt of the sea between two distances from the coast: United Nations Convention on the Law of the Sea."""

    kind: ZoneKind
    name: str
    from_m: float
    to_m: float


# Articles 3, 33 and 55-57. The economic zone begins beyond the territorial sea; the contiguous zone lies inside it.
BELTS = (
    Belt("territorial_sea", "Territorial sea", 0.0, 12 * NAUTICAL_MILE_M),
    Belt("contiguous_zone", "Contiguous zone", 12 * NAUTICAL_MILE_M, 24 * NAUTICAL_MILE_M),
    Belt("exclusive_economic_zone", "Exclusive economic zone", 12 * NAUTICAL_MILE_M, 200 * NAUTICAL_MILE_M),
)
WIDEST_M = 200 * NAUTICAL_MILE_M
TERRITORIAL_SEA_M = 12 * NAUTICAL_MILE_M


def sea_zones(coasts: Mapping[str, float], *, doubt_m: float, on_land: bool) -> list[ZoneMembership]:
    """Return the belts that a position is in or may be in, from the distances of States' coasts around it.

    Within the circle of doubt a coast can come nearer or go further by at most the doubt, and the nearest one can
    change when a second is at most two doubts further: what that leaves open is indeterminate, for each State that
    the circle may touch.
    """
    if not coasts:
        return []
    nearest_m = min(coasts.values())
    zones = []
    for state, metres in coasts.items():
        if metres > nearest_m + 2 * doubt_m:
            continue
        alone = all(other == state or away > metres + 2 * doubt_m for other, away in coasts.items())
        for belt in BELTS:
            certainty = _certainty(belt, metres, doubt_m, alone=alone, on_land=on_land)
            if certainty != "outside" and (state != "XXX" or belt.from_m == 0.0):
                zones.append(_membership(belt, state, certainty, metres))
    return zones


def _certainty(belt: Belt, metres: float, doubt_m: float, *, alone: bool, on_land: bool) -> Certainty:
    if on_land:
        # From land the circle reaches no further out to sea than what is left of the doubt at the coast.
        return "indeterminate" if doubt_m - metres > belt.from_m else "outside"
    if metres - doubt_m > belt.to_m or metres + doubt_m <= belt.from_m:
        return "outside"
    surely = alone and metres + doubt_m <= belt.to_m and metres - doubt_m > belt.from_m
    return "inside" if surely else "indeterminate"


def _membership(belt: Belt, state: str, certainty: Certainty, metres: float) -> ZoneMembership:
    known = state != "XXX"
    return ZoneMembership(
        id=f"{belt.kind}:{state}",
        kind=belt.kind,
        country=state if known else None,
        name=f"{belt.name} ({state if known else 'claims differ'})",
        certainty=certainty if known else "indeterminate",
        distance_m=float(round(metres)),
        computed=True,
        note=COMPUTED_NOTE,
    )
