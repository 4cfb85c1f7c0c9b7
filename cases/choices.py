"""Every closed vocabulary of the domain: the stored values and what each concept means.

Lists marked *known values* document what is expected; intake keeps an unlisted word there as text.
"""

from enum import StrEnum


class RecordState(StrEnum):
    """Whether a record counts as complete, or is kept as far as it was written at the post."""

    FINAL = "final"
    DRAFT = "draft"


class IncidentKind(StrEnum):
    """What happened at the stop, boarding, inspection or discovery."""

    SEIZURE = "seizure"
    INTERDICTION = "interdiction"
    FIND = "find"
    SURRENDER = "surrender"
    # Nothing found: it still owes reports under some regimes.
    INSPECTION = "inspection"
    # Passage or transfer refused.
    DENIAL = "denial"
    # Documented, nobody seized anything; never in SDG counts.
    REPORT = "report"
    LOSS = "loss"


class Basis(StrEnum):
    """How a fact is known, from the strongest ground to the weakest."""

    OBSERVED = "observed"
    DOCUMENTS = "documents"
    STATEMENT = "statement"
    ASSESSMENT = "assessment"
    ALLEGATION = "allegation"


class Answer(StrEnum):
    """A condition is yes, no or unknown; unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class DatePrecision(StrEnum):
    """How exactly a date was given."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    INSTANT = "instant"


class LocationSource(StrEnum):
    """Where a position comes from (known values)."""

    GPS = "gps"
    AIS = "ais"
    RADAR = "radar"
    MAP = "map"
    PLACE_NAME = "place_name"
    DOCUMENT = "document"
    STATEMENT = "statement"


class AgencyKind(StrEnum):
    """What sort of authority acted."""

    CUSTOMS = "customs"
    POLICE = "police"
    BORDER_GUARD = "border_guard"
    GENDARMERIE = "gendarmerie"
    COAST_GUARD = "coast_guard"
    NAVY = "navy"
    MILITARY = "military"
    NATIONAL_FOCAL_POINT = "national_focal_point"
    LICENSING_AUTHORITY = "licensing_authority"
    UN_MISSION = "un_mission"
    PANEL = "panel"
    REGIONAL_ORGANISATION = "regional_organisation"
    OTHER = "other"


class AgencyRole(StrEnum):
    """The part an agency had in a joint incident (known values)."""

    LEAD = "lead"
    SUPPORT = "support"
    CUSTODY = "custody"
    INFORMATION = "information"
    OBSERVER = "observer"


class BoardingAuthority(StrEnum):
    """The legal ground on which a conveyance was boarded or stopped."""

    NATIONAL_LAW = "national_law"
    COASTAL_STATE = "coastal_state"
    FLAG_STATE_CONSENT = "flag_state_consent"
    RIGHT_OF_VISIT = "right_of_visit"
    SECURITY_COUNCIL = "security_council"
    HOST_STATE_REQUEST = "host_state_request"
    OTHER = "other"


class FlagStateConsent(StrEnum):
    """What the flag State answered when its consent to board was sought (known values)."""

    GIVEN = "given"
    REFUSED = "refused"
    PENDING = "pending"
    NOT_NEEDED = "not_needed"
    NOT_SOUGHT = "not_sought"
    UNKNOWN = "unknown"


