"""What each redaction level withholds, field by field: of records and of referrals, in one table each.

A level withholds what the level before it does. Every field stands in its table, so that a new one is decided and not
forgotten: a field that no table names is shown to nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cases.choices import EvidenceKind, PartyKind, RecipientKind, RedactionLevel, ReferralKind, WithheldFact
from cases.redaction import names_pattern, without_pattern

FULL, TO_STATE, TO_INTERPOL_WCO, PUBLIC = RedactionLevel

# Whole degrees: the nearest point of the grid lies within half a diagonal of a square of one degree at the equator.
GRID_ACCURACY_M: Final = 80_000.0
# So many signs tell make and series; of a number that is not twice as long none is shown.
SIGNS_SHOWN: Final = 3
PAPERS_OF_PERSONS: Final = frozenset({"passport", "identity_card"})
# Marks that many pieces bear alike; any other tells which piece it is.
MARKS_OF_A_SERIES: Final = frozenset({"maker", "model", "calibre", "country", "year", "proof", "headstamp"})
# Typed where a name belongs; in other texts they are words.
NO_NAMES: Final = frozenset({"unknown", "not known", "none", "n/a"})

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """How far a field is shown, what kind of fact it is, and what stands in its place."""

    until: RedactionLevel
    what: WithheldFact | None = None
    instead: Callable[[Any], Any] | None = None
    # Given the part that holds the field; where it does not apply the field is shown.
    applies: Callable[[Document], bool] = field(default=lambda _part: True)
    # Whether the value is taken out of every other text too.
    is_sought: bool = False


def _partly(value: Any) -> Any:
    if isinstance(value, list):
        return [shown for one in value if (shown := _partly(one)) is not None]
    return f"{value[:SIGNS_SHOWN]}…" if isinstance(value, str) and len(value) > 2 * SIGNS_SHOWN else None


def _blurred(value: Any) -> Any:
    """Return degrees, or a point, moved to the nearest whole degree."""
    if isinstance(value, dict):
        return value | {"coordinates": [_blurred(degrees) for degrees in value["coordinates"]]}
    return float(round(value))


def _coarse(metres: Any) -> float:
    return max(float(metres), GRID_ACCURACY_M)


def _is_private(recipient: Document) -> bool:
    return RecipientKind.PRIVATE in {recipient.get("recipient_kind"), recipient.get("kind")}


_PERSONAL: Final = WithheldFact.PERSONAL_DATA
_OPEN: Final = Rule(PUBLIC)
_PARTY: Final = Rule(FULL, _PERSONAL, applies=lambda party: party.get("kind") != PartyKind.VESSEL, is_sought=True)
# Days and codes: taken out of other texts they would take pieces out of what has nothing to do with the person.
_PARTY_FACT: Final = Rule(FULL, _PERSONAL, applies=lambda party: party.get("kind") != PartyKind.VESSEL)
_OWNER: Final = Rule(FULL, _PERSONAL, is_sought=True)
_RECIPIENT: Final = Rule(FULL, _PERSONAL, applies=_is_private, is_sought=True)
_PAPER: Final = Rule(FULL, _PERSONAL, applies=lambda paper: paper.get("kind") in PAPERS_OF_PERSONS, is_sought=True)
# Leads to who keeps a vehicle; an end user may be a person.
_LEADS_TO_PERSON: Final = Rule(TO_STATE, _PERSONAL, is_sought=True)
_OFFICER: Final = Rule(TO_STATE, WithheldFact.OFFICERS, is_sought=True)
_DESK: Final = Rule(TO_INTERPOL_WCO, WithheldFact.OFFICERS)
_INTERNAL: Final = Rule(FULL, WithheldFact.INTERNAL)
_FILE_NUMBER: Final = Rule(TO_INTERPOL_WCO, WithheldFact.INTERNAL, is_sought=True)
_NARRATIVE: Final = Rule(TO_INTERPOL_WCO, WithheldFact.NARRATIVE)
_NUMBER: Final = Rule(TO_INTERPOL_WCO, WithheldFact.NUMBERS, instead=_partly, is_sought=True)
_MARK: Final = Rule(
    TO_INTERPOL_WCO,
    WithheldFact.NUMBERS,
    instead=_partly,
    applies=lambda mark: mark.get("kind") not in MARKS_OF_A_SERIES,
    is_sought=True,
)
_POSITION: Final = Rule(TO_INTERPOL_WCO, WithheldFact.POSITION, is_sought=True)
_DISTANCE: Final = Rule(TO_INTERPOL_WCO, WithheldFact.POSITION)
_DEGREES: Final = Rule(TO_INTERPOL_WCO, WithheldFact.POSITION, instead=_blurred)
_ACCURACY: Final = Rule(TO_INTERPOL_WCO, WithheldFact.POSITION, instead=_coarse)
_SCREENING: Final = Rule(TO_INTERPOL_WCO, WithheldFact.SCREENING)
# A digest of all facts, names included: whoever has the rest could try names against it.
_FACTS_DIGEST: Final = Rule(FULL, WithheldFact.FACTS_DIGEST, applies=lambda version: version.get("name") == "facts")

_PHOTO: Final = Rule(TO_STATE, WithheldFact.EVIDENCE, applies=lambda photo: photo.get("kind") != EvidenceKind.X_RAY)
_X_RAY: Final = Rule(TO_INTERPOL_WCO, WithheldFact.EVIDENCE)
_CUSTODY: Final = Rule(TO_STATE, WithheldFact.CUSTODY)

# Field → its rules, of which the first that withholds it counts. Fields of lists are named like those of single parts.
Table = Mapping[str, tuple[Rule, ...]]


def _table(fields: Iterable[tuple[Rule, str]]) -> Table:
    table: dict[str, tuple[Rule, ...]] = {}
    for rule, names in fields:
        for name in names.split():
            table[name] = (*table.get(name, ()), rule)
    return table


# The record in the shape of the contract, with what the system adds.
RECORD: Final = _table(
    [
        (
            _OPEN,
            """
            reference kind basis state version recorded_at changed_at occurred_on time_zone location_source at_sea
            agency agencies detection context illicit_grounds legal_justification
            boarding.authority boarding.resolution boarding.paragraph boarding.flag_state_consent boarding.cooperation
            conveyance.mode conveyance.description conveyance.name conveyance.stateless conveyance.flag conveyance.imo
            conveyance.mmsi
            route.origin route.transit route.destination route.departed_on route.arrived_on route.basis
            route.stops.what route.stops.country route.stops.unlocode route.stops.on
            route.claims.what route.claims.country route.claims.recipient_kind route.claims.by
            consignment.customs_procedure consignment.declared_hs consignment.declared_weight_kg
            consignment.found_weight_kg
            documents.kind documents.issued_on documents.valid_until documents.issuer documents.country
            documents.quantity documents.unit documents.authenticity documents.stamp
            authorisations.kind authorisations.regime authorisations.on authorisations.basis
            recipient.kind recipient.country recipient.branch recipient.authorised_by_government recipient.basis
            parties.role parties.kind parties.country parties.sex parties.nationality parties.residence parties.status
            items.id items.category items.subtype items.quantity items.unit items.quantity_basis items.make items.model
            items.calibre items.manufacture items.lethality items.country_of_manufacture items.year_of_manufacture
            items.import_mark items.hs_code items.marking_state
            items.marks.kind items.marks.position items.marks.state items.marks.method items.marks.certainty
            items.ammunition.headstamp items.ammunition.year items.ammunition.net_explosive_kg
            items.ammunition.hazard_division items.disposition.status items.disposition.on
            """,
        ),
        (_PARTY, "parties.name parties.name_original parties.aliases parties.registration_number parties.address"),
        (
            _PARTY,
            """
            parties.documents.number parties.documents.issuer parties.documents.end_user parties.documents.evidence
            parties.documents.goods
            """,
        ),
        (
            _PARTY_FACT,
            """
            parties.born_on parties.documents.kind parties.documents.issued_on parties.documents.country
            parties.documents.authenticity parties.documents.valid_until parties.documents.quantity
            parties.documents.unit parties.documents.stamp
            """,
        ),
        (_OWNER, "conveyance.operator conveyance.owner"),
        (_RECIPIENT, "recipient.name recipient.acts_for route.claims.name"),
        (_PAPER, "documents.number documents.end_user"),
        (_LEADS_TO_PERSON, "conveyance.registration documents.end_user"),
        (_INTERNAL, "client_id void_reason operation"),
        (_FILE_NUMBER, "agency_reference documents.evidence items.marks.photo"),
        (
            _NARRATIVE,
            """
            concealment boarding.grounds circumstances consignment.declared_description items.description
            items.quantity_text items.marks.restored_by documents.goods
            """,
        ),
        (
            _NUMBER,
            """
            conveyance.flight_or_voyage conveyance.containers conveyance.seals authorisations.reference
            documents.number items.serial_number items.ammunition.lot items.ammunition.packaging_marks
            items.disposition.certificate
            """,
        ),
        (_MARK, "items.marks.text"),
        (_POSITION, "place location_text route.stops.place items.disposition.place"),
        (_DEGREES, "location"),
        (_ACCURACY, "location_accuracy_m"),
    ]
)

# What a referral says (cases.tracing.content).
_REFERRAL: Final = _table(
    [
        (
            _OPEN,
            """
            reference dated status kind language priority mandate illicit_grounds legal_justification
            reply_requested_by confidentiality redaction withheld
            issuing_body.name issuing_body.kind issuing_body.country issuing_body.contact.office
            addressee.country addressee.reasons.code addressee.reasons.lines
            observation.kind observation.basis observation.occurred observation.agencies observation.detection
            observation.boarding_authority observation.context
            observation.place.source observation.place.at_sea observation.place.country
            observation.place.nearest_country
            observation.conveyance.mode observation.conveyance.description observation.conveyance.name
            observation.conveyance.flag observation.conveyance.stateless observation.conveyance.imo
            observation.conveyance.mmsi
            observation.route.origin observation.route.transit observation.route.destination
            observation.route.departed observation.route.arrived observation.route.basis
            observation.route.claims.what observation.route.claims.country observation.route.claims.by
            observation.route.claims.recipient_kind
            observation.recipient.kind observation.recipient.country observation.recipient.basis
            observation.parties.role observation.parties.kind observation.parties.country
            items.number items.index items.category items.subtype items.quantity items.unit items.quantity_basis
            items.make items.model items.calibre items.country_of_manufacture items.year_of_manufacture
            items.import_country items.import_year items.marking_state items.custody
            items.marks.kind items.marks.position items.marks.state items.marks.method items.marks.certainty
            papers.kind papers.issued_on papers.issuer papers.country papers.authenticity
            measures.regime measures.regime_name measures.measure measures.resolution measures.paragraph
            measures.paragraph_verified measures.outcome measures.status measures.is_relied_on measures.tie
            measures.lines measures.amended_by
            versions.name versions.version versions.digest
            photos.kind photos.lines photos.width_px photos.height_px photos.taken_at
            replaces
            template_pack.name template_pack.version template_pack.sha256 template_pack.languages
            template_pack.classification template_pack.logo template_pack.left_out template_pack.annexes
            """,
        ),
        # Who signs; and an agency's own words, which may say how a desk is reached.
        (Rule(TO_STATE, WithheldFact.OFFICERS), "template_pack.signature"),
        (_DESK, "template_pack.letterhead template_pack.opening template_pack.closing template_pack.footer"),
        # Without its digests no picture is printed.
        (_X_RAY, "photos.sha256 photos.copy_sha256"),
        (_PHOTO, "photos.sha256 photos.copy_sha256"),
        (_CUSTODY, "custody"),
        (
            _PARTY,
            """
            observation.parties.name observation.parties.name_original observation.parties.aliases
            observation.parties.registration_number observation.parties.address
            """,
        ),
        (_PARTY_FACT, "observation.parties.born_on observation.parties.nationality observation.parties.papers"),
        (_OWNER, "observation.conveyance.operator observation.conveyance.owner"),
        (_RECIPIENT, "observation.recipient.name observation.route.claims.name"),
        (_PAPER, "papers.number papers.end_user"),
        (_LEADS_TO_PERSON, "observation.conveyance.registration observation.holder papers.end_user"),
        (_OFFICER, "issuing_body.contact.name addressee.contact.name"),
        (
            _DESK,
            """
            issuing_body.contact.telephone issuing_body.contact.email issuing_body.contact.channel
            issuing_body.contact.address
            addressee.contact.office addressee.contact.telephone addressee.contact.email addressee.contact.channel
            addressee.contact.address
            """,
        ),
        (_FILE_NUMBER, "observation.incident items.marks.photo"),
        (
            _NARRATIVE,
            """
            priority_justification own_questions intended_use onward_use addressee.reasons.text
            observation.concealment observation.boarding_grounds observation.circumstances
            items.description items.quantity_text items.marks.restored_by
            """,
        ),
        (_NUMBER, "observation.conveyance.voyage items.lot papers.number"),
        (_MARK, "items.marks.text"),
        (_POSITION, "observation.place.name"),
        (_DISTANCE, "observation.place.coast_distance_m observation.place.border_distance_m"),
        (_DEGREES, "observation.place.longitude observation.place.latitude"),
        (_ACCURACY, "observation.place.accuracy_m"),
        (_SCREENING, "measures.rationale measures.unknowns considered"),
        (_FACTS_DIGEST, "versions.digest"),
    ]
)
# Of what a letter tells of a further incident each field is shown as far as of the leading one.
_OF_INCIDENT: Final = frozenset(
    {
        *("observation", "illicit_grounds", "legal_justification", "papers"),
        *("measures", "considered", "photos", "custody", "versions"),
    }
)
REFERRAL: Final[Table] = {
    **_REFERRAL,
    "further.lines": (_OPEN,),
    **{f"further.{name}": rules for name, rules in _REFERRAL.items() if name.partition(".")[0] in _OF_INCIDENT},
}

# How far a picture leaves, by what it is said to show: nobody can tell by rule whether a person or a number is in it.
PICTURES: Final[Mapping[EvidenceKind, RedactionLevel]] = {
    EvidenceKind.X_RAY: TO_INTERPOL_WCO,
    EvidenceKind.PHOTO: TO_STATE,
    EvidenceKind.VIDEO: FULL,
    EvidenceKind.MANIFEST: FULL,
    EvidenceKind.CERTIFICATE: FULL,
    EvidenceKind.DOCUMENT: FULL,
    EvidenceKind.OTHER: FULL,
}


@dataclass(frozen=True, slots=True)
class Redacted:
    """A document as a level shows it, which kinds of facts are left out, and the values to look for elsewhere."""

    document: Document
    withheld: frozenset[WithheldFact]
    values: frozenset[str]


def default_level(kind: ReferralKind) -> RedactionLevel:
    """Return for whom a referral of that kind is written where nobody says so: bureaus get no nominal data."""
    return TO_INTERPOL_WCO if kind == ReferralKind.IARMS_TRACE else TO_STATE


def redacted(document: Document, table: Table, level: RedactionLevel) -> Redacted:
    """Return the document at the level, by its fields alone."""
    withheld: set[WithheldFact] = set()
    values: set[str] = set()

    def shown(name: str, value: Any, part: Document) -> Any:
        if (rules := table.get(name)) is None:
            return within(name, value)
        withholding = (rule for rule in rules if level.rank > rule.until.rank and rule.applies(part))
        if (rule := next(withholding, None)) is None or value in (None, "", [], {}):
            return value
        if rule.what is not None:
            withheld.add(rule.what)
        if rule.is_sought:
            values.update(text for text in _texts(value) if text.casefold() not in NO_NAMES)
        return rule.instead(value) if rule.instead is not None else _emptied(value)

    def within(name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [within(name, part) for part in value]
        if isinstance(value, dict):
            return {key: shown(f"{name}.{key}" if name else key, inner, value) for key, inner in value.items()}
        # Decided by no table: nobody has said that it may be shown.
        return None

    return Redacted(within("", document), frozenset(withheld), frozenset(values))


def values_withheld(record: Document, level: RedactionLevel) -> frozenset[str]:
    """Return what must stand in no text about the record at that level.

    A force that is recipient and consignee, or a vessel that is its own owner, is shown by name and stays so.
    """
    found = redacted(record, RECORD, level)
    parts = (found.document.get(part) or {} for part in ("conveyance", "recipient"))
    return found.values - {part.get("name") for part in parts}


def released_record(record: Document, level: RedactionLevel) -> Redacted:
    """Return the record as it is released at that level: by its fields, and without their values in any other text."""
    found, values = redacted(record, RECORD, level), values_withheld(record, level)
    pattern = names_pattern(values)
    document = found.document if pattern is None else without_pattern(found.document, pattern)
    return Redacted(document, found.withheld, values)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    for part in value if isinstance(value, list) else ():
        yield from _texts(part)


def _emptied(value: Any) -> Any:
    return [] if isinstance(value, list) else None
