"""What an officer has begun and not ended."""

from cases.choices import ReferralState
from cases.models import Case, Incident, IncidentState, Officer, Referral

# Enough for a successor to begin with; the lists of the API hold the rest.
AT_MOST = 500


def open_work_of(officer: Officer) -> dict[str, list[str]]:
    """Return the references of the officer's drafts, of referrals not answered for good, and of open cases."""
    drafts = Incident.objects.filter(recorded_by=officer, state=IncidentState.DRAFT).order_by("pk")
    waiting = Referral.objects.filter(opened_by=officer, lines__is_open=True).distinct().order_by("pk")
    unsent = Referral.objects.filter(opened_by=officer, state=ReferralState.DRAFT).order_by("pk")
    cases = Case.objects.filter(opened_by=officer, closed_at__isnull=True).order_by("pk")
    return {
        "drafts": list(drafts.values_list("reference", flat=True)[:AT_MOST]),
        "referrals": list((waiting | unsent.distinct()).values_list("reference", flat=True)[:AT_MOST]),
        "cases": list(cases.values_list("reference", flat=True)[:AT_MOST]),
    }