class BoardingCooperation(StrEnum):
    """How far master and flag State cooperated; inspection reports must say so (known values)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    UNKNOWN = "unknown"


class ConveyanceMode(StrEnum):
    """How the goods travelled."""

    SEA = "sea"
    AIR = "air"
    ROAD = "road"
    RAIL = "rail"
    INLAND_WATER = "inland_water"
    POST = "post"
    ON_FOOT = "on_foot"
    UNKNOWN = "unknown"


class StopAct(StrEnum):
    """What was done at a stop on the route (known values)."""

    LOADED = "loaded"
    UNLOADED = "unloaded"
    TRANSHIPPED = "transhipped"
    CALLED = "called"
    CROSSED = "crossed"


class ClaimSubject(StrEnum):
    """The fact of the route that somebody claims to be otherwise."""

    ORIGIN = "origin"
    DESTINATION = "destination"
    RECIPIENT = "recipient"


class ClaimSource(StrEnum):
    """Who makes a claim about the route."""

    CREW = "crew"
    MASTER = "master"
    DOCUMENTS = "documents"
    SEIZING_STATE = "seizing_state"
    OTHER_STATE = "other_state"
    PANEL = "panel"
    PRESS = "press"


class PaperKind(StrEnum):
    """The sort of document found, shown or asked for (known values)."""

    END_USER_CERTIFICATE = "end_user_certificate"
    DELIVERY_VERIFICATION = "delivery_verification"
    EXPORT_LICENCE = "export_licence"
    IMPORT_LICENCE = "import_licence"
    TRANSIT_LICENCE = "transit_licence"
    BILL_OF_LADING = "bill_of_lading"
    AIR_WAYBILL = "air_waybill"
    CARGO_MANIFEST = "cargo_manifest"
    CUSTOMS_DECLARATION = "customs_declaration"
    PACKING_LIST = "packing_list"
    INVOICE = "invoice"
    CONTRACT = "contract"
    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    OTHER = "other"


class PaperAuthenticity(StrEnum):
    """What is known of a document's genuineness (known values)."""

    AUTHENTICATED = "authenticated"
    UNVERIFIED = "unverified"
    FORGED = "forged"
    DISPUTED = "disputed"
    MISSING = "missing"


class PaperStamp(StrEnum):
    """What a look at the stamp on a document showed, beside one of its issuer."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ABSENT = "absent"


class AuthorisationKind(StrEnum):
    """The paper that an exemption asks for (known values)."""

    COMMITTEE_APPROVAL = "committee_approval"
    COMMITTEE_NOTIFICATION = "committee_notification"
    NO_NEGATIVE_DECISION = "no_negative_decision"
    COUNCIL_APPROVAL = "council_approval"
    GOVERNMENT_AUTHORISATION = "government_authorisation"
    STANDING_EXEMPTION = "standing_exemption"


class RecipientKind(StrEnum):
    """Who the goods were for, in the classes that measures tell apart."""

    GOVERNMENT = "government"
    REGIONAL_AUTHORITY = "regional_authority"
    NON_GOVERNMENTAL_FORCE = "non_governmental_force"
    DESIGNATED_PARTY = "designated_party"
    UN_MISSION = "un_mission"
    PEACEKEEPING_CONTINGENT = "peacekeeping_contingent"
    INTERNATIONAL_FORCE = "international_force"
    HUMANITARIAN = "humanitarian"
    MEDIA = "media"
    PRIVATE = "private"
    PRIVATE_SECURITY_COMPANY = "private_security_company"
    CRIMINAL_GROUP = "criminal_group"
    UNKNOWN = "unknown"


class RecipientBranch(StrEnum):
    """The branch of a government that was to receive the goods (known values)."""

    SECURITY_FORCES = "security_forces"
    ARMED_FORCES = "armed_forces"
    POLICE = "police"
    INTELLIGENCE = "intelligence"
    CIVIL = "civil"


class PartyRole(StrEnum):
    """The part a person, organization or vessel had in a consignment."""

    CONSIGNOR = "consignor"
    CONSIGNEE = "consignee"
    NOTIFY_PARTY = "notify_party"
    EXPORTER = "exporter"
    IMPORTER = "importer"
    MANUFACTURER = "manufacturer"
    CARRIER = "carrier"
    FREIGHT_FORWARDER = "freight_forwarder"
    BROKER = "broker"
    END_USER = "end_user"
    OWNER = "owner"
    CHARTERER = "charterer"
    SHIP_MANAGER = "ship_manager"
    MASTER = "master"
    CREW = "crew"
    DRIVER = "driver"
    PASSENGER = "passenger"
    FINANCIER = "financier"
    BANK = "bank"
    INSURER = "insurer"
    POSSESSOR = "possessor"


class PartyKind(StrEnum):
    """What a party is; names are compared by it (known values)."""

    PERSON = "person"
    ORGANIZATION = "organization"
    VESSEL = "vessel"


class PartyStatus(StrEnum):
    """Where a party stands in the criminal case (known values)."""

    UNKNOWN = "unknown"
    AT_LARGE = "at_large"
    ARRESTED = "arrested"
    CHARGED = "charged"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    RELEASED = "released"
    WITNESS = "witness"


class Sex(StrEnum):
    """A person's sex as recorded; counted, never named (known values)."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class CriminalContext(StrEnum):
    """The criminal context of an incident (known values)."""

    TERRORISM = "terrorism"
    ORGANISED_CRIME = "organised_crime"
    ARMED_CONFLICT = "armed_conflict"
    DRUG_TRAFFICKING = "drug_trafficking"
    MINERALS_TRAFFICKING = "minerals_trafficking"
    HUMAN_TRAFFICKING = "human_trafficking"
    WILDLIFE_CRIME = "wildlife_crime"
    PIRACY = "piracy"
    GANG_VIOLENCE = "gang_violence"
    GENDER_BASED_VIOLENCE = "gender_based_violence"
    ATTACK_ON_PEACEKEEPERS = "attack_on_peacekeepers"


