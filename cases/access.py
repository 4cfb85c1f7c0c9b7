"""The only doors by which an officer reaches an object; an agency sees its own, and nobody sees more."""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from cases.errors import NotAllowed, NotFound
from cases.models import (
    READ_SCOPE,
    Agency,
    ApiToken,
    Case,
    Finding,
    Incident,
    Notification,
    Officer,
    OfficerSession,
    Referral,
    Rescreening,
    RescreeningChange,
    Right,
)

READ: Final = READ_SCOPE
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


def officers_for(officer: Officer) -> QuerySet[Officer]:
    """Return the officers whom this one administers: those of the same agency, never who runs the installation."""
    agency = require(officer, ADMINISTER)
    officers = Officer.objects.filter(agency=agency)
    return officers if officer.is_superuser else officers.filter(is_superuser=False)


def access_officer(officer: Officer, username: str) -> Officer:
    """Return the officer of that name; NotFound also where it is another agency's."""
    found = officers_for(officer).filter(username=username).select_related("agency").first()
    if found is None:
        raise NotFound(thing="officer")
    return found


def tokens_for(officer: Officer) -> QuerySet[ApiToken]:
    """Return the officer's own tokens."""
    return ApiToken.objects.filter(officer=officer)


def access_token(officer: Officer, token_id: int) -> ApiToken:
    """Return the officer's own token; raises NotFound."""
    token = tokens_for(officer).filter(pk=token_id).first()
    if token is None:
        raise NotFound(thing="token")
    return token


def sessions_for(officer: Officer) -> QuerySet[OfficerSession]:
    """Return the officer's own sessions."""
    return OfficerSession.objects.filter(officer=officer)


def access_session(officer: Officer, session_id: int) -> OfficerSession:
    """Return the officer's own session; raises NotFound."""
    session = sessions_for(officer).filter(pk=session_id).first()
    if session is None:
        raise NotFound(thing="session")
    return session


def notifications_for(officer: Officer) -> QuerySet[Notification]:
    """Return what the officer was told."""
    return Notification.objects.filter(officer=officer)


def access_notification(officer: Officer, notification_id: int) -> Notification:
    """Return what the officer was told under that number; raises NotFound."""
    notification = notifications_for(officer).filter(pk=notification_id).first()
    if notification is None:
        raise NotFound(thing="notification")
    return notification
