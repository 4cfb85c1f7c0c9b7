"""Whom to ask about an item: what record, marks and own registers point to, and the desk in each State."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.choices import ReferralKind
from cases.models import Agency, RegisterEntry, SeizedItem
from cases.queries.contacts import ContactFound, contacts_for
from cases.queries.marking_practices import practices_with_pattern
from cases.queries.register_hits import entries_with, serials_of
from cases.tracing.kinds import default_kind
from cases.tracing.marking_practices import SENTENCES, MarkRead, Reading, Said, readings_of
from cases.tracing.whom_to_ask import CAUTIONS, REASONS, HolderKnown, ItemAsked, Proposal, whom_to_ask

# A template and what fills it, into a sentence of the reader's language.
Say = Callable[[str, dict[str, str]], str]


def proposals_for(
    item: SeizedItem, *, agency: Agency, entries: QuerySet[RegisterEntry], on: date, say: Say
) -> list[dict[str, Any]]:
    """Return every State that may have a record of the item, the surest first, with reasons, cautions and its desk."""
    readings = readings_of(_marks(item), practices_with_pattern(), make=item.make or None)
    imported = item.import_mark or {}
    asked = ItemAsked(
        country_of_manufacture=item.country_of_manufacture or None, import_country=imported.get("country") or None
    )
    holders = [
        HolderKnown(entry.country or agency.country, entry.kind, entry.key)
        for entry in entries_with(serials_of(item), entries)
    ]
    proposals = whom_to_ask(asked, readings, holders, own_country=agency.country)
    kind = default_kind(agency.kind, frozenset({item.category}))
    desks = contacts_for([proposal.country for proposal in proposals], kind, on)
    return [_document(proposal, kind, desks[proposal.country], say) for proposal in proposals]


def _marks(item: SeizedItem) -> list[MarkRead]:
    marks = [
        MarkRead(
            text=mark.text, kind=mark.kind or None, position=mark.position or None, certainty=mark.certainty or None
        )
        for mark in item.marks.order_by("number")
    ]
    if item.serial_number and item.serial_number not in {mark.text for mark in marks}:
        marks.append(MarkRead(text=item.serial_number, kind="serial"))
    return marks


def _document(proposal: Proposal, kind: ReferralKind, desk: ContactFound, say: Say) -> dict[str, Any]:
    return {
        "country": proposal.country,
        "confidence": proposal.confidence,
        "why": [_said(each, REASONS, say) for each in proposal.reasons],
        "marks": [_reading(each, say) for each in proposal.readings],
        "cautions": [_said(each, CAUTIONS, say) for each in proposal.cautions],
        "referral_kind": kind,
        "contact": {"state": desk.state, "entry": None if desk.contact is None else desk.contact.key},
    }


def _reading(reading: Reading, say: Say) -> dict[str, Any]:
    return {
        "mark": reading.mark,
        "event": reading.event,
        "practice": reading.practice,
        "stock": reading.stock,
        "confidence": reading.confidence,
        "parts": [{"name": part.name, "text": part.text, "meaning": part.meaning} for part in reading.parts],
        "why": [_said(each, SENTENCES, say) for each in reading.reasons],
    }


def _said(said: Said, sentences: dict[str, str], say: Say) -> dict[str, str]:
    return {"code": said.code, "text": say(sentences[said.code], dict(said.params))}
