"""Completing the draft of a referral."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from cases import access
from cases.choices import RedactionLevel, ReferralState
from cases.errors import IllegalTransition
from cases.models import Officer, Referral
from cases.services.write_audit_entry import write_audit_entry

# What an officer may set; the rest follows from the incident, the agency and the course of things.
FIELDS: Final = frozenset(
    {
        *("kind", "language", "addressee_contact", "why_addressee", "priority", "priority_justification"),
        *("legal_justification", "intended_use", "confidentiality", "onward_use", "reply_requested_by"),
        *("own_questions", "redaction"),
    }
)


def amend_referral(
    *, officer: Officer, referral: Referral, changes: Mapping[str, Any], amended_at: datetime
) -> Referral:
    """Set fields of a draft (names outside FIELDS are a programming error); IllegalTransition once it was issued."""
    access.require_own(officer, access.REFER, referral)
    if unknown := set(changes) - FIELDS:
        raise ValueError(f"not fields of a referral: {sorted(unknown)}")
    if changes.get("redaction"):
        access.require_level(officer, RedactionLevel(changes["redaction"]), referral.incident)
    with transaction.atomic():
        referral = Referral.objects.select_for_update().get(pk=referral.pk)
        if referral.state != ReferralState.DRAFT:
            raise IllegalTransition(state=referral.state, wanted="changed")
        before = {name: getattr(referral, name) for name in changes}
        for name, value in changes.items():
            setattr(referral, name, value)
        referral.save(update_fields=list(changes))
        change = {"before": before, "after": dict(changes)}
        write_audit_entry(action="referral.amended", subject=referral, at=amended_at, by=officer, change=change)
    return referral
