"""The only doors by which an officer reaches an object; an agency sees its own, and nobody sees more."""

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.choices import EvidenceState
from cases.errors import NotAllowed, NotFound
from cases.models import (
    Agency,
    Case,
    Evidence,
    Finding,
    Incident,
    Officer,
    Referral,
    Rescreening,
    RescreeningChange,
    Right,
)

RECORD: Final = Right.RECORD
EDIT: Final = Right.EDIT
REVIEW: Final = Right.REVIEW
OVERRIDE: Final = Right.OVERRIDE
REFER: Final = Right.REFER
ISSUE: Final = Right.ISSUE
APPROVE_OWN: Final = Right.APPROVE_OWN
EXPORT: Final = Right.EXPORT
SEE_NOMINAL: Final = Right.SEE_NOMINAL
ADMINISTER: Final = Right.ADMINISTER


def require(officer: Officer, right: Right) -> Agency:
    """Return the agency the officer acts for; NotAllowed unless active in one, and with the right."""
    if not officer.is_active or officer.agency is None or right not in officer.rights:
        raise NotAllowed(role=officer.role)
    return officer.agency


def cases_for(officer: Officer) -> QuerySet[Case]:
    """Return the cases that the officer may know of."""
    if not officer.is_active or officer.agency_id is None:
        return Case.objects.none()
    return Case.objects.filter(agency_id=officer.agency_id)


def incidents_for(officer: Officer) -> QuerySet[Incident]:
    """Return the incidents that the officer may know of."""
    if not officer.is_active or officer.agency_id is None:
        return Incident.objects.none()
    return Incident.objects.filter(agency_id=officer.agency_id)


def findings_for(officer: Officer) -> QuerySet[Finding]:
    """Return the findings on incidents that the officer may know of."""
    return Finding.objects.filter(incident__in=incidents_for(officer))


def changes_for(officer: Officer) -> QuerySet[RescreeningChange]:
    """Return what re-screenings changed on incidents that the officer may know of."""
    return RescreeningChange.objects.filter(incident__in=incidents_for(officer))


def rescreenings_for(officer: Officer) -> QuerySet[Rescreening]:
    """Return the re-screenings; they are the installation's, and say of each agency's incidents nothing to others."""
    return Rescreening.objects.all() if officer.is_active else Rescreening.objects.none()


def referrals_for(officer: Officer) -> QuerySet[Referral]:
    """Return the referrals that the officer's agency opened."""
    if not officer.is_active or officer.agency_id is None:
        return Referral.objects.none()
    return Referral.objects.filter(agency_id=officer.agency_id)


def access_incident(officer: Officer, reference: str) -> Incident:
    """Return the incident; NotFound also where it belongs to others."""
    incident = incidents_for(officer).filter(reference=reference).first()
    if incident is None:
        raise NotFound(thing="incident")
    return incident


def access_finding(officer: Officer, finding_id: UUID) -> Finding:
    """Return the finding; NotFound also where it belongs to others."""
    finding = findings_for(officer).filter(pk=finding_id).select_related("incident").first()
    if finding is None:
        raise NotFound(thing="finding")
    return finding


def access_case(officer: Officer, reference: str) -> Case:
    """Return the case; NotFound also where it belongs to others."""
    case = cases_for(officer).filter(reference=reference).first()
    if case is None:
        raise NotFound(thing="case")
    return case


def access_rescreening(officer: Officer, rescreening_id: int) -> Rescreening:
    """Return the re-screening; raises NotFound."""
    rescreening = rescreenings_for(officer).filter(pk=rescreening_id).first()
    if rescreening is None:
        raise NotFound(thing="re-screening")
    return rescreening


def access_referral(officer: Officer, reference: str) -> Referral:
    """Return the referral; NotFound also where it belongs to others."""
    referral = referrals_for(officer).filter(reference=reference).select_related("incident").first()
    if referral is None:
        raise NotFound(thing="referral")
    return referral


def known_evidence(officer: Officer) -> QuerySet[Evidence]:
    """Return the evidence on incidents that the officer may know of, what was withdrawn included."""
    return Evidence.objects.filter(incident__in=incidents_for(officer))


def evidence_for(officer: Officer) -> QuerySet[Evidence]:
    """Return the evidence that the officer may know of; what was withdrawn, to supervisors of its agency alone."""
    still_there = ~Q(state=EvidenceState.WITHDRAWN.value)
    if OVERRIDE in officer.rights and officer.agency_id is not None:
        still_there |= Q(incident__agency_id=officer.agency_id)
    return known_evidence(officer).filter(still_there)


def access_evidence(officer: Officer, evidence_uuid: UUID) -> Evidence:
    """Return the evidence; NotFound also where it belongs to others."""
    found = evidence_for(officer).filter(uuid=evidence_uuid).select_related("incident").first()
    if found is None:
        raise NotFound(thing="evidence")
    return found


def sees_content_of_evidence(officer: Officer) -> bool:
    """Return whether the officer may look at files, and read their names: either may tell of persons."""
    return officer.is_active and SEE_NOMINAL in officer.rights
