"""The one list of the API's routes."""

from django.urls import include, path, re_path

from cases.api.bulk import IncidentBulkView
from cases.api.cases import CaseIncidentsView, CaseListView, CaseView
from cases.api.findings import FindingListView, FindingReviewView
from cases.api.incidents import IncidentHistoryView, IncidentListView, IncidentView, IncidentVoidView
from cases.api.lists import DesignationListsView
from cases.api.notifications import NotificationListView, NotificationReadView
from cases.api.officers import (
    OfficerDeactivateView,
    OfficerListView,
    OfficerRightsView,
    OfficerSessionsEndView,
)
from cases.api.referrals import (
    IncidentReferralsView,
    ReferralDocumentView,
    ReferralIssueView,
    ReferralListView,
    ReferralRepliesView,
    ReferralView,
)
from cases.api.regimes import RegimeListView, RegimeView
from cases.api.rescreenings import (
    IncidentChangesView,
    RescreeningChangesView,
    RescreeningListView,
    RescreeningView,
)
from cases.api.screening import ScreeningView
from cases.api.sessions import SessionEndView, SessionListView
from cases.api.tokens import TokenListView, TokenRevokeView

INCIDENT = r"incidents/(?P<reference>INC-[0-9]{4}-[0-9]{6,12})"
CASE = r"cases/(?P<reference>CASE-[0-9]{4}-[0-9]{6,12})"
OFFICER = r"officers/(?P<username>[\w.@+-]{1,150})"
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
    path("cases", CaseListView.as_view()),
    re_path(rf"^{CASE}$", CaseView.as_view()),
    re_path(rf"^{CASE}/incidents$", CaseIncidentsView.as_view()),
    path("findings", FindingListView.as_view()),
    path("findings/<uuid:finding_id>/review", FindingReviewView.as_view()),
    path("rescreenings", RescreeningListView.as_view()),
    path("rescreenings/<int:rescreening_id>", RescreeningView.as_view()),
    path("rescreenings/<int:rescreening_id>/changes", RescreeningChangesView.as_view()),
    path("referrals", ReferralListView.as_view()),
    re_path(rf"^{REFERRAL}$", ReferralView.as_view()),
    re_path(rf"^{REFERRAL}/issue$", ReferralIssueView.as_view()),
    re_path(rf"^{REFERRAL}/document$", ReferralDocumentView.as_view()),
    re_path(rf"^{REFERRAL}/replies$", ReferralRepliesView.as_view()),
    path("lists", DesignationListsView.as_view()),
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
    re_path(rf"^{OFFICER}/sessions/end$", OfficerSessionsEndView.as_view()),
    path("", include("geo.api.urls")),
]
