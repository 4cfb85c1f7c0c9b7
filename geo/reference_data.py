"""The built reference geography on disk: arrays in .npz files, names in JSON, and a manifest with digests."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.errors import ReferenceGeographyDamaged, ReferenceGeographyMissing

REFERENCE_FOLDER = Path(__file__).resolve().parent / "reference"
MANIFEST = "MANIFEST.json"

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was built, from what, and the digest that names it."""

    version: str
    digest: str
    inputs: dict[str, str]
    files: dict[str, str]
    sources: tuple[dict[str, str], ...]


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder; raise ReferenceGeographyMissing when nothing was built there."""
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError as error:
        raise ReferenceGeographyMissing("The reference geography has not been built: run `make setup`.") from error
    return Manifest(
        content["version"], content["digest"], content["inputs"], content["files"], tuple(content["sources"])
    )


def read_arrays(folder: Path, name: str) -> dict[str, Array]:
    """Return the arrays of one file; raise ReferenceGeographyDamaged when it cannot be read."""
    try:
        with np.load(folder / f"{name}.npz", allow_pickle=False) as content:
            return {key: content[key] for key in content.files}
    except (OSError, ValueError) as error:
        raise ReferenceGeographyDamaged(f"The reference file {name}.npz cannot be read: run `make setup`.") from error


def read_names(folder: Path, name: str) -> Any:
    """Return the content of one JSON file of the reference geography."""
    return json.loads((folder / f"{name}.json").read_bytes())


def write_arrays(folder: Path, name: str, arrays: dict[str, Array]) -> None:
    """Write arrays uncompressed, for loading speed; the same arrays give the same bytes."""
    with (folder / f"{name}.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def write_names(folder: Path, name: str, content: Any) -> None:
    """Write JSON with sorted keys."""
    (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1), "utf-8")


def polygons_to_arrays(polygons: list[shapely.Polygon], owners: list[int]) -> dict[str, Array]:
    """Return polygons and their owners as flat arrays."""
    kind, coordinates, offsets = shapely.to_ragged_array(polygons)
    if kind != shapely.GeometryType.POLYGON:
        raise ReferenceGeographyDamaged("Subdivided land holds polygons only.")
    return {
        "coordinates": coordinates,
        "rings": offsets[0],
        "polygons": offsets[1],
        "owners": np.array(owners, dtype=np.int32),
    }


def polygons_from_arrays(arrays: dict[str, Array]) -> tuple[Array, Array]:
    """Return polygons and owners out of flat arrays."""
    offsets = (arrays["rings"], arrays["polygons"])
    polygons = shapely.from_ragged_array(shapely.GeometryType.POLYGON, arrays["coordinates"], offsets)
    return polygons, arrays["owners"].astype(np.int64)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
