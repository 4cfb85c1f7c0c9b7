"""What a change of lists or zones is said to touch, against screening everything."""

from itertools import groupby

import orjson
import pytest

from cases.generate.listed import made_up_list
from cases.models import CurrentScreening, Incident, RememberedName, RescreeningChunk
from cases.queries.designations import current_designations
from cases.queries.geographies import current_geography
from cases.queries.screened_facts import facts_of_incidents
from cases.results import facts_digest
from cases.services.import_list import import_list
from cases.services.load_generated import load_generated
from cases.services.request_rescreening import CHANGED, EVERYTHING, request_rescreening
from cases.services.rescreen_chunk import finish_rescreening, rescreen_chunk
from geo.import_zones import import_zones
from geo.zone_drafts import ImportOrder
from tests.factories import recorded_incident
from tests.list_samples import alias, consolidated, entry
from tests.zone_samples import feature, geojson

INCIDENTS = 300
KINDS = {"person": "INDIVIDUAL", "organization": "ENTITY"}
RED_SEA = ((41.0, 12.0), (44.0, 12.0), (44.0, 16.0), (41.0, 16.0), (41.0, 12.0))
# Entries of the made-up list: in both editions, in both under another name, in the later one.
KEPT, RENAMED, ADDED = range(300), range(300, 600), range(600, 1000)

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(180)]


def entries(keys, *, renamed=()):
    found = []
    for key, names in groupby(made_up_list(), key=lambda name: name.key):
        first, *others = names
        if key not in keys or first.kind not in KINDS:
            continue
        kind = KINDS[first.kind]
        text = f"{first.text} Junior" if key in renamed else first.text
        spelled = "".join(
            alias(other.text, "Good" if kind == "INDIVIDUAL" else "a.k.a.", kind=kind) for other in others
        )
        found.append(entry(f"QD{kind[0].lower()}.{key + 1:03}", text, kind=kind, inner=spelled))
    return found


def listed(day, *entries_of_list):
    return consolidated(*entries_of_list, generated=f"{day}T00:00:00.000Z")


def rescreened(now):
    """Screen everything, whatever a change is said to touch."""
    rescreening = request_rescreening(requested_at=now, scope=EVERYTHING, tell_workers=False)
    while rescreen_chunk(rescreening_id=rescreening.pk, now=now) is not None:
        pass
    finish_rescreening(rescreening_id=rescreening.pk, now=now)


def planned(now):
    """Plan what a change can touch, and return which incidents; nothing is screened."""
    rescreening = request_rescreening(requested_at=now, scope=CHANGED, tell_workers=False)
    chunks = RescreeningChunk.objects.filter(rescreening=rescreening).values_list("incidents", flat=True)
    return {incident for chunk in chunks for incident in chunk}


def results(without):
    """Return what is in force of each incident, save the named part: the versions that changed."""
    rows = CurrentScreening.objects.values_list("pk", "run__result")
    return {pk: {key: value for key, value in orjson.loads(text).items() if key != without} for pk, text in rows}


def differing(before, after):
    return {incident for incident in after if after[incident] != before[incident]}


@pytest.fixture
def _recorded(rulebook_version, officer, now):
    """Made-up incidents, and some that name parties of each part of the list by another spelling than the first."""
    list(load_generated(count=INCIDENTS, seed=20, loaded_at=now))
    spellings = [name for name in made_up_list() if name.quality == "good" and name.kind in KINDS]
    for name in spellings[::400]:
        party = {"role": "consignee", "kind": name.kind, "name": name.text}
        recorded_incident(officer, occurred_on="2013-02", parties=[party])


def edition(day, keys, *, renamed=(), now):
    import_list(content=listed(day, *entries(keys, renamed=renamed)), file_name="list.xml", imported_at=now)


@pytest.mark.usefixtures("_recorded")
def test_a_new_edition_misses_nobody_whose_result_it_changes(now):
    edition("2020-01-01", [*KEPT, *RENAMED], now=now)
    rescreened(now)
    before = results("lists")
    edition("2020-03-01", [*KEPT, *RENAMED, *ADDED], renamed=RENAMED, now=now)

    touched = planned(now)
    rescreened(now)

    changed = differing(before, results("lists"))
    assert changed
    assert changed <= touched
    # The new entries concern a few, and that the list is younger those met after it.
    assert len(touched) < INCIDENTS / 2


@pytest.mark.usefixtures("_recorded")
def test_an_older_edition_misses_nobody_whose_day_it_covers(now):
    edition("2020-01-01", [*KEPT, *RENAMED], now=now)
    rescreened(now)
    before = results("lists")
    edition("2012-03-01", [*KEPT], now=now)

    touched = planned(now)
    rescreened(now)

    changed = differing(before, results("lists"))
    assert changed
    assert changed <= touched


@pytest.mark.usefixtures("_recorded")
def test_the_first_list_misses_nobody(now):
    rescreened(now)
    before = results("lists")
    edition("2020-01-01", KEPT, now=now)

    touched = planned(now)
    rescreened(now)

    changed = differing(before, results("lists"))
    assert changed
    assert changed <= touched


@pytest.mark.usefixtures("_recorded")
def test_a_later_rulebook_or_zone_matches_no_name_again(now):
    edition("2020-01-01", KEPT, now=now)
    rescreened(now)
    kept = RememberedName.objects.count()

    rescreened(now)

    assert kept > INCIDENTS / 2
    assert RememberedName.objects.count() == kept
    assert current_designations().names.not_kept().keys() <= set(RememberedName.objects.values_list("asked", flat=True))


@pytest.mark.usefixtures("_recorded")
def test_new_zones_miss_nobody_and_only_the_place_is_resolved_again(tmp_path, now):
    rescreened(now)
    before = results("zones")
    sea = geojson(tmp_path, feature(RED_SEA, country="YEM"))
    order = ImportOrder(kind="territorial_sea", source="a hydrographic office")
    import_zones(path=sea, order=order, layer=None, loaded_at=now)

    touched = planned(now)
    rescreened(now)

    changed = differing(before, results("zones"))
    assert changed
    assert changed <= touched
    assert len(touched) < INCIDENTS / 2
    incidents = list(Incident.objects.order_by("pk"))
    as_recorded = [facts_digest(facts) for facts in facts_of_incidents(incidents, current_geography())]
    kept = CurrentScreening.objects.order_by("pk").values_list("facts__digest", flat=True)
    assert as_recorded == list(kept)
