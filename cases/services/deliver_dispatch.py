"""Letting one queued letter leave: once in effect, however often it is tried and whoever tries."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from cases.choices import DispatchChannel, DispatchState, DispatchWait
from cases.dispatch.channels import channel_of
from cases.dispatch.parcel import DeliveryFailed, Parcel
from cases.documents.covering_text import covering_text
from cases.errors import DomainError
from cases.models import Agency, Dispatch, NotificationKind, Officer, Referral
from cases.queries.dispatches import throttled_until
from cases.queries.issued_letter import issued_letter
from cases.queries.referral_content import referral_content
from cases.services.lock_referral import lock_referral
from cases.services.mark_sent import mark_sent
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry

# Longer than any attempt lasts: a worker that has died holds nothing back for longer.
TAKEN_FOR: Final = timedelta(minutes=2)
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=6)
# Somewhat more than a night.
MOST_ATTEMPTS: Final = 8
MEDIA_TYPES: Final = {"pdf": "application/pdf", "json": "application/json"}


def deliver_dispatch(*, dispatch_id: int, now: datetime) -> str:
    """Try to let the letter leave, and return how far it is.

    One worker has it in hand at a time. Should that one die between sending and writing it down, the letter leaves
    again under the same key, by which its receiver knows it.
    """
    taken = _take(dispatch_id, now)
    if taken is None:
        return Dispatch.objects.values_list("state", flat=True).get(pk=dispatch_id)
    try:
        state = channel_of(DispatchChannel(taken.channel)).deliver(_parcel(taken))
    except DeliveryFailed as failed:
        return _note_failure(taken, str(failed), is_final=failed.is_final, at=now)
    except DomainError as refused:
        # The way is no longer set up, or what is kept is not what was issued.
        return _note_failure(taken, refused.code, is_final=True, at=now)
    with transaction.atomic():
        referral = lock_referral(taken.referral)
        mark_sent(dispatch=taken, referral=referral, state=state, by=None, at=now)
    return taken.state


def _take(dispatch_id: int, now: datetime) -> Dispatch | None:
    with transaction.atomic():
        # Letters of one agency are counted one after the other. Its row first, as whoever issues a letter does.
        Agency.objects.select_for_update(of=("self",)).get(referrals__dispatches=dispatch_id)
        due = Dispatch.objects.filter(pk=dispatch_id, state=DispatchState.QUEUED, due_at__lte=now)
        dispatch = due.select_for_update(skip_locked=True).first()
        if dispatch is None or (dispatch.taken_until is not None and dispatch.taken_until > now):
            return None
        if dispatch.attempts >= MOST_ATTEMPTS:
            dispatch.error = dispatch.error or "every attempt ended with its worker"
            _give_up(dispatch, dispatch.referral, now)
            dispatch.save()
            return None
        if until := throttled_until(dispatch, now=now):
            dispatch.due_at, dispatch.waits_for = until, DispatchWait.THROTTLE
            dispatch.save(update_fields=["due_at", "waits_for"])
            return None
        dispatch.attempts += 1
        dispatch.taken_until = now + TAKEN_FOR
        dispatch.save(update_fields=["attempts", "taken_until"])
    return dispatch


def _parcel(dispatch: Dispatch) -> Parcel:
    """Return the letter as it was queued; raises DeliveryFailed where it is no longer made so."""
    referral = dispatch.referral
    content = referral_content(referral)
    document = issued_letter(referral, format=dispatch.format)
    sha256 = hashlib.sha256(document).hexdigest()
    if sha256 != dispatch.document_sha256:
        raise DeliveryFailed("the document is no longer made as it was queued; send it again", is_final=True)
    return Parcel(
        key=str(dispatch.key),
        address=dispatch.address,
        number=content.reference or referral.reference,
        reply_to=content.issuing_body.contact.email or "",
        covering_text=covering_text(content, sha256=sha256),
        file_name=f"{referral.reference}-{dispatch.key}.{dispatch.format}",
        media_type=MEDIA_TYPES[dispatch.format],
        document=document,
        sha256=sha256,
    )


def _note_failure(taken: Dispatch, why: str, *, is_final: bool, at: datetime) -> str:
    with transaction.atomic():
        referral = lock_referral(taken.referral)
        dispatch = Dispatch.objects.select_for_update().get(pk=taken.pk)
        dispatch.error, dispatch.taken_until = why, None
        if dispatch.state == DispatchState.QUEUED and (is_final or dispatch.attempts >= MOST_ATTEMPTS):
            _give_up(dispatch, referral, at)
        elif dispatch.state == DispatchState.QUEUED:
            dispatch.waits_for, dispatch.due_at = DispatchWait.RETRY, at + _pause(dispatch.attempts)
        dispatch.save()
    return dispatch.state


def _give_up(dispatch: Dispatch, referral: Referral, at: datetime) -> None:
    dispatch.state, dispatch.waits_for = DispatchState.FAILED, ""
    change = {"after": {"channel": dispatch.channel, "dispatch": dispatch.state, "error": dispatch.error}}
    write_audit_entry(action="referral.dispatch_failed", subject=referral, at=at, by=None, change=change)
    told = Officer.objects.admitted().filter(pk__in={referral.responsible_id, dispatch.queued_by_id})
    notify(
        officers=told.filter(agency_id=referral.agency_id),
        kind=NotificationKind.DISPATCH_FAILED,
        subject=referral,
        params={"reference": referral.reference, "channel": dispatch.channel},
        at=at,
    )


def _pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: four times as long after each, up to a quarter of a day."""
    return min(FIRST_PAUSE * (1 << 2 * (attempts - 1)), LONGEST_PAUSE)
