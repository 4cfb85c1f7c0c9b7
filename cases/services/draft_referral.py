"""Writing a draft on items of one incident or of several; called inside another service's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cases import access
from cases.choices import ReferralKind, ReferralState
from cases.errors import OneIncidentOnly
from cases.models import FurtherIncident, Incident, Officer, Referral, ReferralItem, SeizedItem
from cases.queries.contacts import contact_for
from cases.services.next_reference import next_reference
from cases.services.want_contact import want_contact
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.kinds import default_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """In which language and kind a letter is written (None: as its items have it), and what an officer says in it."""

    language: str
    kind: ReferralKind | None = None
    # Columns of Referral that an officer fills: why_addressee, intended_use, reply_requested_by …
    details: Mapping[str, Any] = field(default_factory=dict)


def draft_referral(
    *,
    officer: Officer,
    addressee_country: str,
    incidents: Sequence[Incident],
    items: Sequence[SeizedItem],
    particulars: Particulars,
    opened_at: datetime,
) -> Referral:
    """Write the draft on items of incidents that the caller holds locked, the leading one first.

    The items are its lines, in their order. Where it names no desk, that of the registry is written to; a desk that is
    wanting is told to those who keep the registry. Raises OneIncidentOnly for a kind of letter that tells of no more.
    """
    agency = access.agency_of(officer)
    leading, *further = incidents
    kind = particulars.kind or default_kind(agency.kind, frozenset(item.category for item in items))
    require_kind_for(kind, further)
    details = dict(particulars.details)
    found = contact_for(addressee_country, kind, opened_at.date())
    is_named = bool(details.get("addressee_contact"))
    if not is_named:
        details["addressee_contact"] = found.for_letter()
    referral = Referral.objects.create(
        reference=next_reference(prefix="REF", year=opened_at.year),
        incident=leading,
        agency=agency,
        kind=kind,
        state=ReferralState.DRAFT,
        language=particulars.language,
        addressee_country=addressee_country,
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
    tell_of(referral=referral, incidents=further, by=officer, at=opened_at)
    if not is_named:
        want_contact(referral=referral, state=found.state, at=opened_at)
    return referral


def tell_of(*, referral: Referral, incidents: Sequence[Incident], by: Officer, at: datetime) -> None:
    """Let the draft tell of further incidents too, and write that down in the trail of each."""
    FurtherIncident.objects.bulk_create(FurtherIncident(referral=referral, incident=each) for each in incidents)
    change = {"after": {"referral": referral.reference, "addressee": referral.addressee_country}}
    for incident in incidents:
        write_audit_entry(action="referral.tells_of", subject=incident, at=at, by=by, change=change)


def require_kind_for(kind: ReferralKind, further: Sequence[Incident]) -> None:
    """Raise OneIncidentOnly where a letter of that kind cannot tell of further incidents."""
    if further and kind == ReferralKind.IARMS_TRACE:
        raise OneIncidentOnly(kind=kind.value)
