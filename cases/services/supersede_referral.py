"""Writing a letter in the place of one that went out."""

from datetime import datetime
from typing import Final

from django.db import transaction

from cases import access
from cases.choices import ReferralState
from cases.errors import AlreadySuperseding
from cases.models import Officer, Referral, ReferralItem
from cases.services.amend_referral import FIELDS
from cases.services.draft_referral import tell_of
from cases.services.lock_referral import lock_referral
from cases.services.next_reference import next_reference
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.referral_steps import require_step

COPIED: Final = ("incident", "agency", "addressee_country", *sorted(FIELDS))


def supersede_referral(*, officer: Officer, referral: Referral, superseded_at: datetime) -> Referral:
    """Draft a letter that says what the issued one says; once issued it takes the other's place, and says so.

    What was withdrawn may be written anew as well. Raises IllegalTransition for what was not issued or is answered,
    AlreadySuperseding where such a letter is there.
    """
    access.require_own(officer, access.REFER, referral)
    with transaction.atomic():
        referral = lock_referral(referral)
        if referral.state != ReferralState.WITHDRAWN or referral.issued_at is None:
            require_step(referral.state, ReferralState.SUPERSEDED)
        if draft := referral.superseding.exclude(state=ReferralState.WITHDRAWN).first():
            raise AlreadySuperseding(draft=draft.reference)
        draft = Referral.objects.create(
            reference=next_reference(prefix="REF", year=superseded_at.year),
            state=ReferralState.DRAFT,
            supersedes=referral,
            opened_at=superseded_at,
            opened_by=officer,
            **{name: getattr(referral, name) for name in COPIED},
        )
        ReferralItem.objects.bulk_create(
            ReferralItem(referral=draft, item=line.item, number=line.number, addressee_country=line.addressee_country)
            for line in referral.lines.select_related("item")
        )
        tell_of(referral=draft, incidents=referral.told_incidents[1:], by=officer, at=superseded_at)
        change = {"after": {"addressee": draft.addressee_country, "supersedes": referral.reference}}
        write_audit_entry(action="referral.opened", subject=draft, at=superseded_at, by=officer, change=change)
    return draft
