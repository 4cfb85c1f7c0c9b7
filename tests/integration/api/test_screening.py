"""The screening of an incident over HTTP: the schema tells all that the answer holds."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel
from rest_framework.test import APIClient

from cases.api.screening import ScreeningAnswer
from cases.models import Officer, RulebookVersion, ScreeningRun
from cases.services.import_list import import_list
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import recorded_incident
from tests.list_samples import SAMPLE
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

pytestmark = pytest.mark.django_db

# What tells how the result was reached; the same in each result.
OF_THE_RESULT = {"rulebook", "lists", "zones", "facts_digest", "place", "is_draft"}


def untold(shown: Any, place: str = "") -> Iterator[str]:
    """Yield the places of the fields that an answer has and its schema does not name."""
    if isinstance(shown, list):
        for each in shown:
            yield from untold(each, f"{place}[]")
    elif isinstance(shown, BaseModel):
        yield from (f"{place}.{name}" for name in shown.model_extra or {})
        for name in type(shown).model_fields:
            yield from untold(getattr(shown, name), f"{place}.{name}")


@pytest.fixture
def answer(client: APIClient, officer: Officer, rulebook_version: RulebookVersion) -> dict[str, Any]:
    """A result with a finding, a listed party, a flag, duties, and a decided finding that is no longer found."""
    import_list(content=SAMPLE, file_name="list.xml", imported_at=NOW)
    incident = recorded_incident(
        officer,
        recipient={"kind": "non_governmental_force", "name": "Torvald Exemplum Brannigan", "country": "YEM"},
        location={"type": "Point", "coordinates": [44.0, 15.4]},
        location_accuracy_m=100,
        at_sea=False,
        items=[{"category": "small_arm", "quantity": 12, "unit": "piece"}],
    )
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    for finding in incident.findings.all():
        body = {"decision": "confirmed", "reason": "seen"}
        assert client.post(f"/api/v1/findings/{finding.pk}/review", body).status_code == 201
    rescreened_under(ENDED_EARLY)
    return dict(client.get(f"/api/v1/incidents/{incident.reference}/screening").json())


def test_the_schema_names_everything_that_an_answer_holds(answer: dict[str, Any]) -> None:
    shown = ScreeningAnswer.model_validate(answer)

    assert set(untold(shown)) == {f".{name}" for name in OF_THE_RESULT}
    for part in ("no_longer_found", "designations", "considered", "flags", "duties"):
        assert answer[part], part
