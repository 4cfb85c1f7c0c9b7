"""Files of zones: what is taken, and what is refused with a sentence that says what to do."""

import io
import sqlite3
import struct
import zipfile
from pathlib import Path

import pytest
import shapely

from geo.errors import ZoneFileInvalid
from geo.zone_drafts import ImportDraft, ImportOrder, drafts_of
from geo.zone_features import read_features
from geo.zone_files import opened_zone_file
from tests import shapes
from tests.zone_samples import feature, frame, geojson, in_every_format, shapefile, zipped

UNITS = ("OMN", "USA", "YEM")


def drafts(
    path: Path, *, layer: str | None = None, kind: str = "territorial_sea", **order: object
) -> list[ImportDraft]:
    with opened_zone_file(path) as file:
        read = read_features(file, layer=layer)
        said = ImportOrder(kind=kind, source="a hydrographic office", **order)  # type: ignore[arg-type]
        return drafts_of(read.features, said, units=UNITS, stem=file.stem, reprojected=read.reprojected)


def refusal(path: Path, **order: object) -> str:
    with pytest.raises(ZoneFileInvalid) as caught:
        drafts(path, **order)  # type: ignore[arg-type]
    return str(caught.value)


@pytest.mark.parametrize("form", ["GeoPackage", "Shapefile", "Shapefile, zipped", "GeoJSON", "GeoParquet"])
def test_every_format_gives_the_same_zone(tmp_path: Path, form: str) -> None:
    path = in_every_format(tmp_path, frame(shapes.SQUARE, country="YEM"))[form]

    (draft,) = drafts(path)

    assert (draft.code, draft.kind, draft.country) == ("territorial_sea:YEM", "territorial_sea", "YEM")
    assert shapely.equals(draft.geometry, shapely.Polygon(shapes.SQUARE))


def test_the_same_outline_gives_the_same_checksum_whatever_the_format(tmp_path: Path) -> None:
    paths = in_every_format(tmp_path, frame(shapes.SQUARE, country="YEM"))

    assert len({drafts(path)[0].checksum for path in paths.values()}) == 1


@pytest.mark.parametrize("form", ["GeoPackage", "Shapefile", "GeoParquet"])
def test_another_coordinate_system_is_brought_to_wgs84_and_said(tmp_path: Path, form: str) -> None:
    drawn = frame(shapes.SQUARE, country="YEM")
    # A parallel is no straight line on the sheet: the source drew many points.
    drawn.geometry = drawn.geometry.segmentize(0.02)
    path = in_every_format(tmp_path, drawn.to_crs("EPSG:32638"))[form]

    (draft,) = drafts(path)

    assert "WGS 84 / UTM zone 38N" in draft.note
    assert shapely.symmetric_difference(draft.geometry, shapely.Polygon(shapes.SQUARE)).area < 1e-3


def test_the_older_member_of_geojson_names_a_coordinate_system(tmp_path: Path) -> None:
    moved = frame(shapes.SQUARE, country="YEM").to_crs("EPSG:3857").geometry[0]
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    path = geojson(tmp_path, feature(list(moved.exterior.coords), country="YEM"), crs=named)

    assert drafts(path)[0].geometry.bounds == pytest.approx((44, 12, 46, 14), abs=1e-6)


@pytest.mark.parametrize(
    ("ring", "says"),
    [
        (shapes.BOW_TIE, "crosses itself near longitude 45, latitude 13"),
        (shapes.ACROSS_THE_ANTIMERIDIAN, "antimeridian"),
        (shapes.PACIFIC_CENTRED, "antimeridian"),
        (shapes.SWAPPED, "swapped"),
        (shapes.IN_METRES, "look like metres"),
    ],
    ids=["bow tie", "antimeridian", "Pacific", "swapped", "metres"],
)
def test_an_unfit_outline_is_refused_by_feature_with_a_remedy(tmp_path: Path, ring: shapes.Ring, says: str) -> None:
    said = refusal(
        geojson(tmp_path, feature(shapes.SQUARE, country="YEM"), feature(ring, country="OMN", name="Musandam"))
    )

    assert said.startswith("Feature 2 (Musandam): ")
    assert says in said


