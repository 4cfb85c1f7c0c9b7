"""Officers: who is behind a request."""

from typing import Any, Final

from django.conf import settings
from django.db.models.functions import Lower

from cases.errors import NotAllowed, NotFound
from cases.models import MailCadence, Officer

MAIL_CADENCES: Final = tuple(cadence.value for cadence in MailCadence)


def get_officer(user: object) -> Officer:
    """Return the signed-in user as an officer; raises NotAllowed for nobody."""
    if isinstance(user, Officer):
        return user
    raise NotAllowed(role="none")


def find_officer(username: str) -> Officer | None:
    """Return the active officer of that name, or None."""
    return Officer.objects.filter(username=username, is_active=True).first()


def get_officer_named(username: str) -> Officer:
    """Return the active officer of that name; raises NotFound."""
    officer = find_officer(username)
    if officer is None:
        raise NotFound(thing="officer")
    return officer


def find_admitted(officer_id: int | str) -> Officer | None:
    """Return the officer with that key, who may come in; or None."""
    return Officer.objects.admitted().select_related("agency").filter(pk=officer_id).first()


def find_by_verified_email(emails: list[str]) -> Officer | None:
    """Return the one officer who may come in and has one of those addresses; None for nobody, and for several."""
    wanted = [email.strip().lower() for email in emails if email.strip()]
    if not wanted:
        return None
    admitted = Officer.objects.admitted().select_related("agency").annotate(lower_email=Lower("email"))
    found = list(admitted.filter(lower_email__in=wanted)[:2])
    return found[0] if len(found) == 1 else None


def needs_second_factor(officer: Officer) -> bool:
    """Return whether the agency, or the role in this installation, demands a second factor of the officer."""
    if officer.agency is not None and officer.agency.second_factor_required:
        return True
    roles = settings.SECOND_FACTOR_ROLES
    return officer.role in roles or (officer.is_staff and bool(roles))


def document_of_officer(officer: Officer) -> dict[str, Any]:
    """Return an officer as an administrator of the agency sees one."""
    state = "active" if officer.is_active else "invited" if officer.deactivated_at is None else "deactivated"
    return {
        "username": officer.username,
        "display_name": officer.display_name,
        "email": officer.email,
        "role": officer.role,
        "rights": sorted(right.value for right in officer.own_rights),
        "rights_added": sorted(officer.rights_added),
        "rights_withdrawn": sorted(officer.rights_withdrawn),
        "state": state,
        "created_at": officer.created_at.isoformat(),
        "last_login": None if officer.last_login is None else officer.last_login.isoformat(),
    }
