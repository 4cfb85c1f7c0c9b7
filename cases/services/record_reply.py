"""Recording what came back on a referral."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import access
from cases.models import Officer, Referral, Reply
from cases.services.lock_referral import lock_referral
from cases.services.take_reply import Source, take_reply
from cases.tracing.reply_submission import read_reply


def record_reply(*, officer: Officer, referral: Referral, reply: Mapping[str, Any], received_at: datetime) -> Reply:
    """Add a reply as `ReplySubmission` has it; the referral takes its state.

    Raises InvalidSubmission naming what does not hold, IllegalTransition for what may not follow what came before.
    """
    access.require_own(officer, access.REFER, referral)
    read = read_reply(reply)
    with transaction.atomic():
        referral = lock_referral(referral)
        attachable = access.evidence_for(officer).filter(incident__in=referral.told_incidents)
        return take_reply(
            referral=referral,
            reply=read,
            source=Source(officer=officer),
            evidence=attachable,
            received_at=received_at,
        )