def test_a_repair_is_made_only_when_asked_for_and_recorded(tmp_path: Path) -> None:
    path = geojson(tmp_path, feature(shapes.BOW_TIE, country="YEM"))

    assert "--repair" in refusal(path)
    (draft,) = drafts(path, repair=True)
    assert "repaired" in draft.note
    assert shapely.is_valid(draft.geometry)


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        (None, "no outline"),
        ({"type": "Polygon", "coordinates": []}, "no outline"),
        ({"type": "Point", "coordinates": [45, 13]}, "it is a Point"),
        ({"type": "LineString", "coordinates": [[45, 13], [46, 13]]}, "it is a LineString"),
        ({"type": "Polygon", "coordinates": [[[45, 13], [46, 13]]]}, "no GeoJSON geometry"),
        ({"type": "Sphere"}, "no GeoJSON geometry"),
    ],
    ids=["null", "empty", "point", "line", "open ring", "unknown"],
)
def test_what_is_no_area_is_refused(tmp_path: Path, geometry: object, says: str) -> None:
    path = geojson(tmp_path, {"type": "Feature", "properties": {"country": "YEM"}, "geometry": geometry})

    assert says in refusal(path)


@pytest.mark.parametrize(
    ("stated", "says"),
    [("Yemen", "did you mean YEM?"), ("YE", "did you mean YEM?"), ("QQQ", "'QQQ'"), (None, "no country")],
)
def test_an_unknown_country_is_refused(tmp_path: Path, stated: str | None, says: str) -> None:
    assert says in refusal(geojson(tmp_path, feature(shapes.SQUARE, country=stated)))


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    bad = [feature(shapes.BOW_TIE, country="QQQ") for _ in range(30)]

    said = refusal(geojson(tmp_path, *bad)).splitlines()

    assert said[-1] == "… and 40 more."
    assert len(said) == 21


def test_pieces_of_one_state_are_joined_but_not_the_same_piece_twice(tmp_path: Path) -> None:
    pieces = feature(shapes.SQUARE, country="USA"), feature(shapes.NEIGHBOUR, country="USA")

    (draft,) = drafts(geojson(tmp_path, *pieces))

    assert draft.geometry.area == pytest.approx(8)
    assert "like feature 1" in refusal(geojson(tmp_path, *pieces, pieces[0]))


def test_one_custom_zone_twice_is_refused(tmp_path: Path) -> None:
    path = geojson(tmp_path, feature(shapes.SQUARE, name="Box"), feature(shapes.NEIGHBOUR, name="Box"))

    assert "custom:box" in refusal(path, kind="custom")


@pytest.mark.parametrize(
    ("kind", "properties", "code"),
    [
        ("region", {"country": "YEM", "name": "Shabwah"}, "YEM:shabwah"),
        ("region", {"country": "YEM", "name": "Shabwah", "id": "YEM:shabwa"}, "YEM:shabwa"),
        ("border_belt", {"name": "Twenty miles"}, "belt:twenty-miles"),
        ("border_belt", {"id": "belt:50000:SAU-YEM"}, "belt:50000:SAU-YEM"),
        ("custom", {"name": "منطقة"}, "custom:mnt"),
        ("custom", {"id": "gulf-of-aden"}, "gulf-of-aden"),
        ("custom", {}, "custom:zones"),
        ("port", {"unlocode": "YEADE", "name": "Aden"}, "port:YEADE"),
    ],
)
def test_codes_are_stable_and_name_what_they_replace(
    tmp_path: Path, kind: str, properties: dict[str, object], code: str
) -> None:
    found = drafts(geojson(tmp_path, feature(shapes.SQUARE, **properties)), kind=kind)[0].code

    assert found == code or (code == "custom:mnt" and found.startswith("custom:mnt"))


def test_a_shapefile_without_its_prj_is_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path, frame(shapes.SQUARE, country="YEM"))
    path.with_suffix(".prj").unlink()

    assert ".prj" in refusal(path)


def test_a_file_without_a_coordinate_system_is_refused(tmp_path: Path) -> None:
    content = frame(shapes.SQUARE, crs=None, country="YEM")
    content.to_parquet(tmp_path / "zones.parquet")

    assert "coordinate reference system" in refusal(tmp_path / "zones.parquet")


def test_layers_are_chosen_by_name(tmp_path: Path) -> None:
    for layer, ring in (("one", shapes.SQUARE), ("two", shapes.NEIGHBOUR)):
        frame(ring, country="YEM").to_file(tmp_path / "zones.gpkg", driver="GPKG", layer=layer)

    assert "--layer: one, two" in refusal(tmp_path / "zones.gpkg")
    assert drafts(tmp_path / "zones.gpkg", layer="two")[0].geometry.bounds[0] == 46


@pytest.mark.parametrize(
    "name", ["zones.vrt", "zones.gml", "zones.kml", "zones.txt", "zones"], ids=["vrt", "gml", "kml", "txt", "none"]
)
def test_other_formats_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<OGRVRTDataSource/>")

    assert "no known format" in refusal(tmp_path / name)


