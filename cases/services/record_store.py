"""Naming a store."""

from datetime import datetime

from django.db import IntegrityError, transaction

from cases import access
from cases.errors import InvalidSubmission
from cases.intake.problems import Problem
from cases.models import Officer, Store
from cases.services.write_audit_entry import write_audit_entry


def record_store(*, officer: Officer, name: str, place: str, recorded_at: datetime) -> Store:
    """Name a store of the officer's agency, in which things may be kept from now on."""
    agency = access.require(officer, access.RECORD)
    with transaction.atomic():
        try:
            with transaction.atomic():
                store = Store.objects.create(agency=agency, name=name, place=place)
        except IntegrityError as error:
            if "store_name_once" not in str(error):
                raise
            raise InvalidSubmission([Problem("/name", "already_used", {"value": name})]) from error
        change = {"after": {"name": name, "place": place}}
        write_audit_entry(action="store.recorded", subject=store, at=recorded_at, by=officer, change=change)
    return store