class IllicitGround(StrEnum):
    """Why arms are considered illicit, as the ITI counts the grounds (A/60/88, annex, 6; known values)."""

    UNDER_LAW_WHERE_FOUND = "iti_6a"
    TRANSFER_AGAINST_EMBARGO = "iti_6b"
    NOT_MARKED_AS_ASKED = "iti_6c"
    MADE_WITHOUT_LICENCE = "iti_6d"
    TRANSFERRED_WITHOUT_LICENCE = "iti_6e"


class LegKind(StrEnum):
    """Between which stations of a transfer a leg lies; without a place of transit it goes from the origin at once."""

    ORIGIN_SEIZURE = "origin_seizure"
    ORIGIN_TRANSIT = "origin_transit"
    TRANSIT_TRANSIT = "transit_transit"
    TRANSIT_SEIZURE = "transit_seizure"
    SEIZURE_DESTINATION = "seizure_destination"


class ItemCategory(StrEnum):
    """What a seized item, or a service, is."""

    # An officer may know only that.
    ARMS_UNSPECIFIED = "arms_unspecified"
    SMALL_ARM = "small_arm"
    LIGHT_WEAPON = "light_weapon"
    AMMUNITION = "ammunition"
    GRENADE = "grenade"
    MINE = "mine"
    EXPLOSIVE = "explosive"
    IED_COMPONENT = "ied_component"
    MISSILE = "missile"
    ARTILLERY = "artillery"
    BATTLE_TANK = "battle_tank"
    ARMOURED_VEHICLE = "armoured_vehicle"
    COMBAT_AIRCRAFT = "combat_aircraft"
    ATTACK_HELICOPTER = "attack_helicopter"
    UAV = "uav"
    WARSHIP = "warship"
    MILITARY_VEHICLE = "military_vehicle"
    PART = "part"
    MILITARY_EQUIPMENT = "military_equipment"
    OPTICS = "optics"
    COMMUNICATIONS = "communications"
    PROTECTIVE_EQUIPMENT = "protective_equipment"
    BLANK_FIRING = "blank_firing"
    CHEMICAL_PRECURSOR = "chemical_precursor"
    DUAL_USE = "dual_use"
    TRAINING = "training"
    TECHNICAL_ASSISTANCE = "technical_assistance"
    BROKERING = "brokering"
    TRANSPORT_SERVICE = "transport_service"
    FINANCING = "financing"
    MERCENARY = "mercenary"
    NARCOTICS = "narcotics"
    MINERALS = "minerals"
    CASH = "cash"
    OTHER_GOODS = "other_goods"


class MissileSubtype(StrEnum):
    """The subtypes of a missile; missile-technology measures tell them apart."""

    BALLISTIC = "ballistic"
    CRUISE = "cruise"
    ANTI_SHIP = "anti_ship"
    SURFACE_TO_AIR = "surface_to_air"
    MANPADS = "manpads"
    ANTI_TANK = "anti_tank"
    ROCKET = "rocket"
    COMPONENTS = "components"


class Unit(StrEnum):
    """What a quantity counts or measures (known values)."""

    PIECE = "piece"
    ROUND = "round"
    PAIR = "pair"
    SET = "set"
    MAGAZINE = "magazine"
    BELT = "belt"
    BOX = "box"
    CASE = "case"
    CRATE = "crate"
    BAG = "bag"
    PACKAGE = "package"
    PALLET = "pallet"
    DRUM = "drum"
    BARREL = "barrel"
    CONTAINER = "container"
    TRUCKLOAD = "truckload"
    GRAM = "gram"
    KILOGRAM = "kilogram"
    TONNE = "tonne"
    POUND = "pound"
    LITRE = "litre"
    METRE = "metre"
    CUBIC_METRE = "cubic_metre"


