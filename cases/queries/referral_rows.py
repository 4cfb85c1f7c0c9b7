"""Referrals as the interface shows them."""

from typing import Any

from django.db.models import QuerySet

from cases.models import Referral
from cases.queries.reply_rows import WITH_REPLIES, documents_of_replies


def referral_rows(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return the referrals with what is shown of each read along."""
    return referrals.select_related("incident").prefetch_related("lines__item", *WITH_REPLIES, "reminders")


def document_of_referral(referral: Referral) -> dict[str, Any]:
    """Return a referral as answered: whom it asks, about which items, how far it is and what came back."""
    lines = sorted(referral.lines.all(), key=lambda line: line.number)
    return {
        "reference": referral.reference,
        "letter_number": referral.letter_number or None,
        "incident": referral.incident.reference,
        "kind": referral.kind,
        "state": referral.state,
        "language": referral.language,
        "addressee": {"country": referral.addressee_country, "contact": referral.addressee_contact or None},
        **{name: getattr(referral, name) or None for name in _TEXTS},
        "priority": referral.priority,
        "redaction": referral.level,
        "own_questions": referral.own_questions,
        "reply_requested_by": referral.reply_requested_by,
        "items": [line.item.position for line in lines],
        "opened_at": referral.opened_at,
        "issued_at": referral.issued_at,
        "replies": documents_of_replies(referral.replies.all()),
        "reminders": [
            {"kind": reminder.kind, "due_on": reminder.due_on, "said_at": reminder.said_at}
            for reminder in sorted(referral.reminders.all(), key=lambda reminder: reminder.pk)
        ],
    }


_TEXTS = (
    *("why_addressee", "priority_justification", "legal_justification"),
    *("intended_use", "confidentiality", "onward_use"),
)
