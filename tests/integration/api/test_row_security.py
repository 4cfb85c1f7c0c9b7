"""What the database itself shows and takes, asked around the doors of access as the application's role."""

import re
import runpy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, connections, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from cases import access
from cases.choices import (
    AgencyKind,
    MeasureStatus,
    ReferralKind,
    ReferralState,
    ReplyState,
    ReviewState,
    RunStatus,
    SharingLevel,
)
from cases.errors import NotFound
from cases.migrations._policies import (
    GUARDED,
    OF_CASES,
    OF_FILTERS,
    OF_LETTERS,
    OF_MAPS,
    OF_MARKS,
    OF_OBLIGATIONS,
    OF_PACKS,
    OF_QUESTIONS,
    OF_READINGS,
    OF_REGISTERS,
    OF_REPLIES,
    OF_RETENTION,
    OF_SENDING,
    OF_STATISTICS,
    OPEN,
)
from cases.models import (
    AttemptCount,
    Case,
    CaseIncident,
    Clarification,
    Dispatch,
    Finding,
    FurtherIncident,
    Grant,
    Incident,
    JointOperation,
    ObligationReminder,
    ObligationSending,
    Officer,
    OperationIncident,
    OperationMember,
    Party,
    PointOfDiversion,
    Referral,
    Release,
    Reply,
    ReplyClock,
    ReplyLink,
    ReplyReminder,
    RulebookVersion,
    ScreeningRun,
    SeizedItem,
    SupplyChainStep,
)
from cases.queries.incidents_by_place import in_box
from cases.row_scope import NOBODY, SYSTEM, RowScope, scoped, through
from cases.screening.findings import Outcome
from cases.services.run_screening import run_screening
from cases.services.save_filter import save_filter
from cases.services.settle_readings import settle_readings
from tests.conftest import NOW
from tests.databases import database_environment
from tests.factories import (
    AgencyFactory,
    OfficerFactory,
    owed_report,
    published_statistic,
    recorded_incident,
    template_pack,
)
from tests.reading_samples import photo_of, serial_read
from tests.register_samples import REGISTER, imported, written

ClientOf = Callable[[Officer], APIClient]

TABLES = tuple(
    each.table
    for each in (
        *(*GUARDED, *OF_RETENTION, *OF_REPLIES, *OF_SENDING, *OF_REGISTERS, *OF_MARKS, *OF_OBLIGATIONS),
        *(*OF_CASES, *OF_PACKS, *OF_QUESTIONS, *OF_READINGS, *OF_STATISTICS, *OF_LETTERS, *OF_FILTERS, *OF_MAPS),
    )
)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PAPER = {"kind": "manifest", "number": "77"}
RECORD: dict[str, Any] = {
    "boarding": {"authority": "host_state_request"},
    "consignment": {"declared_description": "machine parts"},
    "recipient": {"kind": "non_governmental_force", "name": "a militia"},
    "parties": [{"role": "master", "kind": "person", "name": "Nobody Atall"}],
    "documents": [PAPER],
    "authorisations": [{"kind": "exemption"}],
    "items": [
        {
            "category": "ammunition",
            "description": "rockets",
            "quantity": 10,
            "unit": "piece",
            "marks": [{"kind": "serial", "text": "03-A 0771"}],
            "ammunition": {"lot": "7-81"},
            "disposition": {"status": "stored"},
        }
    ],
}


