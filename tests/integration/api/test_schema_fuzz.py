"""Driven by the published schema, a fuzzer finds no failure of the server and no answer that the schema leaves out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import BaseSchema

from cases.models import Notification, NotificationKind, Officer, Right, ScreeningRun
from cases.services.issue_api_token import issue_api_token
from cases.services.notify import notify
from cases.services.run_screening import run_screening
from cases.services.see_session import Seen, see_session
from tests.conftest import NOW
from tests.factories import OfficerFactory, ZoneVersionFactory, recorded_incident
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"
PATHS = yaml.safe_load(COMMITTED.read_text("utf-8"))["paths"]
LABELS = sorted(f"{method.upper()} {path}" for path, calls in PATHS.items() for method in calls)

# What the contract promises; whether a body that fits the schema is also acted on depends on what it says.
PROMISED = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance"),
)
WORK = {"drafts": 1, "reviews": 4, "referrals": 2, "cases": 3}
# Enough to meet each field and each way of spoiling it, in seconds.
EXAMPLES = 40

load_all_checks()
# A chunk is plain bytes under a name of its own.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    # The same run every time.
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def published(known: dict[str, Any]) -> Iterator[BaseSchema]:
    """The schema as served, calling the application in this process."""
    # As Django's own test client does: the end of a request must not end the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with override_settings(ALLOWED_HOSTS=["*"]):
        yield schemathesis.openapi.from_wsgi("/api/v1/schema/", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(label: str, client: APIClient, officer: Officer, rulebook_version: object) -> dict[str, Any]:
    """Names of things that are there: without them a fuzzer mostly meets 404."""
    incident = recorded_incident(officer)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    referral = client.post(
        f"/api/v1/incidents/{incident.reference}/referrals", {"addressee": {"country": "CHN"}, "language": "fr"}
    ).json()
    announced = client.post(
        f"/api/v1/incidents/{incident.reference}/evidence",
        {"name": "a.jpg", "kind": "photo", "size_bytes": 9, "sha256": "0" * 64},
    ).json()
    items = f"/api/v1/incidents/{incident.reference}/items/0"
    for kind in ("collected", "labelled"):
        client.post(f"{items}/custody", {"kind": kind})
    exhibit = {"kind": "sample", "items": [str(incident.items.get().item_uuid)]}
    code = client.post(f"/api/v1/incidents/{incident.reference}/exhibits", exhibit).json()["code"]
    offer = client.post(f"/api/v1/exhibits/{code}/handover", {"to": {"agency": incident.agency.name}}).json()["id"]
    case = client.post("/api/v1/cases", {"title": "joined", "incidents": [incident.reference]}).json()["reference"]
    return {
        "incidents": {"reference": incident.reference, "item": "0"},
        "exhibits": {"code": code},
        "handovers": {"handover_id": offer},
        "custody": {"holding_id": str(incident.holdings.order_by("pk")[0].holding_id)},
        "cases": {"reference": case},
        "referrals": {"reference": referral["reference"]},
        "findings": {"finding_id": str(incident.findings.order_by("measure")[0].pk)},
        "regimes": {"code": "iran-2006"},
        "evidence": {"evidence_id": announced["id"]},
        # A second or two, and of use to two calls.
        "rescreenings": {"rescreening_id": rescreened_under(ENDED_EARLY).pk} if "rescreenings" in label else {},
        "zones": {"code": ZoneVersionFactory.create().zone.code},
        **keys_of(officer),
    }


def keys_of(officer: Officer) -> dict[str, Any]:
    """A token that is not the one in use, a session, a notification, a colleague; the officer administers as well."""
    officer.rights_added = [Right.ADMINISTER.value]
    officer.save()
    token, _ = issue_api_token(officer=officer, name="other", issued_at=NOW, expires_at=NOW + timedelta(days=36_500))
    session = see_session(officer=officer, seen=Seen("a session's key", "192.0.2.1", "Tablet 7"), at=NOW)
    notify(officers=[officer], kind=NotificationKind.HANDED_OVER, subject=officer, params=WORK, at=NOW)
    return {
        "tokens": {"token_id": token.pk},
        "sessions": {"session_id": session.pk},
        "notifications": {"notification_id": Notification.objects.order_by("-pk")[0].pk},
        "officers": {"username": OfficerFactory.create(agency=officer.agency).username},
    }


@pytest.mark.timeout(120)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", LABELS)
def test_no_call_breaks_the_promise_of_the_schema(
    label: str, mode: GenerationMode, published: BaseSchema, known: dict[str, Any], client: APIClient
) -> None:
    operation = published.find_operation_by_label(label)
    assert operation is not None
    resource = label.split("/")[3]
    token = client._credentials["HTTP_AUTHORIZATION"]
    checks = list(CHECKS.get_by_names(list(PROMISED)))

    @QUIET
    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans())
    def probe(case: Case, is_known: bool) -> None:
        if is_known and case.path_parameters:
            named = known.get(resource, {}).items()
            case.path_parameters.update({name: value for name, value in named if name in case.path_parameters})
        response = case.call(headers={"Authorization": token, **({"If-Match": '"1"'} if is_known else {})})
        case.validate_response(response, checks=checks)

    probe()
