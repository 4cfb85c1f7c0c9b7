"""How fast positions are located: the country alone, everything, one alone, and PostGIS on the same points."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import shapely

from backend.bench.figures import BenchCannotRun, Figure, Notes, Plan
from backend.bench.measuring import cpu_seconds, measured, per_second, progress, quantile
from backend.bench.postgis import PostGis, running_postgis
from geo.locate import Geography, geography
from geo.reference_data import REFERENCE_FOLDER, polygons_from_arrays, read_arrays

SIZE = 20_000
COUNTRY_SIZE = 200_000
POSTGIS_SIZE = 50_000
SINGLE_SIZE = 1_000
# As reports state them: nothing, a satellite fix, a street, a village, a district.
ACCURACIES_M = (None, 10.0, 100.0, 1_000.0, 5_000.0, 20_000.0)
ACCURACY_SHARES = (0.3, 0.3, 0.15, 0.1, 0.1, 0.05)
FIRST_DAY, DAYS = date(1992, 1, 1), 12_000

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Positions:
    """Positions with their accuracies and days."""

    lon: Floats
    lat: Floats
    accuracy_m: Sequence[float | None]
    days: Sequence[date]

    def located(self, places: Geography) -> object:
        """Locate all of them at once."""
        return places.locate_many(self.lon, self.lat, accuracy_m=self.accuracy_m, on=self.days)


def locate(plan: Plan) -> Iterator[Figure]:
    """Yield the figures of the geography."""
    places = geography()
    lon, lat = near_borders(plan.size or COUNTRY_SIZE, seed=plan.seed)
    rounds = measured("country", lambda: places.country_of_many(lon, lat), rounds=plan.rounds)
    yield per_second("locate.points_per_s_core", len(lon), rounds, "points/s")
    mixed = positions(plan.size or SIZE, seed=plan.seed)
    rounds = measured("everything", lambda: mixed.located(places), rounds=plan.rounds)
    yield per_second("locate.full_points_per_s_core", len(mixed.lon), rounds, "points/s")
    yield _single(places, positions(min(plan.size or SINGLE_SIZE, SINGLE_SIZE), seed=plan.seed + 1))
    try:
        yield ratio_to_postgis(places, size=plan.size or POSTGIS_SIZE, seed=plan.seed, rounds=min(plan.rounds, 3))
    except BenchCannotRun as error:
        yield Figure("locate.ratio_to_postgis", 0.0, "skipped", {"because": str(error)})


def near_borders(count: int, *, seed: int) -> tuple[Floats, Floats]:
    """Return positions within half a degree of a land border: the hardest there are."""
    rng = np.random.default_rng(seed)
    return _around("borders", count, 0.5, rng)


def positions(count: int, *, seed: int) -> Positions:
    """Return a quarter near land borders, a quarter near coasts, a quarter at sea and a quarter inland, shuffled."""
    rng = np.random.default_rng(seed)
    quarter = -(-count // 4)
    parts = [_around("borders", quarter, 0.5, rng), _around("coasts", quarter, 0.5, rng)]
    parts.extend(_anywhere(quarter, rng, on_land=on_land) for on_land in (False, True))
    order = rng.permutation(4 * quarter)[:count]
    lon, lat = (np.concatenate(column)[order] for column in zip(*parts, strict=True))
    accuracies = rng.choice(len(ACCURACIES_M), count, p=ACCURACY_SHARES).tolist()
    days = rng.integers(0, DAYS, count).tolist()
    return Positions(
        lon, lat, [ACCURACIES_M[which] for which in accuracies], [FIRST_DAY + timedelta(days=day) for day in days]
    )


def ratio_to_postgis(places: Geography, *, size: int, seed: int, rounds: int) -> Figure:
    """Return how many times as fast the country is found as by PostGIS, CPU time against CPU time, after both agree.

    Raises BenchCannotRun without PostGIS, and where the two differ.
    """
    lon, lat = near_borders(size, seed=seed)
    polygons, owners = polygons_from_arrays(read_arrays(REFERENCE_FOLDER, "countries"))
    with running_postgis() as postgis:
        postgis.load_land([_whole(polygons[owners == unit]) for unit in range(len(places.units))])
        postgis.load_points(lon, lat)
        on_borders = _agreed(places, postgis, lon, lat)
        theirs = min(postgis.cpu_seconds() for _ in progress(range(rounds), "PostGIS"))
        ours = min(cpu_seconds(lambda: places.country_of_many(lon, lat)) for _ in range(rounds + 2))
        notes: Notes = {
            "postgis": postgis.version(),
            "postgis_points_per_s_core": round(size / theirs),
            "ours_points_per_s_core": round(size / ours),
            "size": size,
            "on_borders": on_borders,
        }
    return Figure("locate.ratio_to_postgis", round(theirs / ours, 2), "times", notes)


def _agreed(places: Geography, postgis: PostGis, lon: Floats, lat: Floats) -> int:
    """Return how many points lie on several units' land for PostGIS; raise BenchCannotRun where an answer differs."""
    holding: dict[int, list[str]] = {}
    for point, unit in postgis.answers():
        holding.setdefault(point, []).append(places.units[unit])
    ours = places.country_of_many(lon, lat).tolist()
    differing = [point for point, unit in enumerate(ours) if unit not in holding.get(point, [""])]
    if differing:
        first = differing[0]
        raise BenchCannotRun(
            f"{len(differing)} answers differ, the first at {lon[first]}, {lat[first]}: {ours[first]!r} against "
            f"{holding.get(first)}."
        )
    return sum(len(set(units)) > 1 for units in holding.values())


def _single(places: Geography, given: Positions) -> Figure:
    """Measure each position alone, on indexes that are warm."""
    given.located(places)
    taken_ms = []
    for at in progress(range(len(given.lon)), "one by one"):
        begun = time.process_time()
        places.locate_many(
            given.lon[at : at + 1], given.lat[at : at + 1], accuracy_m=[given.accuracy_m[at]], on=[given.days[at]]
        )
        taken_ms.append((time.process_time() - begun) * 1000)
    notes: Notes = {"mean": round(sum(taken_ms) / len(taken_ms), 3), "size": len(taken_ms)}
    return Figure("locate.single_p99_ms", round(quantile(taken_ms, 0.99), 3), "ms", notes)


def _around(lines: str, count: int, degrees: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    segments = read_arrays(REFERENCE_FOLDER, lines)["segments"]
    chosen = segments[rng.integers(0, len(segments), count), :2] + rng.uniform(-degrees, degrees, (count, 2))
    return chosen[:, 0], np.clip(chosen[:, 1], -90.0, 90.0)


def _anywhere(count: int, rng: np.random.Generator, *, on_land: bool) -> tuple[Floats, Floats]:
    """Return positions spread evenly over the globe's land or sea."""
    tried = 6 * count
    lon, lat = rng.uniform(-180, 180, tried), np.degrees(np.arcsin(rng.uniform(-1, 1, tried)))
    kept = np.flatnonzero((geography().country_of_many(lon, lat) != "") == on_land)[:count]
    return lon[kept], lat[kept]


def _whole(pieces: npt.NDArray[np.object_]) -> bytes:
    """Return a unit's pieces joined again, as one multipolygon in WKB."""
    joined = shapely.union_all(pieces)
    whole = shapely.MultiPolygon([part for part in shapely.get_parts(joined) if part.geom_type == "Polygon"])
    return bytes(shapely.to_wkb(shapely.set_srid(whole, 4326), include_srid=True))
