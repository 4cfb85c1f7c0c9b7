"""Holding a referral still while something is done to it; called inside another service's transaction."""

from django.db.models import Q

from cases.models import FurtherIncident, Incident, Referral


def lock_referral(referral: Referral) -> Referral:
    """Return the referral as it stands, locked with its incidents, which every writer of an incident locks first."""
    lock_incidents(referral)
    held = Referral.objects.select_for_update(of=("self",)).select_related("incident", "agency")
    return held.prefetch_related("further__incident").get(pk=referral.pk)


def lock_incidents(referral: Referral) -> None:
    """Lock the incidents that the referral tells of, in the order in which all lock them."""
    further = FurtherIncident.objects.filter(referral=referral)
    told = Incident.objects.filter(Q(pk=referral.incident_id) | Q(pk__in=further.values("incident")))
    list(told.order_by("pk").select_for_update().values_list("pk"))
