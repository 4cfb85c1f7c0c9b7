"""Every endpoint for every role: in one's own agency, towards another's, and for nobody at all."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from rest_framework.test import APIClient

from backend.api_router import urlpatterns
from cases import access
from cases.models import (
    RIGHTS_OF_ROLE,
    Finding,
    Notification,
    NotificationKind,
    Officer,
    OfficerRole,
    Rescreening,
    Right,
    RulebookVersion,
    ScreeningRun,
)
from cases.services.notify import notify
from cases.services.request_screening import request_screening
from cases.services.run_screening import run_screening
from cases.services.see_session import Seen, see_session
from tests.conftest import NOW
from tests.factories import OfficerFactory, ZoneVersionFactory, recorded_incident
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

Ids = dict[str, Any]
SECRET_PLACE: Final = "a quay that only our agency knows"
REVIEW: Final = {"decision": "more_needed", "reason": "ask the carrier"}
INCIDENT: Final = {"state": "draft"}
INVITATION: Final = {"username": "invited", "email": "invited@agency.example", "role": "officer"}


class Endpoint(NamedTuple):
    """One call: `path` with the names of `Ids` in it; `act` is what the role must include, None for reading."""

    method: str
    path: str
    act: Right | None = None
    body: Any = None
    # What the installation shows to every officer alike.
    is_shared: bool = False
    # The officer's own, and not the agency's: to a colleague as to a stranger it does not exist.
    is_personal: bool = False
    # Done by a person who is signed in, never by a token.
    needs_session: bool = False


# In an order in which each call is still possible after those before it.
ENDPOINTS: Final = (
    Endpoint("get", "incidents"),
    Endpoint("get", "incidents/{incident}"),
    Endpoint("get", "incidents/{incident}/history"),
    Endpoint("get", "incidents/{incident}/screening"),
    Endpoint("get", "incidents/{incident}/screening/changes"),
    Endpoint("get", "incidents/{incident}/referrals"),
    Endpoint("get", "findings?review={review}"),
    Endpoint("get", "cases"),
    Endpoint("get", "cases/{case}"),
    Endpoint("get", "rescreenings", is_shared=True),
    Endpoint("get", "rescreenings/{rescreening}", is_shared=True),
    Endpoint("get", "rescreenings/{rescreening}/changes", is_shared=True),
    Endpoint("get", "referrals"),
    Endpoint("get", "referrals/{referral}"),
    Endpoint("get", "referrals/{referral}/document?format=json"),
    Endpoint("get", "lists", is_shared=True),
    Endpoint("get", "regimes", is_shared=True),
    Endpoint("get", "regimes/iran-2006", is_shared=True),
    Endpoint("get", "zones", is_shared=True),
    Endpoint("get", "zones/{zone}", is_shared=True),
    Endpoint("get", "tokens"),
    Endpoint("get", "sessions"),
    Endpoint("get", "notifications"),
    Endpoint("get", "officers", access.ADMINISTER),
    Endpoint("post", "tokens", body={"name": "a token of a token"}, needs_session=True),
    Endpoint("post", "tokens/{token}/revoke", is_personal=True),
    Endpoint("post", "sessions/{session}/end", is_personal=True),
    Endpoint("post", "notifications/{notification}/read", is_personal=True),
    Endpoint("post", "officers", access.ADMINISTER, INVITATION),
    Endpoint("post", "officers/{officer}/rights", access.ADMINISTER, {"role": "officer"}),
    Endpoint("post", "officers/{officer}/sessions/end", access.ADMINISTER, {}),
    Endpoint("post", "incidents", access.RECORD, INCIDENT),
    Endpoint("post", "incidents/bulk", access.RECORD, INCIDENT),
    Endpoint("patch", "incidents/{incident}", access.RECORD, {"circumstances": "boarded at night"}),
    Endpoint("post", "findings/{finding}/review", access.REVIEW, REVIEW),
    Endpoint(
        "post", "incidents/{incident}/referrals", access.REFER, {"addressee": {"country": "CHN"}, "language": "fr"}
    ),
    Endpoint("post", "cases", access.RECORD, {"title": "a case of test", "incidents": []}),
    Endpoint("post", "cases/{case}/incidents", access.RECORD, {"incident": "{incident}"}),
    Endpoint("patch", "referrals/{referral}", access.REFER, {"intended_use": "tracing"}),
    Endpoint("post", "referrals/{referral}/issue", access.ISSUE),
    Endpoint("post", "referrals/{referral}/replies", access.REFER, {"state": "acknowledged"}),
    Endpoint("post", "incidents/{incident}/void", access.RECORD, {"reason": "recorded in error"}),
    Endpoint("post", "officers/{leaver}/deactivate", access.ADMINISTER, {"reason": "has left"}),
)
# Done, or refused for what was sent: the door was open.
REACHED: Final = frozenset({200, 201, 409, 422})
NOBODYS: Final[Ids] = {
    "incident": "INC-2026-00000001",
    "referral": "REF-2026-00000001",
    "finding": uuid4(),
    "case": "CASE-2026-00000001",
    "review": "open",
    "token": 999_999_999,
    "session": 999_999_999,
    "notification": 999_999_999,
    "officer": "nobody-at-all",
    "leaver": "nobody-at-all",
}


@pytest.fixture
def ours(officer: Officer, client: APIClient, rulebook_version: RulebookVersion) -> Ids:
    """What one agency has: an incident with findings, one of them lost and found again, and a referral."""
    incident = recorded_incident(officer, place=SECRET_PLACE)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    rescreening = rescreened_under(ENDED_EARLY)
    # Its second run brings the lost finding back, by the rulebook in use.
    run_screening(run_id=request_screening(incident=incident, requested_at=NOW).pk, now=NOW)
    document = {"addressee": {"country": "IRN"}, "language": "en"}
    referral = client.post(f"/api/v1/incidents/{incident.reference}/referrals", document).json()["reference"]
    case = client.post("/api/v1/cases", {"title": SECRET_PLACE, "incidents": [incident.reference]}).json()["reference"]
    return {
        "case": case,
        "incident": incident.reference,
        "finding": Finding.objects.filter(incident=incident, is_current=True)[0].pk,
        "review": "open",
        "rescreening": rescreening.pk,
        "referral": referral,
        "zone": ZoneVersionFactory.create().zone.code,
        **keys_of(officer),
    }


def keys_of(officer: Officer) -> Ids:
    """What is an officer's own: a token, a session and a notification; and a colleague who will leave."""
    seen = Seen("a session's key", "192.0.2.1", SECRET_PLACE)
    params = {"reference": SECRET_PLACE, "state": "delayed"}
    notify(officers=[officer], kind=NotificationKind.REPLY_RECORDED, subject=officer, params=params, at=NOW)
    return {
        "token": officer.api_tokens.get().pk,
        "session": see_session(officer=officer, seen=seen, at=NOW).pk,
        "notification": Notification.objects.get(kind=NotificationKind.REPLY_RECORDED).pk,
        "officer": officer.username,
        "leaver": OfficerFactory.create(agency=officer.agency).username,
    }