class QuantityBasis(StrEnum):
    """How a quantity is known (known values)."""

    COUNTED = "counted"
    WEIGHED = "weighed"
    ESTIMATED = "estimated"
    DECLARED = "declared"
    REPORTED = "reported"
    # Quantities merely ordered stay out of SDG counts.
    ORDERED = "ordered"


class Manufacture(StrEnum):
    """The manner in which an item was made (known values)."""

    INDUSTRIAL = "industrial"
    CRAFT = "craft"
    CONVERTED = "converted"
    REACTIVATED = "reactivated"
    PRINTED = "printed"
    MODULAR = "modular"
    POLYMER = "polymer"
    UNKNOWN = "unknown"


class Lethality(StrEnum):
    """Whether equipment is lethal, which some exemptions ask (known values)."""

    LETHAL = "lethal"
    LESS_LETHAL = "less_lethal"
    NON_LETHAL = "non_lethal"
    UNKNOWN = "unknown"


class MarkingState(StrEnum):
    """How far a marking can be read."""

    INTACT = "intact"
    PARTIAL = "partial"
    OBLITERATED = "obliterated"
    RESTORED = "restored"
    NEVER_MARKED = "never_marked"
    UNKNOWN = "unknown"


class MarkKind(StrEnum):
    """What a marking says (known values)."""

    SERIAL = "serial"
    MAKER = "maker"
    MODEL = "model"
    CALIBRE = "calibre"
    COUNTRY = "country"
    YEAR = "year"
    IMPORT = "import"
    PROOF = "proof"
    LOT = "lot"
    HEADSTAMP = "headstamp"
    PACKAGING = "packaging"
    DEACTIVATION = "deactivation"
    STATE_PROPERTY = "state_property"
    OTHER = "other"


class MarkMethod(StrEnum):
    """How a marking was made (known values)."""

    STAMPED = "stamped"
    ENGRAVED = "engraved"
    LASER = "laser"
    CAST = "cast"
    DOT_PEEN = "dot_peen"
    PRINTED = "printed"
    PAINTED = "painted"
    STENCILLED = "stencilled"


class MarkCertainty(StrEnum):
    """How sure the reader of a marking is (known values)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    DOUBTFUL = "doubtful"


class DispositionStatus(StrEnum):
    """Where a seized item is, or how it ended (known values)."""

    HELD = "held"
    STORED = "stored"
    TRANSFERRED = "transferred"
    # Still there, and to be destroyed by order.
    DESTRUCTION_ORDERED = "destruction_ordered"
    DESTROYED = "destroyed"
    RENDERED_UNUSABLE = "rendered_unusable"
    RETURNED = "returned"
    RETAINED_FOR_USE = "retained_for_use"
    SUNK = "sunk"
    LOST = "lost"
    STOLEN = "stolen"
    UNKNOWN = "unknown"


class MeasureStatus(StrEnum):
    """Whether a measure binds on the governing day."""

    BINDING = "binding"
    CONTESTED = "contested"
    SUSPENDED = "suspended"
    NON_BINDING = "non_binding"


class ContestedReading(StrEnum):
    """Which reading of a contested measure an agency's letters follow (R11); results always show every reading."""

    # The Secretariat's: the measure stands as it lists it.
    SECRETARIAT = "secretariat"
    # That of the States that contest it: named, and not relied on.
    CONTESTING = "contesting"


class Tie(StrEnum):
    """The fact that ties an incident to the target of a measure."""

    ROUTE = "route"
    RECIPIENT = "recipient"
    PARTY = "party"
    CONVEYANCE = "conveyance"
    MANUFACTURE = "manufacture"
    PLACE = "place"


class ZoneKind(StrEnum):
    """What sort of area a position is tested against."""

    TERRITORIAL_SEA = "territorial_sea"
    CONTIGUOUS_ZONE = "contiguous_zone"
    EXCLUSIVE_ECONOMIC_ZONE = "exclusive_economic_zone"
    BORDER_BELT = "border_belt"
    TERRITORY = "territory"
    REGION = "region"
    CUSTOM = "custom"


