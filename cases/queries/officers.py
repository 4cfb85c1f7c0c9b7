"""Officers: who is behind a request."""

from cases.errors import NotAllowed
from cases.models import Officer


def get_officer(user: object) -> Officer:
    """Return the signed-in user as an officer; raises NotAllowed for nobody."""
    if isinstance(user, Officer):
        return user
    raise NotAllowed(role="none")


def find_officer(username: str) -> Officer | None:
    """Return the active officer of that name, or None."""
    return Officer.objects.filter(username=username, is_active=True).first()
