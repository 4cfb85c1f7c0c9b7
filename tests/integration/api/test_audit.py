"""What reading leaves behind, from where it came, and histories with their place in the chain."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from rest_framework.test import APIClient

from cases.chain import linked
from cases.models import AuditEntry, AuditHead, Officer, Right
from cases.services.link_audit_entries import link_audit_entries
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident


@pytest.fixture
def ours(officer: Officer, client: APIClient) -> dict[str, str]:
    """An incident, a referral on it, and a case that joins it."""
    incident = recorded_incident(officer, place="a quay")
    referral = client.post(
        f"/api/v1/incidents/{incident.reference}/referrals", {"addressee": {"country": "CHN"}, "language": "en"}
    ).json()
    case = client.post("/api/v1/cases", {"title": "joined", "incidents": [incident.reference]}).json()
    return {"incident": incident.reference, "referral": referral["reference"], "case": case["reference"]}


def views() -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(action__endswith=".viewed").order_by("pk")
    return list(entries.values_list("action", "object_reference"))


def test_every_view_of_something_sensitive_is_recorded_and_no_list_is(
    client: APIClient, officer: Officer, ours: dict[str, str]
) -> None:
    for path in ("incidents", "referrals", "cases", "findings", f"incidents/{ours['incident']}/referrals"):
        assert client.get(f"/api/v1/{path}").status_code == 200
    assert views() == []

    for path in (
        *(f"incidents/{ours['incident']}{rest}" for rest in ("", "/screening", "/screening/changes", "/history")),
        *(f"referrals/{ours['referral']}{rest}" for rest in ("", "/document?format=json", "/history")),
        *(f"cases/{ours['case']}{rest}" for rest in ("", "/history")),
    ):
        assert client.get(f"/api/v1/{path}").status_code == 200, path

    assert views() == [
        *(("incident.viewed", ours["incident"]), ("screening.viewed", ours["incident"])),
        *(("screening_changes.viewed", ours["incident"]), ("history.viewed", ours["incident"])),
        *(("referral.viewed", ours["referral"]), ("document.viewed", ours["referral"])),
        *(("history.viewed", ours["referral"]), ("case.viewed", ours["case"]), ("history.viewed", ours["case"])),
    ]
    assert set(AuditEntry.objects.filter(action__endswith=".viewed").values_list("officer", flat=True)) == {officer.pk}


def test_a_page_of_the_console_is_a_view_as_well(officer: Officer, ours: dict[str, str]) -> None:
    browser = Client()
    browser.force_login(officer)

    assert browser.get(f"/incidents/{ours['incident']}/").status_code == 200
    assert views() == [("incident.viewed", ours["incident"])]
    assert AuditEntry.objects.get(action="incident.viewed").through == ""


def test_what_was_not_shown_was_not_viewed(ours: dict[str, str], neighbour: APIClient) -> None:
    assert neighbour.get(f"/api/v1/incidents/{ours['incident']}").status_code == 404
    assert neighbour.get(f"/api/v1/cases/{ours['case']}/history").status_code == 404
    assert views() == []


def test_a_letter_that_was_read_is_recorded_with_its_form_and_digest(client: APIClient, ours: dict[str, str]) -> None:
    letter = client.get(f"/api/v1/referrals/{ours['referral']}/document?format=json")

    change = json.loads(AuditEntry.objects.get(action="document.viewed").payload)
    to = {"redaction": "to_state", "recipient": letter.json()["addressee"]["country"]}
    assert change == {"after": {"format": "json", "sha256": hashlib.sha256(letter.content).hexdigest(), **to}}


def test_an_entry_says_from_where_by_which_key_and_for_whom(
    client: APIClient, officer: Officer, ours: dict[str, str]
) -> None:
    client.get(
        f"/api/v1/incidents/{ours['incident']}",
        REMOTE_ADDR="192.0.2.7",
        HTTP_USER_AGENT="Tablet/1 " + "x" * 500,
        HTTP_ON_BEHALF_OF="Sgt. Doe, night watch",
    )

    entry = AuditEntry.objects.get(action="incident.viewed")
    assert (entry.address, entry.on_behalf_of) == ("192.0.2.7", "Sgt. Doe, night watch")
    assert entry.through == f"token {officer.api_tokens.get().pk}"
    assert entry.user_agent == ("Tablet/1 " + "x" * 500)[:200]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.7"),
        (1, "<script>", ""),
    ],
)
def test_of_the_addresses_that_a_caller_claims_only_what_our_proxies_wrote_is_believed(
    client: APIClient, ours: dict[str, str], proxies: int, forwarded: str, believed: str
) -> None:
    with override_settings(TRUSTED_PROXIES=proxies):
        address = f"/api/v1/incidents/{ours['incident']}"
        client.get(address, REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)

    assert AuditEntry.objects.get(action="incident.viewed").address == believed


def test_a_record_sent_in_bulk_says_where_it_came_from(client: APIClient) -> None:
    answer = client.post(
        "/api/v1/incidents/bulk", '{"state": "draft"}\n', content_type="application/x-ndjson", REMOTE_ADDR="192.0.2.7"
    )
    assert b"".join(answer.streaming_content).count(b"INC-") == 1  # type: ignore[attr-defined]

    assert AuditEntry.objects.get(action="incident.recorded").address == "192.0.2.7"


def test_a_history_says_where_each_act_stands_in_the_chain(client: APIClient, ours: dict[str, str]) -> None:
    path = f"/api/v1/incidents/{ours['incident']}/history"
    assert {entry["link"] for entry in client.get(path).json()["results"]} == {None}

    link_audit_entries(now=NOW)
    results = client.get(path).json()["results"]
    assert [entry["action"] for entry in results] == ["incident.recorded", "referral.opened", "case.incident_joined"]
    for entry in results:
        assert entry["link"]["digest"].startswith("sha256:")
    positions = [entry["link"]["position"] for entry in results]
    assert positions == sorted(positions)


def test_who_has_read_a_record_is_told_to_its_own_agency_when_asked(
    client: APIClient, ours: dict[str, str], client_of: Callable[[Officer], APIClient], officer: Officer
) -> None:
    colleague = OfficerFactory.create(agency=officer.agency)
    client_of(colleague).get(f"/api/v1/incidents/{ours['incident']}")

    results = client.get(f"/api/v1/incidents/{ours['incident']}/history?views=true").json()["results"]
    seen = [(entry["action"], entry["officer"]) for entry in results if entry["action"].endswith(".viewed")]
    assert seen == [("incident.viewed", colleague.username), ("history.viewed", officer.username)]
    assert client.get(f"/api/v1/incidents/{ours['incident']}/history?views=maybe").status_code == 422


def test_the_history_of_a_referral_and_of_a_case_hold_what_belongs_to_them(
    client: APIClient, ours: dict[str, str], officer: Officer
) -> None:
    recorded_incident(officer, place="another quay")

    def actions(path: str) -> list[str]:
        return [entry["action"] for entry in client.get(f"/api/v1/{path}/history").json()["results"]]

    assert actions(f"referrals/{ours['referral']}") == ["referral.opened"]
    assert actions(f"cases/{ours['case']}") == [
        *("incident.recorded", "referral.opened", "case.opened", "case.incident_joined"),
    ]


def lines_of(answer: HttpResponse) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_an_exported_history_can_be_checked_without_us_and_is_recorded_itself(
    client: APIClient, ours: dict[str, str]
) -> None:
    answer = client.get(f"/api/v1/cases/{ours['case']}/history?format=ndjson")

    *acts, last = lines_of(answer)
    assert answer["Content-Type"] == "application/x-ndjson"
    assert [act["action"] for act in acts][-1] == "case.history.exported"
    for act in acts:
        assert linked(act["previous"], act["text"]) == act["link"]["digest"]
        salt, values = act["covered"]["salt"], act["covered"]["values"]
        for name, value in values.items():
            digest = hashlib.sha256(f"{salt}\n{name}\n{value}".encode()).hexdigest()
            assert json.loads(act["text"])[name] == (f"sha256:{digest}" if value else "")
        assert json.loads(values["payload"]) == act["change"]
    assert last["head"]["position"] == acts[-1]["link"]["position"]
    assert last["head"]["signature"] == AuditHead.objects.latest("pk").signature


def test_an_export_needs_the_right_to_it(
    ours: dict[str, str], officer: Officer, client_of: Callable[[Officer], APIClient]
) -> None:
    colleague = OfficerFactory.create(agency=officer.agency, rights_withdrawn=[Right.EXPORT.value])
    path = f"/api/v1/cases/{ours['case']}/history"

    assert client_of(colleague).get(path).status_code == 200
    assert client_of(colleague).get(f"{path}?format=ndjson").status_code == 403
    assert client_of(colleague).get(f"{path}?format=pdf").status_code == 422
    assert not AuditEntry.objects.filter(action="case.history.exported").exists()
