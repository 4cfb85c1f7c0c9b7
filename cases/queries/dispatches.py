"""Sendings of letters as the interface shows them, and what keeps one waiting."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from cases.choices import DispatchState
from cases.models import Dispatch
from cases.row_scope import everything


def dispatch_rows(dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    """Return the sendings with what is shown of each read along."""
    return dispatches.select_related("queued_by")


def document_of_dispatch(dispatch: Dispatch) -> dict[str, Any]:
    """Return a sending as answered: whither, how far it is, and, while it waits, why and until when."""
    waits = dispatch.state == DispatchState.QUEUED and dispatch.waits_for
    return {
        "id": str(dispatch.key),
        "channel": dispatch.channel,
        "address": dispatch.address or None,
        "format": dispatch.format,
        "sha256": dispatch.document_sha256,
        "state": dispatch.state,
        "queued_at": dispatch.queued_at,
        "queued_by": dispatch.queued_by.username,
        "sent_at": dispatch.sent_at,
        "attempts": dispatch.attempts,
        "waits": {"why": dispatch.waits_for, "until": dispatch.due_at} if waits else None,
        "error": dispatch.error or None,
    }


def throttled_until(dispatch: Dispatch, *, now: datetime) -> datetime | None:
    """Return until when a queued letter waits because enough have left for the State that day; None where it may go.

    What is older and due goes first. A letter that has left by one way today may leave by another.
    """
    referral = dispatch.referral
    most = referral.agency.letters_a_state_a_day or settings.LETTERS_A_STATE_A_DAY
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    left = Q(sent_at__gte=today) | Q(state=DispatchState.QUEUED, taken_until__gt=now)
    before = Q(state=DispatchState.QUEUED, due_at__lte=now, pk__lt=dispatch.pk)
    with everything():
        # Letters on what the officer is not cleared for have left, too.
        to_state = Dispatch.objects.filter(
            referral__agency=referral.agency_id, referral__addressee_country=referral.addressee_country
        )
        if to_state.filter(left, referral=referral).exclude(pk=dispatch.pk).exists():
            return None
        ahead = to_state.filter(left | before).exclude(referral=referral).values("referral").distinct().count()
    return today + timedelta(days=1) if ahead >= most else None
