"""Changing a point of contact, and confirming that it still holds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from cases import access
from cases.errors import InvalidSubmission
from cases.intake.problems import Problem
from cases.models import Officer, PointOfContact
from cases.queries.contacts import stated_of
from cases.registers.contact_rows import ContactStated, contact_problems
from cases.registers.rows import problems_of
from cases.services.keep_registry_row import change_row
from cases.services.record_contact import contact_columns


def amend_contact(
    *, officer: Officer, contact: PointOfContact, changes: Mapping[str, Any], reason: str, amended_at: datetime
) -> PointOfContact:
    """Make a new version of what is stated of a desk; the version before stays in its history."""
    access.require(officer, access.MAINTAIN)
    with transaction.atomic():
        row = PointOfContact.objects.select_for_update().get(pk=contact.pk)
        stated = _stated(row, changes)
        if problems := tuple(contact_problems(stated, amended_at.date())):
            raise InvalidSubmission(problems)
        change_row(row=row, columns=contact_columns(stated), by=officer, at=amended_at, reason=reason)
    return row


def confirm_contact(
    *, officer: Officer, contact: PointOfContact, on: date | None, how: str, confirmed_at: datetime
) -> PointOfContact:
    """Record that the desk was found to hold on that day, today where none is named, and how that was found."""
    access.require(officer, access.MAINTAIN)
    today = confirmed_at.date()
    if on is not None and on > today:
        raise InvalidSubmission([Problem("/on", "lies_ahead", {"value": on.isoformat()})])
    with transaction.atomic():
        row = PointOfContact.objects.select_for_update().get(pk=contact.pk)
        columns = {"confirmed_on": max(filter(None, (on or today, row.confirmed_on)))}
        change_row(row=row, columns=columns, by=officer, at=confirmed_at, reason=how, act="confirmed")
    return row


def _stated(row: PointOfContact, changes: Mapping[str, Any]) -> ContactStated:
    try:
        return ContactStated.model_validate({**dict(stated_of(row)), **changes})
    except ValidationError as error:
        raise InvalidSubmission(problems_of(error)) from error