class ZoneCertainty(StrEnum):
    """Whether a position with its accuracy lies in a zone."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    INDETERMINATE = "indeterminate"


class DutyForce(StrEnum):
    """How strongly a paragraph speaks: only *shall* makes an obligation with a clock."""

    SHALL = "shall"
    AUTHORISED = "authorised"
    CALLED_UPON = "called_upon"


class RunStatus(StrEnum):
    """How far a screening run is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ReviewDecision(StrEnum):
    """What an officer decided on a finding."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    MORE_NEEDED = "more_needed"


class ReviewState(StrEnum):
    """Where a finding stands with the people who decide."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    MORE_NEEDED = "more_needed"
    # Decided before, on other grounds than it has now.
    ASKS_AGAIN = "asks_again"
    # Decided before, and a later run did not find it any more.
    NO_LONGER_FOUND = "no_longer_found"
    # The same, and a person has seen it since.
    SETTLED = "settled"

    @classmethod
    def waiting(cls) -> "tuple[ReviewState, ...]":
        """Return the states in which a person is waited for, as work lists show them."""
        return (cls.OPEN, cls.MORE_NEEDED, cls.ASKS_AGAIN, cls.NO_LONGER_FOUND)


class RescreeningCause(StrEnum):
    """Why incidents are screened again."""

    RULEBOOK = "rulebook"
    LISTS = "lists"
    ZONES = "zones"
    # Several of them at once, or none: an order to screen everything.
    SEVERAL = "several"
    ORDER = "order"


