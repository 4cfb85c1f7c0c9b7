from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from geo.load_zones import load_reference_zones, load_zones
from geo.models import Zone, ZoneVersion
from geo.reference_data import REFERENCE_FOLDER
from geo.reference_zones import ZoneDraft, reference_zones

MOMENT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DRAFT = ZoneDraft(
    code="territory:LBN",
    kind="territory",
    country="LBN",
    name="Territory (LBN)",
    source="a map",
    licence="public domain",
    checksum="a" * 64,
)

pytestmark = pytest.mark.django_db


def test_the_reference_geography_loads_once() -> None:
    drafts = list(reference_zones(REFERENCE_FOLDER))[::20]

    first = load_zones(drafts=drafts, loaded_at=MOMENT)
    again = load_zones(drafts=drafts, loaded_at=MOMENT + timedelta(days=1))

    assert (first.added, first.closed) == (len(drafts), 0)
    assert (again.added, again.closed) == (0, 0)
    assert Zone.objects.count() == len(drafts)


def test_the_reference_loaded_last_is_not_looked_at_again() -> None:
    first = load_reference_zones(folder=REFERENCE_FOLDER, loaded_at=MOMENT)
    Zone.objects.filter(code="territory:LBN").update(name="changed behind its back")
    again = load_reference_zones(folder=REFERENCE_FOLDER, loaded_at=MOMENT + timedelta(days=1))

    assert first.added > 5_000
    assert (again.added, again.closed) == (0, 0)
    assert Zone.objects.get(code="territory:LBN").name == "changed behind its back"


def test_a_changed_zone_gets_a_new_version_and_the_earlier_one_is_closed() -> None:
    load_zones(drafts=[DRAFT], loaded_at=MOMENT)

    load_zones(drafts=[replace(DRAFT, checksum="b" * 64)], loaded_at=MOMENT + timedelta(days=30))

    periods = ZoneVersion.objects.order_by("valid_from").values_list("checksum", "valid_from", "valid_until")
    assert list(periods) == [
        ("a" * 64, date(2026, 3, 1), date(2026, 3, 31)),
        ("b" * 64, date(2026, 3, 31), None),
    ]


def test_a_zone_may_change_twice_on_one_day() -> None:
    for letter in "abc":
        load_zones(drafts=[replace(DRAFT, checksum=letter * 64)], loaded_at=MOMENT)

    assert ZoneVersion.objects.get(valid_until__isnull=True).checksum == "c" * 64


def test_two_versions_of_a_zone_never_overlap() -> None:
    load_zones(drafts=[DRAFT], loaded_at=MOMENT)
    known = ZoneVersion.objects.get()
    ZoneVersion.objects.filter(pk=known.pk).update(valid_until=date(2026, 6, 1))
    known.pk, known.valid_from, known.valid_until = None, date(2026, 5, 31), date(2026, 7, 1)

    with pytest.raises(IntegrityError, match="geo_zone_version_no_overlap"), transaction.atomic():
        known.save()
