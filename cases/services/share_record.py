"""Showing an incident, a case or a referral to another agency."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import SharingLevel
from cases.errors import SharedWithItself, SharingAlreadyOver
from cases.models import Agency, Case, Grant, Incident, Officer, Referral
from cases.services.expect_shares import expect_shares
from cases.services.write_audit_entry import write_audit_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a record is shared, and why."""

    level: SharingLevel
    with_nominal: bool
    until_at: datetime | None
    reason: str

    def document(self) -> dict[str, object]:
        """Return the terms as the audit trail keeps them."""
        until = None if self.until_at is None else self.until_at.isoformat()
        return {"level": self.level.value, "with_nominal": self.with_nominal, "until": until}


def share_record(
    *, officer: Officer, record: Incident | Case | Referral, grantee: Agency, terms: Terms, shared_at: datetime
) -> Grant:
    """Grant another agency sight of a record of one's own; raises NotAllowed for one that was only shown to it.

    Nominal data go along only if the officer may read them; of a case, only incidents of the case's own agency.
    """
    agency = access.require_own(officer, access.ISSUE, record)
    if terms.with_nominal:
        access.require(officer, access.SEE_NOMINAL)
    if grantee.pk == agency.pk:
        raise SharedWithItself
    if terms.until_at is not None and terms.until_at <= shared_at:
        raise SharingAlreadyOver
    with transaction.atomic():
        grant = Grant.objects.create(
            grantee=grantee,
            level=terms.level.value,
            with_nominal=terms.with_nominal,
            until_at=terms.until_at,
            shared_at=shared_at,
            shared_by=officer,
            reason=terms.reason,
            **{type(record).__name__.lower(): record},
        )
        expect_shares(agency=grantee)
        change = {"after": {"grant": grant.pk, "agency": grantee.name, **terms.document()}}
        write_audit_entry(
            action="sharing.granted", subject=record, at=shared_at, by=officer, reason=terms.reason, change=change
        )
    return grant
