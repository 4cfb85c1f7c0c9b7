"""What each list may ask of the database, however long it is; a number that rises is a line in review."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cases.models import Officer, RulebookVersion, ScreeningRun
from cases.services.import_list import import_list
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import ZoneVersionFactory, recorded_incident
from tests.list_samples import SAMPLE
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

BUDGETS = Path(__file__).resolve().parents[2] / "architecture" / "query_budgets.json"
PAGES = ("/incidents/", "/changes/", "/notifications/", "/account/")


def addresses(client: APIClient, officer: Officer, count: int) -> dict[str, str]:
    """Record that many of everything that is listed; return where each list is, by its shape."""
    incidents = [recorded_incident(officer, place=f"place {number}") for number in range(count)]
    for run in ScreeningRun.objects.filter(incident__in=incidents):
        run_screening(run_id=run.pk, now=NOW)
    rescreening = rescreened_under(ENDED_EARLY)
    import_list(content=SAMPLE, file_name="list.xml", imported_at=NOW)
    ZoneVersionFactory.create_batch(count)
    client.post("/api/v1/cases", {"title": "joined", "incidents": [incident.reference for incident in incidents]})
    first = f"incidents/{incidents[0].reference}"
    for incident in (incidents[0], *incidents):
        document = {"addressee": {"country": "CHN"}, "language": "en"}
        client.post(f"/api/v1/incidents/{incident.reference}/referrals", document)
    lists = ("cases", "incidents", "findings", "rescreenings", "referrals", "lists", "regimes", "zones")
    keys = ("tokens", "sessions", "notifications")
    of_one = ("history", "screening/changes", "referrals")
    return {
        **{name: f"/api/v1/{name}" for name in (*lists, *keys)},
        **{f"incidents/{{}}/{name}": f"/api/v1/{first}/{name}" for name in of_one},
        "rescreenings/{}/changes": f"/api/v1/rescreenings/{rescreening.pk}/changes",
        **{page: page for page in PAGES},
    }


def queries(client: APIClient | Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("count", [1, 4])
def test_a_list_asks_as_often_as_its_budget_says(
    client: APIClient, officer: Officer, rulebook_version: RulebookVersion, count: int
) -> None:
    browser = Client()
    browser.force_login(officer)

    asked = {
        shape: queries(browser if shape in PAGES else client, address)
        for shape, address in addresses(client, officer, count).items()
    }

    assert asked == json.loads(BUDGETS.read_text(encoding="utf-8"))
