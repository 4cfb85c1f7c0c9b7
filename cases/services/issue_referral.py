"""Issuing a trace referral."""

from datetime import datetime

from django.db import IntegrityError, transaction

from cases import access
from cases.choices import ReferralState
from cases.documents import render_referral
from cases.errors import AlreadyAsked, IllegalTransition, ReferralIncomplete
from cases.models import Agency, Incident, Officer, Referral, ReferralItem
from cases.queries.referral_content import referral_content
from cases.queries.registry_warnings import registry_warnings
from cases.row_scope import everything
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing import missing_elements


def issue_referral(*, officer: Officer, referral: Referral, issued_at: datetime) -> Referral:
    """Issue the draft: what it says is kept as it stands and changes no more.

    Raises ReferralIncomplete naming each missing element, AlreadyAsked where the State has an open referral on one of
    the items, IllegalTransition where it was issued before.
    """
    agency = access.require_own(officer, access.ISSUE, referral)
    with transaction.atomic():
        Incident.objects.select_for_update().get(pk=referral.incident_id)
        referral = Referral.objects.select_for_update().get(pk=referral.pk)
        if referral.state != ReferralState.DRAFT:
            raise IllegalTransition(state=referral.state, wanted=ReferralState.ISSUED)
        warned = [warning.code for warning in registry_warnings(referral, issued_at.date())]
        _mark_issued(referral, officer, agency, issued_at)
        access.require_level(officer, referral.level, referral.incident)
        content = referral_content(referral)
        if missing := missing_elements(content):
            raise ReferralIncomplete(missing)
        referral.issued_content = render_referral(content, format="json", draft=False).decode()
        referral.save()
        _open_lines(referral)
        told = {"redaction": referral.level, "recipient": referral.addressee_country, "warned_of": warned}
        change = {"after": {"state": referral.state, "letter_number": referral.letter_number, **told}}
        write_audit_entry(action="referral.issued", subject=referral, at=issued_at, by=officer, change=change)
    return referral


def _mark_issued(referral: Referral, officer: Officer, agency: Agency, at: datetime) -> None:
    referral.state = ReferralState.ISSUED
    referral.issued_at = at
    referral.issued_by = officer
    if agency.letter_pattern:
        # The agency's row is locked, so that two letters never take one number.
        Agency.objects.select_for_update().get(pk=agency.pk)
        with everything():
            # Letters on what this officer is not cleared for have taken numbers, too.
            number = Referral.objects.filter(agency=agency, issued_at__year=at.year).count() + 1
        referral.letter_number = agency.letter_pattern.format(year=at.year, number=number)


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
            line = asked.select_related("item").order_by("pk").first()
        item = line.item.position + 1 if line is not None else 0
        raise AlreadyAsked(country=referral.addressee_country, item=item) from error
