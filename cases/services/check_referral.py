"""Stating that a trace referral is complete."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import ReferralState
from cases.documents import render_referral
from cases.errors import IncidentVoid, ReferralIncomplete
from cases.models import IncidentState, Officer, Referral
from cases.queries.referral_content import digest_of_letter, referral_content
from cases.services.lock_referral import lock_referral
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing import missing_elements
from cases.tracing.referral_steps import require_step


def check_referral(*, officer: Officer, referral: Referral, checked_at: datetime) -> Referral:
    """State that nothing is missing; it freezes nothing, and any change of the letter makes it a draft again.

    Raises ReferralIncomplete naming each missing element, IncidentVoid, or IllegalTransition.
    """
    access.require_own(officer, access.REFER, referral)
    with transaction.atomic():
        referral = lock_referral(referral)
        mark_checked(referral=referral, by=officer, at=checked_at)
    return referral


def mark_checked(*, referral: Referral, by: Officer, at: datetime) -> None:
    """Check a referral that is locked, and write it down; an approval of what it said before is void."""
    require_step(referral.state, ReferralState.CHECKED)
    require_standing(referral)
    if missing := missing_elements(referral_content(referral)):
        raise ReferralIncomplete(missing)
    before = referral.state
    unapprove(referral)
    referral.state, referral.checked_at, referral.checked_by = ReferralState.CHECKED, at, by
    referral.checked_sha256 = digest_as_written(referral)
    referral.save()
    change = {"before": {"state": before}, "after": {"state": referral.state, "sha256": referral.checked_sha256}}
    write_audit_entry(action="referral.checked", subject=referral, at=at, by=by, change=change)


def require_standing(referral: Referral) -> None:
    """Raise IncidentVoid where an incident that the letter tells of was recorded in error."""
    for incident in referral.told_incidents:
        if incident.state == IncidentState.VOID:
            raise IncidentVoid(incident=incident.reference)


def digest_as_written(referral: Referral) -> str:
    """Return the digest of what a letter that is not issued says now."""
    return digest_of_letter(render_referral(referral_content(referral), format="json", draft=True).decode())


def unapprove(referral: Referral) -> None:
    """Take back check, approval and override in the row at hand; the trail keeps that they were given."""
    referral.checked_at = referral.checked_by = referral.approved_at = referral.approved_by = None
    referral.checked_sha256 = referral.override_reason = ""
    referral.overridden, referral.overridden_by = [], None
