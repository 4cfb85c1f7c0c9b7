"""Imported zones from file to answer: kept whole or not at all, replacing on their days; earlier ones stay."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from rest_framework.test import APIClient

from cases.models import Officer
from cases.queries.geographies import current_geography, geography_used
from geo.crs import Position
from geo.errors import GeographyUnavailable, ZoneFileInvalid
from geo.geographies import compose_geography
from geo.import_zones import ImportedZones, import_zones
from geo.load_zones import load_reference_zones, load_zones
from geo.locate import Geography, geography
from geo.models import GeographyVersion, Zone, ZoneVersion
from geo.reference_data import REFERENCE_FOLDER
from geo.reference_zones import ZoneDraft, reference_zones
from geo.zone_drafts import ImportOrder
from tests import shapes
from tests.zone_samples import feature, geojson

MOMENT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
OFF_ADEN = Position(45.0, 12.3)
LIMIT = ((44.6, 12.2), (45.4, 12.2), (45.4, 12.75), (44.6, 12.75), (44.6, 12.2))
WIDER = ((44.0, 12.0), (46.0, 12.0), (46.0, 12.75), (44.0, 12.75), (44.0, 12.0))
COMPUTED = ZoneDraft(
    code="territorial_sea:YEM", kind="territorial_sea", country="YEM", name="Territorial sea (YEM)",
    source="Natural Earth", licence="public domain", checksum="c" * 64, computed=True,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def imported(path: Path, **order: object) -> ImportedZones:
    said = ImportOrder(**{"kind": "territorial_sea", "source": "a hydrographic office", **order})  # type: ignore[arg-type]
    return import_zones(path=path, order=said, layer=None, loaded_at=MOMENT)


def limit(folder: Path, ring: shapes.Ring = LIMIT, name: str = "limit.geojson") -> Path:
    return geojson(folder, feature(ring, country="YEM"), name=name)


def seas(places: Geography, on: date) -> list[tuple[str, str, bool]]:
    found = places.locate(OFF_ADEN, accuracy_m=10.0, on=on).zones
    return [(zone.id, zone.certainty, zone.computed) for zone in found if zone.kind == "territorial_sea"]


def periods(code: str) -> list[tuple[date, date | None, bool]]:
    rows = ZoneVersion.objects.filter(zone__code=code).order_by("pk")
    return list(rows.values_list("valid_from", "valid_until", "imported"))


def test_an_imported_limit_answers_in_the_geography_of_the_server(tmp_path: Path) -> None:
    before = current_geography()

    done = imported(limit(tmp_path))

    assert done.added == ("territorial_sea:YEM",)
    assert seas(before, date(2013, 1, 23)) == []
    assert seas(current_geography(), date(2013, 1, 23)) == [("territorial_sea:YEM", "inside", False)]
    assert current_geography().digest != before.digest == geography().digest
    assert current_geography() is current_geography()


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    imported(limit(tmp_path))
    rows, geographies = ZoneVersion.objects.count(), GeographyVersion.objects.count()

    again = imported(limit(tmp_path))

    assert (again.added, again.unchanged) == ((), 1)
    assert (ZoneVersion.objects.count(), GeographyVersion.objects.count()) == (rows, geographies)


def test_a_new_edition_replaces_the_earlier_one_whole(tmp_path: Path) -> None:
    imported(limit(tmp_path))
    imported(limit(tmp_path, WIDER, "wider.geojson"))

    assert periods("territorial_sea:YEM") == [(date.min, date.min, True), (date.min, None, True)]


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (None, None, []),
        (date(2020, 1, 1), None, [(date(2010, 1, 1), date(2020, 1, 1))]),
        (None, date(2020, 1, 1), [(date(2020, 1, 1), None)]),
        (date(2015, 1, 1), date(2020, 1, 1), [(date(2010, 1, 1), date(2015, 1, 1)), (date(2020, 1, 1), None)]),
        (date(2000, 1, 1), date(2010, 1, 1), [(date(2010, 1, 1), None)]),
    ],
    ids=["all days", "later", "earlier", "between", "before"],
)
def test_an_earlier_version_keeps_the_days_that_the_new_one_leaves_it(
    tmp_path: Path, start: date | None, end: date | None, left: list[tuple[date, date | None]]
) -> None:
    imported(limit(tmp_path), valid_from=date(2010, 1, 1))
    first = ZoneVersion.objects.get()

    imported(limit(tmp_path, WIDER, "wider.geojson"), valid_from=start, valid_until=end)

    rows = ZoneVersion.objects.filter(checksum=first.checksum).order_by("valid_from")
    kept = [(row.valid_from, row.valid_until) for row in rows if row.valid_from != row.valid_until]
    assert kept == left
    assert {bytes(row.geometry) for row in rows} == {bytes(first.geometry)}


def test_a_geography_of_earlier_can_be_put_together_again(tmp_path: Path) -> None:
    imported(limit(tmp_path))
    then = current_geography()
    imported(limit(tmp_path, shapes.SQUARE, "other.geojson"), valid_from=date(2010, 1, 1))

    again = geography_used(digest=then.digest)

    assert current_geography().digest != then.digest
    assert (again.version, again.digest) == (then.version, then.digest)
    assert again.locate(OFF_ADEN, accuracy_m=10.0, on=date(2013, 1, 23)) == then.locate(
        OFF_ADEN, accuracy_m=10.0, on=date(2013, 1, 23)
    )
    assert geography_used(digest=geography().digest) is geography()


def test_an_unknown_geography_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(GeographyUnavailable, match="not known"):
        geography_used(digest="sha256:" + "0" * 64)


def test_a_reference_that_changed_since_is_not_passed_off_as_the_same(tmp_path: Path) -> None:
    imported(limit(tmp_path))
    GeographyVersion.objects.update(digest="sha256:" + "1" * 64)

    with pytest.raises(GeographyUnavailable, match="changed since"):
        geography_used(digest="sha256:" + "1" * 64)


def test_a_file_with_anything_wrong_leaves_nothing_behind(tmp_path: Path) -> None:
    path = geojson(tmp_path, feature(LIMIT, country="YEM"), feature(shapes.BOW_TIE, country="OMN"))

    with pytest.raises(ZoneFileInvalid, match="Feature 2"):
        imported(path)

    assert (Zone.objects.count(), ZoneVersion.objects.count(), GeographyVersion.objects.count()) == (0, 0, 0)


def test_loading_the_reference_leaves_imported_zones_alone(tmp_path: Path) -> None:
    load_zones(drafts=[COMPUTED], loaded_at=MOMENT)
    imported(limit(tmp_path))

    load_zones(drafts=[COMPUTED], loaded_at=datetime(2026, 4, 1, tzinfo=UTC))

    assert periods("territorial_sea:YEM") == [
        (date(2026, 3, 1), date(2026, 3, 1), False),
        (date.min, None, True),
    ]


def test_a_limit_of_later_days_leaves_the_computed_one_until_then(tmp_path: Path) -> None:
    load_zones(drafts=[COMPUTED], loaded_at=MOMENT)
    imported(limit(tmp_path), valid_from=date(2027, 1, 1))
    load_zones(drafts=[COMPUTED], loaded_at=datetime(2026, 4, 1, tzinfo=UTC))

    assert periods("territorial_sea:YEM") == [
        (date(2026, 3, 1), date(2027, 1, 1), False),
        (date(2027, 1, 1), None, True),
    ]


def test_the_geography_in_use_costs_one_query_when_nothing_changed(
    tmp_path: Path, django_assert_num_queries: object
) -> None:
    imported(limit(tmp_path))
    current_geography()

    with django_assert_num_queries(1):  # type: ignore[operator]
        current_geography()


def test_belts_of_chosen_widths_are_answered_and_listed() -> None:
    usual = [draft for draft in reference_zones(REFERENCE_FOLDER) if draft.code.endswith(":LBN-SYR")]
    load_zones(drafts=usual, loaded_at=MOMENT)
    with override_settings(BORDER_BELTS_M=(30_000, 5_000)):
        load_reference_zones(folder=REFERENCE_FOLDER, loaded_at=MOMENT)
        zones = current_geography().locate(Position(36.29, 33.51), accuracy_m=10.0, on=None).zones

    in_use = ZoneVersion.objects.filter(zone__code__endswith=":LBN-SYR", valid_until__isnull=True)
    assert [zone.id for zone in zones if zone.kind == "border_belt"] == ["belt:30000:LBN-SYR"]
    assert len(usual) == 2
    assert {row.zone.code for row in in_use.select_related("zone")} == {"belt:5000:LBN-SYR", "belt:30000:LBN-SYR"}
    assert GeographyVersion.objects.get().belt_widths_m == [30_000, 5_000]


def test_composing_without_imported_zones_names_the_packaged_geography() -> None:
    assert compose_geography(composed_at=MOMENT).digest == geography().digest


def test_the_command_says_what_it_did_and_what_was_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {"kind": "territorial_sea", "source": "a hydrographic office", "licence": "CC BY 4.0"}
    call_command("import_zones", str(limit(tmp_path)), valid_from=date(1994, 11, 16), **said)
    out, err = capsys.readouterr()

    assert out.split() == ["territorial_sea:YEM"]
    assert "1 new zone versions, 0 unchanged; in force from 1994-11-16." in err
    bad = geojson(tmp_path, feature(shapes.BOW_TIE, country="YEM"))
    with pytest.raises(CommandError, match="crosses itself") as caught:
        call_command("import_zones", str(bad), **said)
    assert caught.value.returncode == 2


def test_an_imported_zone_is_listed_and_its_outline_is_to_be_had(tmp_path: Path, officer: Officer) -> None:
    load_zones(drafts=[COMPUTED], loaded_at=MOMENT)
    imported(limit(tmp_path), licence="CC BY 4.0", accuracy_m=50.0)
    client = APIClient()
    client.force_authenticate(officer)

    (row,) = client.get("/api/v1/zones?kind=territorial_sea").json()["results"]
    outline = client.get("/api/v1/zones/territorial_sea:YEM")

    assert (row["source"], row["licence"], row["valid_from"]) == ("a hydrographic office", "CC BY 4.0", None)
    assert (row["computed"], row["imported"], row["accuracy_m"]) == (False, True, 50.0)
    assert outline["Content-Type"] == "application/geo+json"
    assert outline.json()["properties"] == row
    assert {tuple(place) for place in outline.json()["geometry"]["coordinates"][0]} == set(LIMIT)


def test_an_outline_is_that_of_the_day_asked_for(tmp_path: Path, officer: Officer) -> None:
    imported(limit(tmp_path), valid_until=date(2010, 1, 1))
    imported(limit(tmp_path, WIDER, "wider.geojson"), valid_from=date(2010, 1, 1))
    client = APIClient()
    client.force_authenticate(officer)

    def west(on: str) -> float:
        rings = client.get(f"/api/v1/zones/territorial_sea:YEM?on={on}").json()["geometry"]["coordinates"]
        return float(min(place[0] for place in rings[0]))

    assert (west("2009-12-31"), west("2010-01-01")) == (44.6, 44.0)
    assert client.get("/api/v1/zones/territorial_sea:YEM?on=yesterday").status_code == 422
    assert client.get("/api/v1/zones/territorial_sea:QQQ").status_code == 404
    assert client.get("/api/v1/zones/%00").status_code == 404
    assert APIClient().get("/api/v1/zones/territorial_sea:YEM").status_code == 401
