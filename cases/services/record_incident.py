"""Recording an incident."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from cases import access
from cases.choices import RecordState
from cases.errors import InvalidSubmission
from cases.intake.incident import DraftSubmission
from cases.intake.problems import Problem
from cases.intake.pruning import keepable
from cases.intake.reading import read_draft, read_incident
from cases.models import Agency, Incident, IncidentState, Officer
from cases.queries.incident_document import record_of_incident
from cases.row_scope import everything
from cases.services.keep_placements import keep_placements
from cases.services.next_reference import next_reference
from cases.services.request_screening import request_screening
from cases.services.write_audit_entry import write_audit_entry
from cases.services.write_incident_rows import incident_columns, write_incident_rows

# A new reference may meet a number in use only after the key behind it was changed.
REFERENCE_TRIES = 5


@dataclass(frozen=True, slots=True)
class RecordedIncident:
    """The record, what is doubtful or could not be kept of it, and whether it is new."""

    incident: Incident
    problems: tuple[Problem, ...]
    is_new: bool


def record_incident(*, officer: Officer, document: Any, recorded_at: datetime) -> RecordedIncident:
    """Record what was sent and queue its screening.

    A draft is never refused: what holds is kept, the rest is named. Of a final record every error raises
    InvalidSubmission. A `client_id` that the agency has sent before gives the record that it made then.
    """
    agency = access.require(officer, access.RECORD)
    submission, problems, as_sent = read_submission(document, received_at=recorded_at)
    with transaction.atomic():
        if (known := find_by_client_id(agency, submission.client_id)) is not None:
            return RecordedIncident(known, (), is_new=False)
        if taken := reference_taken(agency, submission):
            problems = (*problems, taken)
            submission = without_reference(submission, problems)
        incident = _insert(officer, agency, submission, as_sent, recorded_at)
        if incident is None:
            return _recorded_meanwhile(officer, document, submission, recorded_at)
        write_incident_rows(incident=incident, submission=submission)
        keep_placements(incident_ids=[incident.pk])
        change = {"after": record_of_incident(incident)}
        write_audit_entry(action="incident.recorded", subject=incident, at=recorded_at, by=officer, change=change)
        request_screening(incident=incident, requested_at=recorded_at)
    return RecordedIncident(incident, problems, is_new=True)


def read_submission(document: Any, *, received_at: datetime) -> tuple[DraftSubmission, tuple[Problem, ...], Any]:
    """Return the submission, its problems and the document made storable; InvalidSubmission if final and wrong."""
    if isinstance(document, dict) and document.get("state") == RecordState.DRAFT:
        draft = read_draft(document, received_at=received_at)
        return draft.submission, draft.problems, draft.document
    reading = read_incident(document, received_at=received_at)
    if reading.submission is None:
        raise InvalidSubmission(reading.problems)
    as_sent, _ = keepable(document)
    return reading.submission, reading.problems, as_sent


def find_by_client_id(agency: Agency, client_id: UUID | None) -> Incident | None:
    """Return the agency's record of that device id."""
    if client_id is None:
        return None
    with everything():
        # Also a record that has since been given a caveat: sent again, it is still the same record.
        return Incident.objects.filter(agency=agency, client_id=client_id).first()


def reference_taken(agency: Agency, submission: DraftSubmission, besides: Incident | None = None) -> Problem | None:
    """Return the problem that another record of the agency carries the same reference."""
    if submission.reference is None:
        return None
    others = Incident.objects.filter(agency=agency, agency_reference=submission.reference)
    others = others.exclude(state=IncidentState.VOID)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    with everything():
        return reference_problem(submission.reference) if others.exists() else None


def reference_problem(reference: str) -> Problem:
    """Return the problem that the agency has used the reference already."""
    return Problem("/reference", "already_used", {"value": reference})


def without_reference(submission: DraftSubmission, problems: tuple[Problem, ...]) -> DraftSubmission:
    """Return a draft less the reference that is taken (it stays in what was sent); refuse a final record."""
    if submission.state is not RecordState.DRAFT:
        raise InvalidSubmission(problems)
    return submission.model_copy(update={"reference": None})


def _insert(
    officer: Officer, agency: Agency, submission: DraftSubmission, as_sent: Any, at: datetime
) -> Incident | None:
    """Insert the incident; None when another request recorded the same device id or reference meanwhile."""
    for _ in range(REFERENCE_TRIES):
        incident = Incident(
            **incident_columns(submission),
            reference=next_reference(prefix="INC", year=at.year),
            agency=agency,
            state=submission.state.value,
            as_sent=as_sent,
            recorded_at=at,
            changed_at=at,
            recorded_by=officer,
        )
        try:
            with transaction.atomic():
                incident.save(force_insert=True)
        except IntegrityError as error:
            if "incident_client_id_once" in str(error) or "incident_agency_reference_once" in str(error):
                return None
            if "reference" not in str(error):
                raise
        else:
            return incident
    raise IntegrityError("no free reference number found")


def _recorded_meanwhile(
    officer: Officer, document: Any, submission: DraftSubmission, recorded_at: datetime
) -> RecordedIncident:
    agency = access.require(officer, access.RECORD)
    if (known := find_by_client_id(agency, submission.client_id)) is not None:
        return RecordedIncident(known, (), is_new=False)
    # Its reference was taken between our look and our insert: the second look sees it.
    return record_incident(officer=officer, document=document, recorded_at=recorded_at)
