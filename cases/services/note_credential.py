"""Noting that an officer changed the ways by which he comes in."""

from datetime import datetime

from cases.models import Officer
from cases.services.write_audit_entry import write_audit_entry


def note_credential(*, officer: Officer, what: str, at: datetime) -> None:
    """Record that a second factor or a linked account was added, removed or made anew, as `what` says."""
    write_audit_entry(action=f"officer.{what}"[:64], subject=officer, at=at, by=officer)
