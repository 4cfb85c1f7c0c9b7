"""Telling those who keep the registry that a letter's desk is wanting; called inside another service's transaction."""

from datetime import datetime

from cases.choices import ContactState
from cases.models import Notification, NotificationKind, Officer, Referral, Right
from cases.services.notify import notify


def want_contact(*, referral: Referral, state: ContactState, at: datetime) -> None:
    """Tell the agency's keepers of the registry, unless the desk is current or they have it before them already."""
    if state is ContactState.CURRENT:
        return
    country = referral.addressee_country
    told = Notification.objects.filter(
        kind=NotificationKind.CONTACT_WANTED.value, read_at__isnull=True, params__country=country
    )
    colleagues = Officer.objects.filter(agency=referral.agency_id, is_active=True).order_by("pk")
    keepers = colleagues.exclude(pk__in=told.values("officer"))
    notify(
        officers=[officer for officer in keepers if Right.MAINTAIN in officer.own_rights],
        kind=NotificationKind.CONTACT_WANTED,
        # The referral itself is not named: not every keeper is cleared for it.
        subject=referral.agency,
        params={"country": country, "state": state.value},
        at=at,
    )
