import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from backend.embedded.data_folder import CHECKOUT
from cases.choices import ReviewDecision
from cases.errors import NotAllowed
from cases.models import (
    AuditEntry,
    CurrentScreening,
    Finding,
    Incident,
    Rescreening,
    RescreeningChange,
    RescreeningChunk,
    ScreeningRun,
)
from cases.queries.replay import replay_run
from cases.queries.screening_result import result_for_incident
from cases.services.amend_incident import amend_incident
from cases.services.request_rescreening import EVERYTHING, Scope, request_rescreening
from cases.services.rescreen_chunk import finish_rescreening, rescreen_chunk
from cases.services.review_finding import review_finding
from cases.services.run_screening import run_screening
from cases.services.void_incident import void_incident
from cases.services.watch_versions import watch_versions
from tests.databases import database_environment
from tests.factories import OfficerFactory, recorded_incident
from tests.older_rulebooks import BEGUN_THAT_DAY, ENDED_EARLY, versions_of, versions_with

MEASURE = "iran-2006/1747-5"
ELSEWHERE = {"route": {"origin": "FRA", "destination": "BEL"}, "location": None, "at_sea": None}


@pytest.fixture(autouse=True)
def _rulebook(rulebook_version):
    """Every test screens under the package's rulebook first."""


def screened(incident, now):
    return run_screening(run_id=incident.runs.get(status="queued").pk, now=now)


def rescreened(now, scope=EVERYTHING):
    rescreening = request_rescreening(requested_at=now, scope=scope, tell_workers=False)
    while rescreen_chunk(rescreening_id=rescreening.pk, now=now) is not None:
        pass
    finish_rescreening(rescreening_id=rescreening.pk, now=now)
    rescreening.refresh_from_db()
    return rescreening


def found(incident):
    return {finding["measure"]: finding for finding in result_for_incident(incident)["findings"]}


def assert_one_result_in_force_each():
    for incident in Incident.objects.all():
        run = CurrentScreening.objects.get(incident=incident).run
        assert run == incident.runs.filter(status="done").order_by("-pk").first()
        stated = {finding["measure"] for finding in result_for_incident(incident)["findings"]}
        in_force = list(incident.findings.filter(is_current=True).values_list("measure", flat=True))
        assert sorted(in_force) == sorted(stated)


def test_a_change_finds_whom_it_can_touch_and_says_what_it_changed(officer, now):
    touched, elsewhere = recorded_incident(officer), recorded_incident(officer, **ELSEWHERE)
    for incident in (touched, elsewhere):
        screened(incident, now)
    runs_before = set(elsewhere.runs.values_list("pk", flat=True))

    rescreening = rescreened(now, Scope(target=versions_with(ENDED_EARLY)))

    assert (rescreening.status, rescreening.cause, rescreening.incidents) == ("done", "rulebook", 1)
    assert set(elsewhere.runs.values_list("pk", flat=True)) == runs_before
    change = RescreeningChange.objects.get(measure=MEASURE)
    assert (change.incident, change.kind, change.outcome_before, change.outcome_after) == (
        touched,
        "lost",
        "indicated",
        "",
    )
    ((reason,),) = ([each["rule"] for each in change.reasons[0]["after"]],)
    assert reason.startswith("in_force.")
    assert MEASURE not in found(touched)
    entry = AuditEntry.objects.get(action="screening.changed", incident=touched)
    assert f'"{MEASURE}":"indicated"' in entry.payload
    assert_one_result_in_force_each()


def test_the_same_law_changes_nothing_and_findings_keep_their_rows(officer, now):
    incident = recorded_incident(officer)
    before = screened(incident, now)
    rows = set(incident.findings.values_list("pk", flat=True))

    rescreening = rescreened(now)

    assert (rescreening.incidents, RescreeningChange.objects.count()) == (1, 0)
    assert set(incident.findings.values_list("pk", flat=True)) == rows
    assert incident.current_screening.run.result == before.result
    assert incident.current_screening.run != before
    assert_one_result_in_force_each()


def test_a_changed_reason_is_told_with_both_sides(officer, now):
    incident = recorded_incident(officer)
    screened(incident, now)

    rescreened(now, Scope(target=versions_with(BEGUN_THAT_DAY)))

    change = RescreeningChange.objects.get(measure=MEASURE)
    assert (change.kind, change.outcome_before, change.outcome_after) == ("changed", "indicated", "possible")
    assert {"what": "outcome", "before": "indicated", "after": "possible"} in change.reasons
    (law,) = [each for each in change.reasons if each["what"] == "in_force"]
    assert [each["satisfied"] for each in (*law["before"], *law["after"])] == ["yes", "unknown"]


