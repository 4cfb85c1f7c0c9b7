"""Features with attributes, written as map programs read them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple

import geopandas
import orjson
import shapely

WGS84: Final = "EPSG:4326"


class Feature(NamedTuple):
    """A shape, where there is one, and plain values by name."""

    shape: shapely.Geometry | None
    values: Mapping[str, Any]


def as_geojson(features: Sequence[Feature], **about: Any) -> bytes:
    """Return a FeatureCollection; ``about`` are further members of it."""
    members = [
        {
            "type": "Feature",
            "geometry": None if feature.shape is None else shapely.geometry.mapping(feature.shape),
            "properties": feature.values,
        }
        for feature in features
    ]
    return orjson.dumps({"type": "FeatureCollection", **about, "features": members})


def as_geopackage(features: Sequence[Feature], layer: str, columns: Sequence[str], shape: str) -> bytes:
    """Return a GeoPackage of one layer whose features have the columns and shapes of one type."""
    table = geopandas.GeoDataFrame(
        [{name: feature.values.get(name) for name in columns} for feature in features],
        columns=[*columns],
        geometry=[feature.shape for feature in features],
        crs=WGS84,
    )
    content = BytesIO()
    table.to_file(content, layer=layer, driver="GPKG", engine="pyogrio", geometry_type=shape)
    return content.getvalue()
