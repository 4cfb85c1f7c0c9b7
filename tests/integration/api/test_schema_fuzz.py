"""Driven by the published schema, with the tokens of every role, a fuzzer finds no failure and nothing undeclared."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import schemathesis
import yaml
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import BaseSchema

from cases.models import Notification, NotificationKind
from cases.services.issue_api_token import issue_api_token
from cases.services.notify import notify
from cases.services.see_session import Seen, see_session
from tests.access_world import Ids, Viewer, World
from tests.conftest import NOW

Known = dict[str, dict[str, Any]]
COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"
PATHS = yaml.safe_load(COMMITTED.read_text("utf-8"))["paths"]
LABELS = sorted(f"{method.upper()} {path}" for path, calls in PATHS.items() for method in calls)

# What the contract promises; whether a body that fits the schema is also acted on depends on what it says.
PROMISED = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance"),
)
WORK = {"drafts": 1, "reviews": 4, "referrals": 2, "cases": 3, "obligations": 1}
# Enough to meet each field and each way of spoiling it, in seconds; for a long run by hand more.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "30"))

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


@pytest.fixture(scope="module")
def published(world: World) -> Iterator[BaseSchema]:
    """The schema as served, calling the application in this process."""
    # As Django's own test client does: the end of a request must not end the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with override_settings(ALLOWED_HOSTS=["*"]):
        yield schemathesis.openapi.from_wsgi("/api/v1/schema/", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def callers(world: World) -> list[tuple[Viewer, Known]]:
    """An officer of every role, in the agency whose records are known and in that of another State, with names."""
    return [
        (viewer, known_to(viewer, world.shared.ids))
        for viewer in world.viewers
        if viewer.relation.is_own or viewer.relation.name == "other_state"
    ]


def known_to(viewer: Viewer, ids: Ids) -> Known:
    """Names of things that are there, and of the officer's own: without them a fuzzer mostly meets 404."""
    officer = viewer.officer
    token, _ = issue_api_token(officer=officer, name="other", issued_at=NOW, expires_at=NOW + timedelta(days=36_500))
    session = see_session(officer=officer, seen=Seen(f"a key of {officer}", "192.0.2.1", "Tablet 7"), at=NOW)
    notify(officers=[officer], kind=NotificationKind.HANDED_OVER, subject=officer, params=WORK, at=NOW)
    return {
        "incidents": {"reference": ids["incident"], "item": "0"},
        "exhibits": {"code": ids["exhibit"]},
        "handovers": {"handover_id": ids["handover"]},
        "custody": {"holding_id": str(ids["holding"])},
        "cases": {"reference": ids["case"]},
        "tasks": {"reference": ids["task"]},
        "referrals": {"reference": ids["referral"]},
        "reply-links": {"link_id": ids["link"]},
        "operations": {"reference": ids["operation"]},
        "obligations": {"reference": ids["obligation"]},
        "statistics": {"reference": ids["publication"]},
        "findings": {"finding_id": str(ids["finding"])},
        "grants": {"grant_id": ids["grant"]},
        "releases": {"release_id": ids["release"]},
        "regimes": {"code": "iran-2006"},
        "evidence": {"evidence_id": ids["evidence"]},
        "rescreenings": {"rescreening_id": ids["rescreening"]},
        "zones": {"code": ids["zone"]},
        "template-packs": {"version": ids["pack"]},
        "contacts": {"contact_id": ids["contact"]},
        "officers": {"username": ids["leaver"]},
        "tokens": {"token_id": token.pk},
        "sessions": {"session_id": session.pk},
        "notifications": {"notification_id": Notification.objects.filter(officer=officer).order_by("-pk")[0].pk},
    }


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", LABELS)
def test_no_call_breaks_the_promise_of_the_schema_or_tells_what_is_not_the_callers(
    label: str, mode: GenerationMode, published: BaseSchema, world: World, callers: list[tuple[Viewer, Known]]
) -> None:
    operation = published.find_operation_by_label(label)
    assert operation is not None
    resource = label.split("/")[3]
    checks = list(CHECKS.get_by_names(list(PROMISED)))

    @QUIET
    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans(), caller=st.sampled_from(callers))
    def probe(case: Case, is_known: bool, caller: tuple[Viewer, Known]) -> None:
        viewer, known = caller
        if is_known and case.path_parameters:
            named = known.get(resource, {}).items()
            case.path_parameters.update({name: value for name, value in named if name in case.path_parameters})
        headers = {"Authorization": viewer.api._credentials["HTTP_AUTHORIZATION"]}
        # What one example does, the next does not find done.
        with transaction.atomic():
            response = case.call(headers=headers | ({"If-Match": '"1"'} if is_known else {}))
            transaction.set_rollback(True)
        case.validate_response(response, checks=checks)
        told = f"{response.headers}\n{response.content.decode(errors='replace')}".lower()
        # The address that was asked stands in each refusal, as sent or as JSON writes it.
        asked = urlsplit(response.request.url or "").path
        for written in (asked, json.dumps(unquote(asked), ensure_ascii=False)[1:-1]):
            told = told.replace(written.lower(), "")
        assert [mark for mark in world.marks_hidden_from(viewer) if mark in told] == []

    probe()