def call(client: APIClient, endpoint: Endpoint, ids: Ids) -> HttpResponse:
    path, body = f"/api/v1/{endpoint.path.format(**ids)}", endpoint.body
    if isinstance(body, dict):
        body = {name: value.format(**ids) if isinstance(value, str) else value for name, value in body.items()}
    if endpoint.method == "patch":
        return client.patch(path, body, HTTP_IF_MATCH=client.get(path).get("ETag", '"1"'))
    return getattr(client, endpoint.method)(path, body)


def shown(answer: HttpResponse) -> Any:
    """Return what an answer says, but for the address that was asked, which it repeats, and the request's number."""
    body = json.loads(answer.getvalue())
    return {name: value for name, value in body.items() if name not in {"instance", "request_id"}}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield each method with the shape of its address, in which every variable is {}."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, before + shape(each))
        else:
            view = each.callback.view_class  # type: ignore[attr-defined]
            yield from ((name, before + shape(each)) for name in ("get", "post", "patch") if hasattr(view, name))


def shape(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RoutePattern):
        return "/".join("{}" if "<" in part else part for part in text.split("/"))
    parts, depth = "", 0
    for letter in text.removeprefix("^").removesuffix("$"):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        parts += "{}" if letter == ")" and depth == 0 else letter if depth == 0 and letter != ")" else ""
    return parts


