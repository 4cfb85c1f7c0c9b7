"""What allauth leaves to us: limits on guessing, encrypted second factors, and whom single sign-on lets in."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from cases.api.caller import address_of
from cases.queries.officers import find_by_verified_email, get_officer
from cases.services.admit_by_provider import admit_by_provider
from cases.services.note_credential import note_credential
from cases.services.set_password import set_password
from cases.services.take_attempt import ACCOUNT, ADDRESS, give_back_attempt, take_attempt


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Signing in by name and password; nobody signs up."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Return that nobody makes an account for himself."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the officer of the credentials; raises TooManyAttempts for the name or the address.

        A name that nobody has is counted, hashed for and refused like one that somebody has, and an officer who has
        left like one who mistyped.
        """
        name, address = str(credentials.get("username", "")), address_of(request) or "unknown"
        counted = [(ACCOUNT, name), (ADDRESS, address)]
        take_attempt(counted=counted, at=timezone.now())  # noqa: TID251 - an edge
        officer = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if officer is not None:
            give_back_attempt(counted=counted)
        return officer

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Keep a new password, and record that it was set."""
        set_password(officer=get_officer(user), password=password, at=timezone.now())  # noqa: TID251 - an edge

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *_args: Any, **_more: Any) -> None:
        """Record what allauth would write a letter about: a factor added, removed, made anew; a linked account.

        Letters are sent by our own notifications, which hold no nominal data.
        """
        what = template_prefix.rpartition("/")[2]
        if not what.startswith("password_"):
            note_credential(officer=get_officer(user), what=what, at=timezone.now())  # noqa: TID251 - an edge


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Second factors, whose keys the database alone does not give away."""

    def encrypt(self, text: str) -> str:
        """Return the key of an app, or the seed of recovery codes, as it is kept."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return it as it is used; after a change of SECOND_FACTOR_KEY no code fits any more."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Whom the OpenID provider sends is an officer that we know, by linked subject or by verified address."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        """Return that nobody makes an account for himself."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link a subject seen for the first time to the officer with its verified address, if there is exactly one."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        # As the provider says it: true, not "true", nor that the address is there.
        verified = [each.email for each in sociallogin.email_addresses if each.verified is True]
        officer = find_by_verified_email(verified)
        if officer is None and settings.OIDC_AGENCY and verified:
            now = timezone.now()  # noqa: TID251 - an edge
            officer = admit_by_provider(email=verified[0], agency_name=settings.OIDC_AGENCY, at=now)
        if officer is not None:
            sociallogin.connect(request, officer)


def _fernet() -> Fernet:
    digest = hashlib.sha256(b"second factor\x00" + settings.SECOND_FACTOR_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
