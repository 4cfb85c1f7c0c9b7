"""Letters to States for tests: complete, on made-up arms, by agencies of no State."""

from datetime import date, datetime
from typing import Any, Final

from cases.choices import ReferralKind
from cases.models import Incident, Officer, OfficerRole, Referral
from cases.services.issue_referral import issue_referral
from cases.services.open_referral import ReferralRequest, open_referral
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident

COMPLETE: Final[dict[str, Any]] = {
    "why_addressee": "named as the place of manufacture",
    "intended_use": "to find the point of diversion",
    "confidentiality": "given",
    "legal_justification": "Customs Act, article 1",
    "addressee_contact": {"office": "Point of contact", "email": "desk@state.example"},
    "reply_requested_by": date(2027, 1, 31),
}
RIFLE: Final[dict[str, Any]] = {
    "category": "small_arm",
    "description": "assault rifle",
    "calibre": "7.62 mm",
    "country_of_manufacture": "IRN",
    "marking_state": "never_marked",
}


def writer(role: OfficerRole = OfficerRole.OFFICER, **of_agency: Any) -> Officer:
    """Return an officer of an agency whose letters can name a point of contact."""
    contact = {"contact_name": "Duty desk", "contact_email": "desk@post.example"}
    return OfficerFactory.create(role=role.value, agency=AgencyFactory.create(**contact, **of_agency))


def colleague(officer: Officer, role: OfficerRole = OfficerRole.OFFICER) -> Officer:
    """Return another officer of the same agency."""
    return OfficerFactory.create(role=role.value, agency=officer.agency)


def found_arms(officer: Officer, **changes: Any) -> Incident:
    """Record an incident with one rifle that a letter can ask about."""
    return recorded_incident(officer, **{"items": [RIFLE], **changes})


def drafted(officer: Officer, incident: Incident, at: datetime, **wanted: Any) -> Referral:
    """Return a draft that lacks nothing."""
    usual = {"addressee_country": "IRN", "language": "en", "kind": ReferralKind.BILATERAL, "details": COMPLETE}
    request = ReferralRequest(**{**usual, **wanted})
    return open_referral(officer=officer, incident=incident, request=request, opened_at=at)


def issued(supervisor: Officer, at: datetime, **wanted: Any) -> Referral:
    """Return a letter on arms of its own that a supervisor wrote and issued alone."""
    draft = drafted(supervisor, found_arms(supervisor), at, **wanted)
    return issue_referral(officer=supervisor, referral=draft, issued_at=at)