def test_no_endpoint_is_left_out() -> None:
    told = {(each.method, each.path.partition("?")[0]) for each in ENDPOINTS}
    named = {"iran-2006": "{}", **{f"{{{name}}}": "{}" for name in (*NOBODYS, "rescreening", "zone")}}
    shapes = {(method, "/".join(named.get(part, part) for part in path.split("/"))) for method, path in told}

    assert shapes == set(routes(urlpatterns))


@pytest.mark.parametrize("role", [role.value for role in OfficerRole])
def test_in_ones_own_agency_everybody_reads_and_the_role_decides_on_the_rest(
    officer: Officer, ours: Ids, client_of: Callable[[Officer], APIClient], role: str
) -> None:
    colleague = client_of(OfficerFactory.create(agency=officer.agency, role=role))

    for endpoint in ENDPOINTS:
        answer = call(colleague, endpoint, ours)
        may = endpoint.act is None or endpoint.act in RIGHTS_OF_ROLE[OfficerRole(role)]
        if endpoint.is_personal:
            assert answer.status_code == 404, (endpoint, answer.content)
        elif endpoint.needs_session:
            assert (answer.status_code, answer.json()["code"]) == (403, "session_needed"), (endpoint, answer.content)
        elif may:
            assert answer.status_code in REACHED, (endpoint, answer.content)
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), (endpoint, answer.content)


@pytest.mark.parametrize("role", [role.value for role in OfficerRole])
def test_another_agencys_record_is_answered_like_one_that_does_not_exist(
    ours: Ids, client_of: Callable[[Officer], APIClient], role: str
) -> None:
    stranger = client_of(OfficerFactory.create(role=role))
    secrets = (ours["incident"], ours["referral"], ours["case"], str(ours["finding"]), SECRET_PLACE, ours["leaver"])

    for endpoint in ENDPOINTS:
        answer = call(stranger, endpoint, ours)
        told = shown(answer)
        assert [secret for secret in secrets if secret in str(told)] == [], endpoint
        if "{" in endpoint.path and not endpoint.is_shared:
            nothing = call(stranger, endpoint, {**ours, **NOBODYS})
            assert (answer.status_code, told) == (nothing.status_code, shown(nothing)), endpoint
            assert answer.status_code in ({200} if "?review" in endpoint.path else {403, 404}), endpoint


def test_another_agencys_records_move_no_count_and_no_cursor(
    ours: Ids, client_of: Callable[[Officer], APIClient]
) -> None:
    stranger = client_of(OfficerFactory.create())

    for path in ("incidents", "findings", "referrals", "cases", f"rescreenings/{ours['rescreening']}/changes"):
        page = stranger.get(f"/api/v1/{path}?page_size=1").json()
        assert page == {"next": None, "previous": None, "results": []}, path
    counts = stranger.get(f"/api/v1/rescreenings/{ours['rescreening']}").json()["counts"]
    assert set(counts.values()) == {0}
    assert Rescreening.objects.get().changes.exists()


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: f"{each.method} {each.path}")
def test_nobody_comes_in_without_a_token(db: None, endpoint: Endpoint) -> None:
    ids = {**NOBODYS, "rescreening": 1, "zone": "custom:a-test-zone"}

    nobody = APIClient()
    nobody.default_format = "json"
    answer = call(nobody, endpoint, ids)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
