"""Holding a referral still while something is done to it; called inside another service's transaction."""

from cases.models import Incident, Referral


def lock_referral(referral: Referral) -> Referral:
    """Return the referral as it stands, locked with its incident, which every writer of an incident locks first."""
    Incident.objects.select_for_update().get(pk=referral.incident_id)
    return Referral.objects.select_for_update(of=("self",)).select_related("incident", "agency").get(pk=referral.pk)
