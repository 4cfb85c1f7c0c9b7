"""The tables of the domain; touched only by services, queries, access and admin."""

from cases.models.agency import Agency
from cases.models.audit_entry import AuditEntry
from cases.models.case import Case, CaseIncident
from cases.models.consignment import Authorisation, Consignment, Conveyance, PaperDocument, Party, Recipient, Route
from cases.models.custody import CustodyEvent, CustodyNominal, Exhibit, ExhibitItem, Holding, Store
from cases.models.designation import DesignatedParty, ListVersion
from cases.models.idempotency import IdempotencyRecord
from cases.models.incident import Boarding, Incident, IncidentState
from cases.models.officer import RIGHTS_OF_ROLE, ApiToken, Officer, OfficerRole, Right, SignInLink
from cases.models.referral import Confidentiality, Referral, ReferralItem, Reply
from cases.models.rescreening import (
    CurrentScreening,
    RememberedName,
    Rescreening,
    RescreeningChange,
    RescreeningChunk,
    RulebookFiles,
    ScreenedFacts,
)
from cases.models.rulebook import Duty, Exemption, Measure, Regime, RulebookVersion
from cases.models.screening import Finding, FindingReview, ScreeningRun
from cases.models.seized_item import AmmunitionDetail, Disposition, Marking, SeizedItem

__all__ = [
    "RIGHTS_OF_ROLE",
    "Agency",
    "AmmunitionDetail",
    "ApiToken",
    "AuditEntry",
    "Authorisation",
    "Boarding",
    "Case",
    "CaseIncident",
    "Confidentiality",
    "Consignment",
    "Conveyance",
    "CurrentScreening",
    "CustodyEvent",
    "CustodyNominal",
    "DesignatedParty",
    "Disposition",
    "Duty",
    "Exemption",
    "Exhibit",
    "ExhibitItem",
    "Finding",
    "FindingReview",
    "Holding",
    "IdempotencyRecord",
    "Incident",
    "IncidentState",
    "ListVersion",
    "Marking",
    "Measure",
    "Officer",
    "OfficerRole",
    "PaperDocument",
    "Party",
    "Recipient",
    "Referral",
    "ReferralItem",
    "Regime",
    "RememberedName",
    "Reply",
    "Rescreening",
    "RescreeningChange",
    "RescreeningChunk",
    "Right",
    "Route",
    "RulebookFiles",
    "RulebookVersion",
    "ScreenedFacts",
    "ScreeningRun",
    "SeizedItem",
    "SignInLink",
    "Store",
]
