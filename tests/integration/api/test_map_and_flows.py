"""Map, flows and list agree, whatever is asked and whatever happened to the records before."""

import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import geopandas
import pytest
from rest_framework.test import APIClient

from cases.api import map_cells
from cases.choices import LegKind
from cases.models import AuditEntry, CellCount, Incident, LegCount, Officer, ScreeningRun
from cases.services.add_up_counts import add_up_counts
from cases.services.count_afresh import count_afresh
from cases.services.run_screening import run_screening
from tests.api_clients import client_with_token
from tests.conftest import NOW
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db

CODES = ("IRN", "YEM", "OMN", "SOM", "DJI")


def _document(draw: Random) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [draw.uniform(40, 60), draw.uniform(5, 20)]}
    around_the_line = {"type": "Point", "coordinates": [draw.choice([179.9, -179.9]), draw.uniform(-1, 1)]}
    unit = draw.choice(["piece", "crate"])
    return {
        "location": draw.choice([place, place, place, around_the_line, None]),
        "location_accuracy_m": draw.choice([None, 50, 200_000]),
        "occurred_on": draw.choice(["2013", "2013-01", "2013-12-31", "2014-06-05", "2015-02-03T10:00:00+03:00"]),
        "route": {
            "origin": draw.choice([*CODES, None]),
            "transit": draw.sample(CODES, draw.choice([0, 0, 1, 2])),
            "destination": draw.choice([*CODES, None]),
            "basis": draw.choice(["observed", "documents", None]),
        },
        "items": [
            {
                "category": draw.choice(["small_arm", "ammunition", "missile"]),
                "quantity": draw.choice([None, 3, 7]),
                "unit": unit,
            }
            for _ in range(draw.choice([1, 2]))
        ],
    }


@pytest.fixture
def many(officer: Officer, rulebook_version: object) -> None:
    """Eighteen incidents, some of them screened, amended, voided or put under a caveat."""
    draw = Random(7)  # noqa: S311 - repeatable, and no secret
    client = client_with_token(officer)
    for _ in range(14):
        recorded_incident(officer, **_document(draw))
    for run in ScreeningRun.objects.order_by("pk")[:4]:
        run_screening(run_id=run.pk, now=NOW)
    add_up_counts()
    for incident in Incident.objects.order_by("pk")[:6]:
        path = f"/api/v1/incidents/{incident.reference}"
        version = {"HTTP_IF_MATCH": client.get(path).headers["ETag"]}
        answer = client.patch(path, _document(draw), format="json", **version)
        assert answer.status_code == 200, answer.json()
    for incident in Incident.objects.order_by("pk")[4:7]:
        assert client.post(f"/api/v1/incidents/{incident.reference}/void", {"reason": "x"}).status_code == 200
    for _ in range(4):
        recorded_incident(officer, **_document(draw))


QUERIES = (
    {},
    {"bbox": "45,8,55,15"},
    {"bbox": "170,-5,-170,5"},
    {"occurred_after": "2013-06-01"},
    {"occurred_before": "2013-12-30"},
    {"occurred_after": "2013", "occurred_before": "2013"},
    {"occurred_after": "2014-06-05", "bbox": "45,8,55,15"},
    {"occurred_after": "2013-12-31", "occurred_before": "2014-06-04"},
    {"occurred_after": "2013-01-15", "occurred_before": "2013-02-10"},
    {"occurred_before": "2014-06-05", "bbox": "42,6,58,19"},
    {"category": "missile"},
    {"origin": "IRN"},
    {"transit": "OMN", "bbox": "45,8,55,15"},
    {"destination": "YEM", "occurred_before": "2014"},
    {"outcome": "indicated"},
    {"outcome": "not_indicated"},
    {"within": '{"type":"Polygon","coordinates":[[[44,7],[56,7],[56,16],[44,16],[44,7]]]}'},
    {"near": "50,12", "distance_m": "400000"},
    {"q": "a"},
)


