"""Facts of a batch are those of each incident alone, and their text is one."""

import json

from cases.facts import facts_from, facts_of_many
from cases.facts_document import facts_from_text, facts_text
from cases.generate.incidents import incidents
from cases.intake.incident import IncidentSubmission
from cases.intake.reading import read_incident
from geo.locate import geography


def submissions(count: int) -> list[tuple[str, IncidentSubmission]]:
    readings = [read_incident(document) for document in incidents(count, seed=11)]
    return [(f"R{at}", reading.submission) for at, reading in enumerate(readings) if reading.submission is not None]


def test_incidents_together_have_the_facts_of_each_alone():
    sent = submissions(40)

    together = facts_of_many(sent, geography=geography())

    assert together == [facts_from(each, reference=reference, geography=geography()) for reference, each in sent]


def test_facts_of_records_are_read_back_as_they_were_and_write_the_same_text():
    for facts in facts_of_many(submissions(40), geography=geography()):
        text = facts_text(facts)

        assert facts_from_text(text) == facts
        assert facts_text(facts_from_text(text)) == text


def test_reach_that_an_agency_sets_is_a_fact_and_widens_what_is_near():
    # In Egypt, some hundred kilometres from Libya.
    sent = {"kind": "find", "occurred_on": "2015", "location": {"type": "Point", "coordinates": [26.2, 31.0]}}
    submission = read_incident(sent | {"items": [{"category": "missile"}]}).submission
    assert submission is not None

    def near_within(reach_m: int) -> set[str]:
        facts = facts_from(submission, reference="R", geography=geography(), reach_m=reach_m)
        assert facts.place is not None
        assert facts.place.reach_m == reach_m
        return {near.country for near in facts.place.near}

    assert "LBY" not in near_within(50_000)
    assert "LBY" in near_within(150_000)


def test_instant_of_the_stop_is_kept_in_universal_time():
    sent = {"kind": "inspection", "occurred_on": "2025-09-27T22:30:00-04:00"}
    submission = read_incident(sent).submission
    assert submission is not None

    facts = facts_from(submission, reference="R", geography=geography())

    assert json.loads(facts_text(facts))["stopped_at"] == "2025-09-28T02:30:00+00:00"
    assert str(facts.occurred.first) == "2025-09-27"
