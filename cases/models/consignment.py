"""The consignment of an incident: what carried it, its route, papers, recipient and parties."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.choices import Answer, Basis, ConveyanceMode, PaperStamp, PartyRole, RecipientKind
from cases.models.incident import LINE, Incident
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known

# A date as typed; see cases.intake.partial_date.
DATE_TEXT = 64


class Conveyance(models.Model):
    """The vessel, vehicle or aircraft that carried the goods."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="conveyance")
    mode = models.CharField(max_length=WORD, choices=choices_of(ConveyanceMode), blank=True)
    description = models.TextField(blank=True)
    name = models.CharField(max_length=LINE, blank=True)
    stateless = models.BooleanField(null=True, blank=True)
    flag = models.CharField(max_length=COUNTRY, blank=True)
    # The check digit is not enforced: a false number on a hull is evidence.
    imo = models.CharField(max_length=7, blank=True)
    mmsi = models.CharField(max_length=9, blank=True)
    registration = models.CharField(max_length=LINE, blank=True)
    operator = models.CharField(max_length=LINE, blank=True)
    owner = models.CharField(max_length=LINE, blank=True)
    flight_or_voyage = models.CharField(max_length=LINE, blank=True)
    containers = ArrayField(models.CharField(max_length=11), default=list, blank=True)
    seals = ArrayField(models.CharField(max_length=LINE), default=list, blank=True)

    class Meta:
        indexes = [models.Index(fields=["imo"], name="conveyance_imo", condition=~Q(imo=""))]
        constraints = [
            known("mode", ConveyanceMode, name="conveyance_mode_known"),
            countries("flag", name="conveyance_flag_is_a_code"),
            models.CheckConstraint(
                name="conveyance_numbers_are_digits",
                condition=Q(imo__regex="^([0-9]{7})?$", mmsi__regex="^([0-9]{9})?$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.description or self.mode


class Route(models.Model):
    """Where the goods came from and were going, as stated; stops and claims in the contract's shape."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="route")
    origin = models.CharField(max_length=COUNTRY, blank=True)
    transit = ArrayField(models.CharField(max_length=COUNTRY), default=list, blank=True)
    destination = models.CharField(max_length=COUNTRY, blank=True)
    departed_on = models.CharField(max_length=DATE_TEXT, blank=True)
    arrived_on = models.CharField(max_length=DATE_TEXT, blank=True)
    basis = models.CharField(max_length=WORD, choices=choices_of(Basis), blank=True)
    stops = models.JSONField(default=list, blank=True)
    claims = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [models.Index(fields=["origin", "destination"], name="route_origin_destination")]
        constraints = [
            known("basis", Basis, name="route_basis_known"),
            countries("origin", "destination", name="route_countries_are_codes"),
        ]

    def __str__(self) -> str:
        return f"{self.origin or '?'} → {self.destination or '?'}"


class Consignment(models.Model):
    """What the customs papers said of the goods, and what the scales said."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="consignment")
    customs_procedure = models.CharField(max_length=LINE, blank=True)
    declared_description = models.TextField(blank=True)
    declared_hs = models.CharField(max_length=10, blank=True)
    declared_weight_kg = models.FloatField(null=True, blank=True)
    found_weight_kg = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consignment_weights_not_negative",
                condition=(Q(declared_weight_kg__isnull=True) | Q(declared_weight_kg__gte=0))
                & (Q(found_weight_kg__isnull=True) | Q(found_weight_kg__gte=0)),
            )
        ]

    def __str__(self) -> str:
        return self.declared_description or self.declared_hs


class Recipient(models.Model):
    """Who was to receive the goods."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="recipient")
    kind = models.CharField(max_length=WORD, choices=choices_of(RecipientKind), blank=True)
    name = models.CharField(max_length=LINE, blank=True)
    country = models.CharField(max_length=COUNTRY, blank=True)
    branch = models.CharField(max_length=WORD, blank=True)
    authorised_by_government = models.CharField(max_length=WORD, choices=choices_of(Answer), blank=True)
    acts_for = models.CharField(max_length=LINE, blank=True)
    basis = models.CharField(max_length=WORD, choices=choices_of(Basis), blank=True)

    class Meta:
        constraints = [
            known("kind", RecipientKind, name="recipient_kind_known"),
            known("authorised_by_government", Answer, name="recipient_authorised_known"),
            known("basis", Basis, name="recipient_basis_known"),
            countries("country", name="recipient_country_is_a_code"),
        ]

    def __str__(self) -> str:
        return self.name or self.kind


class Party(models.Model):
    """A person, organization or vessel with a part in the consignment."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=WORD, choices=choices_of(PartyRole), blank=True)
    kind = models.CharField(max_length=WORD, blank=True)
    name = models.CharField(max_length=LINE, blank=True)
    name_original = models.CharField(max_length=LINE, blank=True)
    aliases = ArrayField(models.CharField(max_length=LINE), default=list, blank=True)
    country = models.CharField(max_length=COUNTRY, blank=True)
    born_on = models.CharField(max_length=DATE_TEXT, blank=True)
    sex = models.CharField(max_length=WORD, blank=True)
    nationality = ArrayField(models.CharField(max_length=COUNTRY), default=list, blank=True)
    residence = models.CharField(max_length=COUNTRY, blank=True)
    registration_number = models.CharField(max_length=LINE, blank=True)
    address = models.TextField(blank=True)
    status = models.CharField(max_length=WORD, blank=True)

    class Meta:
        constraints = [
            known("role", PartyRole, name="party_role_known"),
            countries("country", "residence", name="party_countries_are_codes"),
            models.UniqueConstraint(fields=["incident", "position"], name="party_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.name}".strip()


class PaperDocument(models.Model):
    """A document of the consignment, or of one of its parties."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="papers")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, null=True, blank=True, related_name="papers")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=WORD, blank=True)
    number = models.CharField(max_length=LINE, blank=True)
    issued_on = models.CharField(max_length=DATE_TEXT, blank=True)
    valid_until = models.CharField(max_length=DATE_TEXT, blank=True)
    issuer = models.CharField(max_length=LINE, blank=True)
    country = models.CharField(max_length=COUNTRY, blank=True)
    end_user = models.CharField(max_length=LINE, blank=True)
    goods = models.TextField(blank=True)
    quantity = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=LINE, blank=True)
    authenticity = models.CharField(max_length=WORD, blank=True)
    stamp = models.CharField(max_length=WORD, choices=choices_of(PaperStamp), blank=True)
    evidence = models.CharField(max_length=LINE, blank=True)

    class Meta:
        indexes = [models.Index(fields=["number"], name="paper_number", condition=~Q(number=""))]
        constraints = [
            countries("country", name="paper_country_is_a_code"),
            known("stamp", PaperStamp, name="paper_stamp_known"),
            models.UniqueConstraint(
                fields=["incident", "party", "position"], nulls_distinct=False, name="paper_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class Authorisation(models.Model):
    """A notice, approval or licence that the facts claim for an exemption."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="authorisations")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=WORD, blank=True)
    regime = models.CharField(max_length=LINE, blank=True)
    reference = models.CharField(max_length=LINE, blank=True)
    on = models.CharField(max_length=DATE_TEXT, blank=True)
    basis = models.CharField(max_length=WORD, choices=choices_of(Basis), blank=True)

    class Meta:
        constraints = [
            known("basis", Basis, name="authorisation_basis_known"),
            models.UniqueConstraint(fields=["incident", "position"], name="authorisation_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}".strip()
