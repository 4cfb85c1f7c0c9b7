"""Keeping at home what waits to be sent; called inside another service's transaction."""

from cases.choices import DispatchState
from cases.models import Dispatch, Referral


def cancel_dispatches(*, referral: Referral) -> int:
    """Cancel what has not left; what a worker has in hand at this moment may leave all the same, and says so then."""
    waiting = Dispatch.objects.filter(referral=referral, state=DispatchState.QUEUED)
    return waiting.update(state=DispatchState.CANCELLED, waits_for="")
