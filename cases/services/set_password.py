"""Setting an officer's password."""

from datetime import datetime

from django.db import transaction

from cases.models import Officer
from cases.services.write_audit_entry import write_audit_entry


def set_password(*, officer: Officer, password: str, at: datetime) -> None:
    """Keep the password as a digest, and that it was set; its quality was judged by whoever took it in."""
    with transaction.atomic():
        officer.set_password(password)
        officer.save(update_fields=["password"])
        write_audit_entry(action="officer.password_set", subject=officer, at=at, by=officer)
