"""An officer's decision on a finding."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import ReviewDecision, ReviewState
from cases.errors import IllegalTransition, NotAllowed
from cases.models import Finding, FindingReview, Incident, Officer
from cases.queries.reviews import find_decision
from cases.services.keep_obligations import keep_obligations
from cases.services.write_audit_entry import write_audit_entry

# A decision that another officer may not replace by himself.
SETTLED = frozenset({ReviewDecision.CONFIRMED, ReviewDecision.REJECTED})


def review_finding(
    *, officer: Officer, finding: Finding, decision: ReviewDecision, reason: str, reviewed_at: datetime
) -> FindingReview:
    """Add the decision to the finding; the latest is in force, those before it stay.

    A colleague's decision is a supervisor's to override: NotAllowed. Raises IllegalTransition where a later screening
    took the finding's place.
    """
    access.require_on(officer, access.REVIEW, finding.incident)
    with transaction.atomic():
        decision = ReviewDecision(decision)
        # The incident first: a screening that replaces its findings holds the same lock.
        Incident.objects.select_for_update().get(pk=finding.incident_id)
        finding = Finding.objects.select_related("incident__agency").get(pk=finding.pk)
        is_gone = finding.review in {ReviewState.NO_LONGER_FOUND, ReviewState.SETTLED}
        if not finding.is_current and not is_gone:
            raise IllegalTransition(state="replaced by a later screening", wanted="reviewed")
        before = find_decision(finding)
        if finding.review not in {ReviewState.ASKS_AGAIN, ReviewState.NO_LONGER_FOUND}:
            _refuse_override(officer, before)
        review = FindingReview.objects.create(
            finding=finding, decision=decision.value, reason=reason, officer=officer, reviewed_at=reviewed_at
        )
        finding.review = ReviewState(decision) if finding.is_current else ReviewState.SETTLED
        finding.save(update_fields=["review"])
        change = {
            "before": None if before is None else {"decision": before.decision, "officer": before.officer.username},
            "after": {"measure": finding.measure, "decision": decision.value},
        }
        write_audit_entry(
            action=_action(officer, before), subject=finding, at=reviewed_at, by=officer, reason=reason, change=change
        )
        keep_obligations(incident_ids=[finding.incident_id], now=reviewed_at)
    return review


def _refuse_override(officer: Officer, before: FindingReview | None) -> None:
    """Let an officer answer *more needed* and change his own mind; a colleague's decision takes a supervisor.

    Where the finding asks again, the earlier decision does not hold any more, and anyone may answer.
    """
    if before is None or before.decision not in SETTLED or before.officer_id == officer.pk:
        return
    if access.OVERRIDE not in officer.rights:
        raise NotAllowed(role=officer.role)


def _action(officer: Officer, before: FindingReview | None) -> str:
    is_override = before is not None and before.decision in SETTLED and before.officer_id != officer.pk
    return "finding.overridden" if is_override else "finding.reviewed"
