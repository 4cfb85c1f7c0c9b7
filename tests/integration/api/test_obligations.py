"""The board of obligations: what arises, its clock, who sees to it, and how it ends."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from rest_framework.test import APIClient

from cases.models import AuditEntry, Finding, Incident, Notification, Obligation, Officer, ScreeningRun
from cases.services.issue_api_token import issue_api_token
from cases.services.run_screening import run_screening
from cases.services.watch_obligations import watch_obligations
from tests.conftest import NOW
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident

ClientOf = Callable[[Officer], APIClient]

BOARD = "/api/v1/obligations"
RIFLES = {"category": "small_arm", "description": "rifles", "quantity": 10, "unit": "piece"}
SENT = {
    "what": "initial report",
    "sent_to": "the Committee",
    "sent_on": "2020-04-10",
    "reference": "NV 12",
    "reason": "sent by note verbale",
}


def screened(incident: Incident) -> None:
    for run in ScreeningRun.objects.filter(incident=incident, status="queued"):
        run_screening(run_id=run.pk, now=NOW)


@pytest.fixture
def officer(db: None) -> Officer:
    """An officer of an agency whose State seizes."""
    return OfficerFactory.create(agency=AgencyFactory.create(country="DDR"))


@pytest.fixture
def incident(officer: Officer, rulebook_version: object) -> Incident:
    """Rifles found on their way to South Sudan."""
    record = recorded_incident(
        officer,
        occurred_on="2020-04-01",
        location=None,
        at_sea=False,
        agency={"name": officer.agency.name, "country": "DDR"},
        conveyance={"mode": "road"},
        route={"origin": "UGA", "destination": "SSD"},
        items=[RIFLES],
    )
    screened(record)
    return record


@pytest.fixture
def confirm(client: APIClient, incident: Incident) -> Callable[[str], None]:
    """Decides on the finding."""

    def decide(decision: str) -> None:
        finding = Finding.objects.get(incident=incident, regime="south-sudan-2018", is_current=True)
        body = {"decision": decision, "reason": "the papers say so"}
        assert client.post(f"/api/v1/findings/{finding.pk}/review", body).status_code == 201

    return decide


def rows(client: APIClient, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"{BOARD}{query}")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def of_kind(client: APIClient, kind: str) -> dict[str, Any]:
    (row,) = rows(client, f"?kind={kind}")
    return row


def test_obligations_arise_when_a_person_confirms_and_their_days_are_those_of_the_text(
    client: APIClient, incident: Incident, confirm: Callable[[str], None], officer: Officer
) -> None:
    assert rows(client, "?state=any") == []
    confirm("confirmed")
    second = of_kind(client, "further_report")
    assert second["legal_basis"] == {
        "resolution": "S/RES/2428 (2018)",
        "paragraph": second["legal_basis"]["paragraph"],
        "paragraph_verified": True,
    }
    assert (second["due"]["on"], second["due"]["basis"]) == ("2020-05-01", "resolution")
    assert (second["is_ours"], second["states"], second["is_overdue"]) == (True, ["DDR"], True)
    first = of_kind(client, "report")
    assert (first["clock"]["promptly"], first["due"]["on"], first["clock"]["first_day"]) == (True, None, "2020-04-01")
    # The agency's own rule, and marked so.
    officer.agency.prompt_days = 14
    officer.agency.save()
    first = of_kind(client, "report")
    assert (first["due"]["on"], first["due"]["basis"]) == ("2020-04-15", "agency_rule")
    assert first["due"]["text"] == "Agency rule, not the resolution."
    days = [row["due"]["on"] for row in rows(client)]
    assert days[:2] == ["2020-04-15", "2020-05-01"]
    assert set(days[2:]) == {None}
    # By pages of one the order is the same, forth and back.
    seen, link = [], f"{BOARD}?page_size=1"
    while link:
        page = client.get(link).json()
        seen += [row["reference"] for row in page["results"]]
        link, before = page["next"], page["previous"]
    assert seen == [row["reference"] for row in rows(client)]
    assert client.get(before).json()["results"][0]["reference"] == seen[-2]


def test_what_is_found_no_more_stays_and_asks_to_be_decided_on(
    client: APIClient, incident: Incident, confirm: Callable[[str], None], officer: Officer, client_of: ClientOf
) -> None:
    confirm("confirmed")
    count = Obligation.objects.count()
    confirm("rejected")
    assert {row["is_found"] for row in rows(client)} == {False}
    told = Notification.objects.filter(officer=officer, kind="obligation_doubtful")
    assert (Obligation.objects.count(), told.count()) == (count, count)
    confirm("confirmed")
    assert ({row["is_found"] for row in rows(client)}, Obligation.objects.count()) == ({True}, count)
    # A supervisor says that one is not owed, and it stays so.
    reference = of_kind(client, "report")["reference"]
    assert client.post(f"{BOARD}/{reference}/not-owed", {"reason": "reported by others"}).status_code == 403
    supervisor = client_of(OfficerFactory.create(supervisor=True, agency=officer.agency))
    done = supervisor.post(f"{BOARD}/{reference}/not-owed", {"reason": "reported by others"})
    assert (done.status_code, done.json()["state"]) == (200, "not_owed")
    confirm("rejected")
    assert Obligation.objects.get(reference=reference).is_found
    client.post(f"/api/v1/incidents/{incident.reference}/void", {"reason": "recorded twice"})
    assert {row["is_found"] for row in rows(client)} == {False}


def test_what_was_sent_is_kept_and_closes_it(
    client: APIClient, incident: Incident, confirm: Callable[[str], None], officer: Officer
) -> None:
    confirm("confirmed")
    path = f"{BOARD}/{of_kind(client, 'report')['reference']}"
    early = client.post(f"{path}/discharge", {**SENT, "sent_on": "2999-01-01"})
    assert (early.status_code, early.json()["errors"][0]["code"]) == (422, "in_the_future")
    done = client.post(f"{path}/discharge", SENT).json()
    assert (done["state"], done["closed"]["reason"]) == ("discharged", SENT["reason"])
    (sent,) = done["sent"]
    assert {name: sent[name] for name in ("what", "to", "sent_on", "reference")} == {
        "what": SENT["what"],
        "to": SENT["sent_to"],
        "sent_on": SENT["sent_on"],
        "reference": SENT["reference"],
    }
    again = client.post(f"{path}/discharge", SENT)
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")
    entry = AuditEntry.objects.get(action="obligation.discharged")
    assert (entry.officer, entry.reason, entry.incident) == (officer, SENT["reason"], incident)
    assert client.get(path).json()["sent"] == done["sent"]


def test_the_clock_of_a_disposal_starts_when_the_goods_are_disposed_of(
    client: APIClient, officer: Officer, rulebook_version: object
) -> None:
    record = recorded_incident(
        officer,
        occurred_on="2025-07-01",
        location=None,
        at_sea=False,
        agency={"name": officer.agency.name, "country": "DDR"},
        conveyance={"mode": "road"},
        route={"origin": "UGA", "destination": "SSD"},
        items=[RIFLES | {"disposition": {"status": "held", "on": "2025-07-02"}}],
    )
    screened(record)
    for finding in Finding.objects.filter(incident=record, regime="south-sudan-2018", is_current=True):
        client.post(f"/api/v1/findings/{finding.pk}/review", {"decision": "confirmed", "reason": "so it is"})
    notice = of_kind(client, "report_disposal")
    assert (notice["due"]["on"], notice["clock"]["first_day"], notice["clock"]["days"]) == (None, None, 30)
    assert notice["clock"]["text"].startswith("The day from which it runs is not known")
    address = f"/api/v1/incidents/{record.reference}"
    items = client.get(address).json()["items"]
    items[0]["disposition"] = {"status": "destroyed", "on": "2025-08-01"}
    changed = client.patch(address, {"items": items}, HTTP_IF_MATCH=client.get(address)["ETag"])
    assert changed.status_code == 200, changed.content
    screened(record)
    notice = of_kind(client, "report_disposal")
    assert (notice["clock"]["first_day"], notice["due"]["on"]) == ("2025-08-01", "2025-08-31")


def test_an_inspection_that_finds_nothing_owes_its_report_all_the_same(
    client: APIClient, officer: Officer, rulebook_version: object
) -> None:
    record = recorded_incident(
        officer,
        kind="inspection",
        occurred_on="2020-04-01",
        location=None,
        at_sea=False,
        agency={"name": officer.agency.name, "country": "DDR"},
        conveyance={"mode": "road"},
        route={"origin": "UGA", "destination": "SSD"},
        items=[],
    )
    screened(record)
    (row,) = rows(client)
    assert (row["kind"], row["incident"], row["responsible"]) == ("report", record.reference, officer.username)


def test_officers_are_told_before_the_day_on_it_and_after_it_and_each_once(
    client: APIClient, incident: Incident, confirm: Callable[[str], None], officer: Officer
) -> None:
    confirm("confirmed")
    for day in (
        date(2020, 3, 1),
        date(2020, 4, 28),
        date(2020, 4, 29),
        date(2020, 5, 1),
        date(2020, 5, 2),
        date(2020, 6, 9),
    ):
        for _ in range(2):
            watch_obligations(now=datetime(day.year, day.month, day.day, 6, tzinfo=UTC))
    told = Notification.objects.filter(officer=officer, kind__startswith="obligation").order_by("pk")
    assert [each.kind for each in told] == ["obligation_due", "obligation_due", "obligation_overdue"]
    assert {each.params["day"] for each in told} == {"2020-05-01"}


def test_it_is_assigned_by_supervisors_to_colleagues_and_handed_over(
    client: APIClient, incident: Incident, confirm: Callable[[str], None], officer: Officer, client_of: ClientOf
) -> None:
    confirm("confirmed")
    supervisor = OfficerFactory.create(supervisor=True, agency=officer.agency)
    colleague, stranger = OfficerFactory.create(agency=officer.agency), OfficerFactory.create()
    desk, path = client_of(supervisor), f"{BOARD}/{of_kind(client, 'report')['reference']}"
    assert client.post(f"{path}/assign", {"to": colleague.username, "reason": "busy"}).status_code == 403
    assert desk.post(f"{path}/assign", {"to": stranger.username, "reason": "busy"}).status_code == 404
    done = desk.post(f"{path}/assign", {"to": colleague.username, "reason": "busy"}).json()
    assert done["responsible"] == colleague.username
    assert Notification.objects.get(officer=colleague).kind == "obligation_assigned"
    (mine,) = rows(client_of(colleague), "?mine=true")
    assert f"{BOARD}/{mine['reference']}" == path
    work = desk.get(f"/api/v1/officers/{colleague.username}/hand-over").json()["open_work"]
    assert work["obligations"] == [mine["reference"]]
    leave = {"to": officer.username, "reason": "on leave"}
    desk.post(f"/api/v1/officers/{colleague.username}/hand-over", leave)
    assert rows(client_of(colleague), "?mine=true") == []


def test_the_calendar_is_opened_by_a_token_for_it_alone_and_names_nobody(
    client: APIClient, incident: Incident, confirm: Callable[[str], None], officer: Officer
) -> None:
    confirm("confirmed")
    dates = {"issued_at": NOW, "expires_at": NOW + timedelta(days=36_500)}
    _, secret = issue_api_token(officer=officer, name="calendar", scopes=["calendar"], **dates)
    _, reading = issue_api_token(officer=officer, name="reads", scopes=["read", "calendar"], **dates)
    anybody = APIClient()
    assert anybody.get(f"{BOARD}/calendar.ics").status_code == 401
    assert anybody.get(f"{BOARD}/calendar.ics", {"token": reading}).status_code == 401
    answer = anybody.get(f"{BOARD}/calendar.ics", {"token": secret})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar")
    events = {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    reference = of_kind(client, "further_report")["reference"]
    due = events[f"{reference}@cordon"]
    assert due.decoded("dtstart") == date(2020, 5, 1)
    assert "S/RES/2428 (2018)" in str(due["summary"])
    assert "As the resolution says." in str(due["summary"])
    assert officer.username not in answer.content.decode()
    assert "rifles" not in answer.content.decode()
    assert anybody.get(f"{BOARD}/calendar.ics", {"token": secret}).content == answer.content
    # It opens nothing else, in the address or the header, and writes nothing.
    assert anybody.get(BOARD, {"token": secret}).status_code == 401
    anybody.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert anybody.get(BOARD).status_code == 403
    assert anybody.post("/api/v1/notifications/1/read").status_code == 403
    assert anybody.get(f"{BOARD}/calendar.ics").status_code == 200


def test_what_waits_beside_is_drawn_from_where_it_is_kept(client: APIClient, incident: Incident) -> None:
    waiting = client.get(f"{BOARD}/waiting").json()
    (item,) = waiting["items"]
    assert (item["incident"], item["item"], item["category"]) == (incident.reference, 0, "small_arm")
    assert waiting["replies"] == []
    assert all(each["refresh_after"] < datetime.now(UTC).date().isoformat() for each in waiting["regimes"])
