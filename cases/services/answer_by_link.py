"""Taking the reply that an addressee gives by a link."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.errors import IllegalTransition, ReplyLinkInvalid, ReplyOutOfOrder
from cases.models import Evidence, Reply, ReplyLink
from cases.row_scope import everything
from cases.services.lock_referral import lock_referral
from cases.services.open_reply_link import KnownLink
from cases.services.take_reply import Source, take_reply
from cases.tracing.reply_states import TRANSITIONS
from cases.tracing.reply_submission import read_statement


def answer_by_link(*, link: KnownLink, reply: Mapping[str, Any], received_at: datetime) -> Reply:
    """Record the reply as come by the link; its steps and words count like those that an officer records.

    Raises InvalidSubmission, ReplyOutOfOrder, and ReplyLinkInvalid where the link ended meanwhile.
    """
    read = read_statement(reply)
    with everything(), transaction.atomic():
        referral = lock_referral(link.row.referral)
        kept = ReplyLink.objects.select_for_update().get(pk=link.row.pk)
        if kept.revoked_at is not None or kept.expires_at <= received_at or referral.state not in TRANSITIONS:
            raise ReplyLinkInvalid
        try:
            return take_reply(
                referral=referral,
                reply=read,
                source=Source(link=kept),
                evidence=Evidence.objects.none(),
                received_at=received_at,
            )
        except IllegalTransition:
            raise ReplyOutOfOrder from None
