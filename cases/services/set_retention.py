"""Setting how long an agency keeps a class of records."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import RecordClass
from cases.models import Officer, RetentionPeriod
from cases.services.write_audit_entry import write_audit_entry


def set_retention(
    *, officer: Officer, record_class: RecordClass, days: int | None, basis: str, set_at: datetime
) -> RetentionPeriod | None:
    """Set after how many days the officer's agency wants the class erased, and on which basis; None: never.

    It takes the right to administer: no period is ever supplied by the program.
    """
    agency = access.require(officer, access.ADMINISTER)
    with transaction.atomic():
        before = RetentionPeriod.objects.filter(agency=agency, record_class=record_class).first()
        period = None
        if days is None:
            RetentionPeriod.objects.filter(agency=agency, record_class=record_class).delete()
        else:
            stated = {"days": days, "basis": basis, "set_at": set_at, "set_by": officer}
            period, _ = RetentionPeriod.objects.update_or_create(
                agency=agency, record_class=record_class, defaults=stated
            )
        change = {
            "before": {"class": record_class, "days": None if before is None else before.days},
            "after": {"class": record_class, "days": days},
        }
        write_audit_entry(
            action="agency.retention_set", subject=agency, at=set_at, by=officer, reason=basis, change=change
        )
    return period
