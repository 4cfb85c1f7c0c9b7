"""The one list of the API's routes."""

from django.urls import include, path, re_path

from cases.api.bulk import IncidentBulkView
from cases.api.case_bundle import CaseBundleView
from cases.api.case_letters import CaseReferralsByStateView
from cases.api.case_life import CaseCloseView, CaseMergeView, CaseReopenView
from cases.api.case_room import (
    CaseLinksView,
    CaseNotesView,
    CasePartiesView,
    CaseReferralsView,
    CaseTimelineView,
)
from cases.api.case_tasks import CaseTasksView, CaseTemplateView, TaskEndView, TaskListView, TaskView
from cases.api.cases import CaseHistoryView, CaseIncidentsView, CaseListView, CaseView
from cases.api.contacts import ContactConfirmView, ContactHistoryView, ContactListView, ContactView
from cases.api.custody import (
    ExhibitCustodyView,
    ExhibitHandoverView,
    HandoverAcceptView,
    HandoverDeclineView,
    HandoverListView,
    HeldCustodyView,
    HeldHandoverView,
    InventoryView,
    ItemCustodyView,
    ItemHandoverView,
    StoresView,
)
from cases.api.dispatches import ReferralDispatchesView, ReferralSendView
from cases.api.evidence import (
    EvidenceContentView,
    EvidencePreviewView,
    EvidenceView,
    EvidenceWithdrawView,
    IncidentEvidenceView,
)
from cases.api.exhibits import (
    ExhibitLabelView,
    ExhibitListView,
    ExhibitView,
    IncidentExhibitsView,
    ItemLabelView,
)
from cases.api.findings import FindingListView, FindingReviewView
from cases.api.flows import FlowView
from cases.api.hand_over import OfficerHandOverView
from cases.api.iarms import IarmsFormView
from cases.api.incidents import IncidentHistoryView, IncidentListView, IncidentView, IncidentVoidView
from cases.api.item_intelligence import ItemIntelligenceView
from cases.api.item_origin import MarkingPracticeListView, RegisterHitsView, WhomToAskView
from cases.api.lists import DesignationListsView
from cases.api.map_cells import MapCellsView
from cases.api.map_labels import MapLabelsView
from cases.api.mark_readings import ItemReadingsSettleView, ItemReadingsView
from cases.api.marks import MarkListView
from cases.api.notifications import NotificationListView, NotificationReadView
from cases.api.obligations import (
    ObligationAssignView,
    ObligationCalendarView,
    ObligationDischargeView,
    ObligationListView,
    ObligationNotOwedView,
    ObligationsWaitingView,
    ObligationView,
)
from cases.api.officers import (
    OfficerDeactivateView,
    OfficerListView,
    OfficerRightsView,
    OfficerSessionsEndView,
)
from cases.api.papers_check import LicenceEnquiryView, PapersCheckView
from cases.api.published_statistics import PublicationFileView, PublicationListView, PublicationView
from cases.api.referral_missing import ReferralMissingView
from cases.api.referral_steps import (
    IncidentReferralsByStateView,
    ReferralApproveView,
    ReferralCheckView,
    ReferralIssueView,
    ReferralSupersedeView,
    ReferralWithdrawView,
)
from cases.api.referrals import (
    IncidentReferralsView,
    ReferralDocumentView,
    ReferralHistoryView,
    ReferralListView,
    ReferralView,
)
from cases.api.regimes import RegimeListView, RegimeView
from cases.api.replies import ReferralClarificationsView, ReferralRepliesView
from cases.api.reply_ledger import LedgerView, ReplyClockView
from cases.api.reply_links import (
    AddressedLetterView,
    AddressedReferralView,
    AddressedRepliesView,
    ReferralLinksView,
    ReplyLinkRevokeView,
)
from cases.api.reports import IncidentReportView, ReportMissingView
from cases.api.rescreenings import (
    IncidentChangesView,
    RescreeningChangesView,
    RescreeningListView,
    RescreeningView,
)
from cases.api.screening import ScreeningView
from cases.api.seizure_rows import SeizureRowsView
from cases.api.sessions import SessionEndView, SessionListView
from cases.api.sharing import (
    AgencyListView,
    CaseGrantsView,
    GrantEndView,
    IncidentCaveatsView,
    IncidentGrantsView,
    IncidentReleasesView,
    IncidentSameEventView,
    OperationIncidentsView,
    OperationLeaveView,
    OperationListView,
    OperationView,
    ReferralGrantsView,
    ReleaseEndView,
)
from cases.api.statistics import SdgView, StatisticView
from cases.api.supply_chain import ItemChainView, ItemDiversionView, ItemNextRequestView
from cases.api.template_packs import TemplatePackListView, TemplatePackSampleView, TemplatePackView
from cases.api.tokens import TokenListView, TokenRevokeView
from cases.queries.statistics import MADE_OF