def rows_in(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        (count,) = cursor.fetchone()
    return int(count)


def seen_by(scope: RowScope) -> dict[str, int]:
    """How many rows of each guarded table plain SQL finds in that scope, where it finds any."""
    with scoped(scope):
        return {table: count for table in TABLES if (count := rows_in(table))}


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        yield


@pytest.fixture
def partner(db: None) -> Officer:
    """An officer of another agency."""
    return OfficerFactory.create()


@pytest.fixture
def everything_recorded(
    client: APIClient, officer: Officer, client_of: ClientOf, rulebook_version: RulebookVersion, tmp_path: Path
) -> Incident:
    """An incident with all that can hang from one, made as officers make it."""
    incident = recorded_incident(officer, **RECORD)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    other = recorded_incident(officer)
    address = f"/api/v1/incidents/{incident.reference}"
    finding = Finding.objects.filter(incident=incident).first()
    assert finding is not None
    colleague, panel = (
        OfficerFactory.create(agency=officer.agency, supervisor=True),
        AgencyFactory.create(kind=AgencyKind.PANEL.value, mandate_regimes=["un_test"]),
    )
    ally = AgencyFactory.create()
    supervisor = client_of(colleague)
    made = [
        client.post(f"/api/v1/findings/{finding.pk}/review", {"decision": "more_needed", "reason": "look again"}),
        client.post(f"{address}/referrals", {"addressee": {"country": "CHN"}, "language": "en"}),
        client.post(f"{address}/items/0/custody", {"kind": "collected", "witnesses": [{"name": "A Witness"}]}),
        client.post(f"{address}/exhibits", {"kind": "package", "items": [str(incident.items.get().item_uuid)]}),
        client.post(
            "/api/v1/cases", {"title": "joined", "incidents": [incident.reference]}, HTTP_IDEMPOTENCY_KEY="once"
        ),
        client.post(f"{address}/evidence", {"name": "1.jpg", "kind": "photo", "size_bytes": 9, "sha256": "0" * 64}),
        supervisor.post(f"{address}/grants", {"agency": ally.pk, "level": "read", "reason": "asked"}),
        supervisor.post(f"{address}/releases", {"panel": panel.pk, "reason": "asked"}),
        supervisor.post(f"{address}/same-event", {"incident": other.reference, "reason": "one event"}),
    ]
    operation = supervisor.post("/api/v1/operations", {"name": "together"})
    reference = operation.json()["reference"]
    made += [
        operation,
        supervisor.post(
            f"/api/v1/operations/{reference}/incidents", {"incident": incident.reference, "reason": "ours"}
        ),
    ]
    imported(officer.agency, written(tmp_path, REGISTER))
    made += [client.get(f"{address}/items/0/register-hits"), client.get("/api/v1/marks?text=KX48213")]
    room = f"/api/v1/cases/{Case.objects.get().reference}"
    made += [client.post(f"{room}/tasks", {"what": "ask"}), client.post(f"{room}/notes", {"text": "heard"})]
    item = incident.items.select_related("incident").get()
    photo_of(item, officer)
    for reader in (officer, colleague):
        serial_read(item, reader, "03-A 0771")
    version = item.incident.version
    settle_readings(officer=officer, item=item, stated={}, expected_version=version, settled_at=NOW)
    referral = Referral.objects.get(incident=incident)
    FurtherIncident.objects.create(referral=referral, incident=other)
    _answer(referral, officer)
    template_pack(officer)
    owed = owed_report(incident)
    ObligationReminder.objects.create(obligation=owed, kind="overdue", due_on=NOW.date(), said_at=NOW)
    sent = {"what": "a report", "sent_to": "the Committee", "sent_on": NOW.date()}
    ObligationSending.objects.create(obligation=owed, recorded_at=NOW, recorded_by=officer, **sent)
    published_statistic(officer)
    save_filter(officer=officer, name="at sea", asked={"zone": "sea"}, is_shared=True, saved_at=NOW)
    Dispatch.objects.create(
        referral=referral, channel="file_drop", queued_at=NOW, queued_by=officer, due_at=NOW, nudged_at=NOW
    )
    assert [answer.json() for answer in made if answer.status_code not in {200, 201}] == []
    return incident


def _answer(referral: Referral, officer: Officer) -> None:
    """Add all that hangs from an answer."""
    by = {"recorded_by": officer}
    reply = Reply.objects.create(referral=referral, state=next(iter(ReplyState)).value, received_at=NOW, **by)
    SupplyChainStep.objects.create(reply=reply, number=1, kind="loss", place="a store")
    Clarification.objects.create(reply=reply, kind="sought", text="which store?", recorded_at=NOW, **by)
    days = {"remind_before_days": 1, "remind_again_days": 1, "escalate_after_days": 1}
    ReplyClock.objects.create(agency=referral.agency, set_at=NOW, set_by=officer, **days)
    ReplyReminder.objects.create(referral=referral, kind="overdue", due_on=NOW.date(), said_at=NOW)
    made = {"made_at": NOW, "made_by": officer, "expires_at": NOW + timedelta(days=1)}
    ReplyLink.objects.create(referral=referral, secret_sha256="0" * 64, recipient="a desk", **made)
    point = {"kind": "not_established", "reason": "nobody knows", "recorded_at": NOW, **by}
    item = referral.incident.items.first()
    PointOfDiversion.objects.create(item=item, agency=referral.agency, version=1, **point)


def test_every_table_has_its_policies_or_a_reason_for_none() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("cases").get_models(include_auto_created=True)}

    assert {*TABLES, *(table for listed in OPEN.values() for table in listed)} == tables
    assert len(TABLES) + sum(map(len, OPEN.values())) == len(tables)


