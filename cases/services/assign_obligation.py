"""Making an officer responsible for an obligation."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import ObligationState
from cases.errors import IllegalTransition, NoSuccessor
from cases.models import NotificationKind, Obligation, Officer
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry


def assign_obligation(
    *, by: Officer, obligation: Obligation, to: Officer, reason: str, assigned_at: datetime
) -> Obligation:
    """Make `to` responsible, and say so to that officer where it is another; supervisors and administrators may.

    Raises IllegalTransition where it is closed, NoSuccessor for an officer who has left or may not know of it.
    """
    access.require_leader(by)
    with transaction.atomic():
        row = Obligation.objects.select_for_update(of=("self",)).select_related("incident").get(pk=obligation.pk)
        if row.state != ObligationState.OPEN:
            raise IllegalTransition(state=row.state, wanted="assigned")
        if not access.obligations_for(to).filter(pk=row.pk).exists():
            raise NoSuccessor(username=to.username)
        before = Officer.objects.get(pk=row.responsible_id)
        row.handed_to = to
        row.save(update_fields=["handed_to"])
        change = {"before": {"responsible": before.username}, "after": {"responsible": to.username}}
        write_audit_entry(
            action="obligation.assigned", subject=row, at=assigned_at, by=by, reason=reason, change=change
        )
        if to.pk not in {before.pk, by.pk}:
            params = {"reference": row.reference}
            notify(officers=[to], kind=NotificationKind.OBLIGATION_ASSIGNED, subject=row, params=params, at=assigned_at)
    return row
