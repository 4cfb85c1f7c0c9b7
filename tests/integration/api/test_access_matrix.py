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
from cases.choices import AgencyKind
from cases.models import (
    RIGHTS_OF_ROLE,
    Evidence,
    Finding,
    Holding,
    Notification,
    NotificationKind,
    Officer,
    OfficerRole,
    Rescreening,
    Right,
    RulebookVersion,
    ScreeningRun,
)
from cases.services.inspect_evidence import inspect_evidence
from cases.services.notify import notify
from cases.services.request_screening import request_screening
from cases.services.run_screening import run_screening
from cases.services.see_session import Seen, see_session
from tests.conftest import NOW
from tests.evidence_samples import picture, sha256
from tests.factories import AgencyFactory, OfficerFactory, ZoneVersionFactory, recorded_incident
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

Ids = dict[str, Any]
SECRET_PLACE: Final = "a quay that only our agency knows"
REVIEW: Final = {"decision": "more_needed", "reason": "ask the carrier"}
INCIDENT: Final = {"state": "draft"}
SHARE: Final = {"agency": "{panel}", "level": "read", "reason": "asked for"}
FILE: Final = picture()
ANNOUNCEMENT: Final = {"name": "a.jpg", "kind": "photo", "size_bytes": len(FILE), "sha256": sha256(FILE)}
HANDOVER: Final = {"to": {"person": "nobody of the system"}}
INVITATION: Final = {"username": "invited", "email": "invited@agency.example", "role": "officer"}


class Endpoint(NamedTuple):
    """One call: `path` with the names of `Ids` in it; `act` is what the role must include, None for reading."""

    method: str
    path: str
    act: Right | None = None
    body: Any = None
    # What the installation shows to every officer alike.
    is_shared: bool = False
    # The bytes of a chunk, where the body is no JSON.
    chunk: bytes | None = None
    # The officer's own, and not the agency's: to a colleague as to a stranger it does not exist.
    is_personal: bool = False
    # Done by a person who is signed in, never by a token.
    needs_session: bool = False
    # A right that does as well as `act`.
    or_act: Right | None = None