@pytest.mark.django_db
def test_policies_cover_every_command_and_bind_the_owner_as_well() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relforcerowsecurity, (SELECT string_agg(polcmd, '' ORDER BY polcmd) FROM pg_policy"
            " WHERE polrelid = c.oid) FROM pg_class c WHERE relrowsecurity"
        )
        found = {table: (forced, commands) for table, forced, commands in cursor.fetchall()}

    # Indexes on names and on keys of marks answer only the owner, and one function of the owner's asks each
    # (docs/decisions/0015, 0020).
    unforced = {"cases_currentscreening", "cases_foldedmark"}
    assert found == {table: (table not in unforced, "adrw") for table in TABLES}


@pytest.mark.django_db
def test_plain_sql_finds_nothing_of_another_agency_in_any_table(
    everything_recorded: Incident, officer: Officer, partner: Officer
) -> None:
    there = seen_by(SYSTEM)
    own, neighbours = seen_by(access.scope_of(officer)), seen_by(access.scope_of(partner))

    # Kept by the worker, as names are compared and files are inspected; what re-screening changed has tests of its own.
    made_by_workers = {"cases_evidencepreview", "cases_uploadpart", "cases_rescreeningchange"}
    # Noted as another agency asks about a mark (tests/integration/api/test_marks.py).
    made_by_others = {"cases_markenquiry"}
    set_by_commands = {each.table for each in OF_RETENTION}
    assert there.keys() >= set(TABLES) - made_by_workers - made_by_others - set_by_commands - {"cases_rememberedname"}
    of_the_system = {"cases_screenedfacts", "cases_rememberedname", "cases_idempotencyrecord"}
    assert there.keys() - own.keys() <= of_the_system
    # Entries on accounts and sessions belong to no record.
    assert neighbours.keys() <= {"cases_auditentry"}
    assert seen_by(NOBODY) == neighbours


@pytest.mark.django_db
def test_a_scope_that_was_forgotten_or_is_not_understood_shows_nothing(everything_recorded: Incident) -> None:
    for scope in ("", "SYSTEM", "agency", "everything"):
        assert seen_by(RowScope(scope)).keys() <= {"cases_auditentry"}, scope


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("variable", ["DATABASE_APP_URL", "DATABASE_URL"])
def test_a_connection_that_says_nothing_sees_nothing_the_owners_included(officer: Officer, variable: str) -> None:
    recorded_incident(officer)
    address = database_environment().get(variable)
    if address is None:
        pytest.skip("the server that was given knows one role only")

    with psycopg.connect(address) as outside:
        blind = outside.execute("SELECT count(*) FROM cases_incident").fetchone()
        outside.execute("SELECT set_config('cordon.scope', 'agency', true)")
        outside.execute("SELECT set_config('cordon.agency', %s, true)", [str(officer.agency_id)])
        own = outside.execute("SELECT count(*) FROM cases_incident").fetchone()
        outside.rollback()
        after = outside.execute("SELECT count(*) FROM cases_incident").fetchone()

    assert (blind, own, after) == ((0,), (1,), (0,))


@pytest.mark.django_db
def test_the_web_process_begins_with_nobodys_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDON_ROW_SCOPE", "system")
    runpy.run_module("backend.wsgi")

    of_the_web = runpy.run_path("backend/settings/base.py")["database"](database_environment()["DATABASE_URL"])

    with psycopg.connect(database_environment()["DATABASE_URL"], **of_the_web["OPTIONS"]) as outside:
        assert outside.execute("SELECT current_setting('cordon.scope')").fetchone() == ("nobody",)


