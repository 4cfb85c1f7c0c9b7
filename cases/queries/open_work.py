"""What an officer has begun, or was handed, and not ended."""

from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from cases.choices import ObligationState, TaskState
from cases.models import Case, CaseTask, Finding, Incident, IncidentState, Obligation, Officer, Referral
from cases.queries.work_list import finding_rows
from cases.tracing.referral_steps import WRITTEN

# Enough to begin with; the lists of the API hold the rest.
AT_MOST: Final = 500
CUSTODY_STAYS: Final = (
    "Custody does not move with the work: what is held passes on by a handover that the receiver accepts, "
    "and what is offered is declined and offered anew."
)


class OpenWork(NamedTuple):
    """Records that wait for one officer, by what they wait for."""

    drafts: QuerySet[Incident]
    # Incidents with findings that wait for a person.
    reviews: QuerySet[Incident]
    referrals: QuerySet[Referral]
    cases: QuerySet[Case]
    obligations: QuerySet[Obligation]
    tasks: QuerySet[CaseTask]


def open_work_of(
    officer: Officer,
    *,
    incidents: QuerySet[Incident],
    referrals: QuerySet[Referral],
    cases: QuerySet[Case],
    obligations: QuerySet[Obligation],
    tasks: QuerySet[CaseTask],
) -> OpenWork:
    """Return which of these records are the officer's to see to; a referral until it is answered for good."""
    recorded = incidents.filter(seen_to_by(officer, "recorded_by")).order_by("pk")
    waiting = finding_rows(Finding.objects.all(), review=None, place_only=False).values("incident")
    unanswered = Q(pk__in=Referral.objects.filter(lines__is_open=True).values("pk"))
    return OpenWork(
        drafts=recorded.filter(state=IncidentState.DRAFT),
        reviews=recorded.filter(state=IncidentState.FINAL, pk__in=waiting),
        referrals=referrals.filter(seen_to_by(officer, "opened_by"), unanswered | Q(state__in=WRITTEN)).order_by("pk"),
        cases=cases.filter(seen_to_by(officer, "opened_by"), closed_at__isnull=True).order_by("pk"),
        obligations=obligations.filter(seen_to_by(officer, "begun_by"), state=ObligationState.OPEN).order_by("pk"),
        tasks=tasks.filter(handed_to=officer, state=TaskState.OPEN).order_by("pk"),
    )


def references_of(work: OpenWork) -> dict[str, list[str]]:
    """Return the references of the work, the oldest of each kind."""
    return {name: list(rows.values_list("reference", flat=True)[:AT_MOST]) for name, rows in work._asdict().items()}


def seen_to_by(officer: Officer, begun_by: str) -> Q:
    """Return what is the officer's to see to: begun, and not handed over, or handed over to the officer."""
    return Q(handed_to=officer) | Q(handed_to__isnull=True, **{begun_by: officer})
