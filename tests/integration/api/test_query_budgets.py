"""What each list may ask of the database, however long it is; a number that rises is a line in review."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cases.choices import ContactKind
from cases.models import (
    Agency,
    Clarification,
    FurtherIncident,
    Officer,
    OfficerRole,
    Referral,
    Reply,
    ReplyLink,
    ReplyReminder,
    RulebookVersion,
    ScreeningRun,
    SupplyChainStep,
)
from cases.registers.contact_rows import ContactStated
from cases.registers.practice_rows import COLUMNS, SHIPPED
from cases.services.amend_contact import amend_contact
from cases.services.import_list import import_list
from cases.services.import_marking_practices import import_marking_practices
from cases.services.record_contact import record_contact
from cases.services.run_screening import run_screening
from cases.tables.reading import open_table
from tests.api_clients import client_with_token
from tests.conftest import NOW, OF_SCOPE
from tests.factories import (
    OfficerFactory,
    ZoneVersionFactory,
    owed_report,
    published_statistic,
    recorded_incident,
    template_pack,
)
from tests.letters import colleague, issued
from tests.list_samples import SAMPLE
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

BUDGETS = Path(__file__).resolve().parents[2] / "architecture" / "query_budgets.json"
OF_ADMINISTRATORS = ("template-packs",)
PAGES = (
    *("/incidents/", "/incidents/filters/", "/obligations/", "/changes/", "/notifications/", "/account/", "/cases/"),
    *("/referrals/", "/work/", "/work/review/", "/work/referrals/", "/work/overdue/", "/work/marks/"),
    *("/regimes/", "/zones/", "/figures/", "/map/", "/map/flows/"),
)
OF_ONE = "/incidents/{}/"
PAGES_OF_CASES = ("/cases/{}/", "/cases/{}/timeline/", "/cases/{}/connections/")


def addresses(client: APIClient, officer: Officer, count: int) -> dict[str, str]:
    """Record that many of everything that is listed; return where each list is, by its shape."""
    incidents = [recorded_incident(officer, place=f"place {number}") for number in range(count)]
    for run in ScreeningRun.objects.filter(incident__in=incidents):
        run_screening(run_id=run.pk, now=NOW)
    rescreening = rescreened_under(ENDED_EARLY)
    import_list(content=SAMPLE, file_name="list.xml", imported_at=NOW)
    ZoneVersionFactory.create_batch(count)
    desk = desk_of(officer, count)
    joined = {"title": "joined", "incidents": [incident.reference for incident in incidents]}
    case = client.post("/api/v1/cases", joined).json()["reference"]
    for number in range(count):
        for part, words in (("tasks", {"what": f"ask {number}"}), ("notes", {"text": f"heard {number}"})):
            assert client.post(f"/api/v1/cases/{case}/{part}", words).status_code == 201
    first = f"incidents/{incidents[0].reference}"
    for number in range(count):
        stated = {"name": f"{number}.jpg", "kind": "photo", "size_bytes": 9, "sha256": "0" * 64}
        client.post(f"/api/v1/{first}/evidence", stated)
    for incident in (incidents[0], *incidents):
        document = {"addressee": {"country": "CHN"}, "language": "en"}
        client.post(f"/api/v1/incidents/{incident.reference}/referrals", document)
    beyond = recorded_incident(officer)
    FurtherIncident.objects.bulk_create(
        FurtherIncident(referral=letter, incident=beyond) for letter in Referral.objects.all()
    )
    _answer(officer)
    borne = {"category": "small_arm", "quantity": 1, "unit": "piece", "serial_number": "KX-48213"}
    recorded_incident(officer, items=[borne] * count)
    own = ("cases", "findings", "incidents", "operations", "referrals", "ledger")
    of_custody = ("exhibits", "handovers", "custody/inventory", "custody/stores")
    of_registers = ("contacts", "marking-practices")
    of_case = ("history", "tasks", "notes", "timeline", "links", "parties", "referrals")
    of_law = ("lists", "regimes", "rescreenings", "zones", "obligations", "obligations/waiting", "tasks")
    lists = (*own, *of_custody, *of_registers, *of_law, *OF_ADMINISTRATORS, "agencies", "statistics/publications")
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
    Agency.objects.filter(pk=officer.agency_id).update(contact_name="Desk", contact_email="desk@post.example")
    letter = f"referrals/{issued(colleague(officer, OfficerRole.SUPERVISOR), NOW).reference}"
    for number in range(count):
        pushed = {"channel": "https", "address": f"https://state.example/{number}"}
        assert client.post(f"/api/v1/{letter}/send", pushed).status_code == 201
    for number, incident in enumerate(incidents, start=1):
        owed_report(incident)
        template_pack(officer, name=incident.reference)
        published_statistic(officer, revision=number)
    keys = ("tokens", "sessions", "notifications")
    return {
        **{name: f"/api/v1/{name}" for name in (*lists, *keys)},
        **{f"incidents/{{}}/{name}": f"/api/v1/{first}/{name}" for name in of_one},
        "marks": "/api/v1/marks?text=KX48*",
        "map/cells": "/api/v1/map/cells",
        "map/cells of a period": "/api/v1/map/cells?occurred_after=2010-03",
        "map/cells of a category": "/api/v1/map/cells?category=missile",
        "flows": "/api/v1/flows",
        "flows of a period": "/api/v1/flows?occurred_after=2010-03",
        "map/layers": "/api/v1/map/layers",
        **{f"cases/{{}}/{name}": f"/api/v1/cases/{case}/{name}" for name in of_case},
        "cases/{}/links beyond": f"/api/v1/cases/{case}/links?beyond=true",
        **{f"referrals/{{}}/{name}": f"/api/v1/{letter}/{name}" for name in ("history", "dispatches", "reply-links")},
        "contacts/{}/history": f"/api/v1/contacts/{desk}/history",
        "rescreenings/{}/changes": f"/api/v1/rescreenings/{rescreening.pk}/changes",
        **{page: page for page in PAGES},
        **{page: page.format(case) for page in PAGES_OF_CASES},
        OF_ONE: f"/incidents/{incidents[0].reference}/",
    }


def desk_of(officer: Officer, count: int) -> int:
    """Put so many desks and practices on record, and change the first desk as often; return its key."""
    table = open_table(SHIPPED, COLUMNS)
    import_marking_practices(table=table, officer=None, imported_at=NOW)
    keeper = OfficerFactory.create(agency=officer.agency, role=OfficerRole.FOCAL_POINT.value)
    stated = ContactStated(kind=ContactKind.PERMANENT_MISSION, country="KEN", office="A mission", source="a note")
    desks = [
        record_contact(officer=keeper, stated=stated.model_copy(update={"key": f"desk {number}"}), recorded_at=NOW)
        for number in range(count)
    ]
    for number in range(count):
        changes = {"telephone": f"+{number}"}
        amend_contact(officer=keeper, contact=desks[0], changes=changes, reason="moved", amended_at=NOW)
    return desks[0].pk


def _answer(officer: Officer) -> None:
    """Let each referral have all that hangs from an answer."""
    by = {"recorded_by": officer}
    for referral in Referral.objects.all():
        reply = Reply.objects.create(referral=referral, state="information_requested", received_at=NOW, **by)
        SupplyChainStep.objects.create(reply=reply, number=1, kind="loss", place="a store")
        Clarification.objects.create(reply=reply, kind="given", text="that one", recorded_at=NOW, **by)
        ReplyReminder.objects.create(referral=referral, kind="overdue", due_on=NOW.date(), said_at=NOW)
        made = {"secret_sha256": referral.reference, "made_at": NOW, "made_by": officer}
        ReplyLink.objects.create(referral=referral, recipient="a desk", expires_at=NOW + timedelta(days=1), **made)


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

    administrator = client_with_token(
        OfficerFactory.create(agency=officer.agency, role=OfficerRole.ADMINISTRATOR.value)
    )
    by = {
        **dict.fromkeys((*PAGES, *PAGES_OF_CASES, OF_ONE), browser),
        **dict.fromkeys(OF_ADMINISTRATORS, administrator),
    }

    asked = {
        shape: queries(by.get(shape, client), address) for shape, address in addresses(client, officer, count).items()
    }

    assert asked == json.loads(BUDGETS.read_text(encoding="utf-8"))
