"""Approving a trace referral: four eyes."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import ReferralState
from cases.errors import ApproverNeeded, DoNotTrace, ReferralChanged
from cases.models import Officer, Referral
from cases.queries.referral_warnings import has_written, warnings_of
from cases.services.check_referral import digest_as_written, require_standing
from cases.services.lock_referral import lock_referral
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.referral_steps import require_step


def approve_referral(
    *, officer: Officer, referral: Referral, approved_at: datetime, override_reason: str = ""
) -> Referral:
    """Approve what was checked; a supervisor's reason goes along where there are reasons not to trace.

    Raises ApproverNeeded for whoever wrote or checked it, ReferralChanged where it says something else by now,
    DoNotTrace where a reason is wanting, IllegalTransition.
    """
    access.require_own(officer, access.ISSUE, referral)
    with transaction.atomic():
        referral = lock_referral(referral)
        require_step(referral.state, ReferralState.APPROVED)
        require_approver(officer, referral)
        mark_approved(referral=referral, by=officer, at=approved_at, override_reason=override_reason)
    return referral


def require_approver(officer: Officer, referral: Referral) -> None:
    """Raise ApproverNeeded for whoever wrote or checked it, unless the officer may approve that."""
    if access.APPROVE_OWN not in officer.rights and has_written(officer, referral):
        raise ApproverNeeded(referral=referral.reference)


def mark_approved(*, referral: Referral, by: Officer, at: datetime, override_reason: str) -> None:
    """Approve a referral that is locked and was checked, and write it down."""
    require_as_checked(referral)
    _weigh_warnings(referral, by, override_reason)
    referral.state, referral.approved_at, referral.approved_by = ReferralState.APPROVED, at, by
    referral.save()
    change = {"after": {"state": referral.state, "sha256": referral.checked_sha256, "overridden": referral.overridden}}
    why = referral.override_reason
    write_audit_entry(action="referral.approved", subject=referral, at=at, by=by, reason=why, change=change)


def require_as_checked(referral: Referral) -> None:
    """Raise ReferralChanged where a record behind the letter has changed since, IncidentVoid where one is void."""
    require_standing(referral)
    if digest_as_written(referral) != referral.checked_sha256:
        raise ReferralChanged(referral=referral.reference)


def _weigh_warnings(referral: Referral, by: Officer, reason: str) -> None:
    stopping = sorted(warning.code for warning in warnings_of(referral) if warning.stops)
    if not stopping:
        return
    if not reason:
        raise DoNotTrace(warnings=", ".join(stopping))
    access.require(by, access.OVERRIDE)
    referral.override_reason, referral.overridden, referral.overridden_by = reason, stopping, by
