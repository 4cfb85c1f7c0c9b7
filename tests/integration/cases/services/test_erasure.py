"""What is erased is nowhere any more, and what must still be proved still is."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from cases.bundle.packing import stream_bundle
from cases.bundle.signing import signing_key
from cases.bundle.verify_bundle import verify
from cases.choices import CustodyKind, EvidenceKind, RecordClass, TaskState
from cases.errors import EvidenceNotGivenOut, OnHold
from cases.models import (
    AuditEntry,
    Evidence,
    Incident,
    Notification,
    NotificationKind,
    Officer,
    OfficerRole,
    OfficerSession,
    ScreeningRun,
)
from cases.queries.audit_verification import Trust, verify_everything
from cases.queries.retention import due_for_erasure
from cases.row_scope import RowScope, scoped
from cases.services.amend_incident import amend_incident
from cases.services.announce_evidence import Announcement
from cases.services.append_custody_event import CustodyDetails
from cases.services.attach_evidence import attach_evidence
from cases.services.check_all_evidence import check_all_evidence
from cases.services.clarify_reply import clarify_reply
from cases.services.end_task import end_task
from cases.services.erase_due import erase_due
from cases.services.erase_nominal import erase_nominal
from cases.services.export_case import export_case
from cases.services.hold_records import lift_hold, place_hold
from cases.services.issue_api_token import issue_api_token
from cases.services.link_audit_entries import link_audit_entries
from cases.services.make_reply_link import make_reply_link
from cases.services.make_task import make_task
from cases.services.notify import notify
from cases.services.open_case import open_case
from cases.services.read_evidence import read_evidence
from cases.services.record_custody_event import record_custody_event
from cases.services.record_point_of_diversion import record_point_of_diversion
from cases.services.record_reply import record_reply
from cases.services.run_screening import run_screening
from cases.services.set_retention import set_retention
from cases.services.write_audit_entry import ORIGIN, Origin
from cases.services.write_note import write_note
from tests.canaries import INTERNAL, LEADS, NOMINAL, NOT_PUBLIC, SHOWN, canary_document, words_in
from tests.conftest import NOW
from tests.evidence_samples import photograph, sha256
from tests.factories import OfficerFactory, recorded_incident
from tests.register_samples import imported, written
from tests.sent_referrals import sent

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=400)
# Kept: what the record says of goods, places and papers, and what was typed about them.
KEPT = LEADS | INTERNAL | NOT_PUBLIC | SHOWN
EARLIER = "Zq80canary"
WITNESS = "Zq81canary"
ACTOR = "Zq82canary"
DESK = "Zq83canary"


@pytest.fixture
def supervisor() -> Officer:
    return OfficerFactory.create(role=OfficerRole.SUPERVISOR)


@pytest.fixture
def administrator(supervisor: Officer) -> Officer:
    return OfficerFactory.create(agency=supervisor.agency, role=OfficerRole.ADMINISTRATOR)


@pytest.fixture
def recorded(supervisor: Officer, rulebook_version: object, settings: Settings, tmp_path: Any) -> Any:
    """A full record, amended, screened, reviewed, referred, answered and held in custody, with names throughout."""
    settings.AUDIT_HEADS_FILE = str(tmp_path / "heads.ndjson")
    document, words = canary_document(client_id=None)
    name = words["parties.name"]
    document["circumstances"] += f" {name} said so."
    earlier = document | {"parties": [document["parties"][0] | {"name": EARLIER}]}
    incident = recorded_incident(supervisor, **earlier)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    amend_incident(
        officer=supervisor, incident=incident, changes=document, expected_version=incident.version, amended_at=NOW
    )
    run_screening(run_id=ScreeningRun.objects.get(incident=incident, status="queued").pk, now=NOW)
    _, secret = issue_api_token(officer=supervisor, name="t", issued_at=NOW, expires_at=NOW + timedelta(days=3650))
    client = APIClient(headers={"Authorization": f"Bearer {secret}"})
    review = {"decision": "more_needed", "reason": f"who is {name}?"}
    for finding in incident.findings.filter(is_current=True):
        client.post(f"/api/v1/findings/{finding.pk}/review", review, format="json")
    referral = {
        "addressee": {"country": "IRN"},
        "language": "en",
        "kind": "bilateral",
        "redaction": "full",
        "why_addressee": f"{name} lives there",
    }
    answer = client.post(
        f"/api/v1/incidents/{incident.reference}/referrals", referral, format="json", headers={"Idempotency-Key": "k"}
    )
    assert answer.status_code == 201, answer.content
    details = CustodyDetails(kind=CustodyKind.COLLECTED, witnesses=[{"name": WITNESS, "role": "officer"}], note=name)
    record_custody_event(officer=supervisor, subject=incident.items.get(), details=details, recorded_at=NOW)
    _answer(supervisor, incident, name)
    case = open_case(officer=supervisor, title=f"the case of {name}", incidents=[incident], opened_at=NOW)
    find = {"what": f"find {name}", "due_on": None, "given_to": None}
    task = make_task(officer=supervisor, case=case, **find, made_at=NOW)
    end_task(officer=supervisor, task=task, state=TaskState.DROPPED, reason=f"{name} has gone", ended_at=NOW)
    write_note(officer=supervisor, case=case, text=f"{name} rang", corrects=None, written_at=NOW)
    link_audit_entries(now=NOW)
    incident.refresh_from_db()
    return incident, words | {"earlier name": EARLIER, "witness": WITNESS, "actor": ACTOR, "desk": DESK}


def _answer(officer: Officer, incident: Incident, name: str) -> None:
    """Have a referral answered, clarified and concluded from, with names wherever somebody may write one."""
    referral = sent(officer, incident)
    step = {"kind": "transfer", "actor": ACTOR, "actor_kind": "person", "place": f"{name} farm", "manner": f"by {name}"}
    reply = {"state": "refused", "reason": "national_security", "text": f"{name}, {ACTOR}", "steps": [step]}
    record_reply(officer=officer, referral=referral, reply=reply, received_at=NOW)
    clarify_reply(officer=officer, referral=referral, text=f"why {name}?", documents=(), clarified_at=NOW)
    make_reply_link(officer=officer, referral=referral, recipient=DESK, days=30, made_at=NOW)
    point = {"kind": "civilian_theft", "country": "XXX", "confidence": "low", "actor": ACTOR, "actor_kind": "person"}
    told = {
        "words": f"{name} said so",
        "manner": f"from {name}",
        "place": f"{name} farm",
        "reason": f"{ACTOR} owned up",
    }
    record_point_of_diversion(officer=officer, item=incident.items.all()[0], stated=point | told, recorded_at=NOW)


def stored_words(words: dict[str, str]) -> set[str]:
    """The fields whose word stands anywhere in the database, as a dump of it would hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        tables = [table for (table,) in cursor.fetchall()]
        dumped = []
        for table in tables:
            cursor.execute(f'SELECT kept::text FROM "{table}" AS kept')  # noqa: S608 - names from the catalogue
            dumped += [text for (text,) in cursor.fetchall()]
    dump = "\n".join(dumped).lower()
    return {path for path, word in words.items() if word.lower() in dump or word.encode().hex() in dump}


