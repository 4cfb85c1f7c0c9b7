"""Referrals as the interface shows them."""

from typing import Any

from django.db.models import QuerySet

from cases.models import Referral, Reply


def referral_rows(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return the referrals with what is shown of each read along."""
    return referrals.select_related("incident").prefetch_related("lines__item", "replies__recorded_by")


def document_of_referral(referral: Referral) -> dict[str, Any]:
    """Return a referral as answered: whom it asks, about which items, how far it is and what came back."""
    lines = sorted(referral.lines.all(), key=lambda line: line.number)
    replies = sorted(referral.replies.all(), key=lambda reply: reply.pk)
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
        "replies": [document_of_reply(reply) for reply in replies],
    }


def document_of_reply(reply: Reply) -> dict[str, Any]:
    """Return a reply as answered."""
    return {
        "state": reply.state,
        "reason": reply.reason or None,
        "their_reference": reply.their_reference or None,
        "text": reply.text or None,
        "steps": reply.steps,
        "received_at": reply.received_at,
        "recorded_by": reply.recorded_by.username,
    }


_TEXTS = (
    *("why_addressee", "priority_justification", "legal_justification"),
    *("intended_use", "confidentiality", "onward_use"),
)
