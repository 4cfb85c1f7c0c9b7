"""How Django knows an officer: by name and password, and again at each request of a session."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from cases.queries.officers import find_admitted


class OfficerBackend(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Lets in who is active, of an active agency, and no demonstration officer where those are refused."""

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        """Return the officer of a session, with the agency; None ends it."""
        return find_admitted(user_id)

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Return whether that officer may come in."""
        return user is not None and find_admitted(user.pk) is not None
