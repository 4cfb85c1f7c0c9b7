"""Whether an incident can be recorded, and what is degraded meanwhile."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from cases.models import RulebookVersion, ScreeningRun
from tests.factories import recorded_incident


@pytest.mark.django_db
def test_a_live_process_says_so() -> None:
    assert Client().get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_without_workers_it_is_ready_and_degraded(rulebook_version: RulebookVersion) -> None:
    answer = Client().get("/health/ready")

    assert answer.status_code == 200
    assert {*answer.json()["degraded"]} - {"stale_regimes", "stale_lists"} == {"workers"}


@pytest.mark.django_db
def test_without_a_broker_it_is_ready_and_degraded_within_its_bound(
    rulebook_version: RulebookVersion,
) -> None:
    began = time.monotonic()

    # Nothing listens there: a port below 1024 that no service uses.
    with override_settings(CELERY_BROKER_URL="redis://127.0.0.1:1/0"):
        answer = Client().get("/health/ready")

    assert answer.status_code == 200
    assert "broker" in answer.json()["degraded"]
    assert time.monotonic() - began < 2


@pytest.mark.django_db
def test_a_screening_that_waits_too_long_is_told(rulebook_version: RulebookVersion) -> None:
    run = ScreeningRun.objects.get(incident=recorded_incident())
    run.queued_at = timezone.now() - timedelta(minutes=5)
    run.save()

    answer = Client().get("/health/ready").json()

    assert "oldest_queued_screening" in answer["degraded"]
    assert answer["details"]["oldest_queued_screening"]["age_s"] >= 300


@pytest.mark.django_db
def test_without_a_rulebook_it_is_not_ready() -> None:
    answer = Client().get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["missing"] == ["rulebook"]
    assert answer["Retry-After"] == "5"


@pytest.mark.django_db(transaction=True)
def test_without_its_database_it_is_not_ready_and_the_api_says_503() -> None:
    host = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        ready = Client().get("/health/ready")
        called = Client().post(
            "/api/v1/incidents",
            {"state": "draft"},
            content_type="application/json",
            headers={"Authorization": "Bearer x"},
        )
        page = Client().get("/sign-in/secret/")
    finally:
        connection.settings_dict["HOST"] = host
        connection.close()

    assert ready.status_code == 503
    assert ready.json()["missing"] == ["database"]
    assert called.status_code == 503
    assert called.json()["code"] == "unavailable"
    assert called["Retry-After"] == "5"
    assert page.status_code == 503
    assert page["Content-Type"].startswith("text/html")