def _listed(client: APIClient, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/incidents", {**query, "page_size": 200})
    assert answer.status_code == 200, answer.json()
    return list(answer.json()["results"])


def _map(client: APIClient, **query: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/map/cells", query)
    assert answer.status_code == 200, answer.json()
    return dict(answer.json())


def test_the_map_counts_what_the_list_has(client: APIClient, many: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for query in QUERIES:
        listed = _listed(client, **query)
        placed = {row["reference"] for row in listed if row["location"]}
        monkeypatch.setattr(map_cells, "MOST_POINTS", 500)
        points = _map(client, **query)
        outcomes = Counter(outcome for point in points["points"] for outcome in point["outcomes"])

        assert {point["reference"] for point in points["points"]} == placed, query
        if "bbox" not in query:
            assert points["without_position"] == len(listed) - len(placed), query
        monkeypatch.setattr(map_cells, "MOST_POINTS", -1)
        for zoom in (0, 3, 5.5, 9, 14):
            cells = _map(client, zoom=zoom, **query)
            assert cells["without_position"] == points["without_position"], (query, zoom)
            assert sum(cell["count"] for cell in cells["cells"]) == cells["total"] == len(placed), (query, zoom)
            for name in ("indicated", "possible", "not_indicated"):
                assert sum(cell["outcomes"][name] for cell in cells["cells"]) == outcomes[name], (query, zoom)


def test_each_leg_leads_to_its_cases(client: APIClient, many: None) -> None:
    for query in QUERIES:
        answer = client.get("/api/v1/flows", query).json()
        for leg in answer["legs"]:
            listed = client.get(f"{leg['incidents_url']}&page_size=200").json()["results"]
            assert len(listed) == leg["incidents"] == sum(leg["sureness"].values()), (query, leg)
            days = [
                (incident.occurred_first_day, incident.occurred_last_day)
                for incident in Incident.objects.filter(reference__in=[row["reference"] for row in listed])
            ]
            assert leg["first_on"] == min(first for first, _ in days).isoformat(), (query, leg)
            assert leg["last_on"] == max(last for _, last in days).isoformat()
            for category, count in leg["categories"].items():
                assert count == sum(category in row["categories"] for row in listed)
        assert answer["withheld"] == 0


def test_sums_say_the_same_before_and_after_they_are_added_up(client: APIClient, many: None) -> None:
    def answers() -> list[Any]:
        return [client.get(path, query).json() for path in ("/api/v1/map/cells", "/api/v1/flows") for query in QUERIES]

    before = answers()
    assert CellCount.objects.filter(is_sum=False).exists()
    add_up_counts()
    assert not CellCount.objects.filter(is_sum=False).exists()
    assert not LegCount.objects.filter(is_sum=False).exists()
    assert answers() == before


def test_sums_are_what_counting_afresh_gives(many: None) -> None:
    def kept() -> list[Any]:
        add_up_counts()
        cells = ("size", "year", "cell", "incidents", "uncertain", "indicated", "possible", "not_indicated")
        legs = ("kind", "start", "end", "year", "category", "basis", "incidents", "arms", "counted", "without_count")
        return [
            sorted(model.objects.exclude(incidents=0).values_list(*names))
            for model, names in ((CellCount, cells), (LegCount, legs))
        ]

    before = kept()
    count_afresh()
    assert kept() == before


def test_what_is_under_a_caveat_is_in_no_sum(client: APIClient, officer: Officer, many: None) -> None:
    cleared = OfficerFactory.create(agency=officer.agency, caveats=["zqcaveat"])
    shown, before = client_with_token(cleared), _map(client)
    incident = Incident.objects.exclude(longitude=None).exclude(state="void").order_by("-pk")[0]
    path = f"/api/v1/incidents/{incident.reference}/caveats"
    answer = shown.post(path, {"caveats": ["zqcaveat"], "reason": "x"}, format="json")
    assert answer.status_code == 200, answer.json()

    assert _map(client)["total"] == before["total"] - 1
    assert _map(shown)["total"] == before["total"]


def test_another_agency_counts_nothing(client: APIClient, many: None) -> None:
    stranger = client_with_token(OfficerFactory.create(agency=AgencyFactory.create()))

    assert _map(stranger) == {"kind": "points", "points": [], "total": 0, "without_position": 0}
    assert stranger.get("/api/v1/flows").json()["legs"] == []


def test_what_leaves_the_house_tells_of_no_few_incidents(client: APIClient, many: None) -> None:
    whole = client.get("/api/v1/flows").json()["legs"]
    answer = client.get("/api/v1/flows", {"release": "true"}).json()
    few = [leg for leg in whole if leg["incidents"] < 5]

    assert few
    assert answer["withheld"] == len(few)
    for leg in answer["legs"]:
        assert leg["incidents_url"] is None
        assert leg["suppressed"] == (leg["incidents"] is None)
        assert all(count >= 5 for part in ("categories", "sureness") for count in leg[part].values())


def test_files_hold_what_is_answered(client: APIClient, many: None, tmp_path: Path) -> None:
    for path, key in (("/api/v1/map/cells", "points"), ("/api/v1/flows", "legs")):
        shown = client.get(path).json()[key]
        for wanted in ("csv", "geojson", "gpkg"):
            answer = client.get(path, {"format": wanted})
            assert answer.status_code == 200
            assert answer.headers["Content-Disposition"].endswith(f'.{wanted}"')
            if wanted == "csv":
                held = answer.content.decode().count("\r\n") - 1
            elif wanted == "geojson":
                held = len(json.loads(answer.content)["features"])
            else:
                (tmp_path / f"{key}.gpkg").write_bytes(answer.content)
                held = len(geopandas.read_file(tmp_path / f"{key}.gpkg"))
            assert held == len(shown)
    actions = set(AuditEntry.objects.filter(action__endswith=".exported").values_list("action", flat=True))
    assert actions == {"map.exported", "flows.exported"}


@pytest.mark.parametrize(
    ("path", "query", "pointer", "code"),
    [
        ("/api/v1/map/cells", {"zoom": "nan"}, "/zoom", "out_of_range"),
        ("/api/v1/map/cells", {"zoom": "25"}, "/zoom", "out_of_range"),
        ("/api/v1/map/cells", {"page_size": "5"}, "/page_size", "unknown_parameter"),
        ("/api/v1/flows", {"leg": "origin_seizure:IRN"}, "/leg", "not_a_leg"),
        ("/api/v1/flows", {"leg": "beginning:IRN:YEM"}, "/leg", "not_a_leg"),
        ("/api/v1/flows", {"leg": f"{LegKind.ORIGIN_SEIZURE}:IRN:Yemen"}, "/leg", "country_needs_code"),
        ("/api/v1/flows", {"format": "xlsx"}, "/format", "not_a_choice"),
    ],
)
def test_what_is_not_understood_is_named(
    client: APIClient, path: str, query: dict[str, str], pointer: str, code: str
) -> None:
    answer = client.get(path, query)
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
