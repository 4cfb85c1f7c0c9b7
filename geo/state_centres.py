"""Where on a map a State is drawn from: a place well inside its largest land."""

from functools import lru_cache

from geo.map_data import centres
from geo.states import territory_of


@lru_cache(maxsize=512)
def centre_of_state(code: str) -> tuple[float, float] | None:
    """Return longitude and latitude for a State, one that is no more included; None for what has no land."""
    known = [centres()[unit] for unit in territory_of(code, None) if unit in centres()]
    if not known:
        return None
    longitude, latitude, _ = max(known, key=lambda place: place[2])
    return longitude, latitude