class RescreeningStatus(StrEnum):
    """How far a re-screening is."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    # A later change took its place before it ended.
    SUPERSEDED = "superseded"


class ChangeKind(StrEnum):
    """What a re-screening changed of a finding."""

    NEW = "new"
    LOST = "lost"
    # Another outcome, or the same for other reasons.
    CHANGED = "changed"


class RegisterKind(StrEnum):
    """An own register to look in before asking abroad."""

    NATIONAL = "national"
    LOST = "lost"
    STOLEN = "stolen"
    CONTINGENT = "contingent"


class ReportKind(StrEnum):
    """A document on an incident that is no referral."""

    OPPORTUNITY_TO_REPLY = "opportunity_to_reply"
    COMMITTEE_INITIAL = "committee_initial"
    COMMITTEE_SECOND = "committee_second"
    DISPOSAL_NOTICE = "disposal_notice"
    CASE_SUMMARY = "case_summary"
    PANEL_ANNEX = "panel_annex"


class ReferralKind(StrEnum):
    """Who may ask, and under what."""

    # A State, for small arms and light weapons found in its jurisdiction and considered illicit.
    ITI_REQUEST = "iti_request"
    # Under the mandate's paragraph; these two never cite ITI 17.
    PANEL_REQUEST = "panel_request"
    MISSION_REQUEST = "mission_request"
    # From one national bureau to another.
    IARMS_TRACE = "iarms_trace"
    BILATERAL = "bilateral"
    # Was this end-user certificate or licence issued?
    LICENCE_ENQUIRY = "licence_enquiry"


class ReferralPriority(StrEnum):
    """How soon an answer is needed; *urgent* asks for a justification."""

    ROUTINE = "routine"
    URGENT = "urgent"


class RedactionLevel(StrEnum):
    """For whom a document is made, from who may read most to who may read least."""

    FULL = "full"
    # No nominal data of third parties.
    TO_STATE = "to_state"
    # No nominal data at all.
    TO_INTERPOL_WCO = "to_interpol_wco"
    PUBLIC = "public"

    @property
    def rank(self) -> int:
        """Return how much is withheld, from 0; each level withholds what the one before it does."""
        return list(RedactionLevel).index(self)


class WithheldFact(StrEnum):
    """A kind of fact that a document may withhold; the document names the kind, never the value."""

    PERSONAL_DATA = "personal_data"
    OFFICERS = "officers"
    INTERNAL = "internal"
    NARRATIVE = "narrative"
    POSITION = "position"
    NUMBERS = "numbers"
    SCREENING = "screening"
    FACTS_DIGEST = "facts_digest"
    EVIDENCE = "evidence"
    CUSTODY = "custody"
    AUDIT = "audit"


class TaskState(StrEnum):
    """How a task of a case stands."""

    OPEN = "open"
    DONE = "done"
    # No longer to be done, with the reason.
    DROPPED = "dropped"


class RecordClass(StrEnum):
    """A class of records that an agency may want erased after a time of its own choosing."""

    # Names, papers and addresses of persons in an incident, wherever they stand.
    NOMINAL_DATA = "nominal_data"
    # Files attached to an incident: anybody may be in a picture.
    EVIDENCE = "evidence"
    # Name and address of an officer who has left.
    OFFICERS = "officers"
    # From where officers came in, and with which device.
    SIGN_IN_TRACES = "sign_in_traces"
    NOTIFICATIONS = "notifications"
    # Who holds or held an arm, as an agency's own registers have it.
    REGISTER_HOLDERS = "register_holders"


class ReferralState(StrEnum):
    """How far a trace referral is: written, on its way, or as last answered."""

    DRAFT = "draft"
    # Complete, as an officer has stated; freezes nothing.
    CHECKED = "checked"
    # Another officer than who wrote and checked it lets it go.
    APPROVED = "approved"
    ISSUED = "issued"
    SENT = "sent"
    # Taken back, with the reason; a draft that nobody wants ends so as well.
    WITHDRAWN = "withdrawn"
    # Another letter was issued in its place.
    SUPERSEDED = "superseded"
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REQUESTED = "information_requested"
    ANSWERED_FULL = "answered_full"
    ANSWERED_PARTIAL = "answered_partial"
    DELAYED = "delayed"
    RESTRICTED = "restricted"
    REFUSED = "refused"
    NO_RECORD = "no_record"
    RECORD_DESTROYED = "record_destroyed"
    NOT_OURS = "not_ours"
    FORWARDED = "forwarded"
    DUPLICATE_MARK = "duplicate_mark"
    # The clock ran out; never confused with pending.
    NO_RESPONSE = "no_response"


class DispatchChannel(StrEnum):
    """By which way an issued letter leaves."""

    EMAIL = "email"
    # Pushed to an address of the receiver's, signed.
    HTTPS = "https"
    # Laid into a folder that somebody else empties.
    FILE_DROP = "file_drop"
    # Handed over outside of the system, as with a diplomatic note; here it is only written down.
    BY_HAND = "by_hand"


class DispatchState(StrEnum):
    """How far one sending of a letter is."""

    QUEUED = "queued"
    # It has left; whether it arrived nobody has said.
    SENT = "sent"
    # The receiving end has taken it.
    DELIVERED = "delivered"
    FAILED = "failed"
    # The letter was withdrawn or superseded before it left.
    CANCELLED = "cancelled"


class DispatchWait(StrEnum):
    """Why a letter that is to be sent still waits."""

    # So many letters to this State have left today as the agency lets in a day.
    THROTTLE = "throttle"
    # It was tried, and is tried again.
    RETRY = "retry"


class ReplyState(StrEnum):
    """What the addressee of a trace referral answered (ITI 18–23)."""

    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REQUESTED = "information_requested"
    ANSWERED_FULL = "answered_full"
    ANSWERED_PARTIAL = "answered_partial"
    DELAYED = "delayed"
    RESTRICTED = "restricted"
    REFUSED = "refused"
    NO_RECORD = "no_record"
    RECORD_DESTROYED = "record_destroyed"
    # Misread, copied or counterfeit: a most useful negative.
    NOT_OURS = "not_ours"
    FORWARDED = "forwarded"
    DUPLICATE_MARK = "duplicate_mark"


class ReplyReason(StrEnum):
    """Why an answer is delayed, restricted or refused (ITI 22–23)."""

    ONGOING_INVESTIGATION = "ongoing_investigation"
    CONFIDENTIALITY_LAW = "confidentiality_law"
    CONFIDENTIALITY_NOT_GUARANTEED = "confidentiality_not_guaranteed"
    NATIONAL_SECURITY = "national_security"


# Delayed, restricted and refused answers need a reason (ITI 22–23).
REPLY_STATES_NEEDING_REASON = frozenset({ReplyState.DELAYED, ReplyState.RESTRICTED, ReplyState.REFUSED})


class SupplyStepKind(StrEnum):
    """One step of the supply chain that a reply tells of."""

    MANUFACTURE = "manufacture"
    EXPORT = "export"
    TRANSIT = "transit"
    IMPORT = "import"
    # From one holder to another inside a State: a sale, an issue to a force, a handing on.
    TRANSFER = "transfer"
    RE_EXPORT = "re_export"
    LOSS = "loss"
    THEFT = "theft"
    # By another authority, before what is recorded here.
    SEIZURE = "seizure"
    DESTRUCTION = "destruction"
    # Where the replying State itself sees the goods leave lawful hands; an officer decides (PointOfDiversion).
    POINT_OF_DIVERSION = "point_of_diversion"


class ActorKind(StrEnum):
    """Who acts in a step of the supply chain, or at a point of diversion."""

    MANUFACTURER = "manufacturer"
    ARMED_FORCES = "armed_forces"
    POLICE = "police"
    OTHER_AUTHORITY = "other_authority"
    # A contingent of a peace operation, or an international force.
    CONTINGENT = "contingent"
    COMPANY = "company"
    PERSON = "person"
    ARMED_GROUP = "armed_group"
    OTHER = "other"


class Confidence(StrEnum):
    """How sure a statement of the supply chain is, as whoever makes it says."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


