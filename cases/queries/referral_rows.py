"""Referrals as the interface shows them."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cases.models import Officer, Referral
from cases.queries.reply_rows import WITH_REPLIES, documents_of_replies
from cases.tracing.referral_steps import ENDED


def referral_rows(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return the referrals with what is shown of each read along."""
    acting = ("checked_by", "approved_by", "overridden_by", "withdrawn_by")
    rows = referrals.select_related("incident", "supersedes", *acting)
    return rows.prefetch_related("lines__item", "further__incident", *WITH_REPLIES, "reminders", "superseding")


def document_of_referral(referral: Referral) -> dict[str, Any]:
    """Return a referral as answered: whom it asks, about which items, how far it is and what came back."""
    lines = sorted(referral.lines.all(), key=lambda line: line.number)
    told = {incident.pk: incident.reference for incident in referral.told_incidents}
    return {
        "reference": referral.reference,
        "letter_number": referral.letter_number or None,
        "incident": referral.incident.reference,
        "further_incidents": list(told.values())[1:],
        "kind": referral.kind,
        "state": referral.state,
        "language": referral.language,
        "addressee": {"country": referral.addressee_country, "contact": referral.addressee_contact or None},
        **{name: getattr(referral, name) or None for name in _TEXTS},
        "priority": referral.priority,
        "redaction": referral.level,
        "own_questions": referral.own_questions,
        "reply_requested_by": referral.reply_requested_by,
        "items": [line.item.position for line in lines if line.item.incident_id == referral.incident_id],
        "lines": [
            {"number": line.number, "incident": told[line.item.incident_id], "item": line.item.position}
            for line in lines
        ],
        "opened_at": referral.opened_at,
        "checked": _act(referral.checked_at, referral.checked_by),
        "approved": _act(referral.approved_at, referral.approved_by),
        "override": _override(referral),
        "issued_at": referral.issued_at,
        "sha256": referral.issued_sha256 or None,
        "supersedes": referral.supersedes.reference if referral.supersedes else None,
        "superseded_by": _superseded_by(referral),
        "withdrawn": _withdrawal(referral),
        "replies": documents_of_replies(referral.replies.all()),
        "reminders": [
            {"kind": reminder.kind, "due_on": reminder.due_on, "said_at": reminder.said_at}
            for reminder in sorted(referral.reminders.all(), key=lambda reminder: reminder.pk)
        ],
    }


def _act(at: datetime | None, by: Officer | None) -> dict[str, Any] | None:
    return {"at": at, "by": by.username} if by is not None else None


def _override(referral: Referral) -> dict[str, Any] | None:
    if referral.overridden_by is None:
        return None
    said = {"warnings": referral.overridden, "reason": referral.override_reason}
    return said | {"by": referral.overridden_by.username}


def _withdrawal(referral: Referral) -> dict[str, Any] | None:
    act = _act(referral.withdrawn_at, referral.withdrawn_by)
    return act and act | {"reason": referral.withdrawn_reason}


def _superseded_by(referral: Referral) -> str | None:
    issued = (later.reference for later in referral.superseding.all() if later.issued_at is not None)
    return next(issued, None) if referral.state in ENDED else None


_TEXTS = (
    *("why_addressee", "priority_justification", "legal_justification"),
    *("intended_use", "confidentiality", "onward_use"),
)
