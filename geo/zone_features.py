"""The features of a file of zones in WGS 84, whatever the format and coordinate system they came in."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import geopandas
import numpy as np
import orjson
import pyarrow
import pyarrow.parquet
import pyogrio
import pyproj
import shapely
from pyproj.exceptions import ProjError

from geo.errors import ZoneFileInvalid
from geo.zone_files import MOST_UNPACKED_BYTES, Format, ZoneFile

MOST_FEATURES = 50_000
MOST_VERTICES = 20_000_000
# A straight line on a map sheet is none in degrees: one this long is bent by centimetres at most.
STRAIGHT_M = 2_000.0
WGS84 = pyproj.CRS.from_epsg(4326)
# The names of WGS 84 in longitude and latitude that GeoJSON of before RFC 7946 writes out.
GEOJSON_WGS84 = frozenset({"urn:ogc:def:crs:ogc:1.3:crs84", "urn:ogc:def:crs:epsg::4326", "epsg:4326", "ogc:crs84"})
DRIVERS: dict[Format, str] = {"GeoPackage": "GPKG", "Shapefile": "ESRI Shapefile"}


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its place in the file, counted from 1, what the file says of it, and its outline (None: none)."""

    number: int
    properties: Mapping[str, Any]
    geometry: shapely.Geometry | None


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a file in WGS 84, and what was done to get them there (None: nothing)."""

    features: tuple[Feature, ...]
    reprojected: str | None


def read_features(file: ZoneFile, *, layer: str | None = None) -> Features:
    """Return the features of a recognised file; raise ZoneFileInvalid when it cannot be read or placed."""
    if layer is not None and file.format != "GeoPackage":
        raise ZoneFileInvalid(f"--layer chooses in a GeoPackage; a {file.format} has no layers: leave it out.")
    crs: pyproj.CRS | None
    with _sentences(file):
        if file.format == "GeoJSON":
            features, crs = _geojson(file)
        elif file.format == "GeoParquet":
            features, crs = _geoparquet(file)
        else:
            features, crs = _vector_file(file, layer)
    if not features:
        raise ZoneFileInvalid("The file holds no features.")
    if sum(shapely.get_num_coordinates(feature.geometry) for feature in features) > MOST_VERTICES:
        raise ZoneFileInvalid(f"The outlines have more than {MOST_VERTICES:,} points: simplify them.")
    return _in_wgs84(features, crs)


@contextmanager
def _sentences(file: ZoneFile) -> Iterator[None]:
    """Turn what the libraries throw at damaged files into a sentence."""
    try:
        yield
    except (
        shapely.errors.ShapelyError,
        pyogrio.errors.DataSourceError,
        pyogrio.errors.GeometryError,
        pyogrio.errors.FeatureError,
        pyarrow.ArrowException,
        orjson.JSONDecodeError,
        UnicodeDecodeError,
        KeyError,
        TypeError,
        ValueError,
        OSError,
        RecursionError,
    ) as error:
        detail = str(error).strip().splitlines()
        raise ZoneFileInvalid(
            f"The {file.format} cannot be read: {detail[0] if detail else type(error).__name__}"
        ) from error


def _geojson(file: ZoneFile) -> tuple[list[Feature], pyproj.CRS]:
    content = orjson.loads(file.path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    if content.get("type") == "Feature":
        entries = [content]
    elif content.get("type") == "FeatureCollection" and isinstance(content.get("features"), list):
        entries = content["features"]
    else:
        raise ZoneFileInvalid("The GeoJSON is neither a FeatureCollection nor a Feature.")
    _check_count(len(entries))
    features = [_geojson_feature(number, entry) for number, entry in enumerate(entries, start=1)]
    return features, _geojson_crs(content.get("crs"))


def _geojson_feature(number: int, entry: object) -> Feature:
    if not isinstance(entry, dict) or not isinstance(entry.get("properties") or {}, dict):
        raise ZoneFileInvalid(f"Feature {number}: it is no GeoJSON Feature.")
    geometry, properties = entry.get("geometry"), dict(entry.get("properties") or {})
    if "id" not in properties and entry.get("id") is not None:
        properties["id"] = entry["id"]
    try:
        shape = shapely.from_geojson(orjson.dumps(geometry)) if geometry is not None else None
    except shapely.errors.ShapelyError as error:
        raise ZoneFileInvalid(f"Feature {number}: its outline is no GeoJSON geometry: {error}") from error
    return Feature(number, properties, shape)


def _geojson_crs(stated: object) -> pyproj.CRS:
    """Return the coordinate system: WGS 84 by RFC 7946, unless the older member names another."""
    if stated is None:
        return WGS84
    name = _name_of_crs(stated)
    if name is None:
        raise ZoneFileInvalid(
            "The GeoJSON has a `crs` that names no coordinate system here (links are not followed): convert it to "
            "WGS 84 (`ogr2ogr -t_srs EPSG:4326 …`)."
        )
    return WGS84 if name.lower() in GEOJSON_WGS84 else _crs_named(name)


def _name_of_crs(stated: object) -> str | None:
    """Return the name in the older member `crs`; None where it has another shape."""
    named = stated.get("properties") if isinstance(stated, dict) and stated.get("type") == "name" else None
    name = named.get("name") if isinstance(named, dict) else None
    return name if isinstance(name, str) else None


def _crs_named(name: str) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_user_input(name)
    except ProjError as error:
        raise ZoneFileInvalid(f"The coordinate system {name!r} is not known: convert the file to WGS 84.") from error


def _geoparquet(file: ZoneFile) -> tuple[list[Feature], pyproj.CRS | None]:
    table = pyarrow.parquet.ParquetFile(file.path)
    groups = (table.metadata.row_group(number) for number in range(table.metadata.num_row_groups))
    _check_count(table.metadata.num_rows)
    if sum(group.total_byte_size for group in groups) > MOST_UNPACKED_BYTES:
        raise ZoneFileInvalid(f"The GeoParquet holds more than {MOST_UNPACKED_BYTES:,} bytes unpacked.")
    if b"geo" not in (table.metadata.metadata or {}):
        raise ZoneFileInvalid(
            "The file is Parquet without the `geo` metadata of GeoParquet: write it with a GIS again."
        )
    return _of_frame(geopandas.read_parquet(file.path))


def _vector_file(file: ZoneFile, layer: str | None) -> tuple[list[Feature], pyproj.CRS | None]:
    layers = [str(name) for name, kind in pyogrio.list_layers(file.path) if kind is not None]
    if layer is None and len(layers) > 1:
        raise ZoneFileInvalid(f"The file has {len(layers)} layers: choose one with --layer: {', '.join(layers)}.")
    if not layers or (layer is not None and layer not in layers):
        raise ZoneFileInvalid(f"The file has no layer {layer or 'of outlines'}; it has: {', '.join(layers) or 'none'}.")
    chosen = layer or layers[0]
    about = pyogrio.read_info(file.path, layer=chosen, force_feature_count=True)
    if about["driver"] != DRIVERS[file.format]:
        raise ZoneFileInvalid(f"The file opens as {about['driver']}, not as a {file.format}.")
    _check_count(int(about["features"]))
    return _of_frame(pyogrio.read_dataframe(file.path, layer=chosen))


def _of_frame(frame: geopandas.GeoDataFrame) -> tuple[list[Feature], pyproj.CRS | None]:
    columns = [name for name in frame.columns if name != frame.geometry.name]
    rows = frame[columns].to_dict("records")
    geometries = frame.geometry.to_numpy()
    features = [
        Feature(number, properties, geometry)
        for number, (properties, geometry) in enumerate(zip(rows, geometries, strict=True), start=1)
    ]
    return features, frame.crs


def _check_count(count: int) -> None:
    if count > MOST_FEATURES:
        raise ZoneFileInvalid(f"The file holds {count:,} features, more than {MOST_FEATURES:,}.")


def _in_wgs84(features: Sequence[Feature], crs: pyproj.CRS | None) -> Features:
    if crs is None:
        raise ZoneFileInvalid(
            "The file does not say which coordinate reference system it uses: ask the source, and set it with a GIS "
            "(`ogr2ogr -a_srs EPSG:4326 …` where it is WGS 84)."
        )
    flat = [
        Feature(
            entry.number, entry.properties, shapely.force_2d(entry.geometry) if entry.geometry is not None else None
        )
        for entry in features
    ]
    if _is_wgs84(crs):
        return Features(tuple(flat), None)
    if not (crs.is_geographic or crs.is_projected):
        raise ZoneFileInvalid(f"The coordinate system {crs.name!r} is tied to no place on earth: convert it to WGS 84.")
    try:
        transformer = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
    except ProjError as error:
        raise ZoneFileInvalid(f"From {crs.name!r} there is no way to WGS 84: {error}") from error
    moved = tuple(Feature(entry.number, entry.properties, _moved(entry, crs, transformer)) for entry in flat)
    return Features(moved, _said(crs, transformer))


def _is_wgs84(crs: pyproj.CRS) -> bool:
    """Return whether the coordinates are WGS 84 longitudes and latitudes as they stand."""
    if not crs.is_geographic or crs.is_bound:
        return False
    plain = crs.sub_crs_list[0] if crs.is_compound else crs
    return (
        plain.to_epsg() == 4326
        or plain.to_authority() == ("OGC", "CRS84")
        or plain.equals(WGS84, ignore_axis_order=True)
    )


def _moved(feature: Feature, crs: pyproj.CRS, transformer: pyproj.Transformer) -> shapely.Geometry | None:
    if feature.geometry is None or feature.geometry.is_empty:
        return feature.geometry
    geometry = feature.geometry
    if crs.is_projected and np.isfinite(shapely.get_coordinates(geometry)).all():
        geometry = shapely.segmentize(geometry, STRAIGHT_M / crs.axis_info[0].unit_conversion_factor)
    east, north = transformer.transform(*shapely.get_coordinates(geometry).T)
    return shapely.set_coordinates(geometry, np.column_stack([east, north]))


def _said(crs: pyproj.CRS, transformer: pyproj.Transformer) -> str:
    authority = crs.to_authority()
    name = f"{':'.join(authority)} {crs.name}" if authority else crs.name
    accuracy = f", to {transformer.accuracy:g} m" if transformer.accuracy and transformer.accuracy > 0 else ""
    return f"reprojected from {name} to WGS 84{accuracy}"
