"""How the clock of replies is set for an agency, and which referrals it runs on."""

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet

from cases.models import Agency, Officer, OfficerRole, Referral, ReplyClock
from cases.tracing.reply_clock import REMINDED, ClockDays

# No agency reminds earlier.
EARLIEST: Final = timedelta(days=365)


def clock_of(agency: Agency) -> ClockDays:
    """Return the agency's own days, or those of the installation."""
    clock = ReplyClock.objects.filter(agency=agency).first()
    if clock is None:
        return ClockDays(*settings.REPLY_CLOCK_DAYS)
    return ClockDays(clock.remind_before_days, clock.remind_again_days, clock.escalate_after_days)


def document_of_clock(agency: Agency) -> dict[str, Any]:
    """Return the days as answered, and whether the agency has set them."""
    days = clock_of(agency)
    is_own = ReplyClock.objects.filter(agency=agency).exists()
    return {**{f"{name}_days": value for name, value in days._asdict().items()}, "is_own": is_own}


def referrals_on_the_clock(today: date) -> QuerySet[Referral]:
    """Return the referrals of which something may be due that day."""
    waiting = Referral.objects.filter(state__in=REMINDED, reply_requested_by__lte=today + EARLIEST)
    return waiting.select_related("agency", "incident").order_by("pk")


def told_of_delay(referral: Referral) -> QuerySet[Officer]:
    """Return whom a long silence is told: the agency's focal points, where it has none its supervisors.

    Only those cleared for its incidents: to others the referral does not exist.
    """
    caveats = sorted({caveat for incident in referral.told_incidents for caveat in incident.caveats})
    cleared = Officer.objects.admitted().filter(agency=referral.agency_id, caveats__contains=caveats)
    focal = cleared.filter(role=OfficerRole.FOCAL_POINT.value)
    return focal if focal.exists() else cleared.filter(role=OfficerRole.SUPERVISOR.value)
