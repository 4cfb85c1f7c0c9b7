"""Handing an officer's open work to a colleague."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from cases import access
from cases.errors import NoSuccessor, NotOpenWork
from cases.models import NotificationKind, Officer
from cases.queries.open_work import OpenWork, open_work_of
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry


class HandedOver(NamedTuple):
    """What went to the colleague, by kind, and what did not because the colleague is not cleared for it."""

    work: dict[str, list[str]]
    not_cleared: list[str]


def hand_over_work(
    *, officer: Officer, to: Officer, by: Officer, reason: str, picked: Collection[str] | None, at: datetime
) -> HandedOver:
    """Make `to` responsible for the officer's open work, for all of it or for the references picked, and say so.

    Who recorded what stays as it was, and so does custody. Only what `by` may know of is handed over.
    Raises NoSuccessor, NotOpenWork; both officers must have been reached through a door of access.
    """
    access.require_leader(by)
    with transaction.atomic():
        receiver = Officer.objects.select_for_update(of=("self",)).select_related("agency").get(pk=to.pk)
        if not receiver.is_active or receiver.pk == officer.pk or receiver.agency_id != officer.agency_id:
            raise NoSuccessor(username=to.username)
        work: Iterable[QuerySet[Any]] = open_work_of(officer, **access.own_records_for(by))
        cleared: Iterable[QuerySet[Any]] = open_work_of(officer, **access.own_records_for(receiver))
        if picked is not None:
            work = _picked(picked, work, officer)
        moved: dict[str, list[str]] = {}
        not_cleared: list[str] = []
        for name, rows, fit in zip(OpenWork._fields, work, cleared, strict=True):
            not_cleared += rows.exclude(pk__in=fit.values("pk")).values_list("reference", flat=True)
            # A row that another has handed over meanwhile is no longer the officer's once the lock is had.
            records = list(rows.filter(pk__in=fit.values("pk")).select_for_update(of=("self",)))
            for record in records:
                record.handed_to = receiver
                record.save(update_fields=["handed_to"])
                change = {"before": {"responsible": officer.username}, "after": {"responsible": receiver.username}}
                write_audit_entry(action="work.handed_over", subject=record, at=at, by=by, reason=reason, change=change)
            moved[name] = [record.reference for record in records]
        if any(moved.values()):
            counts = {name: len(references) for name, references in moved.items()}
            notify(officers=[receiver], kind=NotificationKind.HANDED_OVER, subject=officer, params=counts, at=at)
    return HandedOver(moved, not_cleared)


def _picked(references: Collection[str], work: Iterable[QuerySet[Any]], officer: Officer) -> list[QuerySet[Any]]:
    picked = [rows.filter(reference__in=references) for rows in work]
    known = {reference for rows in picked for reference in rows.values_list("reference", flat=True)}
    if unknown := sorted(set(references) - known):
        raise NotOpenWork(username=officer.username, references=", ".join(unknown))
    return picked
