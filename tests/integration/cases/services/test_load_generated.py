from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.management import call_command

from cases.errors import DemoForbidden
from cases.generate.incidents import incidents
from cases.intake.incident import document_of
from cases.intake.reading import read_incident
from cases.models import AuditEntry, Incident, ScreeningRun
from cases.queries.incident_document import record_of_incident
from cases.services.load_generated import CHUNK_SIZE, load_generated

pytestmark = pytest.mark.django_db


def loaded(count: int, seed: int, now: datetime) -> Iterator[int]:
    return load_generated(count=count, seed=seed, loaded_at=now)


def test_each_is_recorded_as_it_would_be_if_it_had_been_sent(now: datetime) -> None:
    assert list(loaded(60, 3, now)) == [60]

    for incident, document in zip(Incident.objects.order_by("pk"), incidents(60, seed=3), strict=True):
        submission = read_incident(document).submission
        assert submission is not None
        expected = document_of(submission)
        record = record_of_incident(incident)
        assert {name: record[name] for name in ("kind", "occurred_on", "location", "route", "recipient")} == {
            name: expected[name] for name in ("kind", "occurred_on", "location", "route", "recipient")
        }
        for items in (record["items"], expected["items"]):
            for item in items:
                item.pop("id")
        assert record["items"] == expected["items"]
        assert record["parties"] == expected["parties"]
        assert record["documents"] == expected["documents"]


def test_none_is_queued_and_each_chunk_is_in_the_audit_trail(now: datetime) -> None:
    list(loaded(5, 1, now))

    assert not ScreeningRun.objects.exists()
    assert AuditEntry.objects.filter(action="generated.loaded").count() == 1


def test_progress_is_told_chunk_by_chunk(now: datetime) -> None:
    assert list(loaded(CHUNK_SIZE + 1, 2, now)) == [CHUNK_SIZE, CHUNK_SIZE + 1]


def test_production_refuses_made_up_incidents(now: datetime, settings: pytest.FixtureRequest) -> None:
    settings.DEMO_ALLOWED = False

    with pytest.raises(DemoForbidden):
        next(loaded(1, 1, now))


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_generated", "3", seed=4)

    assert "3 made-up incidents recorded" in capsys.readouterr().out
