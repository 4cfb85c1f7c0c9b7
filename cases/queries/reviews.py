"""What officers decided on the measures of an incident, and how it stands after later screenings."""

from collections.abc import Iterable
from typing import Any

from cases.choices import ReviewState
from cases.differences import differences, substance_of
from cases.models import Finding, FindingReview, Incident

Document = dict[str, Any]


def find_decision(finding: Finding) -> FindingReview | None:
    """Return the decision in force on the finding's measure: the latest, on whichever run's finding it was made."""
    same = FindingReview.objects.filter(finding__incident=finding.incident_id, finding__measure=finding.measure)
    return same.select_related("officer", "finding").order_by("-pk").first()


def reviews_of_incident(incident: Incident) -> dict[str, list[FindingReview]]:
    """Return every decision on the incident by measure, oldest first."""
    by_measure: dict[str, list[FindingReview]] = {}
    made = FindingReview.objects.filter(finding__incident=incident).select_related("officer", "finding")
    for review in made.order_by("pk"):
        by_measure.setdefault(review.finding.measure, []).append(review)
    return by_measure


def shown_with_reviews(finding: Finding, reviews: Iterable[FindingReview]) -> Document:
    """Return a finding as read: its id, where it stands with people, and every decision on its measure.

    A decision that was made on an earlier finding is marked as carried over while it holds; where it does not hold any
    more, `asks_again` says what is different now.
    """
    made = list(reviews)
    shown = {
        **finding.document,
        "id": str(finding.pk),
        "place_only": finding.place_only,
        "review": finding.review,
        "reviews": [_shown(review, finding) for review in made],
    }
    if finding.review == ReviewState.ASKS_AGAIN and made:
        earlier = made[-1].finding
        shown["asks_again"] = {
            "decision": made[-1].decision,
            "differences": differences(earlier.document, finding.document),
        }
    return shown


def _shown(review: FindingReview, finding: Finding) -> Document:
    return {
        "decision": review.decision,
        "reason": review.reason,
        "officer": review.officer.username,
        "reviewed_at": review.reviewed_at.isoformat(),
        "carried": review.finding_id != finding.pk and _holds(review.finding, finding),
    }


def _holds(earlier: Finding, finding: Finding) -> bool:
    """Whether what the decision rests on is the same in both."""
    return _substance(earlier) == _substance(finding)


def _substance(finding: Finding) -> str:
    return finding.substance or substance_of(finding.document)
