"""An officer's decision on a finding."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import ReviewDecision
from cases.errors import IllegalTransition
from cases.models import Finding, FindingReview, Incident, Officer
from cases.services.write_audit_entry import write_audit_entry


def review_finding(
    *, officer: Officer, finding: Finding, decision: ReviewDecision, reason: str, reviewed_at: datetime
) -> FindingReview:
    """Add the decision to the finding; raises IllegalTransition where a later screening took the finding's place."""
    access.require(officer, access.REVIEW)
    with transaction.atomic():
        decision = ReviewDecision(decision)
        # The incident first: a screening that replaces its findings holds the same lock.
        Incident.objects.select_for_update().get(pk=finding.incident_id)
        finding = Finding.objects.select_related("incident__agency").get(pk=finding.pk)
        if not finding.is_current:
            raise IllegalTransition(state="replaced by a later screening", wanted="reviewed")
        review = FindingReview.objects.create(
            finding=finding, decision=decision.value, reason=reason, officer=officer, reviewed_at=reviewed_at
        )
        change = {"after": {"measure": finding.measure, "decision": decision.value}}
        write_audit_entry(
            action="finding.reviewed", subject=finding, at=reviewed_at, by=officer, reason=reason, change=change
        )
    return review