@pytest.mark.django_db
def test_nothing_of_another_agency_is_added_changed_or_removed(
    everything_recorded: Incident, officer: Officer, partner: Officer
) -> None:
    incident, theirs = everything_recorded, access.scope_of(partner)
    before = seen_by(SYSTEM)

    with scoped(theirs), connection.cursor() as cursor:
        for model in apps.get_app_config("cases").get_models():
            table, key = sql.Identifier(model._meta.db_table), sql.Identifier(str(model._meta.pk.column))
            for right, statement in (("UPDATE", "UPDATE {0} SET {1} = {1}"), ("DELETE", "DELETE FROM {0}")):
                cursor.execute("SELECT has_table_privilege(%s, %s)", [model._meta.db_table, right])
                (is_allowed,) = cursor.fetchone()
                if is_allowed and model._meta.db_table in TABLES:
                    cursor.execute(sql.SQL(statement).format(table, key))
                    assert cursor.rowcount == 0, model
        with refused():
            SeizedItem.objects.create(incident=incident, position=9)
        with refused():
            Party.objects.create(incident_id=incident.pk, position=9)
        with refused():
            Grant.objects.create(
                grantee_id=partner.agency_id,
                incident=incident,
                level="read",
                shared_at=NOW,
                shared_by=partner,
                reason="x",
            )
    with scoped(theirs), refused():
        Incident.objects.bulk_create([Incident(**_plain(officer.agency_id, partner))])

    assert seen_by(SYSTEM) == before


@pytest.mark.django_db
@pytest.mark.parametrize("level", SharingLevel)
def test_who_reads_writes_nothing_and_who_contributes_adds_and_takes_no_incident_over(
    officer: Officer, partner: Officer, level: SharingLevel
) -> None:
    incident = recorded_incident(officer)
    grant(incident, partner.agency_id, officer, level=level.value)

    with scoped(access.scope_of(partner)):
        assert SeizedItem.objects.filter(incident=incident).count() == 1
        if level is SharingLevel.READ:
            with refused():
                SeizedItem.objects.create(incident=incident, position=9)
            with refused():
                Incident.objects.filter(pk=incident.pk).update(place="elsewhere")
        else:
            SeizedItem.objects.create(incident=incident, position=9)
            assert Incident.objects.filter(pk=incident.pk).update(place="elsewhere") == 1
        with refused():
            Grant.objects.update(until_at=timezone.now() + timedelta(days=999))


# --- the policies say what access says ---


def _plain(agency_id: int | None, by: Officer) -> dict[str, Any]:
    return {
        "reference": f"INC-{uuid4().hex[:12]}",
        "agency_id": agency_id,
        "state": "draft",
        "as_sent": {},
        "recorded_at": NOW,
        "changed_at": NOW,
        "recorded_by": by,
    }


def grant(thing: Incident | Case | Referral, grantee_id: int | None, by: Officer, **terms: Any) -> Grant:
    return Grant.objects.create(
        **{type(thing).__name__.lower(): thing},
        grantee_id=grantee_id,
        shared_at=LONG_AGO,
        shared_by=by,
        reason="asked for",
        **{"level": "read", **terms},
    )


ENDED = st.sampled_from([None, LONG_AGO + timedelta(days=1)])
UNTIL = st.sampled_from([None, LONG_AGO + timedelta(days=2), datetime(2999, 1, 1, tzinfo=UTC)])
CAVEATS = st.sets(st.sampled_from(["source, named", 'the "ring"', "{allied}"])).map(sorted)
ACT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["incident", "case", "referral", "release", "operation", "own referral"]),
        "incident": st.integers(0, 3),
        # Of which other ones a letter tells as well.
        "further": st.sets(st.integers(0, 3), max_size=2),
        "ended": ENDED,
        "until": UNTIL,
        "left": ENDED,
        "is_confirmed": st.booleans(),
    }
)


def do(act: dict[str, Any], incidents: Sequence[Incident], owner: Officer, asking: Officer) -> None:
    """Share one of the incidents as the act says."""
    incident = incidents[act["incident"]]
    by_grant = {"ended_at": act["ended"], "until_at": act["until"]}
    shared: dict[str, Any] = {"incident": incident, "shared_at": LONG_AGO, "shared_by": owner, "reason": "asked"}
    number = uuid4().hex[:12]
    if act["kind"] == "incident":
        grant(incident, asking.agency_id, owner, **by_grant)
    elif act["kind"] == "case":
        case = Case.objects.create(
            reference=f"CASE-{number}", agency=owner.agency, title="joined", opened_at=LONG_AGO, opened_by=owner
        )
        CaseIncident.objects.create(case=case, incident=incident, joined_at=LONG_AGO, joined_by=owner)
        grant(case, asking.agency_id, owner, **by_grant)
    elif act["kind"] == "release":
        if not Release.objects.filter(incident=incident, panel=asking.agency, ended_at=None).exists():
            Release.objects.create(panel=asking.agency, ended_at=act["ended"], **shared)
        review = ReviewState.CONFIRMED if act["is_confirmed"] else ReviewState.OPEN
        Finding.objects.filter(incident=incident).update(review=review.value)
    elif act["kind"] == "operation":
        operation = JointOperation.objects.create(
            reference=f"OPS-{number}", name="together", lead=owner.agency, opened_at=LONG_AGO, opened_by=owner
        )
        OperationMember.objects.create(
            operation=operation, agency=asking.agency, joined_at=LONG_AGO, left_at=act["left"]
        )
        OperationIncident.objects.create(operation=operation, ended_at=act["ended"], **shared)
    else:
        opener = asking if act["kind"] == "own referral" else owner
        referral = Referral.objects.create(
            reference=f"REF-{number}",
            incident=incident,
            agency=opener.agency,
            kind=ReferralKind.ITI_REQUEST.value,
            state=ReferralState.DRAFT.value,
            language="en",
            addressee_country="CHN",
            opened_at=LONG_AGO,
            opened_by=opener,
        )
        FurtherIncident.objects.bulk_create(
            FurtherIncident(referral=referral, incident=incidents[at]) for at in act["further"] - {act["incident"]}
        )
        if opener is owner:
            grant(referral, asking.agency_id, owner, **by_grant)


