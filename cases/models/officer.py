"""Officers: the people who use the system, and the keys by which they come in."""

from enum import StrEnum
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.agency import Agency, Unit
from cases.models.vocabulary import WORD, choices_of, known


class OfficerRole(StrEnum):
    """What an officer does in the agency."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    # Reads and counts; records nothing.
    ANALYST = "analyst"
    FOCAL_POINT = "focal_point"
    EXPERT = "expert"
    # Runs the installation; records nothing.
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """One thing that an officer may be allowed to do; a role brings some, an officer may have more or fewer."""

    RECORD = "record"
    # Change a record that somebody else made.
    EDIT = "edit"
    REVIEW = "review"
    # Decide against a colleague's decision, or against the engine where a supervisor is asked.
    OVERRIDE = "override"
    # Draft a referral, and record what came back.
    REFER = "refer"
    # Approve and send one.
    ISSUE = "issue"
    # Approve what one has drafted oneself.
    APPROVE_OWN = "approve_own"
    EXPORT = "export"
    # Read names, dates of birth, papers and addresses of persons.
    SEE_NOMINAL = "see_nominal"
    ADMINISTER = "administer"


_FIELD = frozenset({Right.RECORD, Right.EDIT, Right.REVIEW, Right.REFER, Right.ISSUE, Right.EXPORT, Right.SEE_NOMINAL})
RIGHTS_OF_ROLE: dict[OfficerRole, frozenset[Right]] = {
    OfficerRole.OFFICER: _FIELD,
    OfficerRole.SUPERVISOR: _FIELD | {Right.OVERRIDE, Right.APPROVE_OWN},
    OfficerRole.ANALYST: frozenset({Right.REVIEW, Right.EXPORT}),
    OfficerRole.FOCAL_POINT: _FIELD | {Right.APPROVE_OWN},
    OfficerRole.EXPERT: _FIELD,
    OfficerRole.ADMINISTRATOR: frozenset({Right.ADMINISTER}),
}


class OfficerManager(BaseUserManager["Officer"]):
    """Makes officers."""

    def create_user(self, username: str, password: str | None = None, **details: Any) -> "Officer":
        """Make an officer; without a password none works."""
        officer = self.model(username=self.model.normalize_username(username), **details)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer

    def admitted(self) -> models.QuerySet["Officer"]:
        """Return those who may come in: active, and no demonstration officer where those are refused."""
        officers = self.filter(is_active=True)
        return officers if settings.DEMO_ALLOWED else officers.filter(is_demo=False)

    def create_superuser(self, username: str, password: str | None = None, **details: Any) -> "Officer":
        """Make an administrator of the installation; belongs to no agency, so sees no agency's records."""
        rights = {"is_staff": True, "is_superuser": True, "role": OfficerRole.ADMINISTRATOR}
        return self.create_user(username, password, **{**rights, **details})


class Officer(AbstractBaseUser, PermissionsMixin):
    """A person who records, reviews, refers or administers, always as one role of one agency."""

    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    display_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="officers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="officers")
    role = models.CharField(max_length=WORD, choices=choices_of(OfficerRole))
    # Handling caveats that this officer is cleared for; a record is seen only by those cleared for all of its own.
    caveats = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    # Rights beyond those of the role, and those of the role that this officer does not have.
    rights_added = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    rights_withdrawn = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = OfficerManager()

    class Meta:
        constraints = [
            known("role", OfficerRole, name="officer_role_known", may_be_unknown=False),
            models.CheckConstraint(
                name="officer_rights_known",
                condition=models.Q(rights_added__contained_by=[right.value for right in Right])
                & models.Q(rights_withdrawn__contained_by=[right.value for right in Right]),
            ),
            models.CheckConstraint(
                name="officer_has_agency_unless_administrator",
                condition=models.Q(agency__isnull=False) | models.Q(role=OfficerRole.ADMINISTRATOR.value),
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def rights(self) -> frozenset[Right]:
        """Return what the officer may do, in the agency that the officer belongs to."""
        own = RIGHTS_OF_ROLE[OfficerRole(self.role)] | {Right(name) for name in self.rights_added}
        return own - {Right(name) for name in self.rights_withdrawn}


class ApiToken(models.Model):
    """A key to the API; only its digest is kept, so a stolen database opens nothing."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # A day is enough to find unused keys, and spares a write for every call.
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="api_token_expires_after_creation", condition=models.Q(expires_at__gt=models.F("created_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.name}"


class SignInLink(models.Model):
    """A link that signs an officer in once; only its digest is kept."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="sign_in_links")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sign_in_link_expires_after_issue", condition=models.Q(expires_at__gt=models.F("issued_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} until {self.expires_at:%Y-%m-%d %H:%M}"
