"""Setting the clock of replies for an agency."""

from datetime import datetime

from cases import access
from cases.models import Officer, ReplyClock
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.reply_clock import ClockDays


def set_reply_clock(*, officer: Officer, days: ClockDays, set_at: datetime) -> ReplyClock:
    """Set the agency's own days, in the place of the installation's; supervisors and administrators may."""
    agency = access.require_leader(officer)
    values = {f"{name}_days": value for name, value in days._asdict().items()}
    clock, _ = ReplyClock.objects.update_or_create(
        agency=agency, defaults=values | {"set_at": set_at, "set_by": officer}
    )
    write_audit_entry(action="agency.reply_clock_set", subject=agency, at=set_at, by=officer, change={"after": values})
    return clock
