"""Drafting a trace referral."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import access
from cases.choices import RedactionLevel, ReferralKind, ReferralState
from cases.errors import IllegalTransition, InvalidSubmission
from cases.intake.problems import Problem
from cases.models import Incident, IncidentState, Officer, Referral, ReferralItem, SeizedItem
from cases.queries.contacts import contact_for
from cases.services.next_reference import next_reference
from cases.services.want_contact import want_contact
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.kinds import default_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRequest:
    """Whom to ask, in which language and kind, about which items (by position; None: all); the rest by name."""

    addressee_country: str
    language: str
    kind: ReferralKind | None = None
    item_indexes: Sequence[int] | None = None
    # Columns of Referral that an officer fills: why_addressee, intended_use, reply_requested_by …
    details: Mapping[str, Any] = field(default_factory=dict)


def open_referral(*, officer: Officer, incident: Incident, request: ReferralRequest, opened_at: datetime) -> Referral:
    """Draft a referral on items of the incident; InvalidSubmission names an item that is not there.

    Where the request names no desk, that of the registry is written to; a desk that is wanting is told to those who
    keep the registry.
    """
    agency = access.require_on(officer, access.REFER, incident)
    if stated := request.details.get("redaction"):
        access.require_level(officer, RedactionLevel(stated), incident)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        if incident.state == IncidentState.VOID:
            raise IllegalTransition(state=incident.state, wanted="referred")
        items = _items(incident, request.item_indexes)
        kind = request.kind or default_kind(agency.kind, frozenset(item.category for item in items))
        details = dict(request.details)
        found = contact_for(request.addressee_country, kind, opened_at.date())
        is_named = bool(details.get("addressee_contact"))
        if not is_named:
            details["addressee_contact"] = found.for_letter()
        referral = Referral.objects.create(
            reference=next_reference(prefix="REF", year=opened_at.year),
            incident=incident,
            agency=agency,
            kind=kind,
            state=ReferralState.DRAFT,
            language=request.language,
            addressee_country=request.addressee_country,
            opened_at=opened_at,
            opened_by=officer,
            **details,
        )
        ReferralItem.objects.bulk_create(
            ReferralItem(referral=referral, item=item, number=number, addressee_country=referral.addressee_country)
            for number, item in enumerate(items, start=1)
        )
        entry = referral.addressee_contact.get("entry")
        told = {"addressee": referral.addressee_country, "kind": referral.kind, "items": len(items)}
        change = {"after": told | ({"contact_entry": entry} if entry else {})}
        write_audit_entry(action="referral.opened", subject=referral, at=opened_at, by=officer, change=change)
        if not is_named:
            want_contact(referral=referral, state=found.state, at=opened_at)
    return referral


def _items(incident: Incident, indexes: Sequence[int] | None) -> list[SeizedItem]:
    items = {item.position: item for item in incident.items.order_by("position")}
    if indexes is None:
        return list(items.values())
    problems = [
        Problem(f"/items/{at}", "out_of_range", {"value": index, "least": 0, "most": max(len(items) - 1, 0)})
        for at, index in enumerate(indexes)
        if index not in items
    ]
    if problems:
        raise InvalidSubmission(problems)
    return [items[index] for index in sorted(set(indexes))]
