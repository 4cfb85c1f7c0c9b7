"""Setting an officer's role and rights."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import NotYourself, OfficerHasLeft
from cases.models import Officer, OfficerRole, Right
from cases.services.write_audit_entry import write_audit_entry


def set_officer_rights(
    *,
    officer: Officer,
    role: str,
    rights_added: Sequence[str],
    rights_withdrawn: Sequence[str],
    by: Officer,
    at: datetime,
) -> Officer:
    """Set them; tokens follow at once, never having more than their officer. Raises NotYourself, OfficerHasLeft."""
    access.require(by, access.ADMINISTER)
    if officer.pk == by.pk:
        raise NotYourself
    with transaction.atomic():
        kept = Officer.objects.select_for_update(of=("self",)).select_related("agency").get(pk=officer.pk)
        if kept.deactivated_at is not None:
            raise OfficerHasLeft(username=kept.username)
        before = _told(kept)
        kept.role = OfficerRole(role).value
        kept.rights_added = sorted({Right(name).value for name in rights_added})
        kept.rights_withdrawn = sorted({Right(name).value for name in rights_withdrawn})
        kept.save(update_fields=["role", "rights_added", "rights_withdrawn"])
        change = {"before": before, "after": _told(kept)}
        write_audit_entry(action="officer.rights_set", subject=kept, at=at, by=by, change=change)
    return kept


def _told(officer: Officer) -> dict[str, object]:
    return {"role": officer.role, "rights_added": officer.rights_added, "rights_withdrawn": officer.rights_withdrawn}
