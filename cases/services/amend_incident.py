"""Changing a record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from cases import access
from cases.errors import IllegalTransition, InvalidSubmission, StaleVersion
from cases.models import Incident, IncidentState, Officer
from cases.queries.incident_document import document_of_incident, record_of_incident
from cases.services.derive_disposition import derive_dispositions
from cases.services.keep_placements import keep_placements
from cases.services.record_incident import (
    RecordedIncident,
    read_submission,
    reference_problem,
    reference_taken,
    without_reference,
)
from cases.services.request_screening import request_screening
from cases.services.write_audit_entry import write_audit_entry
from cases.services.write_incident_rows import incident_columns, write_incident_rows


def amend_incident(
    *, officer: Officer, incident: Incident, changes: Mapping[str, Any], expected_version: int, amended_at: datetime
) -> RecordedIncident:
    """Apply a JSON merge patch (RFC 7396) to the record and queue its screening.

    Raises StaleVersion when the record has moved on, IllegalTransition when it is void or a final one would become a
    draft, InvalidSubmission when what results has errors and is final.
    """
    access.require_on(officer, access.RECORD if incident.responsible_id == officer.pk else access.EDIT, incident)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        _refuse(incident, changes, expected_version)
        before = record_of_incident(incident)
        document = merged(_base(incident, before), own_changes(incident, changes))
        submission, problems, kept = read_submission(document, received_at=amended_at)
        if taken := reference_taken(incident.agency, submission, besides=incident):
            problems = (*problems, taken)
            submission = without_reference(submission, problems)
        _write(incident, incident_columns(submission) | {"state": submission.state.value}, kept, amended_at)
        write_incident_rows(incident=incident, submission=submission)
        keep_placements(incident_ids=[incident.pk])
        derive_dispositions(incident=incident)
        fresh = Incident.objects.get(pk=incident.pk)
        change = {"before": before, "after": record_of_incident(fresh)}
        write_audit_entry(action="incident.amended", subject=fresh, at=amended_at, by=officer, change=change)
        request_screening(incident=fresh, requested_at=amended_at)
    return RecordedIncident(fresh, problems, is_new=False)


def own_changes(incident: Incident, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes less what the system added to the record and a client merely sends back."""
    shown = document_of_incident(incident)
    added = {*shown} - {*record_of_incident(incident)}
    own = {name: value for name, value in changes.items() if not (name in added and value == shown[name])}
    own = {name: value for name, value in own.items() if name not in {"errors", "warnings", "screening", "digest"}}
    if own.get("reference") == incident.reference:
        del own["reference"]
    # Who made the record on which device does not change with what it says.
    own.pop("client_id", None)
    return own


def merged(document: Any, changes: Any) -> Any:
    """Return the document with a JSON merge patch applied: null takes out, objects merge, all else replaces."""
    if not isinstance(changes, Mapping):
        return changes
    result = dict(document) if isinstance(document, Mapping) else {}
    for name, value in changes.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _refuse(incident: Incident, changes: Mapping[str, Any], expected_version: int) -> None:
    if incident.version != expected_version:
        raise StaleVersion(current=incident.version, expected=expected_version)
    if incident.state == IncidentState.VOID:
        raise IllegalTransition(state=incident.state, wanted="changed")
    if incident.state == IncidentState.FINAL and changes.get("state") == IncidentState.DRAFT:
        raise IllegalTransition(state=incident.state, wanted=IncidentState.DRAFT)


def _base(incident: Incident, record: Mapping[str, Any]) -> Mapping[str, Any]:
    """What of a draft could not be read stays in it until it is corrected; a final record is its rows."""
    if incident.state == IncidentState.DRAFT and isinstance(incident.as_sent, dict):
        return incident.as_sent
    return record


def _write(incident: Incident, values: Mapping[str, Any], kept: Any, at: datetime) -> None:
    was_draft = incident.state == IncidentState.DRAFT
    for name, value in values.items():
        if name != "client_id":
            setattr(incident, name, value)
    if was_draft:
        incident.as_sent = kept
    incident.version += 1
    incident.changed_at = at
    try:
        with transaction.atomic():
            incident.save()
    except IntegrityError as error:
        if "incident_agency_reference_once" not in str(error):
            raise
        raise InvalidSubmission([reference_problem(incident.agency_reference)]) from error
