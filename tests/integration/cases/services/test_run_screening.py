import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from cases.choices import ReviewDecision
from cases.errors import RulebookMissing
from cases.models import AuditEntry, Finding, ScreeningRun
from cases.queries.rulebooks import current_rulebook
from cases.queries.screening_result import result_for_incident
from cases.services.amend_incident import amend_incident
from cases.services.load_rulebook_version import load_rulebook_version
from cases.services.review_finding import review_finding
from cases.services.run_screening import RUNNING_LIMIT, run_screening
from tests.factories import OfficerFactory, recorded_incident


def screened(incident, now):
    return run_screening(run_id=incident.runs.get(status="queued").pk, now=now)


def test_the_result_is_kept_with_all_it_rests_on(officer, now, rulebook_version):
    incident = recorded_incident(officer)

    run = screened(incident, now)

    assert (run.status, run.finished_at, run.rulebook) == ("done", now, rulebook_version)
    result = result_for_incident(incident)
    assert result["reference"] == incident.reference
    assert (result["facts_digest"], result["zones"]["digest"]) == (run.facts_digest, run.zones_digest)
    assert ("iran-2006/1747-5", "indicated") in [(each["measure"], each["outcome"]) for each in result["findings"]]
    assert Finding.objects.filter(incident=incident, is_current=True).count() == len(result["findings"])


def test_the_same_facts_give_the_same_bytes(officer, now, rulebook_version):
    incident = recorded_incident(officer)
    first = screened(incident, now)
    amend_incident(officer=officer, incident=incident, changes={}, expected_version=1, amended_at=now)

    assert screened(incident, now + timedelta(hours=1)).result == first.result


def test_place_is_kept_for_search(officer, now, rulebook_version):
    incident = recorded_incident(
        officer, location={"type": "Point", "coordinates": [36.3, 33.5]}, location_accuracy_m=100
    )

    screened(incident, now)

    incident.refresh_from_db()
    assert incident.located_country == "SYR"
    assert "territory:SYR" in incident.zone_ids


def test_a_finished_run_delivered_again_is_left_as_it_is(officer, now, rulebook_version):
    run = screened(recorded_incident(officer), now)

    again = run_screening(run_id=run.pk, now=now + timedelta(days=1))

    assert (again.finished_at, again.attempts, again.result) == (run.finished_at, 1, run.result)
    assert AuditEntry.objects.filter(action="screening.done").count() == 1


@pytest.mark.django_db(transaction=True)
def test_delivered_to_ten_at_once_it_is_done_once(now, rulebook_version):
    run_id = recorded_incident(OfficerFactory.create()).runs.get().pk

    def deliver(_):
        try:
            return run_screening(run_id=run_id, now=now).status
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(deliver, range(10))) <= {"running", "done"}

    assert (ScreeningRun.objects.get().status, ScreeningRun.objects.get().attempts) == ("done", 1)
    assert AuditEntry.objects.filter(action="screening.done").count() == 1


@pytest.mark.parametrize(
    ("age", "expected"), [(RUNNING_LIMIT - timedelta(seconds=1), "running"), (2 * RUNNING_LIMIT, "done")]
)
def test_a_running_one_is_taken_over_only_when_it_must_be_dead(officer, now, rulebook_version, age, expected):
    run = recorded_incident(officer).runs.get()
    ScreeningRun.objects.update(status="running", started_at=now - age, attempts=1)

    assert run_screening(run_id=run.pk, now=now).status == expected


def test_an_earlier_run_that_ends_late_does_not_hide_the_later(officer, now, rulebook_version):
    incident = recorded_incident(officer)
    early = incident.runs.get()
    ScreeningRun.objects.update(status="running", started_at=now - 2 * RUNNING_LIMIT)
    route = {"origin": "FRA", "destination": "BEL"}
    changes = {"route": route, "location": None}
    amend_incident(officer=officer, incident=incident, changes=changes, expected_version=1, amended_at=now)
    screened(incident, now)

    assert run_screening(run_id=early.pk, now=now).status == "done"

    assert not Finding.objects.filter(run=early, is_current=True).exists()


def test_without_a_rulebook_the_run_fails_and_says_so(officer, now):
    incident = recorded_incident(officer)

    with pytest.raises(RulebookMissing):
        screened(incident, now)

    run = incident.runs.get()
    assert (run.status, run.error.split(":")[0]) == ("failed", "RulebookMissing")
    assert result_for_incident(incident)["status"] == "failed"


def test_a_draft_is_screened_as_far_as_it_holds(officer, now, rulebook_version):
    incident = recorded_incident(officer, state="draft", occurred_on="2013-13-45")

    assert screened(incident, now).status == "done"
    assert result_for_incident(incident)["is_draft"] is True


def test_a_review_stands_beside_its_finding(officer, now, rulebook_version):
    incident = recorded_incident(officer)
    screened(incident, now)
    finding = Finding.objects.get(incident=incident, measure="iran-2006/1747-5")

    review_finding(
        officer=officer, finding=finding, decision=ReviewDecision.CONFIRMED, reason="papers seen", reviewed_at=now
    )

    shown = next(each for each in result_for_incident(incident)["findings"] if each["id"] == str(finding.pk))
    assert [(review["decision"], review["reason"]) for review in shown["reviews"]] == [("confirmed", "papers seen")]


def test_loading_the_same_rulebook_again_changes_nothing(now, rulebook_version):
    version, is_new = load_rulebook_version(rulebook=current_rulebook(), loaded_at=now)

    assert (version, is_new) == (rulebook_version, False)
    assert version.measures.count() == len(current_rulebook().measures)
    assert version.regimes.count() == 29


def test_the_result_kept_is_the_engines_own_bytes(officer, now, rulebook_version):
    run = screened(recorded_incident(officer), now)

    assert json.dumps(json.loads(run.result), ensure_ascii=False, separators=(",", ":")) == run.result
