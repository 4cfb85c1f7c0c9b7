"""Agencies: the authorities whose officers record, refer and answer."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from cases.choices import AgencyKind, ContestedReading
from cases.errors import LetterPatternUnusable
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known
from cases.tracing.letter_numbers import check_letter_pattern


def numbers_letters(pattern: str) -> None:
    """Raise ValidationError where a pattern would not number letters."""
    try:
        check_letter_pattern(pattern)
    except LetterPatternUnusable as error:
        raise ValidationError(str(error)) from error


class Agency(models.Model):
    """An authority that uses the system; what its officers record is its own."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=WORD, choices=choices_of(AgencyKind))
    # XXX for a body of no single State, such as a panel or a mission.
    country = models.CharField(max_length=COUNTRY)
    is_demo = models.BooleanField(default=False)
    # Its officers come in; an agency that has left keeps its records, and nobody signs in for it.
    is_active = models.BooleanField(default=True)
    # Whether its officers must prove themselves a second time: an app, a key, or their State's own sign-in.
    second_factor_required = models.BooleanField(default=False)
    # Whether what its officers keep on a device is opened by a passphrase: a PIN gives way to whoever copies the disk.
    device_passphrase_required = models.BooleanField(default=False)
    # Minutes without a request after which a session asks for the PIN: tablets are shared at a post. Empty: never.
    lock_after_minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    # The point of contact that a tracing request must name (ITI 25, 31(a)).
    contact_name = models.CharField(max_length=200, blank=True)
    contact_office = models.CharField(max_length=200, blank=True)
    contact_telephone = models.CharField(max_length=50, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_channel = models.CharField(max_length=200, blank=True)
    contact_address = models.TextField(blank=True)

    # The mandate under which a panel or mission asks.
    mandate_resolution = models.CharField(max_length=100, blank=True)
    mandate_paragraph = models.CharField(max_length=50, blank=True)
    mandate_verified = models.BooleanField(default=False)
    # Where the resolution calls on States to cooperate with it.
    cooperation_resolution = models.CharField(max_length=100, blank=True)
    cooperation_paragraph = models.CharField(max_length=50, blank=True)
    cooperation_verified = models.BooleanField(default=False)
    committee = models.CharField(max_length=300, blank=True)
    # The number by which the committee's documents are cited: "99" of S/AC.99.
    committee_number = models.CharField(max_length=20, blank=True)
    # How its letters are numbered, "S/AC.{committee}/{year}/PE/OC.{number}"; empty: by the system's reference alone.
    letter_pattern = models.CharField(max_length=100, blank=True, validators=[numbers_letters])
    # How many of its letters leave for one State in a day; empty: as the installation is set.
    letters_a_state_a_day = models.PositiveSmallIntegerField(null=True, blank=True)

    # After how many days "promptly" counts as due, by the agency's own rule; empty: no day, for no text gives one.
    prompt_days = models.PositiveSmallIntegerField(null=True, blank=True)

    # How far from a border the place alone may tie an incident to a target, in metres (R7); empty: 50 km.
    near_reach_m = models.PositiveIntegerField(null=True, blank=True)
    # The regimes that a panel's mandate covers: of these it may see what States release to it.
    mandate_regimes = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    # Whether anything was ever shared with it; spares all others a look at what is shared with nobody.
    receives_shares = models.BooleanField(default=False)
    # Which reading of a contested measure its letters follow (R11).
    contested_reading = models.CharField(
        max_length=WORD, choices=choices_of(ContestedReading), default=ContestedReading.SECRETARIAT.value
    )

    class Meta:
        constraints = [
            known("kind", AgencyKind, name="agency_kind_known", may_be_unknown=False),
            countries("country", name="agency_country_is_a_code"),
            known("contested_reading", ContestedReading, name="agency_contested_reading_known", may_be_unknown=False),
            models.CheckConstraint(
                name="agency_lock_after_sensible",
                condition=models.Q(lock_after_minutes__isnull=True) | models.Q(lock_after_minutes__range=(1, 720)),
            ),
            models.CheckConstraint(
                name="agency_letters_a_day_sensible",
                condition=models.Q(letters_a_state_a_day__isnull=True) | models.Q(letters_a_state_a_day__gte=1),
            ),
            models.CheckConstraint(
                name="agency_prompt_days_sensible",
                condition=models.Q(prompt_days__isnull=True) | models.Q(prompt_days__range=(1, 365)),
            ),
            # Farther than this a place says nothing of a border.
            models.CheckConstraint(
                name="agency_near_reach_sensible",
                condition=models.Q(near_reach_m__isnull=True) | models.Q(near_reach_m__range=(1_000, 300_000)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A post, squad or section of an agency, perhaps below another."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)
    above = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once"),
            models.CheckConstraint(name="unit_not_above_itself", condition=~models.Q(above=models.F("pk"))),
        ]

    def __str__(self) -> str:
        return self.name