@pytest.fixture
def four_incidents(db: None) -> tuple[Officer, Officer, Sequence[Incident]]:
    """Two agencies, the second with a mandate, and incidents: three of the first and one of the second."""
    owner = OfficerFactory.create()
    mandated = AgencyFactory.create(kind="panel", mandate_regimes=["un_test"], receives_shares=True)
    asking = OfficerFactory.create(agency=mandated)
    incidents = [Incident.objects.create(**_plain(by.agency_id, by)) for by in (owner, owner, owner, asking)]
    for incident in incidents:
        run = ScreeningRun.objects.create(incident=incident, status=RunStatus.QUEUED.value, queued_at=NOW, sent_at=NOW)
        Finding.objects.create(
            run=run,
            incident=incident,
            regime="un_test",
            measure="un_test:arms",
            outcome=Outcome.POSSIBLE.value,
            status=next(iter(MeasureStatus)).value,
            document={},
            is_current=True,
        )
    return owner, asking, incidents


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(ACT, max_size=4),
    caveats=st.lists(CAVEATS, min_size=4, max_size=4),
    cleared=CAVEATS,
)
def test_policies_and_access_agree_on_what_is_known(
    four_incidents: tuple[Officer, Officer, Sequence[Incident]],
    acts: list[dict[str, Any]],
    caveats: list[list[str]],
    cleared: list[str],
) -> None:
    owner, asking, incidents = four_incidents
    with transaction.atomic():
        asking.caveats = cleared
        for incident, its in zip(incidents, caveats, strict=True):
            Incident.objects.filter(pk=incident.pk).update(caveats=its)
        for act in acts:
            do(act, incidents, owner, asking)
        referrals = access.referrals_for(asking)
        of_letters = referrals.filter(further__isnull=True).values_list("incident", flat=True)
        known = keys(access.incidents_for(asking)) | set(of_letters)
        known_referrals, known_cases = keys(referrals), keys(access.cases_for(asking))

        with scoped(access.scope_of(asking)):
            assert keys(Incident.objects.all()) == known
            assert keys(Finding.objects.all(), "incident") == known
            assert keys(Referral.objects.all()) == known_referrals
            assert keys(Case.objects.all()) == known_cases
            # The doors, asked behind the policies, show what they show without them.
            assert keys(access.incidents_for(asking)) <= known
            assert keys(access.referrals_for(asking)) == known_referrals
        transaction.set_rollback(True)


def keys(rows: QuerySet[Any], column: str = "pk") -> set[int]:
    return set(rows.values_list(column, flat=True))


# --- through the real middleware ---


class Around(APIView):
    """Asks around every door."""

    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        return Response({"seen": sorted(Incident.objects.values_list("reference", flat=True))})

    def post(self, request: Request) -> Response:
        AttemptCount.objects.create(pk=request.data["raises"], count=1, ends_at=NOW)
        raise RuntimeError if request.data["raises"] == "failure" else NotFound(thing="incident")


def streamed(_request: HttpRequest) -> HttpResponse:
    def lines() -> Iterator[str]:
        yield from Incident.objects.values_list("reference", flat=True)

    scope = access.scope_of(Officer.objects.get(username="streamer"))
    return StreamingHttpResponse(through(scope, lines()))


