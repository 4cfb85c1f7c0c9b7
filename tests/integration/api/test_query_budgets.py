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
from tests.conftest import NOW, OF_SCOPE
from tests.factories import ZoneVersionFactory, owed_report, recorded_incident
from tests.list_samples import SAMPLE
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

BUDGETS = Path(__file__).resolve().parents[2] / "architecture" / "query_budgets.json"
PAGES = ("/incidents/", "/obligations/", "/changes/", "/notifications/", "/account/")


def addresses(client: APIClient, officer: Officer, count: int) -> dict[str, str]:
    """Record that many of everything that is listed; return where each list is, by its shape."""
    incidents = [recorded_incident(officer, place=f"place {number}") for number in range(count)]
    for run in ScreeningRun.objects.filter(incident__in=incidents):
        run_screening(run_id=run.pk, now=NOW)
    rescreening = rescreened_under(ENDED_EARLY)
    import_list(content=SAMPLE, file_name="list.xml", imported_at=NOW)
    ZoneVersionFactory.create_batch(count)
    joined = {"title": "joined", "incidents": [incident.reference for incident in incidents]}
    case = client.post("/api/v1/cases", joined).json()["reference"]
    first = f"incidents/{incidents[0].reference}"
    for number in range(count):
        stated = {"name": f"{number}.jpg", "kind": "photo", "size_bytes": 9, "sha256": "0" * 64}
        client.post(f"/api/v1/{first}/evidence", stated)
    for incident in (incidents[0], *incidents):
        document = {"addressee": {"country": "CHN"}, "language": "en"}
        referral = client.post(f"/api/v1/incidents/{incident.reference}/referrals", document).json()
    own = ("cases", "findings", "incidents", "operations", "referrals")
    of_custody = ("exhibits", "handovers", "custody/inventory", "custody/stores")
    lists = (
        *own,
        *of_custody,
        "agencies",
        "lists",
        "regimes",
        "rescreenings",
        "zones",
        "obligations",
        "obligations/waiting",
    )
    client.post("/api/v1/operations", {"name": "together"})
    of_one = ("items/0/custody", "evidence", "grants", "same-event", "history", "screening/changes", "referrals")
    for incident in incidents:
        items = f"/api/v1/incidents/{incident.reference}/items/0"
        client.post(f"{items}/custody", {"kind": "collected"})
        exhibit = {"kind": "package", "items": [str(incident.items.get().item_uuid)]}
        code = client.post(f"/api/v1/incidents/{incident.reference}/exhibits", exhibit).json()["code"]
        client.post(f"/api/v1/exhibits/{code}/handover", {"to": {"agency": officer.agency.name}})
        client.post("/api/v1/custody/stores", {"name": incident.reference})
    for _ in range(count):
        client.post(f"/api/v1/{first}/items/0/custody", {"kind": "examined", "witnesses": [{"name": "A Witness"}]})
    for incident in incidents:
        owed_report(incident)
    keys = ("tokens", "sessions", "notifications")
    return {
        **{name: f"/api/v1/{name}" for name in (*lists, *keys)},
        **{f"incidents/{{}}/{name}": f"/api/v1/{first}/{name}" for name in of_one},
        "cases/{}/history": f"/api/v1/cases/{case}/history",
        "referrals/{}/history": f"/api/v1/referrals/{referral['reference']}/history",
        "rescreenings/{}/changes": f"/api/v1/rescreenings/{rescreening.pk}/changes",
        **{page: page for page in PAGES},
    }


def queries(client: APIClient | Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured) - OF_SCOPE


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
