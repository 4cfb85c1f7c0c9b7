"""Issuing a trace referral."""

from datetime import datetime

from django.db import IntegrityError, transaction

from cases import access
from cases.choices import ReferralState
from cases.documents import render_referral
from cases.errors import AlreadyAsked, ReferralIncomplete
from cases.models import Agency, Officer, Referral, ReferralItem
from cases.queries.referral_content import digest_of_letter, referral_content
from cases.queries.registry_warnings import registry_warnings
from cases.row_scope import everything
from cases.services.approve_referral import mark_approved, require_approver, require_as_checked
from cases.services.cancel_dispatches import cancel_dispatches
from cases.services.check_referral import mark_checked
from cases.services.lock_referral import lock_referral
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing import missing_elements
from cases.tracing.letter_numbers import letter_number
from cases.tracing.referral_steps import may_become, require_step


def issue_referral(*, officer: Officer, referral: Referral, issued_at: datetime, override_reason: str = "") -> Referral:
    """Issue the letter: what it says is kept as it stands, with its digest, and changes no more.

    What was not checked or approved is both in the same step, where the officer may approve it. Raises
    ReferralIncomplete naming each missing element, ApproverNeeded, DoNotTrace, ReferralChanged, AlreadyAsked where the
    State has an open referral on one of the items, IncidentVoid, IllegalTransition where it was issued before.
    """
    access.require_own(officer, access.ISSUE, referral)
    with transaction.atomic():
        referral = lock_referral(referral)
        _approve(referral, officer, issued_at, override_reason)
        require_step(referral.state, ReferralState.ISSUED)
        require_as_checked(referral)
        warned = [warning.code for warning in registry_warnings(referral, issued_at.date())]
        _mark_issued(referral, officer, issued_at)
        access.require_level_of_letter(officer, referral.level, referral)
        content = render_referral(referral_content(referral), format="json", draft=False).decode()
        referral.issued_content, referral.issued_sha256 = content, digest_of_letter(content)
        referral.save()
        _end_superseded(referral, officer, issued_at)
        _open_lines(referral)
        to = {"redaction": referral.level, "recipient": referral.addressee_country}
        told = {**to, "sha256": referral.issued_sha256, "warned_of": warned}
        change = {"after": {"state": referral.state, "letter_number": referral.letter_number, **told}}
        write_audit_entry(action="referral.issued", subject=referral, at=issued_at, by=officer, change=change)
    return referral


def _approve(referral: Referral, officer: Officer, at: datetime, override_reason: str) -> None:
    """Check and approve what was not: whoever lets it go in one step answers for both, and must not have written it."""
    is_draft = referral.state == ReferralState.DRAFT
    if is_draft and (missing := missing_elements(referral_content(referral))):
        raise ReferralIncomplete(missing)
    if referral.state in {ReferralState.DRAFT, ReferralState.CHECKED}:
        require_approver(officer, referral)
        if is_draft:
            mark_checked(referral=referral, by=officer, at=at)
        mark_approved(referral=referral, by=officer, at=at, override_reason=override_reason)


def _mark_issued(referral: Referral, officer: Officer, at: datetime) -> None:
    referral.state = ReferralState.ISSUED
    referral.issued_at = at
    referral.issued_by = officer
    if referral.agency.letter_pattern:
        # The agency's row is locked, so that two letters never take one number.
        agency = Agency.objects.select_for_update().get(pk=referral.agency_id)
        with everything():
            # Letters on what this officer is not cleared for have taken numbers, too.
            number = Referral.objects.filter(agency=agency, issued_at__year=at.year).count() + 1
        referral.letter_number = letter_number(
            agency.letter_pattern, committee=agency.committee_number, year=at.year, number=number
        )


def _end_superseded(referral: Referral, officer: Officer, at: datetime) -> None:
    """Close the letter in whose place this one goes, unless it has ended by itself meanwhile."""
    if referral.supersedes_id is None:
        return
    earlier = Referral.objects.select_for_update().get(pk=referral.supersedes_id)
    if not may_become(earlier.state, ReferralState.SUPERSEDED):
        return
    change = {
        "before": {"state": earlier.state},
        "after": {"state": ReferralState.SUPERSEDED, "by": referral.reference},
    }
    earlier.state = ReferralState.SUPERSEDED
    earlier.save(update_fields=["state"])
    earlier.lines.update(is_open=False)
    cancel_dispatches(referral=earlier)
    write_audit_entry(action="referral.superseded", subject=earlier, at=at, by=officer, change=change)


def _open_lines(referral: Referral) -> None:
    try:
        with transaction.atomic():
            referral.lines.update(is_open=True)
    except IntegrityError as error:
        asked = ReferralItem.objects.filter(
            item__in=referral.lines.values("item"), addressee_country=referral.addressee_country, is_open=True
        )
        with everything():
            # Perhaps another agency's referral; only the item is told.
            line = asked.select_related("item__incident").order_by("pk").first()
        raise AlreadyAsked(country=referral.addressee_country, item=_item_named(referral, line)) from error


def _item_named(referral: Referral, line: ReferralItem | None) -> str:
    """Return the item by its number in the record, of a letter over several incidents with the reference too."""
    number = str(line.item.position + 1 if line is not None else 0)
    is_of_several = line is not None and len(referral.told_incidents) > 1
    return f"{number} ({line.item.incident.reference})" if line is not None and is_of_several else number
