"""An officer's keys, sessions and notifications, as they are shown."""

from typing import Any, Final

from cases.models import (
    CALENDAR_SCOPE,
    READ_SCOPE,
    ApiToken,
    Notification,
    NotificationKind,
    Officer,
    OfficerSession,
    TokenKind,
)

TOKEN_KINDS: Final = tuple(kind.value for kind in TokenKind)
SENTENCES: Final = {
    NotificationKind.FINDINGS_CHANGED: "Re-screening {rescreening} changed {count} findings of your agency.",
    NotificationKind.REPLY_RECORDED: "A reply to {reference} was recorded: {state}.",
    NotificationKind.REPLY_DUE: "A reply to {reference} is requested by {day}; none has come.",
    NotificationKind.REPLY_OVERDUE: "A reply to {reference} was requested by {day}; the addressee may be reminded.",
    NotificationKind.REPLY_ESCALATED: "{reference} is without an answer {days} days after the day requested.",
    NotificationKind.OBLIGATION_DUE: "The obligation {reference} is due on {day}.",
    NotificationKind.OBLIGATION_OVERDUE: "The obligation {reference} was due on {day}, and nothing was sent.",
    NotificationKind.OBLIGATION_ASSIGNED: "The obligation {reference} was assigned to you.",
    NotificationKind.OBLIGATION_DOUBTFUL: "No finding says the obligation {reference} any more; decide on it.",
    NotificationKind.DISPATCH_FAILED: "{reference} could not be sent by {channel}, and is not tried again.",
    NotificationKind.TASK_GIVEN: "The task {reference} in {case} was given to you.",
    NotificationKind.NEW_DEVICE: "You signed in from a device not seen before, at {address}: {device}",
    NotificationKind.HANDED_OVER: (
        "Work was handed over to you: {drafts} drafts, {reviews} incidents to review, "
        "{referrals} referrals, {cases} cases, {obligations} obligations, {tasks} tasks."
    ),
    NotificationKind.CONTACT_WANTED: (
        "The point of contact of {country} is wanted for a letter and is {state} in the registry; please see to it."
    ),
    NotificationKind.MARK_ASKED_ABOUT: "{agency} asked about the mark {mark}, which stands in {reference}.",
}
# What was told before there were obligations and tasks names none.
BLANKS: Final[dict[NotificationKind, dict[str, str | int]]] = {
    NotificationKind.HANDED_OVER: {"obligations": 0, "tasks": 0}
}


def scopes_of(officer: Officer) -> list[str]:
    """Return the scopes that a token of the officer may have."""
    return [READ_SCOPE, CALENDAR_SCOPE, *sorted(right.value for right in officer.own_rights)]


def document_of_token(token: ApiToken) -> dict[str, Any]:
    """Return a token as its officer sees it; its secret is nowhere."""
    return {
        "id": token.pk,
        "name": token.name,
        "kind": token.kind,
        "scopes": token.scopes,
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "revoked_at": None if token.revoked_at is None else token.revoked_at.isoformat(),
        "last_used_on": None if token.last_used_on is None else token.last_used_on.isoformat(),
    }


def document_of_session(session: OfficerSession) -> dict[str, Any]:
    """Return a session as its officer sees it."""
    return {
        "id": session.pk,
        "started_at": session.started_at.isoformat(),
        "last_seen_at": session.last_seen_at.isoformat(),
        "address": session.address,
        "device": session.device,
        "methods": [method for method in session.methods.split(",") if method],
        "locked": session.locked_at is not None,
        "ended_at": None if session.ended_at is None else session.ended_at.isoformat(),
    }


def document_of_notification(notification: Notification) -> dict[str, Any]:
    """Return a notification: the template of its sentence and what fills it, so that each reader's language is met."""
    kind = NotificationKind(notification.kind)
    return {
        "id": notification.pk,
        "kind": notification.kind,
        "subject": {"type": notification.subject_type, "reference": notification.subject_reference},
        "template": SENTENCES[kind],
        "params": BLANKS.get(kind, {}) | notification.params,
        "created_at": notification.created_at.isoformat(),
        "read_at": None if notification.read_at is None else notification.read_at.isoformat(),
    }
