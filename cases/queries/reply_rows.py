"""Replies, their steps and what was clarified, as the interface shows them."""

from collections.abc import Iterable
from typing import Any, Final

from cases.models import Clarification, Reply, SupplyChainStep

# What a reader of replies needs with them.
WITH_REPLIES: Final = (
    *("replies__recorded_by", "replies__via_link", "replies__steps", "replies__evidence"),
    "replies__clarifications__recorded_by",
)
_WORDS: Final = (
    *("actor", "actor_kind", "country", "from_country", "to_country", "place", "on", "manner", "document"),
    "confidence",
)


def documents_of_replies(replies: Iterable[Reply]) -> list[dict[str, Any]]:
    """Return a referral's replies as answered, in the order in which they came."""
    ordered = sorted(replies, key=lambda reply: reply.pk)
    places = {reply.pk: at for at, reply in enumerate(ordered)}
    return [
        document_of_reply(reply) | {"corrects": None if reply.corrects_id is None else places.get(reply.corrects_id)}
        for reply in ordered
    ]


def document_of_reply(reply: Reply) -> dict[str, Any]:
    """Return a reply as answered; `corrects` tells which one in the list."""
    link = reply.via_link
    attached = {*reply.documents, *(evidence.uuid for evidence in reply.evidence.all())}
    return {
        "state": reply.state,
        "reason": reply.reason or None,
        "their_reference": reply.their_reference or None,
        "text": reply.text or None,
        "forwarded_to": reply.forwarded_to or None,
        "steps": [document_of_step(step) for step in sorted(reply.steps.all(), key=lambda step: step.number)],
        "documents": sorted(attached, key=str),
        "clarifications": [
            document_of_clarification(each) for each in sorted(reply.clarifications.all(), key=lambda each: each.pk)
        ],
        "received_at": reply.received_at,
        "recorded_by": None if reply.recorded_by is None else reply.recorded_by.username,
        "via_link": None if link is None else {"id": link.pk, "recipient": link.recipient},
    }


def document_of_step(step: SupplyChainStep) -> dict[str, Any]:
    """Return a step of the supply chain as answered."""
    words = {name: getattr(step, name) or None for name in _WORDS}
    return {"id": step.step_id, "kind": step.kind, **words, "lines": step.lines}


def document_of_clarification(clarification: Clarification) -> dict[str, Any]:
    """Return what was said to the addressee as answered."""
    return {
        "kind": clarification.kind,
        "text": clarification.text,
        "documents": clarification.documents,
        "recorded_at": clarification.recorded_at,
        "recorded_by": clarification.recorded_by.username,
    }