urlpatterns = [
    path("api/v1/around", Around.as_view()),
    path("streamed", streamed),
    path("", include("backend.urls")),
]
handler500 = "backend.error_responses.server_error"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_view_that_forgets_the_doors_shows_what_the_agency_may_see_and_to_nobody_anything(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    shown, hidden = recorded_incident(officer), recorded_incident(officer)
    grant(shown, partner.agency_id, officer)
    secret = recorded_incident(officer)
    Incident.objects.filter(pk=secret.pk).update(caveats=["allied"])
    by_session = APIClient()
    by_session.force_login(partner)

    def seen(asking: APIClient) -> object:
        return asking.get("/api/v1/around").json()["seen"]

    assert seen(client) == sorted([shown.reference, hidden.reference])
    assert seen(client_of(partner)) == [shown.reference]
    assert seen(by_session) == [shown.reference]
    assert seen(APIClient()) == []
    # Whatever a request took on is given back.
    assert Incident.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_an_answer_that_is_still_being_read_keeps_its_scope(client: APIClient) -> None:
    own = recorded_incident(OfficerFactory.create(username="streamer"))
    recorded_incident()

    assert b"".join(client.get("/streamed").streaming_content) == own.reference.encode()  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("raises", "status", "kept"), [("refusal", 404, True), ("failure", 500, False)])
def test_a_refusal_keeps_what_was_counted_and_a_failure_writes_nothing(
    client: APIClient, raises: str, status: int, kept: bool
) -> None:
    assert client.post("/api/v1/around", {"raises": raises}).status_code == status
    assert AttemptCount.objects.filter(pk=raises).exists() is kept


# --- plans ------------------------------------------------------------------------------------------------------------

MANY = 4_000
SPREAD = ("longitude", "latitude", "recorded_at", "occurred_first_day", "occurred_last_day")


@pytest.fixture
def many_incidents(officer: Officer, partner: Officer) -> None:
    """Thousands of incidents of two agencies, one a minute, all over the map."""
    first = recorded_incident(officer)
    columns = [
        field.column
        for field in Incident._meta.concrete_fields
        if field.column not in {"id", "reference", "agency_id", *SPREAD, "position"}
    ]
    copied = sql.SQL(", ").join(map(sql.Identifier, columns))
    copying = sql.SQL(
        "INSERT INTO cases_incident (reference, agency_id, longitude, latitude, recorded_at, occurred_first_day,"
        " occurred_last_day, {copied})"
        " SELECT 'INC-1999-' || lpad(n::text, 8, '0'), CASE WHEN n %% 2 = 0 THEN %s ELSE %s END,"
        " n %% 359 - 179, n %% 179 - 89, recorded_at + n * interval '1 minute',"
        " DATE '2016-01-01' + n, DATE '2016-01-01' + n, {copied}"
        " FROM cases_incident, generate_series(1, %s) AS n WHERE id = %s"
    ).format(copied=copied)
    with connection.cursor() as cursor:
        cursor.execute(copying, [officer.agency_id, partner.agency_id, MANY, first.pk])
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE cases_incident")


def plan_of(officer: Officer, rows: QuerySet[Any]) -> str:
    with scoped(access.scope_of(officer)):
        return rows.explain()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_lists_and_maps_are_answered_by_their_indexes(many_incidents: None, officer: Officer) -> None:
    known = access.incidents_for(officer)
    newest = plan_of(officer, known.order_by("-recorded_at", "-pk")[:50])
    in_a_month = plan_of(
        officer, known.filter(occurred_first_day__gte="2026-01-01", occurred_first_day__lte="2026-01-31")
    )
    on_the_map = plan_of(officer, in_box(known, (10.0, 10.0, 11.0, 11.0)))
    one = plan_of(officer, known.filter(reference="INC-1999-00000004"))

    for plan in (newest, in_a_month, on_the_map, one):
        assert "Seq Scan on cases_incident" not in plan, plan
    assert "Backward using incident_newest_of_agency" in newest, newest
    assert re.search(r"Index Cond: .*agency_id = \d+.*occurred_first_day", in_a_month), in_a_month
    assert re.search(r"Index Cond: .*latitude >= .*longitude >= ", on_the_map), on_the_map
    assert re.search(r"Index Cond: .*reference.* = 'INC-1999-00000004'", one), one
    # The settings are read once a statement; what is shared is looked up in a hash, and only for rows that are not own.
    around = plan_of(officer, Incident.objects.filter(recorded_at__lt=NOW))
    assert "InitPlan" in around
    assert "hashed SubPlan" in around