INCIDENT = r"incidents/(?P<reference>INC-[0-9]{4}-[0-9]{6,12})"
ITEM = INCIDENT + r"/items/(?P<item>[0-9]{1,5}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
EXHIBIT = r"exhibits/(?P<code>EX(?:-[0-9A-Z]{4}){3})"
CASE = r"cases/(?P<reference>CASE-[0-9]{4}-[0-9]{6,12})"
TASK = r"tasks/(?P<reference>TASK-[0-9]{4}-[0-9]{6,12})"
OPERATION = r"operations/(?P<reference>OPS-[0-9]{4}-[0-9]{6,12})"
OFFICER = r"officers/(?P<username>[\w.@+-]{1,150})"
OBLIGATION = r"obligations/(?P<reference>OBL-[0-9]{4}-[0-9]{6,12})"
PUBLICATION = r"statistics/publications/(?P<reference>STAT-[0-9]{4}-[0-9]{6,12})"
REFERRAL = r"referrals/(?P<reference>REF-[0-9]{4}-[0-9]{6,12})"

urlpatterns = [
    path("incidents", IncidentListView.as_view()),
    path("incidents/bulk", IncidentBulkView.as_view()),
    re_path(rf"^{INCIDENT}$", IncidentView.as_view()),
    re_path(rf"^{INCIDENT}/history$", IncidentHistoryView.as_view()),
    re_path(rf"^{INCIDENT}/void$", IncidentVoidView.as_view()),
    re_path(rf"^{INCIDENT}/screening$", ScreeningView.as_view()),
    re_path(rf"^{INCIDENT}/screening/changes$", IncidentChangesView.as_view()),
    re_path(rf"^{INCIDENT}/referrals$", IncidentReferralsView.as_view()),
    re_path(rf"^{INCIDENT}/reports/(?P<kind>[a-z_]{{1,40}})$", IncidentReportView.as_view()),
    re_path(rf"^{INCIDENT}/reports/(?P<kind>[a-z_]{{1,40}})/missing$", ReportMissingView.as_view()),
    # Declared, found and authorised.
    re_path(rf"^{INCIDENT}/papers-check$", PapersCheckView.as_view()),
    re_path(rf"^{INCIDENT}/papers-check/licence-enquiry$", LicenceEnquiryView.as_view()),
    re_path(rf"^{INCIDENT}/grants$", IncidentGrantsView.as_view()),
    re_path(rf"^{INCIDENT}/releases$", IncidentReleasesView.as_view()),
    re_path(rf"^{INCIDENT}/same-event$", IncidentSameEventView.as_view()),
    re_path(rf"^{INCIDENT}/caveats$", IncidentCaveatsView.as_view()),
    path("agencies", AgencyListView.as_view()),
    path("grants/<int:grant_id>/end", GrantEndView.as_view()),
    path("releases/<int:release_id>/end", ReleaseEndView.as_view()),
    path("operations", OperationListView.as_view()),
    re_path(rf"^{OPERATION}$", OperationView.as_view()),
    re_path(rf"^{OPERATION}/incidents$", OperationIncidentsView.as_view()),
    re_path(rf"^{OPERATION}/leave$", OperationLeaveView.as_view()),
    re_path(rf"^{INCIDENT}/evidence$", IncidentEvidenceView.as_view()),
    path("evidence/<uuid:evidence_id>", EvidenceView.as_view()),
    path("evidence/<uuid:evidence_id>/content", EvidenceContentView.as_view()),
    path("evidence/<uuid:evidence_id>/preview", EvidencePreviewView.as_view()),
    path("evidence/<uuid:evidence_id>/withdraw", EvidenceWithdrawView.as_view()),
    path("cases", CaseListView.as_view()),
    re_path(rf"^{CASE}$", CaseView.as_view()),
    re_path(rf"^{CASE}/history$", CaseHistoryView.as_view()),
    re_path(rf"^{INCIDENT}/exhibits$", IncidentExhibitsView.as_view()),
    re_path(rf"^{ITEM}/custody$", ItemCustodyView.as_view()),
    re_path(rf"^{ITEM}/handover$", ItemHandoverView.as_view()),
    re_path(rf"^{ITEM}/label$", ItemLabelView.as_view()),
    re_path(rf"^{ITEM}/chain$", ItemChainView.as_view()),
    re_path(rf"^{ITEM}/point-of-diversion$", ItemDiversionView.as_view()),
    re_path(rf"^{ITEM}/next-request$", ItemNextRequestView.as_view()),
    path("exhibits", ExhibitListView.as_view()),
    re_path(rf"^{EXHIBIT}$", ExhibitView.as_view()),
    re_path(rf"^{EXHIBIT}/custody$", ExhibitCustodyView.as_view()),
    re_path(rf"^{EXHIBIT}/handover$", ExhibitHandoverView.as_view()),
    re_path(rf"^{EXHIBIT}/label$", ExhibitLabelView.as_view()),
    path("custody/inventory", InventoryView.as_view()),
    path("custody/stores", StoresView.as_view()),
    path("custody/<uuid:holding_id>", HeldCustodyView.as_view()),
    path("custody/<uuid:holding_id>/handover", HeldHandoverView.as_view()),
    path("handovers", HandoverListView.as_view()),
    path("handovers/<uuid:handover_id>/accept", HandoverAcceptView.as_view()),
    path("handovers/<uuid:handover_id>/decline", HandoverDeclineView.as_view()),
    re_path(rf"^{CASE}/bundle$", CaseBundleView.as_view()),
    re_path(rf"^{CASE}/incidents$", CaseIncidentsView.as_view()),
    re_path(rf"^{CASE}/grants$", CaseGrantsView.as_view()),
    re_path(rf"^{CASE}/close$", CaseCloseView.as_view()),
    re_path(rf"^{CASE}/reopen$", CaseReopenView.as_view()),
    re_path(rf"^{CASE}/merge$", CaseMergeView.as_view()),
    re_path(rf"^{CASE}/tasks$", CaseTasksView.as_view()),
    re_path(rf"^{CASE}/tasks/from-template$", CaseTemplateView.as_view()),
    re_path(rf"^{CASE}/notes$", CaseNotesView.as_view()),
    re_path(rf"^{CASE}/timeline$", CaseTimelineView.as_view()),
    re_path(rf"^{CASE}/links$", CaseLinksView.as_view()),
    re_path(rf"^{CASE}/parties$", CasePartiesView.as_view()),
    re_path(rf"^{CASE}/referrals$", CaseReferralsView.as_view()),
    re_path(rf"^{CASE}/referrals/by-state$", CaseReferralsByStateView.as_view()),
    path("tasks", TaskListView.as_view()),
    re_path(rf"^{TASK}$", TaskView.as_view()),
    re_path(rf"^{TASK}/end$", TaskEndView.as_view()),
    path("findings", FindingListView.as_view()),
    path("findings/<uuid:finding_id>/review", FindingReviewView.as_view()),
    path("rescreenings", RescreeningListView.as_view()),
    path("rescreenings/<int:rescreening_id>", RescreeningView.as_view()),
    path("rescreenings/<int:rescreening_id>/changes", RescreeningChangesView.as_view()),
    path("referrals", ReferralListView.as_view()),
    re_path(rf"^{REFERRAL}$", ReferralView.as_view()),
    re_path(rf"^{REFERRAL}/grants$", ReferralGrantsView.as_view()),
    re_path(rf"^{INCIDENT}/referrals/by-state$", IncidentReferralsByStateView.as_view()),
    re_path(rf"^{REFERRAL}/missing$", ReferralMissingView.as_view()),
    re_path(rf"^{REFERRAL}/check$", ReferralCheckView.as_view()),
    re_path(rf"^{REFERRAL}/approve$", ReferralApproveView.as_view()),
    re_path(rf"^{REFERRAL}/issue$", ReferralIssueView.as_view()),
    re_path(rf"^{REFERRAL}/withdraw$", ReferralWithdrawView.as_view()),
    re_path(rf"^{REFERRAL}/supersede$", ReferralSupersedeView.as_view()),
    re_path(rf"^{REFERRAL}/send$", ReferralSendView.as_view()),
    re_path(rf"^{REFERRAL}/dispatches$", ReferralDispatchesView.as_view()),
    re_path(rf"^{REFERRAL}/document$", ReferralDocumentView.as_view()),
    re_path(rf"^{REFERRAL}/iarms$", IarmsFormView.as_view()),
    re_path(rf"^{REFERRAL}/history$", ReferralHistoryView.as_view()),
    re_path(rf"^{REFERRAL}/replies$", ReferralRepliesView.as_view()),
    re_path(rf"^{REFERRAL}/clarifications$", ReferralClarificationsView.as_view()),
    re_path(rf"^{REFERRAL}/reply-links$", ReferralLinksView.as_view()),
    path("reply-links/<int:link_id>/revoke", ReplyLinkRevokeView.as_view()),
    path("addressed-referral", AddressedReferralView.as_view()),
    path("addressed-referral/letter", AddressedLetterView.as_view()),
    path("addressed-referral/replies", AddressedRepliesView.as_view()),
    path("ledger", LedgerView.as_view()),
    path("reply-clock", ReplyClockView.as_view()),
    path("template-packs", TemplatePackListView.as_view()),
    path("template-packs/<int:version>", TemplatePackView.as_view()),
    path("template-packs/<int:version>/sample", TemplatePackSampleView.as_view()),
    # Registers.
    path("contacts", ContactListView.as_view()),
    path("contacts/<int:contact_id>", ContactView.as_view()),
    path("contacts/<int:contact_id>/confirm", ContactConfirmView.as_view()),
    path("contacts/<int:contact_id>/history", ContactHistoryView.as_view()),
    path("marking-practices", MarkingPracticeListView.as_view()),
    re_path(rf"^{ITEM}/whom-to-ask$", WhomToAskView.as_view()),
    re_path(rf"^{ITEM}/register-hits$", RegisterHitsView.as_view()),
    path("obligations", ObligationListView.as_view()),
    path("obligations/waiting", ObligationsWaitingView.as_view()),
    path("obligations/calendar.ics", ObligationCalendarView.as_view()),
    re_path(rf"^{OBLIGATION}$", ObligationView.as_view()),
    re_path(rf"^{OBLIGATION}/discharge$", ObligationDischargeView.as_view()),
    re_path(rf"^{OBLIGATION}/assign$", ObligationAssignView.as_view()),
    re_path(rf"^{OBLIGATION}/not-owed$", ObligationNotOwedView.as_view()),
    path("lists", DesignationListsView.as_view()),
    path("statistics/sdg-16-4-2", SdgView.as_view()),
    path("statistics/seizures", SeizureRowsView.as_view()),
    path("statistics/publications", PublicationListView.as_view()),
    re_path(rf"^{PUBLICATION}$", PublicationView.as_view()),
    re_path(rf"^{PUBLICATION}/file$", PublicationFileView.as_view()),
    re_path(rf"^statistics/(?P<name>{'|'.join(sorted(MADE_OF))})$", StatisticView.as_view()),
    path("map/cells", MapCellsView.as_view()),
    path("map/labels.geojson", MapLabelsView.as_view()),
    path("flows", FlowView.as_view()),
    path("marks", MarkListView.as_view()),
    re_path(rf"^{ITEM}/readings$", ItemReadingsView.as_view()),
    re_path(rf"^{ITEM}/readings/settle$", ItemReadingsSettleView.as_view()),
    re_path(rf"^{ITEM}/intelligence$", ItemIntelligenceView.as_view()),
    path("regimes", RegimeListView.as_view()),
    re_path(r"^regimes/(?P<code>[a-z0-9-]{1,60})$", RegimeView.as_view()),
    path("tokens", TokenListView.as_view()),
    path("tokens/<int:token_id>/revoke", TokenRevokeView.as_view()),
    path("sessions", SessionListView.as_view()),
    path("sessions/<int:session_id>/end", SessionEndView.as_view()),
    path("notifications", NotificationListView.as_view()),
    path("notifications/<int:notification_id>/read", NotificationReadView.as_view()),
    path("officers", OfficerListView.as_view()),
    re_path(rf"^{OFFICER}/rights$", OfficerRightsView.as_view()),
    re_path(rf"^{OFFICER}/deactivate$", OfficerDeactivateView.as_view()),
    re_path(rf"^{OFFICER}/hand-over$", OfficerHandOverView.as_view()),
    re_path(rf"^{OFFICER}/sessions/end$", OfficerSessionsEndView.as_view()),
    path("", include("geo.api.urls")),
]
