"""Codes of second factors, counted before they are tried."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.utils import timezone

from cases.services.take_attempt import SECOND_FACTOR, give_back_attempt, take_attempt


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """A code of an app, or a recovery code, when signing in."""

    def clean_code(self) -> str:
        """Return the code; raises TooManyAttempts."""
        counted = [(SECOND_FACTOR, str(self.user.pk))]
        take_attempt(counted=counted, at=timezone.now())  # noqa: TID251 - an edge
        code = super().clean_code()
        give_back_attempt(counted=counted)
        return str(code)


class SecondFactorAgainForm(ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The same, before something that matters is changed."""

    def clean_code(self) -> str:
        """Return the code; raises TooManyAttempts."""
        counted = [(SECOND_FACTOR, str(self.user.pk))]
        take_attempt(counted=counted, at=timezone.now())  # noqa: TID251 - an edge
        code = super().clean_code()
        give_back_attempt(counted=counted)
        return str(code)
