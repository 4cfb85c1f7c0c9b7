"""Answering what the addressee asked, or asking about what its answer leaves open."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases import access
from cases.errors import InvalidSubmission, NothingToClarify
from cases.models import Clarification, Officer, Referral, Reply
from cases.services.lock_referral import lock_referral
from cases.services.take_reply import unknown_evidence
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.reply_states import clarified


def clarify_reply(
    *, officer: Officer, referral: Referral, text: str, documents: Sequence[UUID], clarified_at: datetime
) -> Clarification:
    """Keep what is said to the addressee on its latest reply; what it asked is answered thereby (ITI 21, 23).

    Raises NothingToClarify where the latest reply asks nothing and leaves nothing open.
    """
    access.require_own(officer, access.REFER, referral)
    with transaction.atomic():
        referral = lock_referral(referral)
        reply = Reply.objects.filter(referral=referral).order_by("-pk").first()
        meant = clarified(referral.state)
        if meant is None or reply is None:
            raise NothingToClarify(state=referral.state)
        attachable = access.evidence_for(officer).filter(incident__in=referral.told_incidents)
        if problems := list(unknown_evidence(documents, attachable, "/documents")):
            raise InvalidSubmission(problems)
        kind, after = meant
        kept = Clarification.objects.create(
            reply=reply,
            kind=kind.value,
            text=text,
            documents=list(documents),
            recorded_at=clarified_at,
            recorded_by=officer,
        )
        change = {"before": {"state": referral.state}, "after": {"state": after, "clarification": kind.value}}
        referral.state = after
        referral.save(update_fields=["state"])
        write_audit_entry(action="referral.clarified", subject=referral, at=clarified_at, by=officer, change=change)
    return kept
