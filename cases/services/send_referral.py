"""Sending an issued trace referral."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from cases import access, outbox
from cases.choices import DispatchChannel, DispatchState, DispatchWait, ReferralState
from cases.dispatch.channels import is_offered
from cases.dispatch.push import is_push_address
from cases.errors import AddressMissing, AlreadyQueued, ChannelNotOffered, IllegalTransition, InvalidSubmission
from cases.intake.problems import Problem
from cases.models import Dispatch, Officer, Referral
from cases.queries.dispatches import throttled_until
from cases.queries.issued_letter import issued_letter
from cases.services.lock_referral import lock_referral
from cases.services.mark_sent import mark_sent
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.referral_steps import stands_as_issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """By which way a letter is to go, in which format, and, where it is pushed, to which address."""

    channel: DispatchChannel
    address: str = ""
    format: str = "pdf"


def send_referral(*, officer: Officer, referral: Referral, sending: Sending, sent_at: datetime) -> Dispatch:
    """Queue the letter to be sent at its redaction level; what went by hand is only written down.

    Mail goes to the address that was approved with the letter, and to no other. Raises ChannelNotOffered,
    AddressMissing, AlreadyQueued, InvalidSubmission, or IllegalTransition where the letter does not stand as issued.
    """
    access.require_own(officer, access.ISSUE, referral)
    access.require_level_of_letter(officer, referral.level, referral)
    if not is_offered(sending.channel):
        raise ChannelNotOffered(channel=sending.channel.value)
    with transaction.atomic():
        referral = lock_referral(referral)
        if not stands_as_issued(referral.state):
            raise IllegalTransition(state=referral.state, wanted=ReferralState.SENT)
        address = _address(referral, sending)
        if Dispatch.objects.filter(
            referral=referral, channel=sending.channel, address=address, state=DispatchState.QUEUED
        ).exists():
            raise AlreadyQueued(channel=sending.channel.value)
        letter = issued_letter(referral, format=sending.format)
        dispatch = Dispatch.objects.create(
            referral=referral,
            channel=sending.channel,
            address=address,
            format=sending.format,
            document_sha256=hashlib.sha256(letter).hexdigest(),
            queued_at=sent_at,
            queued_by=officer,
            due_at=sent_at,
            nudged_at=sent_at,
        )
        told = {"channel": dispatch.channel, "address": address, "sha256": dispatch.document_sha256}
        change = {"after": {**told, "redaction": referral.level, "recipient": referral.addressee_country}}
        write_audit_entry(action="referral.dispatch_queued", subject=referral, at=sent_at, by=officer, change=change)
        if sending.channel == DispatchChannel.BY_HAND:
            mark_sent(dispatch=dispatch, referral=referral, state=DispatchState.SENT, by=officer, at=sent_at)
        else:
            _queue(dispatch, sent_at)
    return dispatch


def _queue(dispatch: Dispatch, at: datetime) -> None:
    if until := throttled_until(dispatch, now=at):
        dispatch.due_at, dispatch.waits_for = until, DispatchWait.THROTTLE
        dispatch.save(update_fields=["due_at", "waits_for"])
    else:
        outbox.send_on_commit(outbox.SEND_LETTER, queue=outbox.OUTBOUND, dispatch_id=dispatch.pk)


def _address(referral: Referral, sending: Sending) -> str:
    if sending.channel == DispatchChannel.HTTPS:
        if not is_push_address(sending.address):
            raise InvalidSubmission([Problem("/address", "not_a_push_address")])
        return sending.address
    if sending.address:
        raise InvalidSubmission([Problem("/address", "address_not_taken", {"channel": sending.channel.value})])
    if sending.channel != DispatchChannel.EMAIL:
        return ""
    address = str(referral.addressee_contact.get("email") or "")
    try:
        validate_email(address)
    except ValidationError as error:
        raise AddressMissing from error
    return address
