"""Completing the draft of a referral."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from cases import access
from cases.choices import RedactionLevel, ReferralKind, ReferralState
from cases.errors import IllegalTransition
from cases.models import Officer, Referral
from cases.services.check_referral import unapprove
from cases.services.draft_referral import require_kind_for
from cases.services.lock_referral import lock_referral
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.referral_steps import WRITTEN

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
    """Set fields of a letter that is being written; what was checked or approved is a draft again.

    Names outside FIELDS are a programming error. Raises IllegalTransition once it was issued or dropped, and
    OneIncidentOnly for a kind that cannot tell of the incidents it tells of.
    """
    access.require_own(officer, access.REFER, referral)
    if unknown := set(changes) - FIELDS:
        raise ValueError(f"not fields of a referral: {sorted(unknown)}")
    if changes.get("redaction"):
        access.require_level_of_letter(officer, RedactionLevel(changes["redaction"]), referral)
    with transaction.atomic():
        referral = lock_referral(referral)
        if referral.state not in WRITTEN:
            raise IllegalTransition(state=referral.state, wanted="changed")
        require_kind_for(ReferralKind(changes.get("kind", referral.kind)), referral.told_incidents[1:])
        wanted = {**changes, "state": ReferralState.DRAFT} if referral.state != ReferralState.DRAFT else changes
        before = {name: getattr(referral, name) for name in wanted}
        unapprove(referral)
        for name, value in wanted.items():
            setattr(referral, name, value)
        referral.save()
        change = {"before": before, "after": dict(wanted)}
        write_audit_entry(action="referral.amended", subject=referral, at=amended_at, by=officer, change=change)
    return referral