def problems() -> list[str]:
    trust = Trust.of_installation(now=LATER + timedelta(seconds=1))
    found = verify_everything(trust, lambda _: None)
    # Of what tests do to rows by themselves no audit entry tells.
    return [f"{each.problem}: {each.detail} {each.covers}" for each in found if each.chain != "rows"]


def test_erased_names_are_nowhere_in_the_database_and_every_chain_still_holds(recorded: Any) -> None:
    incident, words = recorded
    everything = NOMINAL | KEPT | {"earlier name", "witness", "actor", "desk"}
    assert stored_words(words) == everything
    assert problems() == []

    erase_nominal(incident=incident, erased_at=LATER)
    link_audit_entries(now=LATER)

    assert stored_words(words) == KEPT
    assert problems() == []
    incident.refresh_from_db()
    party = incident.parties.get()
    assert party.name == f"[erased on {LATER.date()} under class nominal_data]"
    assert (party.role, party.born_on, party.aliases) == ("consignee", "", [party.name])
    assert incident.circumstances.endswith(f"{party.name} said so.")
    told = AuditEntry.objects.get(action="incident.erased")
    assert json.loads(told.payload)["after"]["class"] == "nominal_data"
    assert (incident.findings.filter(is_current=True).exists(), incident.nominal_erased_on) == (True, LATER.date())


