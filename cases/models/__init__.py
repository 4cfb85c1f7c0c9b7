"""The tables of the domain; touched only by services, queries, access and admin."""

from cases.models.agency import Agency, Unit
from cases.models.audit_chain import AuditHead, AuditLink, RowChange, UnlinkedEntry
from cases.models.audit_entry import AuditEntry
from cases.models.case import Case, CaseIncident
from cases.models.case_work import CaseNote, CaseTask
from cases.models.consignment import Authorisation, Consignment, Conveyance, PaperDocument, Party, Recipient, Route
from cases.models.custody import CustodyEvent, CustodyNominal, Exhibit, ExhibitItem, Holding, Store
from cases.models.designation import DesignatedParty, ListVersion
from cases.models.dispatch import Dispatch
from cases.models.evidence import Evidence, EvidencePreview, UploadPart
from cases.models.folded_mark import FoldedMark, MarkEnquiry, MarkQuestion
from cases.models.idempotency import IdempotencyRecord
from cases.models.incident import Boarding, Incident, IncidentState
from cases.models.mark_reading import MarkReading, MarkSettlement
from cases.models.marking_practice import MarkingPractice
from cases.models.notification import Notification, NotificationKind
from cases.models.obligation import Obligation, ObligationReminder, ObligationSending
from cases.models.officer import (
    CALENDAR_SCOPE,
    READ_SCOPE,
    RIGHTS_OF_ROLE,
    SCOPES,
    ApiToken,
    MailCadence,
    Officer,
    OfficerRole,
    Right,
    SignInLink,
    TokenKind,
)
from cases.models.placement import CellCount, Leg, LegCount, Placement
from cases.models.point_of_contact import PointOfContact
from cases.models.point_of_diversion import PointOfDiversion
from cases.models.published_statistic import PublishedStatistic
from cases.models.referral import Confidentiality, FurtherIncident, Referral, ReferralItem, ReferralQuerySet
from cases.models.register import RegisterEntry, RegisterLookup, RegisterVersion
from cases.models.reply import Clarification, Reply, SupplyChainStep
from cases.models.reply_clock import ReplyClock, ReplyReminder
from cases.models.reply_link import ReplyLink
from cases.models.rescreening import (
    CurrentScreening,
    RememberedName,
    Rescreening,
    RescreeningChange,
    RescreeningChunk,
    RulebookFiles,
    ScreenedFacts,
)
from cases.models.retention import LegalHold, RetentionPeriod
from cases.models.rulebook import Duty, Exemption, Measure, Regime, RulebookVersion
from cases.models.saved_filter import SavedFilter
from cases.models.screening import Finding, FindingReview, ScreeningRun
from cases.models.seized_item import AmmunitionDetail, Disposition, Marking, SeizedItem
from cases.models.session import AttemptCount, OfficerSession
from cases.models.sharing import (
    Grant,
    JointOperation,
    OperationIncident,
    OperationMember,
    Release,
    SameEvent,
)
from cases.models.template_pack import TemplatePack

__all__ = [
    "CALENDAR_SCOPE",
    "READ_SCOPE",
    "RIGHTS_OF_ROLE",
    "SCOPES",
    "Agency",
    "AmmunitionDetail",
    "ApiToken",
    "AttemptCount",
    "AuditEntry",
    "AuditHead",
    "AuditLink",
    "Authorisation",
    "Boarding",
    "Case",
    "CaseIncident",
    "CaseNote",
    "CaseTask",
    "CellCount",
    "Clarification",
    "Confidentiality",
    "Consignment",
    "Conveyance",
    "CurrentScreening",
    "CustodyEvent",
    "CustodyNominal",
    "DesignatedParty",
    "Dispatch",
    "Disposition",
    "Duty",
    "Evidence",
    "EvidencePreview",
    "Exemption",
    "Exhibit",
    "ExhibitItem",
    "Finding",
    "FindingReview",
    "FoldedMark",
    "FurtherIncident",
    "Grant",
    "Holding",
    "IdempotencyRecord",
    "Incident",
    "IncidentState",
    "JointOperation",
    "Leg",
    "LegCount",
    "LegalHold",
    "ListVersion",
    "MailCadence",
    "MarkEnquiry",
    "MarkQuestion",
    "MarkReading",
    "MarkSettlement",
    "Marking",
    "MarkingPractice",
    "Measure",
    "Notification",
    "NotificationKind",
    "Obligation",
    "ObligationReminder",
    "ObligationSending",
    "Officer",
    "OfficerRole",
    "OfficerSession",
    "OperationIncident",
    "OperationMember",
    "PaperDocument",
    "Party",
    "Placement",
    "PointOfContact",
    "PointOfDiversion",
    "PublishedStatistic",
    "Recipient",
    "Referral",
    "ReferralItem",
    "ReferralQuerySet",
    "Regime",
    "RegisterEntry",
    "RegisterLookup",
    "RegisterVersion",
    "Release",
    "RememberedName",
    "Reply",
    "ReplyClock",
    "ReplyLink",
    "ReplyReminder",
    "Rescreening",
    "RescreeningChange",
    "RescreeningChunk",
    "RetentionPeriod",
    "Right",
    "Route",
    "RowChange",
    "RulebookFiles",
    "RulebookVersion",
    "SameEvent",
    "SavedFilter",
    "ScreenedFacts",
    "ScreeningRun",
    "SeizedItem",
    "SignInLink",
    "Store",
    "SupplyChainStep",
    "TemplatePack",
    "TokenKind",
    "Unit",
    "UnlinkedEntry",
    "UploadPart",
]
