"""A report made up on the sample record, with the duties that reports answer."""

from dataclasses import replace
from datetime import date

from cases.tracing.content import PartyStated
from cases.tracing.report import Disposal, DutyShown, ReportContent
from tests.referral_samples import PANEL_REQUEST

INITIAL = DutyShown(
    kind="report",
    what="Initial written report",
    resolution="S/RES/2428 (2018)",
    paragraph="10",
    paragraph_verified=True,
    force="shall",
    on="inspecting_state",
    to="committee",
    clock_from="inspection",
    promptly=True,
)
SECOND = replace(
    INITIAL, kind="further_report", clock_from="finding", days=30, promptly=False, due_on=date(2013, 2, 22)
)
LATER = replace(SECOND, resolution="S/RES/1970 (2011)", paragraph="13", clock_from=None, days=None, due_on=None)
WITHIN_WORKING_DAYS = replace(INITIAL, days=5, working_days=True, promptly=False, paragraph_verified=False)
REPORT = ReportContent(
    kind="committee_initial",
    record=replace(PANEL_REQUEST, redaction="full"),
    duties=(INITIAL,),
    cooperation="partial",
    consent="not_needed",
    disposals=(Disposal(line=1, status="destroyed", on="2013-03-01", place="Aden", certificate="D-77/13"),),
    party=PartyStated(role="carrier", name="Sample Shipping (sample)", country="YEM"),
)
