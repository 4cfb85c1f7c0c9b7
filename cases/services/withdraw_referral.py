"""Taking a trace referral back."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import ReferralState
from cases.models import Officer, Referral
from cases.services.cancel_dispatches import cancel_dispatches
from cases.services.lock_referral import lock_referral
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.referral_steps import WRITTEN, require_step


def withdraw_referral(*, officer: Officer, referral: Referral, reason: str, withdrawn_at: datetime) -> Referral:
    """Withdraw a letter, or drop a draft; its items may be asked about again. Nothing of it is deleted.

    Raises IllegalTransition where it was answered for good, or has ended before.
    """
    access.require_own(officer, access.REFER, referral)
    with transaction.atomic():
        referral = lock_referral(referral)
        if referral.state not in WRITTEN:
            access.require_own(officer, access.ISSUE, referral)
        require_step(referral.state, ReferralState.WITHDRAWN)
        change = {"before": {"state": referral.state}, "after": {"state": ReferralState.WITHDRAWN}}
        referral.state = ReferralState.WITHDRAWN
        referral.withdrawn_at, referral.withdrawn_by, referral.withdrawn_reason = withdrawn_at, officer, reason
        referral.save()
        referral.lines.update(is_open=False)
        cancel_dispatches(referral=referral)
        write_audit_entry(
            action="referral.withdrawn", subject=referral, at=withdrawn_at, by=officer, reason=reason, change=change
        )
    return referral
