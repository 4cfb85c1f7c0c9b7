"""The work list: what waits for whom, counted and shown, and what is done to several at once."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import (
    CaseTask,
    Finding,
    FindingReview,
    Incident,
    Notification,
    NotificationKind,
    Obligation,
    Officer,
    OfficerRole,
    ScreeningRun,
)
from cases.queries.waiting import MOST_COUNTED, bounded_count
from cases.services.make_task import make_task
from cases.services.notify import notify
from cases.services.open_case import open_case
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import OfficerFactory, owed_report, recorded_incident
from tests.sent_referrals import sent

pytestmark = pytest.mark.django_db

TABS = ("/work/", "/work/review/", "/work/referrals/", "/work/overdue/", "/work/marks/", "/work/readings/")


def browser_of(officer: Officer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


@pytest.fixture
def supervisor(officer: Officer) -> Officer:
    """A supervisor of the officer's agency."""
    return OfficerFactory.create(agency=officer.agency, supervisor=True)


@pytest.fixture
def incident(officer: Officer, rulebook_version: object) -> Incident:
    """An incident with findings that wait for a person."""
    incident = recorded_incident(officer)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    return incident


def late_report(incident: Incident, **changes: object) -> Obligation:
    days = {"clock_first_day": date(2026, 1, 1), "clock_last_day": date(2026, 1, 1), "due_on": date(2026, 1, 6)}
    return owed_report(incident, days=5, promptly=False, **{**days, **changes})


def badges(page: str) -> list[str]:
    """Return what the tabs count."""
    parts = page.split('<nav class="tabs"')[1].split("</nav>")[0].split("<span")[1:]
    return [part.partition(">")[2].partition("<")[0] for part in parts]


def test_every_tab_shows_what_waits_and_all_count_the_same(officer: Officer, incident: Incident) -> None:
    late_report(incident)
    open_referral(
        officer=officer,
        incident=incident,
        request=ReferralRequest(addressee_country="CHN", language="en", details={}),
        opened_at=NOW,
    )
    notify(
        officers=[officer],
        kind=NotificationKind.MARK_ASKED_ABOUT,
        subject=incident,
        params={"agency": "Another Post", "mark": "03-A", "reference": incident.reference},
        at=NOW,
    )
    findings = Finding.objects.filter(incident=incident, is_current=True, place_only=False).count()
    browser = browser_of(officer)

    pages = {path: browser.get(path).content.decode() for path in TABS}

    assert {tuple(badges(page)) for page in pages.values()} == {("3", str(findings), "1", "1", "0", "1")}
    assert all(incident.reference in page for path, page in pages.items() if path != "/work/readings/")
    assert "Another Post asked about the mark" in pages["/work/marks/"]
    assert "waits for us" in pages["/work/referrals/"]
    assert "due 6 January 2026" in pages["/work/overdue/"]


def test_letters_tasks_and_obligations_are_overdue_alike(officer: Officer, incident: Incident) -> None:
    letter = sent(officer, incident)
    letter.reply_requested_by = timezone.now().date() - timedelta(days=1)
    letter.save()
    case = open_case(officer=officer, title="one voyage", incidents=[incident], opened_at=NOW)
    make_task(officer=officer, case=case, what="ask the port", due_on=date(2026, 1, 1), given_to=officer, made_at=NOW)

    page = browser_of(officer).get("/work/overdue/").content.decode()

    assert letter.reference in page
    assert "ask the port" in page
    assert badges(page)[3] == "2"
    assert CaseTask.objects.get().reference in browser_of(officer).get("/work/").content.decode()


def test_nothing_of_another_agency_is_shown_or_counted(officer: Officer, incident: Incident) -> None:
    late_report(incident)
    neighbour = browser_of(OfficerFactory.create(supervisor=True))

    for path in TABS:
        page = neighbour.get(path).content.decode()
        assert badges(page) == ["0"] * 6, path
        assert incident.reference not in page, path
    assert neighbour.get("/work/", {"officer": officer.username}).status_code == 404


def test_a_badge_counts_no_further_than_it_says(officer: Officer) -> None:
    Notification.objects.bulk_create(
        Notification(officer=officer, kind="new_device", subject_type="x", subject_reference="x", created_at=NOW)
        for _ in range(MOST_COUNTED + 5)
    )

    assert bounded_count(Notification.objects.all()) == MOST_COUNTED + 1
    assert bounded_count(Notification.objects.all(), most=200) == MOST_COUNTED + 5


def test_only_who_deals_out_work_looks_at_a_colleagues_queue(
    officer: Officer, supervisor: Officer, incident: Incident
) -> None:
    colleague = OfficerFactory.create(agency=officer.agency)

    seen = browser_of(supervisor).get("/work/", {"officer": officer.username})

    assert incident.reference in seen.content.decode()
    assert browser_of(colleague).get("/work/", {"officer": officer.username}).status_code == 403


# --- several at once --------------------------------------------------------------------------------------------------


