"""What an officer is told, and by whose act."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from cases.models import Notification, NotificationKind, Officer, OfficerRole, RescreeningChange, ScreeningRun
from cases.queries.referral_content import digest_of_letter
from cases.services.notify import notify
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

pytestmark = pytest.mark.django_db


def test_notifications_are_listed_in_the_readers_language_and_read_once(client: APIClient, officer: Officer) -> None:
    params = {"drafts": 1, "reviews": 4, "referrals": 2, "cases": 3}
    notify(officers=[officer], kind=NotificationKind.HANDED_OVER, subject=officer, params=params, at=NOW)

    page = client.get("/api/v1/notifications", HTTP_ACCEPT_LANGUAGE="fr").json()
    told = page["results"][0]
    read = [client.post(f"/api/v1/notifications/{told['id']}/read").json() for _ in range(2)]

    assert page["unread"] == 1
    assert "1 brouillons, 4 incidents à examiner, 2 demandes, 3 dossiers" in told["text"]
    assert told["subject"]["type"] == "officer"
    assert read == [{"read": 1}, {"read": 0}]
    assert client.get("/api/v1/notifications").json()["unread"] == 0


def test_what_one_officer_is_told_no_other_reads(
    client: APIClient, officer: Officer, client_of: Callable[[Officer], APIClient]
) -> None:
    notify(officers=[officer], kind=NotificationKind.HANDED_OVER, subject=officer, params={}, at=NOW)
    colleague = client_of(OfficerFactory.create(agency=officer.agency))

    assert colleague.get("/api/v1/notifications").json() == {"next": None, "previous": None, "unread": 0, "results": []}
    pk = Notification.objects.get().pk
    assert colleague.post(f"/api/v1/notifications/{pk}/read").status_code == 404


def test_a_re_screening_tells_those_who_review_in_the_agencies_it_touched(
    officer: Officer, rulebook_version: object
) -> None:
    analyst = OfficerFactory.create(agency=officer.agency, role=OfficerRole.ANALYST.value)
    OfficerFactory.create(agency=officer.agency, role=OfficerRole.ADMINISTRATOR.value)
    OfficerFactory.create()
    incident = recorded_incident(officer)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)

    rescreening = rescreened_under(ENDED_EARLY)

    told = list(Notification.objects.order_by("officer_id"))
    assert [each.officer for each in told] == [officer, analyst]
    assert told[0].params == {"rescreening": rescreening.pk, "count": RescreeningChange.objects.count()}


def test_a_reply_tells_who_asked_and_not_who_recorded_it(
    client: APIClient, officer: Officer, client_of: Callable[[Officer], APIClient], rulebook_version: object
) -> None:
    chief = client_of(OfficerFactory.create(agency=officer.agency, supervisor=True))
    incident = recorded_incident(officer)
    document = {"addressee": {"country": "CHN"}, "language": "fr"}
    referral = client.post(f"/api/v1/incidents/{incident.reference}/referrals", document).json()["reference"]
    out = {"state": "issued", "issued_at": timezone.now(), "issued_by": officer}
    officer.agency.referrals.update(**out, issued_content="{}", issued_sha256=digest_of_letter("{}"))

    answer = chief.post(f"/api/v1/referrals/{referral}/replies", {"state": "acknowledged"})

    assert answer.status_code == 201, answer.content
    told = Notification.objects.get()
    assert (told.officer, told.kind, told.subject_reference) == (officer, "reply_recorded", referral)
    client.post(f"/api/v1/referrals/{referral}/replies", {"state": "delayed"})
    assert Notification.objects.count() == 1
