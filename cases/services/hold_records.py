"""Placing and lifting a legal hold."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from cases import access
from cases.errors import NotOnHold, OnHold
from cases.models import Case, Incident, LegalHold, Officer
from cases.services.write_audit_entry import write_audit_entry


def place_hold(*, officer: Officer, subject: Incident | Case, reason: str, placed_at: datetime) -> LegalHold:
    """Stop the erasure of an incident, or of all that a case joins; takes the right to override. Raises OnHold."""
    agency = access.require_own(officer, access.OVERRIDE, subject)
    with transaction.atomic():
        # Whoever erases holds the same lock.
        _lock(subject)
        if _standing(subject).exists():
            raise OnHold
        hold = LegalHold(agency=agency, reason=reason, placed_at=placed_at, placed_by=officer)
        if isinstance(subject, Incident):
            hold.incident = subject
        else:
            hold.case = subject
        hold.save()
        write_audit_entry(action=_action(subject, "held"), subject=subject, at=placed_at, by=officer, reason=reason)
    return hold


def lift_hold(*, officer: Officer, subject: Incident | Case, reason: str, lifted_at: datetime) -> None:
    """Lift the hold that stands; what is due by then is erased in the next round. Raises NotOnHold."""
    access.require_own(officer, access.OVERRIDE, subject)
    with transaction.atomic():
        _lock(subject)
        if not _standing(subject).update(lifted_at=lifted_at, lifted_by=officer):
            raise NotOnHold
        write_audit_entry(
            action=_action(subject, "hold_lifted"), subject=subject, at=lifted_at, by=officer, reason=reason
        )


def _standing(subject: Incident | Case) -> QuerySet[LegalHold]:
    return subject.legal_holds.filter(lifted_at__isnull=True)


def _lock(subject: Incident | Case) -> None:
    type(subject)._default_manager.select_for_update().get(pk=subject.pk)  # noqa: SLF001 - Django's published API


def _action(subject: Incident | Case, what: str) -> str:
    return f"{type(subject).__name__.lower()}.{what}"