# In an order in which each call is still possible after those before it.
ENDPOINTS: Final = (
    Endpoint("get", "incidents"),
    Endpoint("get", "incidents/{incident}"),
    Endpoint("get", "incidents/{incident}/history"),
    Endpoint("get", "incidents/{incident}/screening"),
    Endpoint("get", "incidents/{incident}/screening/changes"),
    Endpoint("get", "incidents/{incident}/referrals"),
    Endpoint("get", "findings?review={review}"),
    Endpoint("get", "incidents/{incident}/grants"),
    Endpoint("get", "incidents/{incident}/same-event"),
    Endpoint("get", "agencies", is_shared=True),
    Endpoint("get", "operations"),
    Endpoint("get", "operations/{operation}"),
    Endpoint("get", "incidents/{incident}/evidence"),
    Endpoint("get", "evidence/{evidence}"),
    Endpoint("get", "evidence/{evidence}/content", access.SEE_NOMINAL),
    Endpoint("get", "evidence/{evidence}/preview", access.SEE_NOMINAL),
    Endpoint("get", "cases"),
    Endpoint("get", "cases/{case}"),
    Endpoint("get", "cases/{case}/grants"),
    Endpoint("get", "referrals/{referral}/grants"),
    Endpoint("get", "cases/{case}/history"),
    Endpoint("get", "cases/{case}/history?views=true&format=json"),
    Endpoint("get", "cases/{case}/history?format=ndjson", access.EXPORT),
    Endpoint("get", "incidents/{incident}/items/0/custody"),
    Endpoint("get", "incidents/{incident}/items/0/label?format=svg"),
    Endpoint("get", "exhibits"),
    Endpoint("get", "exhibits/{exhibit}"),
    Endpoint("get", "exhibits/{exhibit}/custody"),
    Endpoint("get", "exhibits/{exhibit}/label?format=svg"),
    Endpoint("get", "custody/inventory?label={exhibit}"),
    Endpoint("get", "custody/stores"),
    Endpoint("get", "custody/{holding}"),
    Endpoint("get", "handovers"),
    # Names stand in it, so it takes more than the right to export; whoever may see names here may export.
    Endpoint("get", "cases/{case}/bundle", access.SEE_NOMINAL),
    Endpoint("get", "rescreenings", is_shared=True),
    Endpoint("get", "rescreenings/{rescreening}", is_shared=True),
    Endpoint("get", "rescreenings/{rescreening}/changes", is_shared=True),
    Endpoint("get", "referrals"),
    Endpoint("get", "referrals/{referral}"),
    Endpoint("get", "referrals/{referral}/document?format=json"),
    Endpoint("get", "referrals/{referral}/history"),
    Endpoint("get", "lists", is_shared=True),
    Endpoint("get", "regimes", is_shared=True),
    Endpoint("get", "regimes/iran-2006", is_shared=True),
    Endpoint("get", "zones", is_shared=True),
    Endpoint("get", "zones/{zone}", is_shared=True),
    Endpoint("get", "tokens"),
    Endpoint("get", "sessions"),
    Endpoint("get", "notifications"),
    Endpoint("get", "officers", access.ADMINISTER),
    Endpoint("get", "officers/{officer}/hand-over", access.ADMINISTER, or_act=access.OVERRIDE),
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
    Endpoint("post", "incidents/{incident}/evidence", access.RECORD, ANNOUNCEMENT),
    Endpoint("patch", "evidence/{coming}", access.RECORD, chunk=FILE),
    Endpoint("post", "evidence/{evidence}/withdraw", access.EDIT, {"reason": "of another incident"}),
    Endpoint("post", "cases", access.RECORD, {"title": "a case of test", "incidents": []}),
    Endpoint("post", "cases/{case}/incidents", access.RECORD, {"incident": "{incident}"}),
    Endpoint("patch", "referrals/{referral}", access.REFER, {"intended_use": "tracing"}),
    Endpoint("post", "referrals/{referral}/issue", access.ISSUE),
    Endpoint("post", "referrals/{referral}/replies", access.REFER, {"state": "acknowledged"}),
    Endpoint("post", "incidents/{incident}/grants", access.ISSUE, SHARE),
    Endpoint("post", "cases/{case}/grants", access.ISSUE, SHARE),
    Endpoint("post", "referrals/{referral}/grants", access.ISSUE, SHARE),
    Endpoint("post", "incidents/{incident}/releases", access.ISSUE, {"panel": "{panel}", "reason": "asked"}),
    Endpoint("post", "incidents/{incident}/same-event", access.RECORD, {"incident": "{incident}", "reason": "seen"}),
    Endpoint("post", "incidents/{incident}/caveats", access.EDIT, {"caveats": [], "reason": "open to all"}),
    Endpoint("post", "grants/{grant}/end", access.ISSUE, {"reason": "over"}),
    Endpoint("post", "releases/{release}/end", access.ISSUE, {"reason": "over"}),
    Endpoint("post", "operations", access.ISSUE, {"name": "an operation of test"}),
    Endpoint(
        "post", "operations/{operation}/incidents", access.ISSUE, {"incident": "{incident}", "reason": "for the others"}
    ),
    Endpoint("post", "operations/{operation}/leave", access.ISSUE),
    Endpoint("post", "incidents/{incident}/exhibits", access.RECORD, {"kind": "sample", "items": [str(uuid4())]}),
    Endpoint("post", "incidents/{incident}/items/0/custody", access.RECORD, {"kind": "examined"}),
    Endpoint("post", "incidents/{incident}/items/0/handover", access.RECORD, HANDOVER),
    Endpoint("post", "exhibits/{exhibit}/custody", access.RECORD, {"kind": "examined"}),
    Endpoint("post", "exhibits/{exhibit}/handover", access.RECORD, HANDOVER),
    Endpoint("post", "handovers/{handover}/accept", access.RECORD, {"seal": "A1"}),
    Endpoint("post", "handovers/{handover}/decline", access.RECORD, {"note": "too late"}),
    Endpoint("post", "custody/stores", access.RECORD, {"name": "armoury"}),
    Endpoint("post", "custody/{holding}", access.RECORD, {"kind": "examined"}),
    Endpoint("post", "custody/{holding}/handover", access.RECORD, HANDOVER),
    Endpoint("post", "incidents/{incident}/void", access.RECORD, {"reason": "recorded in error"}),
    Endpoint(
        "post",
        "officers/{leaver}/hand-over",
        access.ADMINISTER,
        {"to": "{officer}", "reason": "on leave"},
        or_act=access.OVERRIDE,
    ),
    Endpoint("post", "officers/{leaver}/deactivate", access.ADMINISTER, {"reason": "has left"}),
)
# Done, or refused for what was sent: the door was open.
REACHED: Final = frozenset({200, 201, 409, 422})
HARMLESS: Final = frozenset(
    {
        *("application/json", "application/problem+json", "application/x-ndjson", "application/geo+json"),
        "application/zip",
        *("image/jpeg", "image/svg+xml", "application/octet-stream"),
    }
)
NOBODYS: Final[Ids] = {
    "incident": "INC-2026-00000001",
    "referral": "REF-2026-00000001",
    "finding": uuid4(),
    "case": "CASE-2026-00000001",
    "operation": "OPS-2026-00000001",
    "grant": 999_999,
    "release": 999_999,
    "evidence": uuid4(),
    "coming": uuid4(),
    "review": "open",
    "exhibit": "EX-0000-0000-0000",
    "holding": uuid4(),
    "handover": uuid4(),
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
    panel = AgencyFactory.create(kind=AgencyKind.PANEL.value, mandate_regimes=["iran-2006"])
    address = f"/api/v1/incidents/{incident.reference}"
    release = client.post(f"{address}/releases", {"panel": panel.pk, "reason": "asked"}).json()["id"]
    terms = {"agency": panel.pk, "level": "read", "reason": "asked"}
    grant = client.post(f"{address}/grants", terms).json()["id"]
    operation = client.post("/api/v1/operations", {"name": SECRET_PLACE}).json()["reference"]
    announced = {**ANNOUNCEMENT, "name": SECRET_PLACE}
    evidence, coming = (client.post(f"{address}/evidence", announced).json()["id"] for _ in range(2))
    send_chunk(client, f"/api/v1/evidence/{evidence}", FILE)
    inspect_evidence(evidence_id=Evidence.objects.get(uuid=evidence).pk, inspected_at=NOW)
    items = f"/api/v1/incidents/{incident.reference}/items/0"
    for event in ({"kind": "collected", "place": SECRET_PLACE}, {"kind": "labelled"}):
        assert client.post(f"{items}/custody", event).status_code == 201
    exhibit = {"kind": "package", "items": [str(incident.items.get().item_uuid)], "description": SECRET_PLACE}
    made = client.post(f"/api/v1/incidents/{incident.reference}/exhibits", exhibit).json()["code"]
    to_us = {"to": {"agency": incident.agency.name}, "place": SECRET_PLACE}
    handover = client.post(f"/api/v1/exhibits/{made}/handover", to_us).json()["id"]
    return {
        "panel": panel.pk,
        "release": release,
        "grant": grant,
        "operation": operation,
        "evidence": evidence,
        "coming": coming,
        "case": case,
        "handover": handover,
        "exhibit": made,
        "holding": Holding.objects.get(exhibit__code=made).holding_id,
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


def send_chunk(client: APIClient, path: str, content: bytes) -> HttpResponse:
    return client.generic(
        "PATCH", path, content, content_type="application/offset+octet-stream", headers={"Upload-Offset": "0"}
    )


def call(client: APIClient, endpoint: Endpoint, ids: Ids) -> HttpResponse:
    path, body = f"/api/v1/{endpoint.path.format(**ids)}", endpoint.body
    if endpoint.chunk is not None:
        return send_chunk(client, path, endpoint.chunk)
    if isinstance(body, dict):
        body = {name: _filled(value, ids) for name, value in body.items()}
    if endpoint.method == "patch":
        return client.patch(path, body, HTTP_IF_MATCH=client.get(path).get("ETag", '"1"'))
    return getattr(client, endpoint.method)(path, body)


def _filled(value: Any, ids: Ids) -> Any:
    """Return an id where the value names one alone, text with the ids in it else."""
    if not isinstance(value, str):
        return value
    return ids[value[1:-1]] if value[1:-1] in ids else value.format(**ids)


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
    named = {"iran-2006": "{}", **{f"{{{name}}}": "{}" for name in (*NOBODYS, "rescreening", "zone", "panel")}}
    named = {"iran-2006": "{}", "0": "{}", **{f"{{{name}}}": "{}" for name in (*NOBODYS, "rescreening", "zone")}}
    shapes = {(method, "/".join(named.get(part, part) for part in path.split("/"))) for method, path in told}

    assert shapes == set(routes(urlpatterns))


@pytest.mark.parametrize("role", [role.value for role in OfficerRole])
def test_in_ones_own_agency_everybody_reads_and_the_role_decides_on_the_rest(
    officer: Officer, ours: Ids, client_of: Callable[[Officer], APIClient], role: str
) -> None:
    colleague = client_of(OfficerFactory.create(agency=officer.agency, role=role))

    for endpoint in ENDPOINTS:
        answer = call(colleague, endpoint, ours)
        may = endpoint.act is None or bool({endpoint.act, endpoint.or_act} & RIGHTS_OF_ROLE[OfficerRole(role)])
        if endpoint.is_personal:
            assert answer.status_code == 404, (endpoint, answer.content)
        elif endpoint.needs_session:
            assert (answer.status_code, answer.json()["code"]) == (403, "session_needed"), (endpoint, answer.content)
        elif may:
            assert answer.status_code in REACHED, (endpoint, answer.content)
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), (endpoint, answer.content)


def test_no_answer_of_any_endpoint_is_a_page_and_no_body_names_more_than_it_may(
    officer: Officer, ours: Ids, client_of: Callable[[Officer], APIClient]
) -> None:
    everything = [right.value for right in Right]
    colleague = client_of(OfficerFactory.create(agency=officer.agency, rights_added=everything))
    browser = {"Accept": "text/html,*/*;q=0.1", "Accept-Language": "<script>"}

    for endpoint in ENDPOINTS:
        if endpoint.method == "get":
            answer = colleague.get(f"/api/v1/{endpoint.path.format(**ours)}", headers=browser)
        elif isinstance(endpoint.body, dict) and endpoint.body and endpoint.body is not INCIDENT:
            answer = call(
                colleague, endpoint._replace(body={**endpoint.body, "agency_id": 1, "is_superuser": True}), ours
            )
            # To some it is no call to make at all.
            assert answer.status_code in {403, 404, 422}, (endpoint, answer.content)
        else:
            continue
        media = answer["Content-Type"].split(";")[0]
        assert media in HARMLESS, (endpoint, media)
        assert answer["X-Content-Type-Options"] == "nosniff", endpoint
        # A drawing may hold script: opened by itself, it may run none.
        assert "script-src 'unsafe" not in answer["Content-Security-Policy"], endpoint
        assert "default-src 'none'" in answer["Content-Security-Policy"], endpoint
        if media in {"application/zip", "application/octet-stream"}:
            assert answer["Content-Disposition"].startswith("attachment"), endpoint


@pytest.mark.parametrize("role", [role.value for role in OfficerRole])
def test_another_agencys_record_is_answered_like_one_that_does_not_exist(
    ours: Ids, client_of: Callable[[Officer], APIClient], role: str
) -> None:
    stranger = client_of(OfficerFactory.create(role=role))
    named = ("operation", "incident", "referral", "case", "finding", "evidence", "coming", "holding", "leaver")
    secrets = (*(str(ours[name]) for name in named), SECRET_PLACE)

    for endpoint in ENDPOINTS:
        answer = call(stranger, endpoint, ours)
        told = shown(answer)
        assert [secret for secret in secrets if secret in str(told)] == [], endpoint
        if "{" in endpoint.path and not endpoint.is_shared:
            nothing = call(stranger, endpoint, {**ours, **NOBODYS})
            assert (answer.status_code, told) == (nothing.status_code, shown(nothing)), endpoint
            is_search = "?review" in endpoint.path or "?label" in endpoint.path
            assert answer.status_code in ({200} if is_search else {403, 404}), endpoint


def test_another_agencys_records_move_no_count_and_no_cursor(
    ours: Ids, client_of: Callable[[Officer], APIClient]
) -> None:
    stranger = client_of(OfficerFactory.create())

    for path in (
        "incidents",
        "findings",
        "referrals",
        "cases",
        "operations",
        "exhibits",
        "handovers",
        f"rescreenings/{ours['rescreening']}/changes",
    ):
        page = stranger.get(f"/api/v1/{path}?page_size=1").json()
        assert page == {"next": None, "previous": None, "results": []}, path
    inventory = stranger.get("/api/v1/custody/inventory").json()
    assert inventory == {"next": None, "previous": None, "results": [], "counts": {}}
    counts = stranger.get(f"/api/v1/rescreenings/{ours['rescreening']}").json()["counts"]
    assert set(counts.values()) == {0}
    assert Rescreening.objects.get().changes.exists()


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: f"{each.method} {each.path}")
def test_nobody_comes_in_without_a_token(db: None, endpoint: Endpoint) -> None:
    ids = {**NOBODYS, "rescreening": 1, "zone": "custom:a-test-zone", "panel": 1}

    nobody = APIClient()
    nobody.default_format = "json"
    answer = call(nobody, endpoint, ids)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
