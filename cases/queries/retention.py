"""What is older than its agency wants it kept, and what a legal hold keeps all the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q, QuerySet

from cases.choices import WITHOUT_FILE, RecordClass
from cases.models import (
    AuditEntry,
    CaseIncident,
    Evidence,
    Incident,
    LegalHold,
    Notification,
    Officer,
    OfficerSession,
    RegisterEntry,
    RetentionPeriod,
)


@dataclass(frozen=True, slots=True)
class Due:
    """One record, or a heap of small ones, whose time is over."""

    record_class: RecordClass
    agency: str
    subject: models.Model
    # Of heaps: everything from before.
    before: datetime

    def document(self) -> dict[str, str]:
        """Return it as it is listed: by reference, never by name."""
        kind = type(self.subject).__name__.lower()
        reference = str(getattr(self.subject, "reference", self.subject.pk))
        return {"class": self.record_class, "agency": self.agency, "of": kind, "reference": reference}


def due_for_erasure(now: datetime) -> Iterator[Due]:
    """Yield what is due, by agency and class; where an agency has set no period, nothing is."""
    for period in RetentionPeriod.objects.select_related("agency").order_by("agency__name", "record_class"):
        before = now - timedelta(days=period.days)
        record_class = RecordClass(period.record_class)
        for subject in _subjects(period, record_class, before):
            yield Due(record_class, period.agency.name, subject, before)


def is_held(incident: Incident) -> bool:
    """Return whether a legal hold stands on the incident, or on a case that joins it."""
    return Incident.objects.filter(_held(), pk=incident.pk).exists()


def traces_before(agency_id: int, before: datetime) -> QuerySet[AuditEntry]:
    """Return the audit entries of an agency's officers that still tell from where they came, held ones left out."""
    told = ~Q(address="") | ~Q(user_agent="") | ~Q(on_behalf_of="")
    erasable = ~Q(salt="") | Q(digests__has_key="address")
    entries = AuditEntry.objects.filter(told, erasable, agency_id=agency_id, recorded_at__lt=before)
    return entries.exclude(incident__in=Incident.objects.filter(_held())).order_by("pk")


def sessions_before(agency_id: int, before: datetime) -> QuerySet[OfficerSession]:
    """Return the sessions that nobody has used since."""
    return OfficerSession.objects.filter(officer__agency_id=agency_id, last_seen_at__lt=before)


def notifications_before(agency_id: int, before: datetime) -> QuerySet[Notification]:
    """Return what officers were told before."""
    return Notification.objects.filter(officer__agency_id=agency_id, created_at__lt=before)


def holders_before(agency_id: int, before: datetime) -> QuerySet[RegisterEntry]:
    """Return the entries of an agency's registers that still name a holder, and that no file has held since."""
    named = ~Q(holder="") | ~Q(holder_address="") | ~Q(holder_paper="")
    entries = RegisterEntry.objects.filter(named, agency_id=agency_id, seen_in__started_at__lt=before)
    return entries.order_by("pk")


def _held() -> Q:
    standing = LegalHold.objects.filter(lifted_at__isnull=True)
    joined = CaseIncident.objects.filter(case__in=standing.filter(case__isnull=False).values("case"))
    return Q(pk__in=standing.filter(incident__isnull=False).values("incident")) | Q(pk__in=joined.values("incident"))


def _subjects(period: RetentionPeriod, record_class: RecordClass, before: datetime) -> Iterator[models.Model]:
    agency = period.agency
    # The time counts from the last change of the record, and not while a case is open that needs it.
    over = Incident.objects.filter(agency=agency, changed_at__lt=before).exclude(_held())
    over = over.exclude(cases__in=CaseIncident.objects.filter(_still_needed(before)).values("case"))
    if record_class == RecordClass.NOMINAL_DATA:
        yield from over.filter(nominal_erased_on__isnull=True).order_by("pk")
    elif record_class == RecordClass.EVIDENCE:
        files = Evidence.objects.filter(incident__in=over, completed_at__lt=before).exclude(state__in=WITHOUT_FILE)
        yield from files.select_related("incident").order_by("pk")
    elif record_class == RecordClass.OFFICERS:
        yield from Officer.objects.filter(agency=agency, deactivated_at__lt=before, erased_on__isnull=True).order_by(
            "pk"
        )
    elif record_class == RecordClass.SIGN_IN_TRACES:
        if traces_before(agency.pk, before).exists() or sessions_before(agency.pk, before).exists():
            yield agency
    elif record_class == RecordClass.REGISTER_HOLDERS:
        if holders_before(agency.pk, before).exists():
            yield agency
    elif notifications_before(agency.pk, before).exists():
        yield agency


def _still_needed(before: datetime) -> Q:
    return Q(case__closed_at__isnull=True) | Q(case__closed_at__gte=before)
