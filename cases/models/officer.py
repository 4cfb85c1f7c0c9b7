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
    # Keep what all agencies of the installation share: points of contact.
    MAINTAIN = "maintain"


class TokenKind(StrEnum):
    """Whose key to the API it is."""

    PERSON = "person"
    # A tablet or scanner at a post.
    DEVICE = "device"
    # Another program, such as a national customs system.
    SYSTEM = "system"


# What a token must hold to read at all; the other scopes are rights.
READ_SCOPE = "read"
# Of a token that stands in the address of a calendar: it opens the calendar of obligations and nothing else.
CALENDAR_SCOPE = "calendar"
SCOPES = (READ_SCOPE, CALENDAR_SCOPE, *(right.value for right in Right))


class MailCadence(StrEnum):
    """How often an officer is told by mail that something waits."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    NEVER = "never"


_FIELD = frozenset({Right.RECORD, Right.EDIT, Right.REVIEW, Right.REFER, Right.ISSUE, Right.EXPORT, Right.SEE_NOMINAL})
RIGHTS_OF_ROLE: dict[OfficerRole, frozenset[Right]] = {
    OfficerRole.OFFICER: _FIELD,
    OfficerRole.SUPERVISOR: _FIELD | {Right.OVERRIDE, Right.APPROVE_OWN},
    OfficerRole.ANALYST: frozenset({Right.REVIEW, Right.EXPORT}),
    OfficerRole.FOCAL_POINT: _FIELD | {Right.APPROVE_OWN, Right.MAINTAIN},
    OfficerRole.EXPERT: _FIELD,
    OfficerRole.ADMINISTRATOR: frozenset({Right.ADMINISTER, Right.MAINTAIN}),
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
        """Return who may come in: active, of an active agency, and no demonstration officer where those are refused."""
        officers = self.filter(is_active=True).exclude(agency__is_active=False)
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
    created_at = models.DateTimeField(auto_now_add=True)
    # Set once, when the officer leaves; inactive without it is somebody who was invited and has not come yet.
    deactivated_at = models.DateTimeField(null=True, blank=True)
    # The day on which name and address were erased; the account's name stays, for the trail rests on it.
    erased_on = models.DateField(null=True, blank=True)
    # Opens a session of the officer's own that has locked, and nothing else.
    pin_hash = models.CharField(max_length=200, blank=True)
    mail_cadence = models.CharField(max_length=WORD, choices=choices_of(MailCadence), default=MailCadence.DAILY.value)
    mailed_on = models.DateField(null=True, blank=True)

    # What the token shown may do at most; None where the officer came in person.
    token_scopes: frozenset[str] | None = None
    token_id: int | None = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = OfficerManager()

    class Meta:
        constraints = [
            known("role", OfficerRole, name="officer_role_known", may_be_unknown=False),
            known("mail_cadence", MailCadence, name="officer_mail_cadence_known", may_be_unknown=False),
            models.CheckConstraint(
                name="officer_inactive_once_deactivated",
                condition=models.Q(deactivated_at__isnull=True) | models.Q(is_active=False),
            ),
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
        """Return what the officer may do in the agency that the officer belongs to, by the key shown."""
        own = self.own_rights
        return own if self.token_scopes is None else frozenset(right for right in own if right in self.token_scopes)

    @property
    def own_rights(self) -> frozenset[Right]:
        """Return what the officer may do in person."""
        own = RIGHTS_OF_ROLE[OfficerRole(self.role)] | {Right(name) for name in self.rights_added}
        return own - {Right(name) for name in self.rights_withdrawn}


class ApiToken(models.Model):
    """A key to the API; only its digest is kept, so a stolen database opens nothing."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=WORD, choices=choices_of(TokenKind), default=TokenKind.PERSON.value)
    # A subset of SCOPES; null: all that the officer may do, as that changes.
    scopes = ArrayField(models.CharField(max_length=WORD), null=True, blank=True)
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
            ),
            known("kind", TokenKind, name="api_token_kind_known", may_be_unknown=False),
            models.CheckConstraint(
                name="api_token_scopes_known",
                condition=models.Q(scopes__isnull=True) | models.Q(scopes__contained_by=list(SCOPES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.name}"


class SignInLink(models.Model):
    """A link that signs an officer in once; only its digest is kept."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="sign_in_links")
    # Whoever was invited becomes active by it.
    is_invitation = models.BooleanField(default=False)
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
