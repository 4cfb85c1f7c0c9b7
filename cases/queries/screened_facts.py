"""The facts that screenings weighed, as kept."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import prefetch_related_objects

from cases.facts import facts_of_many
from cases.facts_document import facts_from_text
from cases.models import Incident, ScreenedFacts, ScreeningRun
from cases.queries.geographies import current_geography
from cases.queries.incident_document import ROWS, submission_of_incident
from cases.queries.marks_seen import marks_seen_elsewhere_of
from cases.results import facts_digest
from cases.screening.facts import REACH_M, IncidentFacts
from geo.locate import Geography


def find_screened_facts(run: ScreeningRun) -> IncidentFacts | None:
    """Return the facts that the run weighed.

    Where they were not kept they are taken from the record, if that still says the same; else None.
    """
    if (kept := find_kept_facts(run)) is not None:
        return kept
    (facts,) = facts_of_incidents([run.incident], current_geography())
    return facts if facts_digest(facts) == run.facts_digest else None


def find_kept_facts(run: ScreeningRun) -> IncidentFacts | None:
    """Return the facts that the run weighed where they were kept; the record is not asked."""
    kept = ScreenedFacts.objects.filter(digest=run.facts_digest).values_list("text", flat=True).first()
    return None if kept is None else facts_from_text(kept)


def facts_of_incidents(incidents: Sequence[Incident], geography: Geography) -> list[IncidentFacts]:
    """Return the facts of the records as they stand, read together."""
    prefetch_related_objects(incidents, *ROWS, "agency")
    stated = [(incident.reference, submission_of_incident(incident)) for incident in incidents]
    reach_m = [incident.agency.near_reach_m or REACH_M for incident in incidents]
    seen = marks_seen_elsewhere_of(incidents)
    return [
        replace(facts, marks_seen_elsewhere=seen[incident.pk]) if incident.pk in seen else facts
        for incident, facts in zip(incidents, facts_of_many(stated, geography=geography, reach_m=reach_m), strict=True)
    ]
