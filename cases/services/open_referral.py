"""Drafting a trace referral."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import access
from cases.choices import RedactionLevel, ReferralKind
from cases.errors import IllegalTransition, InvalidSubmission
from cases.intake.problems import Problem
from cases.models import Incident, IncidentState, Officer, Referral, SeizedItem
from cases.services.draft_referral import Particulars, draft_referral


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
    access.require_on(officer, access.REFER, incident)
    if stated := request.details.get("redaction"):
        access.require_level(officer, RedactionLevel(stated), incident)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        if incident.state == IncidentState.VOID:
            raise IllegalTransition(state=incident.state, wanted="referred")
        return draft_referral(
            officer=officer,
            addressee_country=request.addressee_country,
            incidents=[incident],
            items=_items(incident, request.item_indexes),
            particulars=Particulars(language=request.language, kind=request.kind, details=request.details),
            opened_at=opened_at,
        )


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
