"""Writing down that a letter has left; called inside another service's transaction, with the referral locked."""

from datetime import datetime

from cases.choices import DispatchState, ReferralState
from cases.models import Dispatch, Officer, Referral
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.referral_steps import may_become


def mark_sent(
    *, dispatch: Dispatch, referral: Referral, state: DispatchState, by: Officer | None, at: datetime
) -> None:
    """Note that it left; the referral is sent from the first time on, unless it was answered or taken back before."""
    dispatch.state, dispatch.sent_at = state, at
    dispatch.waits_for = dispatch.error = ""
    dispatch.taken_until = None
    dispatch.save()
    if may_become(referral.state, ReferralState.SENT):
        referral.state = ReferralState.SENT
        referral.save(update_fields=["state"])
    told = {"channel": dispatch.channel, "dispatch": state, "sha256": dispatch.document_sha256}
    change = {"after": {"state": referral.state, **told}}
    write_audit_entry(action="referral.dispatched", subject=referral, at=at, by=by, change=change)