def test_several_findings_are_decided_with_one_reason(officer: Officer, incident: Incident) -> None:
    waiting = [str(finding.pk) for finding in Finding.objects.filter(incident=incident, is_current=True)]
    sent_in = {"chosen": waiting, "decision": "confirmed", "reason": "read together"}

    page = browser_of(officer).post("/work/review/decide/", sent_in).content.decode()

    assert f"{len(waiting)} done" in page
    assert {review.reason for review in FindingReview.objects.all()} == {"read together"}
    assert FindingReview.objects.count() == len(waiting)


def test_what_cannot_be_decided_is_named_and_the_rest_is_done(officer: Officer, incident: Incident) -> None:
    mine = Finding.objects.filter(incident=incident, is_current=True)[0]
    theirs = recorded_incident()
    run_screening(run_id=ScreeningRun.objects.get(incident=theirs).pk, now=NOW)
    hidden = Finding.objects.filter(incident=theirs)[0]
    chosen = [str(mine.pk), str(hidden.pk), "no-key", "00000000-0000-0000-0000-000000000000"]
    named = {f"name-{hidden.pk}": "what the page called it"}

    page = browser_of(officer).post(
        "/work/review/decide/", {"chosen": chosen, "decision": "rejected", "reason": "looked", **named}
    )
    text = page.content.decode()

    assert "1 done" in text
    assert "3 could not be done" in text
    assert "There is no such finding." in text
    assert "what the page called it" in text
    assert theirs.reference not in text
    assert [review.finding_id for review in FindingReview.objects.all()] == [mine.pk]


@pytest.mark.parametrize(
    ("left_out", "said"),
    [("chosen", "Choose at least one."), ("reason", "Give a reason."), ("decision", "Choose what you decide.")],
)
def test_nothing_is_decided_without(officer: Officer, incident: Incident, left_out: str, said: str) -> None:
    finding = Finding.objects.filter(incident=incident)[0]
    sent_in = {"chosen": str(finding.pk), "decision": "confirmed", "reason": "so"}
    del sent_in[left_out]

    answer = browser_of(officer).post("/work/review/decide/", sent_in)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not FindingReview.objects.exists()


def test_who_may_not_review_has_no_button_and_is_refused(officer: Officer, incident: Incident) -> None:
    clerk = browser_of(OfficerFactory.create(agency=officer.agency, role=OfficerRole.ADMINISTRATOR))
    finding = Finding.objects.filter(incident=incident)[0]

    page = clerk.get("/work/review/").content.decode()
    answer = clerk.post("/work/review/decide/", {"chosen": str(finding.pk), "decision": "confirmed", "reason": "so"})

    assert incident.reference in page
    assert "/work/review/decide/" not in page
    assert answer.status_code == 403


def test_a_supervisor_assigns_several_obligations(officer: Officer, supervisor: Officer, incident: Incident) -> None:
    colleague = OfficerFactory.create(agency=officer.agency)
    owed = late_report(incident)
    other = late_report(recorded_incident())
    sent_in = {"chosen": [owed.reference, other.reference], "to": colleague.username, "reason": "on leave"}

    shown = browser_of(supervisor).get("/work/overdue/").content.decode()
    page = browser_of(supervisor).post("/work/overdue/assign/", sent_in).content.decode()
    owed.refresh_from_db()
    other.refresh_from_db()

    assert "/work/overdue/assign/" in shown
    assert (owed.handed_to, other.handed_to) == (colleague, None)
    assert "There is no such obligation." in page
    assert browser_of(officer).post("/work/overdue/assign/", sent_in).status_code == 403
    assert "/work/overdue/assign/" not in browser_of(officer).get("/work/overdue/").content.decode()


def test_chosen_work_is_handed_over_and_the_colleague_is_told(
    officer: Officer, supervisor: Officer, incident: Incident
) -> None:
    colleague = OfficerFactory.create(agency=officer.agency)
    other = recorded_incident(officer, state="draft")
    sent_in = {"whose": officer.username, "to": colleague.username, "reason": "on leave", "chosen": other.reference}

    page = browser_of(supervisor).post("/work/hand-over/", sent_in).content.decode()
    other.refresh_from_db()
    incident.refresh_from_db()

    assert other.reference in page
    assert (other.handed_to, incident.handed_to) == (colleague, None)
    assert Notification.objects.filter(officer=colleague, kind=NotificationKind.HANDED_OVER).exists()
    assert browser_of(officer).post("/work/hand-over/", sent_in).status_code == 403


def test_work_is_handed_to_nobody_of_another_agency(officer: Officer, supervisor: Officer, incident: Incident) -> None:
    stranger = OfficerFactory.create()
    sent_in = {"whose": officer.username, "to": stranger.username, "reason": "so", "chosen": incident.reference}

    assert browser_of(supervisor).post("/work/hand-over/", sent_in).status_code == 404


def test_the_work_list_asks_the_database_as_often_for_much_as_for_little(
    officer: Officer, rulebook_version: object, django_assert_max_num_queries: object
) -> None:
    for _ in range(6):
        each = recorded_incident(officer)
        run_screening(run_id=ScreeningRun.objects.get(incident=each).pk, now=NOW)
        late_report(each)
    browser = browser_of(officer)

    for path in TABS:
        with django_assert_max_num_queries(38):  # type: ignore[operator]
            assert browser.get(path).status_code == 200
