"""Recording a point of contact."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from cases import access
from cases.errors import ContactKnown, InvalidSubmission
from cases.models import Officer, PointOfContact
from cases.registers.contact_rows import ContactStated, contact_problems
from cases.services.keep_registry_row import add_row


def record_contact(*, officer: Officer, stated: ContactStated, recorded_at: datetime) -> PointOfContact:
    """Put a desk on record for all agencies; ContactKnown where it is there already."""
    access.require(officer, access.MAINTAIN)
    if problems := tuple(contact_problems(stated, recorded_at.date())):
        raise InvalidSubmission(problems)
    row = PointOfContact(key=stated.contact_key, **contact_columns(stated))
    try:
        with transaction.atomic():
            return add_row(row=row, by=officer, at=recorded_at)
    except IntegrityError as error:
        if "cases_pointofcontact_key" not in str(error):
            raise
        raise ContactKnown(key=row.key) from error


def contact_columns(stated: ContactStated) -> dict[str, Any]:
    """Return the columns of what was stated; unknown text is empty."""
    plain = dict(stated)
    del plain["key"]
    days = {name: plain.pop(name) for name in ("valid_from", "valid_until", "confirmed_on")}
    languages = list(plain.pop("languages"))
    texts = {name: "" if value is None else str(value) for name, value in plain.items()}
    return {**texts, **days, "languages": languages}
