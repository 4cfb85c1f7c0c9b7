from datetime import date

import numpy as np
import pytest
import shapely

from geo.changes import changed_boxes
from geo.locate import Geography, geography
from geo.overlay import ImportedZone

ACCURACY_M = 20_000.0
REACH_M = 50_000.0


def zone(code: str = "custom:a", ring=((44, 12), (45, 12), (45, 13), (44, 13)), **values: object) -> ImportedZone:
    geometry = shapely.Polygon(ring)
    common = {"kind": "custom", "country": "", "name": code, "valid_from": date(2000, 1, 1), "valid_until": None}
    return ImportedZone(code=code, geometry=geometry, checksum=str(hash(geometry.wkt)), **{**common, **values})  # type: ignore[arg-type]


def sea(country: str, *, reach: float, at: tuple[float, float]) -> ImportedZone:
    ring = shapely.box(at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach).exterior.coords
    return zone(f"territorial_sea:{country}", ring, kind="territorial_sea", country=country)


def land(country: str, west: float, south: float, east: float, north: float) -> ImportedZone:
    ring = shapely.box(west, south, east, north).exterior.coords
    return zone(f"territory:{country}", ring, kind="territory", country=country)


CHANGES = {
    "a zone of no State is new": ((), (zone(),)),
    "a zone is drawn otherwise": ((zone(),), (zone(ring=((44, 12), (46, 12), (46, 13), (44, 13))),)),
    "a sea replaces the computed one": ((), (sea("YEM", reach=0.3, at=(45.0, 12.5)),)),
    "a sea gives way to the computed one": ((sea("FJI", reach=0.5, at=(179.8, -17.0)),), ()),
    "a territory is imported": ((), (land("DJI", 41.8, 11.0, 43.3, 12.7),)),
    "a territory far from where the State is": ((), (land("DJI", 30.0, 0.0, 31.0, 1.0),)),
    "a known sea area is redrawn": ((), (zone("red-sea", ((38, 18), (39, 18), (39, 19), (38, 19))),)),
    "lines that may be off further": ((zone(),), (zone(accuracy_m=40_000.0),)),
    "a port is redrawn elsewhere": ((), (zone("port:YEADE", ((10, 10), (10.1, 10), (10.1, 10.1), (10, 10.1))),)),
    "it ends earlier": ((zone(),), (zone(valid_until=date(2010, 1, 1)),)),
}


def positions(count: int) -> list[tuple[float, float]]:
    """Return positions around everything that changes, and a few anywhere."""
    draw = np.random.default_rng(11)
    around = np.array(
        [(45, 12.5, 3), (178, -17, 6), (-179, -17, 3), (42, 12, 4), (30, 0.5, 2), (38, 20, 6), (10, 10, 1)]
    )
    x, y, spread = around[draw.integers(len(around), size=count)].T
    near = np.column_stack([x + draw.uniform(-1, 1, count) * spread, y + draw.uniform(-1, 1, count) * spread])
    near[:, 0] = (near[:, 0] + 180) % 360 - 180
    anywhere = draw.uniform((-180, -85), (180, 85), (count // 4, 2))
    return [(float(lon), float(lat)) for lon, lat in np.concatenate([near, anywhere])]


def holds(box: tuple[float, float, float, float], longitude: float, latitude: float) -> bool:
    west, south, east, north = box
    across = longitude >= west or longitude <= east if west > east else west <= longitude <= east
    return across and south <= latitude <= north


def answers(places: Geography, at: list[tuple[float, float]]) -> list[object]:
    accuracies = [(None, 10.0, 5_000.0, ACCURACY_M)[number % 4] for number in range(len(at))]
    days = [(None, date(2005, 1, 1), date(2015, 6, 1))[number % 3] for number in range(len(at))]
    return list(
        places.locate_many([x for x, _ in at], [y for _, y in at], accuracy_m=accuracies, on=days, reach_m=REACH_M)
    )


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
def test_no_answer_differs_outside_the_boxes(before: tuple[ImportedZone, ...], after: tuple[ImportedZone, ...]) -> None:
    was, now = (geography().with_zones(zones) if zones else geography() for zones in (before, after))
    at = positions(3_000)

    boxes = changed_boxes(was, now, within_m=ACCURACY_M + REACH_M)

    assert boxes is not None
    outside = [place for place in at if not any(holds(box, *place) for box in boxes)]
    differing = {
        place for place, one, other in zip(at, answers(was, at), answers(now, at), strict=True) if one != other
    }
    assert differing
    assert not differing & set(outside)
    assert len(outside) > 100


def test_the_same_zones_concern_nobody() -> None:
    places = geography().with_zones([zone()])

    assert changed_boxes(places, geography().with_zones([zone()]), within_m=1.0) == ()


def test_another_reference_concerns_everybody() -> None:
    assert changed_boxes(geography(), Geography.load(belt_widths_m=(10_000,)), within_m=1.0) is None