def test_every_result_can_be_reached_again_whatever_was_loaded_since(officer, now, rulebook_version):
    incident = recorded_incident(officer)
    first = screened(incident, now)
    rescreened(now, Scope(target=versions_with(ENDED_EARLY)))
    second = incident.current_screening.run
    rescreened(now, Scope(target=versions_of(rulebook_version)))
    amend_incident(officer=officer, incident=incident, changes={"place": "x"}, expected_version=1, amended_at=now)

    assert first.rulebook != second.rulebook
    for run in (first, second):
        replay = replay_run(ScreeningRun.objects.get(pk=run.pk))
        assert replay.is_equal
        assert (MEASURE in {finding["measure"] for finding in replay.document["findings"]}) == (run == first)


def test_a_record_changed_since_is_screened_as_it_stands_and_once(officer, now):
    incident = recorded_incident(officer)
    screened(incident, now)
    amend_incident(officer=officer, incident=incident, changes=ELSEWHERE, expected_version=1, amended_at=now)
    queued = incident.runs.get(status="queued")

    rescreened(now)

    queued.refresh_from_db()
    assert queued.status == "done"
    assert CurrentScreening.objects.get(incident=incident).run == queued
    assert MEASURE not in found(incident)
    assert run_screening(run_id=queued.pk, now=now + timedelta(hours=1)).finished_at == now


def test_a_record_made_in_error_keeps_what_it_had(officer, now):
    incident = recorded_incident(officer)
    run = screened(incident, now)
    void_incident(officer=officer, incident=incident, reason="entered twice", voided_at=now)

    assert rescreened(now).incidents == 0
    assert incident.current_screening.run == run


def test_records_never_screened_get_their_first_result(officer, now):
    incidents = [recorded_incident(officer, place=f"place {number}") for number in range(3)]

    rescreening = rescreened(now)

    assert rescreening.incidents == 3
    assert RescreeningChange.objects.count() == 0
    assert ScreeningRun.objects.exclude(status="done").count() == 0
    assert [ScreeningRun.objects.filter(incident=incident).count() for incident in incidents] == [1, 1, 1]
    assert_one_result_in_force_each()


def confirm(officer, incident, now, decision=ReviewDecision.CONFIRMED):
    finding = incident.findings.get(measure=MEASURE, is_current=True)
    return review_finding(officer=officer, finding=finding, decision=decision, reason="papers seen", reviewed_at=now)


def test_a_decision_holds_while_what_it_rests_on_is_the_same(officer, now):
    incident = recorded_incident(officer)
    screened(incident, now)
    confirm(officer, incident, now)

    rescreened(now)

    assert found(incident)[MEASURE]["review"] == "confirmed"


def test_a_decision_on_other_grounds_asks_again_and_says_what_differs(officer, now, rulebook_version):
    incident = recorded_incident(officer)
    screened(incident, now)
    confirm(officer, incident, now)

    rescreened(now, Scope(target=versions_with(BEGUN_THAT_DAY)))

    finding = found(incident)[MEASURE]
    assert finding["review"] == "asks_again"
    assert finding["reviews"][0]["carried"] is False
    assert {"what": "outcome", "before": "indicated", "after": "possible"} in finding["asks_again"]["differences"]

    rescreened(now, Scope(target=versions_of(rulebook_version)))

    finding = found(incident)[MEASURE]
    assert (finding["review"], finding["reviews"][0]["carried"]) == ("confirmed", True)


def test_a_confirmed_finding_that_is_lost_stays_in_sight_until_a_person_has_seen_it(officer, now, rulebook_version):
    incident = recorded_incident(officer)
    screened(incident, now)
    confirm(officer, incident, now)
    without = versions_with(ENDED_EARLY)

    rescreened(now, Scope(target=without))

    assert MEASURE not in found(incident)
    (gone,) = result_for_incident(incident)["no_longer_found"]
    assert (gone["measure"], gone["review"], gone["reviews"][0]["decision"]) == (
        MEASURE,
        "no_longer_found",
        "confirmed",
    )

    review_finding(
        officer=officer,
        finding=Finding.objects.get(pk=gone["id"]),
        decision=ReviewDecision.REJECTED,
        reason="the ban had ended",
        reviewed_at=now,
    )
    rescreened(now, Scope(target=without, everything=True))
    assert result_for_incident(incident)["no_longer_found"] == []

    rescreened(now, Scope(target=versions_of(rulebook_version)))
    assert found(incident)[MEASURE]["review"] == "asks_again"


def test_a_lost_finding_that_comes_back_the_same_is_as_it_was_decided(officer, now, rulebook_version):
    incident = recorded_incident(officer)
    screened(incident, now)
    confirm(officer, incident, now)
    rescreened(now, Scope(target=versions_with(ENDED_EARLY)))

    rescreened(now, Scope(target=versions_of(rulebook_version)))

    assert found(incident)[MEASURE]["review"] == "confirmed"
    assert result_for_incident(incident)["no_longer_found"] == []


