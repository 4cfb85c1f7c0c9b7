"""Small files of zones in the formats that importers take, right and wrong."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas
import shapely

Ring = Sequence[tuple[float, float]]


def feature(ring: Ring, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def geojson(folder: Path, *features: Mapping[str, Any], name: str = "zones.geojson", **members: object) -> Path:
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}), "utf-8")
    return path


def frame(ring: Ring, *, crs: str | None = "EPSG:4326", **properties: object) -> geopandas.GeoDataFrame:
    columns = {name: [value] for name, value in properties.items()}
    return geopandas.GeoDataFrame(columns, geometry=[shapely.Polygon(ring)], crs=crs)


def shapefile(folder: Path, content: geopandas.GeoDataFrame) -> Path:
    content.to_file(folder / "zones.shp", driver="ESRI Shapefile")
    return folder / "zones.shp"


def zipped(folder: Path, *paths: Path, under: str = "", name: str = "zones.zip") -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, under + path.name)
    return folder / name


def in_every_format(folder: Path, content: geopandas.GeoDataFrame) -> dict[str, Path]:
    shape = shapefile(folder, content)
    content.to_file(folder / "zones.gpkg", driver="GPKG", layer="zones")
    content.to_file(folder / "zones.geojson", driver="GeoJSON")
    content.to_parquet(folder / "zones.parquet")
    return {
        "GeoPackage": folder / "zones.gpkg",
        "Shapefile": shape,
        "Shapefile, zipped": zipped(folder, *sorted(folder.glob("zones.[sdpc][hbrp]?"))),
        "GeoJSON": folder / "zones.geojson",
        "GeoParquet": folder / "zones.parquet",
    }