class DiversionKind(StrEnum):
    """How an item left lawful hands."""

    STATE_STOCK_LOSS = "state_stock_loss"
    STATE_STOCK_THEFT = "state_stock_theft"
    CONTINGENT_LOSS = "contingent_loss"
    CIVILIAN_LOSS = "civilian_loss"
    CIVILIAN_THEFT = "civilian_theft"
    IN_TRANSIT = "in_transit"
    UNAUTHORISED_RETRANSFER = "unauthorised_retransfer"
    FORGED_END_USE_CERTIFICATE = "forged_end_use_certificate"
    BATTLEFIELD_LOSS = "battlefield_loss"
    # Made without licence: it never was in lawful hands, and diverted where it was made.
    ILLICIT_MANUFACTURE = "illicit_manufacture"
    # All was asked that can be asked, and it does not show.
    NOT_ESTABLISHED = "not_established"


class ClarificationKind(StrEnum):
    """Whether the requesting side answers what it was asked, or asks what an answer leaves open."""

    GIVEN = "given"
    SOUGHT = "sought"


class ReminderKind(StrEnum):
    """What the clock of a referral says, and to whom."""

    # The day on which a reply is requested comes near.
    DUE_SOON = "due_soon"
    # It has passed; the addressee may be reminded.
    OVERDUE = "overdue"
    # Still nothing: a further opportunity to remind the addressee.
    REMIND_AGAIN = "remind_again"
    # The agency's focal points are told.
    ESCALATED = "escalated"


class EvidenceStanding(StrEnum):
    """What a statement rests on (S/2006/997, 21–28)."""

    AUTHENTICATED_DOCUMENT = "authenticated_document"
    FIRST_HAND_OBSERVATION = "first_hand_observation"
    INDEPENDENT_SOURCES = "independent_sources"
    SINGLE_SOURCE = "single_source"


class SharingLevel(StrEnum):
    """What may be done with what is shared."""

    READ = "read"
    # Add to it and correct it, too; deciding and taking back stay with its own agency.
    CONTRIBUTE = "contribute"


class EvidenceKind(StrEnum):
    """What a file attached to an incident is, as whoever attached it says."""

    PHOTO = "photo"
    X_RAY = "x_ray"
    MANIFEST = "manifest"
    CERTIFICATE = "certificate"
    DOCUMENT = "document"
    VIDEO = "video"
    OTHER = "other"


class PhotoView(StrEnum):
    """What of an item a photograph shows, in the order in which a weapon is photographed."""

    OVERVIEW = "overview"
    LEFT_SIDE = "left_side"
    RIGHT_SIDE = "right_side"
    MAKER_MARKS = "maker_marks"
    SERIAL_NUMBER = "serial_number"
    OTHER_MARK = "other_mark"


class EvidenceState(StrEnum):
    """How far a piece of evidence is, and whether its content is given out."""

    # Bytes are still coming in.
    RECEIVING = "receiving"
    # Whole, and its SHA-256 is the one that was stated.
    COMPLETE = "complete"
    # Not what was announced, or never finished; nothing of its content is kept.
    REFUSED = "refused"
    # Malware was found; kept as evidence, given to nobody.
    QUARANTINED = "quarantined"
    WITHDRAWN = "withdrawn"
    # What is stored is no longer what was received.
    DAMAGED = "damaged"
    # Its time was over: name, content and previews are gone, its digest and history stay.
    ERASED = "erased"