def test_a_colleagues_decision_is_a_supervisors_to_override(officer, now):
    incident = recorded_incident(officer)
    screened(incident, now)
    confirm(officer, incident, now, ReviewDecision.MORE_NEEDED)
    colleague = OfficerFactory.create(agency=officer.agency)
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)

    confirm(colleague, incident, now)
    with pytest.raises(NotAllowed):
        confirm(officer, incident, now, ReviewDecision.REJECTED)
    confirm(supervisor, incident, now, ReviewDecision.REJECTED)

    reviews = found(incident)[MEASURE]["reviews"]
    assert [review["decision"] for review in reviews] == ["more_needed", "confirmed", "rejected"]
    assert found(incident)[MEASURE]["review"] == "rejected"
    assert AuditEntry.objects.filter(action="finding.overridden").count() == 1


def test_an_officer_may_change_his_own_mind(officer, now):
    incident = recorded_incident(officer)
    screened(incident, now)
    confirm(officer, incident, now)
    confirm(officer, incident, now, ReviewDecision.REJECTED)

    assert found(incident)[MEASURE]["review"] == "rejected"


def test_new_versions_are_noticed_whichever_way_they_came(officer, now, rulebook_version):
    incident = recorded_incident(officer)
    screened(incident, now)
    assert watch_versions(now=now) is False
    older = versions_with(ENDED_EARLY)
    ScreeningRun.objects.filter(incident=incident).update(rulebook=older.rulebook)

    assert watch_versions(now=now) is True

    planned = Rescreening.objects.get()
    assert (planned.cause, planned.incidents, planned.rulebook) == ("rulebook", 1, rulebook_version)
    assert watch_versions(now=now) is False


def test_a_result_from_before_results_were_told_apart_is_screened_anew(officer, now):
    incident = recorded_incident(officer)
    screened(incident, now)
    CurrentScreening.objects.all().delete()

    assert watch_versions(now=now) is True
    assert Rescreening.objects.get().incidents == 1


def test_a_later_plan_takes_the_place_of_an_unfinished_one(officer, now):
    screened(recorded_incident(officer), now)
    first = request_rescreening(requested_at=now, scope=EVERYTHING, tell_workers=False)

    request_rescreening(requested_at=now, scope=EVERYTHING, tell_workers=False)

    first.refresh_from_db()
    assert first.status == "superseded"
    assert rescreen_chunk(rescreening_id=first.pk, now=now) is None


@pytest.mark.django_db(transaction=True)
def test_each_chunk_is_done_once_however_many_work_on_it(now):
    officer = OfficerFactory.create()
    for number in range(12):
        screened(recorded_incident(officer, place=f"place {number}"), now)
    rescreening = request_rescreening(requested_at=now, scope=EVERYTHING, tell_workers=False, chunk_size=1)

    def work(_):
        try:
            while rescreen_chunk(rescreening_id=rescreening.pk, now=now) is not None:
                pass
            return finish_rescreening(rescreening_id=rescreening.pk, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(work, range(4)))

    assert ended.count(True) == 1
    assert ScreeningRun.objects.count() == 24
    assert AuditEntry.objects.filter(action="rescreening.chunk_done").count() == 12
    assert_one_result_in_force_each()


def command(*options):
    return subprocess.Popen(
        [sys.executable, "manage.py", "rescreen", "--processes", "2", *options],
        cwd=CHECKOUT,
        env={**os.environ, **database_environment(), "DJANGO_SETTINGS_MODULE": "backend.settings.test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(180)
def test_killed_half_way_the_same_call_goes_on_where_it_was(now):
    officer = OfficerFactory.create()
    for number in range(20):
        screened(recorded_incident(officer, place=f"place {number}"), now)
    rescreening = request_rescreening(requested_at=now, scope=EVERYTHING, tell_workers=False, chunk_size=2)
    last = Incident.objects.order_by("pk").last()
    with transaction.atomic():
        # Held here, the last chunk cannot end: the call dies with it in its hands.
        Incident.objects.select_for_update().get(pk=last.pk)
        process = command()
        deadline = time.monotonic() + 90
        while RescreeningChunk.objects.filter(finished_at__isnull=True).count() > 1:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    rescreening.refresh_from_db()
    assert (rescreening.status, RescreeningChunk.objects.filter(finished_at__isnull=True).count()) == ("running", 1)

    output, errors = command().communicate(timeout=90)

    assert b"Resuming re-screening" in errors
    assert output.splitlines()[0].startswith(b'{"id":')
    rescreening.refresh_from_db()
    assert rescreening.status == "done"
    assert ScreeningRun.objects.count() == 40
    assert_one_result_in_force_each()