def test_no_table_that_hangs_from_an_incident_is_forgotten() -> None:
    """Whoever adds one decides here whether names can get into it, and if so adds it to what erasure reaches."""
    hanging = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Incident
    }

    of_record = {"Boarding", "Conveyance", "Route", "Consignment", "Recipient", "Party", "PaperDocument"}
    of_record |= {"Authorisation", "SeizedItem"}
    of_screening = {"ScreeningRun", "Finding", "CurrentScreening", "RescreeningChange"}
    swept = {"Referral", "Exhibit", "Evidence", "Grant", "Release", "OperationIncident", "SameEvent", "AuditEntry"}
    swept |= {"LegalHold", "Case", "Obligation", "MarkReading", "MarkSettlement"}
    # Keys, marks and words of vocabularies; custody's names stand in a table of their own, which is emptied.
    nameless = {"CaseIncident", "CustodyEvent", "Holding", "RegisterLookup", "FoldedMark", "MarkEnquiry"}
    nameless |= {"FurtherIncident", "Placement", "Leg"}
    assert hanging == of_record | of_screening | swept | nameless


def test_the_bundle_of_an_erased_case_still_proves_itself(recorded: Any, supervisor: Officer, tmp_path: Any) -> None:
    incident, words = recorded
    erase_nominal(incident=incident, erased_at=LATER)
    link_audit_entries(now=LATER)

    export = export_case(officer=supervisor, case=incident.cases.get(), exported_at=LATER)
    path = tmp_path / "bundle.zip"
    key = signing_key(tmp_path / "bundle-key.pem")
    path.write_bytes(b"".join(stream_bundle(export.files, facts=export.facts, key=key)))

    report, _ = verify(str(path))
    assert report.wrong == []
    assert any("something was erased" in line for line in report.checked)
    assert words_in(path.read_bytes(), words) == KEPT


def test_the_replay_of_an_erased_run_says_so_and_does_not_fail(recorded: Any) -> None:
    incident, _ = recorded
    erase_nominal(incident=incident, erased_at=LATER)

    out, err = StringIO(), StringIO()
    call_command("replay", incident.reference, stdout=out, stderr=err)

    assert json.loads(out.getvalue())["erased"]["on"] == str(LATER.date())
    assert "Names were erased" in err.getvalue()


def test_an_erased_entry_holds_nothing_but_what_the_erasure_left(recorded: Any) -> None:
    incident, _ = recorded
    erase_nominal(incident=incident, erased_at=LATER)
    link_audit_entries(now=LATER)
    entry = AuditEntry.objects.filter(incident=incident, erased_in__isnull=False).first()
    assert entry is not None
    assert entry.salt == ""

    forged = json.dumps({"payload": '{"after":{}}', "erased_in": entry.erased_in})
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_erase('cases_auditentry', %s, %s)", [entry.pk, forged])

    assert [problem for problem in problems() if not problem.startswith("altered")] == []
    assert len(problems()) == 1


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("cases_auditentry", {"action": "nothing"}),
        ("cases_auditentry", {"payload": "{}"}),
        ("cases_auditentry", {"payload": "{}", "erased_in": 1, "salt": "", "digests": {"payload": "sha256:0"}}),
        ("cases_findingreview", {"decision": "rejected"}),
        ("cases_incident", {"circumstances": ""}),
    ],
)
def test_erasure_is_no_way_to_change_what_is_proved(recorded: Any, table: str, changes: dict[str, Any]) -> None:
    entry = AuditEntry.objects.filter(incident=recorded[0]).first()
    assert entry is not None

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cases_erase(%s, %s, %s)", [table, entry.pk, json.dumps(changes)])


def test_nothing_is_due_unless_the_agency_has_set_a_period_or_while_it_is_held(
    supervisor: Officer, administrator: Officer
) -> None:
    incident = recorded_incident(supervisor)
    neighbour = recorded_incident(OfficerFactory.create())
    Incident.objects.update(changed_at=NOW)
    assert list(due_for_erasure(LATER)) == []

    set_retention(officer=administrator, record_class=RecordClass.NOMINAL_DATA, days=365, basis="a rule", set_at=NOW)
    assert [due.subject for due in due_for_erasure(LATER)] == [incident]
    assert list(due_for_erasure(NOW + timedelta(days=300))) == []

    case = open_case(officer=supervisor, title="open", incidents=[incident], opened_at=NOW)
    assert list(due_for_erasure(LATER)) == []
    case.closed_at = NOW
    case.save()
    assert [due.subject for due in due_for_erasure(LATER)] == [incident]

    place_hold(officer=supervisor, subject=case, reason="a court asked", placed_at=NOW)
    assert list(due_for_erasure(LATER)) == []
    with pytest.raises(OnHold):
        erase_nominal(incident=incident, erased_at=LATER)
    lift_hold(officer=supervisor, subject=case, reason="it is over", lifted_at=LATER)
    assert erase_due(now=LATER) == 1
    assert list(due_for_erasure(LATER)) == []
    neighbour.refresh_from_db()
    assert neighbour.nominal_erased_on is None