# Of these no file is stored: not yet, or no longer.
WITHOUT_FILE = frozenset({EvidenceState.RECEIVING, EvidenceState.REFUSED, EvidenceState.ERASED})


class MalwareVerdict(StrEnum):
    """What the scanners say of a file."""

    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"
    # No scanner is set up, or none answered.
    UNSCANNED = "unscanned"


class PreviewState(StrEnum):
    """Whether there are small pictures of a file."""

    PENDING = "pending"
    MADE = "made"
    # The picture could not be read within the limits; this says nothing against the evidence.
    FAILED = "failed"
    # No picture, or of a kind that is not drawn here.
    NOT_OFFERED = "not_offered"


class CustodyKind(StrEnum):
    """What happened to a seized item or an exhibit while somebody answered for it."""

    COLLECTED = "collected"
    SEALED = "sealed"
    LABELLED = "labelled"
    # Put into a package, which goes its way as one exhibit.
    PACKED = "packed"
    # Offered to another; who gives holds it until it is accepted.
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    # Refused by whom it was offered to, or taken back by who offered it.
    DECLINED = "declined"
    EXAMINED = "examined"
    OPENED = "opened"
    STORED = "stored"
    SAMPLED = "sampled"
    # At confiscation, as ITI 9 asks.
    MARKED = "marked"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    LOST = "lost"
    STOLEN = "stolen"
    # Says what of an earlier event was wrong; nothing is edited.
    CORRECTED = "corrected"


class HolderKind(StrEnum):
    """Who may answer for a seized item or an exhibit."""

    OFFICER = "officer"
    AGENCY = "agency"
    STORE = "store"
    # Somebody outside the system, by name.
    PERSON = "person"


class ExhibitKind(StrEnum):
    """What an exhibit is: items under one label, or a sample taken from one."""

    PACKAGE = "package"
    SAMPLE = "sample"


# --- registers: points of contact, marking practices, an agency's own -------------------------------------------------


class ContactKind(StrEnum):
    """What sort of desk a point of contact is."""

    # Named by a State for tracing (ITI 31(a)).
    NATIONAL_POINT_OF_CONTACT = "national_point_of_contact"
    PERMANENT_MISSION = "permanent_mission"
    SANCTIONS_COMMITTEE = "sanctions_committee"
    # INTERPOL's in a State.
    NATIONAL_CENTRAL_BUREAU = "national_central_bureau"
    WCO_REGIONAL_OFFICE = "wco_regional_office"


class ContactState(StrEnum):
    """How far a point of contact can be relied on."""

    CURRENT = "current"
    # Confirmed, but longer ago than the installation takes for fresh.
    STALE = "stale"
    NEVER_CONFIRMED = "never_confirmed"
    # Not yet valid, or no longer.
    OUT_OF_DATE = "out_of_date"
    MISSING = "missing"


class MarkingEvent(StrEnum):
    """When an arm is marked."""

    # ITI 8(a).
    MANUFACTURE = "manufacture"
    # ITI 8(b).
    IMPORT = "import"
    # By the service that holds it.
    STOCK = "stock"


# --- obligations ------------------------------------------------------------------------------------------------------


class ObligationState(StrEnum):
    """How an obligation stands."""

    OPEN = "open"
    # What is owed was sent or done.
    DISCHARGED = "discharged"
    # A supervisor's decision, with the reason.
    NOT_OWED = "not_owed"


class DueBasis(StrEnum):
    """Who says by when."""

    RESOLUTION = "resolution"
    # "Promptly", after as many days as the agency has set for itself.
    AGENCY_RULE = "agency_rule"


class ObligationReminderKind(StrEnum):
    """What was said of an obligation as its day came."""

    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"


class Viewed(StrEnum):
    """What was read of an object; the action of the entry is "incident.viewed" and so on."""

    INCIDENT = "incident"
    SCREENING = "screening"
    CHANGES = "screening_changes"
    REFERRAL = "referral"
    DOCUMENT = "document"
    HISTORY = "history"
    CASE = "case"
    CHAIN = "supply_chain"
    WHOM_TO_ASK = "whom_to_ask"
    INTELLIGENCE = "item_intelligence"
    REPORT = "report"
    PAPERS = "papers_check"
    MARK_READINGS = "mark_readings"