@pytest.mark.parametrize("name", ["zones.gpkg", "zones.geojson", "zones.parquet", "zones.zip"])
@pytest.mark.parametrize(
    "content",
    [
        b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/vsicurl/http://127.0.0.1/x</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        b"WFS:http://127.0.0.1/wfs",
        b"\x00\x01",
    ],
    ids=["vrt", "wfs", "noise"],
)
def test_a_file_that_is_not_what_it_is_called_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    assert "like" in refusal(tmp_path / name) or "no archive" in refusal(tmp_path / name)


@pytest.mark.parametrize(
    "address", ["/vsicurl/http://127.0.0.1/zones.gpkg", "http://127.0.0.1/zones.geojson", "missing.gpkg"]
)
def test_addresses_are_not_opened(address: str) -> None:
    assert "no file on this machine" in refusal(Path(address))


def test_a_database_that_only_claims_to_be_a_geopackage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zones.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE t (x)")
        database.execute(f"PRAGMA application_id = {struct.unpack('>i', b'GPKG')[0]}")
    database.close()

    assert refusal(path)


def test_an_empty_file_and_one_without_features_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.geojson").write_bytes(b"")

    assert "is empty" in refusal(tmp_path / "empty.geojson")
    assert "no features" in refusal(geojson(tmp_path))


@pytest.mark.parametrize(
    "content", [b'{"type": "FeatureCollection", "features": [', b"{" * 100_000, b'{"type": "Topology"}', b"{\xff}"]
)
def test_damaged_geojson_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "zones.geojson").write_bytes(content)

    assert "GeoJSON" in refusal(tmp_path / "zones.geojson")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"type": "FeatureCollection", "features": [null]}', "Feature 1: it is no GeoJSON Feature"),
        (
            b'{"type": "FeatureCollection", "features": [{"properties": [1], "geometry": null}]}',
            "Feature 1: it is no GeoJSON Feature",
        ),
        (
            b'{"type": "FeatureCollection", "features": [], "crs": {"type": "name", "properties": [1]}}',
            "names no coordinate system",
        ),
    ],
)
def test_geojson_of_another_shape_is_refused_at_its_place(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "zones.geojson").write_bytes(content)

    assert says in refusal(tmp_path / "zones.geojson")


@pytest.mark.parametrize("form", ["Shapefile", "GeoJSON", "GeoParquet"])
def test_a_layer_asked_of_a_file_without_layers_is_refused(tmp_path: Path, form: str) -> None:
    path = in_every_format(tmp_path, frame(shapes.SQUARE, country="YEM"))[form]

    assert "has no layers" in refusal(path, layer="limits")


def archive(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as content:
        for name, data in entries.items():
            content.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"../../etc/zones.shp": b"x"}, "leads out of it"),
        ({"/etc/zones.shp": b"x"}, "leads out of it"),
        ({"C:\\zones.shp": b"x"}, "leads out of it"),
        ({"zones.shp": b"x", "more.zip": b"x"}, "another archive"),
        ({"zones.shp": b"\0" * 50_000_000}, "grow"),
        ({f"{number}.txt": b"" for number in range(1_001)}, "more than 1,000"),
        ({"a.shp": b"x", "b.shp": b"x"}, "2 Shapefiles"),
        ({"readme.txt": b"x"}, "0 Shapefiles"),
        ({"zones.shp": b"x", "zones.prj": b"x"}, "lacks its .shx and .dbf"),
    ],
    ids=["parent", "absolute", "drive", "nested", "bomb", "many", "two", "none", "parts"],
)
def test_traps_and_incomplete_archives_are_refused(tmp_path: Path, entries: dict[str, bytes], says: str) -> None:
    assert says in refusal(archive(tmp_path / "zones.zip", entries))


def test_an_archive_that_understates_what_it_holds_is_refused(tmp_path: Path) -> None:
    shapefile(tmp_path, frame(shapes.SQUARE, country="YEM"))
    path = zipped(tmp_path, *sorted(tmp_path.glob("zones.[sdpc][hbrp]?")))
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        size = read.getinfo("zones.shp").file_size
    path.write_bytes(content.replace(struct.pack("<I", size), struct.pack("<I", size - 40)))

    assert refusal(path)


def test_dates_fields_and_sources_are_checked_before_anything_is_read(tmp_path: Path) -> None:
    path = geojson(tmp_path, feature(shapes.SQUARE, country="YEM"))

    assert "choose one of" in refusal(path, kind="lake")
    assert "has no field 'iso'" in refusal(path, country_field="iso")
    assert "--accuracy-m" in refusal(path, accuracy_m=-1.0)