def test_every_class_is_erased_and_the_command_lists_it_first(
    supervisor: Officer,
    administrator: Officer,
    settings: Settings,
    tmp_path: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EVIDENCE_SCRATCH = str(tmp_path / "scratch")
    settings.AUDIT_HEADS_FILE = str(tmp_path / "heads.ndjson")
    leaver = OfficerFactory.create(
        agency=supervisor.agency, display_name="Zq82canary", email="zq82canary@example.test", is_active=False
    )
    Officer.objects.filter(pk=leaver.pk).update(deactivated_at=NOW)
    OfficerSession.objects.create(
        officer=supervisor, key_sha256="0" * 64, started_at=NOW, last_seen_at=NOW, device="Zq83canary"
    )
    notify(officers=[supervisor], kind=NotificationKind.NEW_DEVICE, subject=supervisor, params={}, at=NOW)
    token = ORIGIN.set(Origin(address="203.0.113.9", user_agent="Zq83canary", on_behalf_of="Zq84canary"))
    incident = recorded_incident(supervisor)
    ORIGIN.reset(token)
    content = photograph()
    stated = Announcement(name="Zq85canary", kind=EvidenceKind.PHOTO, size_bytes=len(content), sha256=sha256(content))
    evidence = attach_evidence(
        officer=supervisor, incident=incident, announcement=stated, pieces=iter([content]), attached_at=NOW
    )
    Incident.objects.update(changed_at=NOW)
    for record_class in RecordClass:
        set_retention(officer=administrator, record_class=record_class, days=1, basis="a rule", set_at=NOW)
    imported(supervisor.agency, written(tmp_path, "serial,holder,permit\nA-17,Zq86canary,Zq87canary\n"))
    words = {number: f"Zq{number}canary" for number in ("82", "83", "84", "85", "86", "87")}
    assert stored_words(words) == set(words)

    listed = StringIO()
    call_command("erase", dry_run=True, stdout=listed, stderr=StringIO())
    assert {json.loads(line)["class"] for line in listed.getvalue().splitlines()} == set(RecordClass)
    assert stored_words(words) == set(words)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase", stdout=StringIO(), stderr=StringIO())

    assert stored_words(words) == set()
    link_audit_entries(now=LATER)
    assert problems() == []
    kept = Evidence.objects.get(pk=evidence.pk)
    assert (kept.sha256, kept.state) == (sha256(content), "erased")
    assert not Notification.objects.exists()
    with pytest.raises(EvidenceNotGivenOut):
        list(read_evidence(officer=supervisor, evidence=kept, read_at=LATER))
    # That its file is gone is no damage.
    assert list(check_all_evidence(checked_at=LATER, tell=lambda _: None)) == []
    again = StringIO()
    call_command("erase", dry_run=True, stdout=again, stderr=StringIO())
    assert again.getvalue() == ""


def test_periods_and_holds_are_set_from_the_console_by_those_who_may(
    supervisor: Officer, administrator: Officer
) -> None:
    incident = recorded_incident(supervisor)
    arguments = ("nominal_data", "--days", "365", "--basis", "a rule")
    call_command("retention", administrator.username, *arguments)
    call_command("hold", supervisor.username, incident.reference, "--reason", "a court asked")

    assert incident.legal_holds.get().reason == "a court asked"
    with pytest.raises(CommandError):
        call_command("retention", supervisor.username, *arguments)
    with pytest.raises(CommandError, match="hold stands"):
        call_command("hold", supervisor.username, incident.reference, "--reason", "again")
    call_command("hold", supervisor.username, incident.reference, "--reason", "over", "--lift")
    assert incident.legal_holds.get().lifted_by == supervisor


def test_who_acts_for_an_agency_erases_nothing_past_the_services(supervisor: Officer) -> None:
    incident = recorded_incident(supervisor)
    entry = AuditEntry.objects.filter(incident=incident).first()
    assert entry is not None

    scope = RowScope("agency", supervisor.agency_id)
    refused = pytest.raises(DatabaseError, match="only the system")
    with refused, scoped(scope), connection.cursor() as cursor:
        cursor.execute("SELECT cases_erase('cases_auditentry', %s, %s)", [entry.pk, '{"payload": "{}"}'])
