"""One incident's page: what it says and why, what it asks, and what may be done on it by whom."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from cases.choices import ReviewDecision
from cases.models import FindingReview, Grant, Incident, Officer, OfficerRole, ScreeningRun
from cases.screening.sentences import QUESTIONS
from cases.services.amend_incident import amend_incident
from cases.services.import_list import import_list
from cases.services.review_finding import review_finding
from cases.services.run_screening import run_screening
from console.incident_questions import ASKED, FORMS
from tests.conftest import NOW
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident
from tests.list_samples import SAMPLE

pytestmark = pytest.mark.django_db
# Arms for Yemen with nobody named as who was to receive them: the measure of 2015 asks for whom they were.
OPEN: dict[str, Any] = {
    "occurred_on": "2019-06-25",
    "route": {"destination": "YEM", "basis": "statement"},
    "items": [{"category": "small_arm", "quantity": 20, "unit": "piece"}],
}
HOUTHIS = "yemen-houthis-2015/2216-14"


def browser_of(officer: Officer, **headers: Any) -> Client:
    client = Client(raise_request_exception=False, **headers)
    client.force_login(officer)
    return client


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    return browser_of(officer)


@pytest.fixture
def incident(officer: Officer, rulebook_version: object) -> Incident:
    """An incident with a question open, screened."""
    return screened(recorded_incident(officer, **OPEN))


@pytest.fixture
def reviewer(officer: Officer) -> Officer:
    """A colleague who may decide on findings."""
    return OfficerFactory.create(agency=officer.agency, role=OfficerRole.ANALYST.value, rights_added=["review"])


def screened(incident: Incident) -> Incident:
    run_screening(run_id=ScreeningRun.objects.filter(incident=incident).latest("pk").pk, now=NOW)
    return Incident.objects.get(pk=incident.pk)


def page_of(browser: Client, incident: Incident) -> str:
    answer = browser.get(address(incident))
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def address(incident: Incident, *parts: str) -> str:
    return "/".join((f"/incidents/{incident.reference}", *parts, ""))


def outcome(incident: Incident) -> str | None:
    return incident.findings.filter(measure=HOUTHIS, is_current=True).values_list("outcome", flat=True).first()


def answer_to(question: str, *, version: int = 1, **values: Any) -> dict[str, Any]:
    prefix = question.replace(".", "-")
    return {f"{prefix}-version": version} | {f"{prefix}-{name}": value for name, value in values.items()}


FOR_HOUTHIS = answer_to("recipient.kind", kind="non_governmental_force", name="Houthis", basis="assessment")


# --- what it says -----------------------------------------------------------------------------------------------------


def test_every_question_of_the_engine_is_worded_for_the_pages() -> None:
    with override("en"):
        assert {code: str(text) for code, text in ASKED.items()} == QUESTIONS
    assert FORMS.keys() <= QUESTIONS.keys()


def test_facts_stand_with_their_basis_and_their_precision(browser: Client, incident: Incident) -> None:
    page = page_of(browser, incident)

    assert "25 June 2019" in page
    assert "statement of a single source" in page
    assert "150 km" in page
    assert f'<img src="/incidents/{incident.reference}/map/"' in page


def test_a_finding_names_the_fact_that_each_test_rests_on(browser: Client, incident: Incident) -> None:
    page = page_of(browser, incident)

    assert "route.destination = YEM" in page
    assert '<span class="answer unknown">not known</span>' in page
    assert "S/RES/2216 (2015)" in page


def test_what_was_considered_stands_with_what_decided(browser: Client, incident: Incident) -> None:
    page = page_of(browser, incident)
    result = browser.get(f"/api/v1/incidents/{incident.reference}/screening").json()
    assert result["considered"]

    assert all(entry["measure"] in page for entry in result["considered"])
    assert result["rulebook"]["version"] in page
    assert result["zones"]["version"] in page


def test_reasons_are_said_in_the_language_of_the_reader(officer: Officer, incident: Incident) -> None:
    page = page_of(browser_of(officer, headers={"Accept-Language": "fr"}), incident)

    assert "Yémen" in page
    assert "The stated destination" not in page


def test_the_map_is_a_picture_that_runs_nothing(browser: Client, incident: Incident) -> None:
    answer = browser.get(f"/incidents/{incident.reference}/map/")

    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b'class="accuracy"' in answer.content


def test_no_position_has_no_map(browser: Client, officer: Officer) -> None:
    incident = recorded_incident(officer, location=None, location_accuracy_m=None)

    assert f"{incident.reference}/map/" not in page_of(browser, incident)
    assert browser.get(f"/incidents/{incident.reference}/map/").status_code == 404


def test_statements_stand_side_by_side_with_what_each_would_change(browser: Client, officer: Officer) -> None:
    claims = [{"what": "destination", "country": "SOM", "by": "crew"}]
    route = {"origin": "IRN", "destination": "OMN", "claims": claims}

    page = page_of(browser, recorded_incident(officer, **OPEN | {"route": route}))

    assert "Who says what" in page
    assert "The crew" in page
    assert "Oman" in page
    assert "Were it the fact" not in page, "nothing was weighed yet"


def test_a_statement_shows_which_findings_it_would_change(
    browser: Client, officer: Officer, rulebook_version: object
) -> None:
    claims = [{"what": "destination", "country": "SOM", "by": "crew"}]
    route = {"destination": "OMN", "claims": claims}
    stated = {"route": route, "occurred_on": "2012-06-25", "recipient": {"kind": "criminal_group"}}
    incident = screened(recorded_incident(officer, **OPEN | stated))

    page = page_of(browser, incident)

    assert "Were it the fact" in page
    assert "somalia" in page.partition("Were it the fact")[2][:2000].lower()


def test_a_listed_party_stands_beside_the_one_of_the_record(
    browser: Client, officer: Officer, rulebook_version: object
) -> None:
    import_list(content=SAMPLE, file_name="list.xml", imported_at=NOW)
    financier = {"role": "financier", "kind": "person", "name": "Torvald Exemplum Brannigan", "born_on": "1961"}
    incident = screened(recorded_incident(officer, parties=[financier]))

    page = page_of(browser, incident)
    onlooker = page_of(browser_of(OfficerFactory.create(agency=officer.agency, analyst=True)), incident)

    assert "In the record" in page
    assert "1961" in page
    assert "On the list" in page
    assert "Exemplum" not in onlooker
    assert onlooker.count("1961") < page.count("1961")


def test_history_says_what_was_changed_from_what_into_what(
    browser: Client, officer: Officer, incident: Incident
) -> None:
    changes = {"place": "off the third island"}
    amend_incident(officer=officer, incident=incident, changes=changes, expected_version=1, amended_at=NOW)

    page = page_of(browser, incident)

    assert "<code>place</code>" in page
    assert "off the third island" in page.partition('id="history"')[2]


def test_linked_incidents_are_those_that_the_reader_may_know_of(
    browser: Client, officer: Officer, incident: Incident
) -> None:
    carried = {"conveyance": {"mode": "sea", "name": "Test Dhow", "imo": "9074729"}}
    mine, linked = recorded_incident(officer, **carried), recorded_incident(officer, **carried)
    elsewhere = recorded_incident(**carried)

    page = page_of(browser, mine)

    assert "Both were carried by the vessel of IMO number 9074729." in page
    assert linked.reference in page
    assert elsewhere.reference not in page


# --- screening appears by itself --------------------------------------------------------------------------------------


def test_progress_asks_again_until_it_is_done_and_then_brings_the_result(browser: Client, officer: Officer) -> None:
    incident = recorded_incident(officer, **OPEN)

    waiting = browser.get(address(incident, "screening")).content.decode()
    ScreeningRun.objects.filter(incident=incident).update(status="failed", error="a worker was killed")
    ended = browser.get(address(incident, "screening")).content.decode()

    assert f'hx-get="{address(incident, "screening")}"' in waiting
    assert "every 2s" in waiting
    assert "Look again" in waiting
    assert f'hx-get="{address(incident)}"' in ended
    assert "every 2s" not in ended
    assert "a worker was killed" not in ended


def test_a_page_of_what_is_done_asks_for_nothing(browser: Client, incident: Incident) -> None:
    assert "hx-get" not in page_of(browser, incident)


# --- questions answered in place --------------------------------------------------------------------------------------


def test_an_answer_changes_the_record_and_then_the_finding(browser: Client, incident: Incident) -> None:
    assert outcome(incident) == "possible"

    answer = browser.post(address(incident, "questions", "recipient.kind"), FOR_HOUTHIS)
    screened(incident)

    assert answer.status_code == 302
    assert answer["Location"] == f"{address(incident)}#screening"
    recipient = Incident.objects.get(pk=incident.pk).recipient
    assert (recipient.kind, recipient.name, recipient.basis) == ("non_governmental_force", "Houthis", "assessment")
    assert outcome(incident) == "indicated"


@pytest.mark.parametrize(
    ("language", "typed", "code"), [("en", "iran", "IRN"), ("fr", "Yémen", "YEM"), ("ar", "yem", "YEM")]
)
def test_a_country_is_typed_by_its_name_in_any_language_or_by_its_code(
    officer: Officer, incident: Incident, language: str, typed: str, code: str
) -> None:
    browser = browser_of(officer, headers={"Accept-Language": language})

    answer = browser.post(address(incident, "questions", "route.origin"), answer_to("route.origin", origin=typed))

    assert answer.status_code == 302, answer.content.decode()
    assert Incident.objects.get(pk=incident.pk).route.origin == code


@pytest.mark.parametrize(
    ("question", "values", "path", "becomes"),
    [
        ("transfer_date", {"departed_on": "2019-06"}, ("route", "departed_on"), "2019-06"),
        ("place", {"latitude": "13.5", "longitude": "48.25"}, ("location", "coordinates"), [48.25, 13.5]),
        ("place", {"latitude": "13.5", "longitude": "48.25"}, ("location_accuracy_m",), None),
        ("goods", {"item": "0", "make": "Test Arms", "model": "T-1"}, ("items", 0, "make"), "Test Arms"),
        ("goods", {"item": "0", "make": "Test Arms", "model": "T-1"}, ("items", 0, "quantity"), 20),
        ("supplier", {"name": "Test Trading", "country": "OMN"}, ("parties", 0, "role"), "exporter"),
        ("destination_region", {"place": "Bandar Test"}, ("route", "stops", 0, "place"), "Bandar Test"),
        ("recipient.authorised_by_government", {"authorised_by_government": "no"}, None, None),
        ("recipient.branch", {"branch": "police"}, ("recipient", "branch"), "police"),
        ("basis", {"basis": "documents"}, ("basis",), "documents"),
        ("authorisation", {"reference": "C/12", "on": "2019"}, ("authorisations", 0, "reference"), "C/12"),
        ("earlier_place", {"origin": "Oman", "arrived_on": "2019"}, ("route", "arrived_on"), "2019"),
        ("route.destination", {"destination": "Oman"}, ("route", "destination"), "OMN"),
    ],
)
def test_each_question_puts_its_answer_where_the_engine_reads_it(
    browser: Client, incident: Incident, question: str, values: dict[str, str], path: Any, becomes: Any
) -> None:
    answer = browser.post(address(incident, "questions", question), answer_to(question, **values))

    assert answer.status_code == 302, answer.content.decode()
    found = browser.get(f"/api/v1/incidents/{incident.reference}").json()
    for step in path or ():
        found = found[step]
    assert path is None or found == becomes


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"country": "Atlantis"}, "This is not the name of one State. Give its three-letter code, for example YEM."),
        ({"country": "QQQ"}, "QQQ"),
        ({"country": ""}, "Write an answer, or leave the question open."),
    ],
)
def test_an_answer_that_cannot_be_read_stays_in_the_form_with_the_reason(
    browser: Client, incident: Incident, values: dict[str, str], says: str
) -> None:
    answer = browser.post(address(incident, "questions", "recipient.kind"), answer_to("recipient.kind", **values))

    assert answer.status_code == 422
    assert says in answer.content.decode().partition('id="question-recipient-kind"')[2]
    assert Incident.objects.get(pk=incident.pk).version == 1


def test_a_record_that_moved_on_is_shown_beside_the_answer_and_not_overwritten(
    browser: Client, officer: Officer, incident: Incident
) -> None:
    changes = {"recipient": {"name": "A harbour master"}}
    amend_incident(officer=officer, incident=incident, changes=changes, expected_version=1, amended_at=NOW)

    answer = browser.post(address(incident, "questions", "recipient.kind"), FOR_HOUTHIS)
    page = answer.content.decode()

    assert answer.status_code == 412
    assert "A harbour master" in page
    assert "Houthis" in page
    assert officer.username in page
    assert Incident.objects.get(pk=incident.pk).recipient.name == "A harbour master"

    again = {**FOR_HOUTHIS, "recipient-kind-version": 2}
    assert browser.post(address(incident, "questions", "recipient.kind"), again).status_code == 302
    assert Incident.objects.get(pk=incident.pk).recipient.name == "Houthis"


def test_who_may_not_change_a_record_is_offered_no_form(officer: Officer, incident: Incident) -> None:
    onlooker = browser_of(OfficerFactory.create(agency=officer.agency, analyst=True))

    page = page_of(onlooker, incident)
    answer = onlooker.post(address(incident, "questions", "recipient.kind"), FOR_HOUTHIS)

    assert QUESTIONS["recipient.kind"] in page
    assert "questions/recipient.kind" not in page
    assert answer.status_code == 403
    assert Incident.objects.get(pk=incident.pk).version == 1


def test_a_question_that_nobody_asks_leads_nowhere(browser: Client, incident: Incident) -> None:
    assert browser.post(address(incident, "questions", "who.did.it"), {}).status_code == 404


# --- decisions --------------------------------------------------------------------------------------------------------


def test_a_finding_is_decided_on_with_a_reason(reviewer: Officer, incident: Incident) -> None:
    browser, finding = browser_of(reviewer), incident.findings.get(measure=HOUTHIS)
    decision = {"decision": "confirmed", "reason": "The crew named the receiver."}

    silent = browser.post(address(incident, "findings", str(finding.pk), "review"), {"decision": "confirmed"})
    answer = browser.post(address(incident, "findings", str(finding.pk), "review"), decision)

    assert silent.status_code == 422
    assert "give a reason" in silent.content.decode()
    assert answer["Location"] == f"{address(incident)}#finding-{finding.pk}"
    assert FindingReview.objects.get(finding=finding).reason == "The crew named the receiver."
    assert "The crew named the receiver." in page_of(browser, incident)


def test_a_colleagues_decision_is_a_supervisors_to_change(
    officer: Officer, reviewer: Officer, incident: Incident
) -> None:
    finding = incident.findings.get(measure=HOUTHIS)
    review_finding(
        officer=reviewer, finding=finding, decision=ReviewDecision.REJECTED, reason="not so", reviewed_at=NOW
    )
    other = OfficerFactory.create(agency=officer.agency, rights_added=["review"])
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)
    form = address(incident, "findings", str(finding.pk), "review")

    assert "Only a supervisor may decide otherwise." in page_of(browser_of(other), incident)
    assert form not in page_of(browser_of(other), incident)
    assert browser_of(other).post(form, {"decision": "confirmed", "reason": "it is"}).status_code == 403
    assert form in page_of(browser_of(supervisor), incident)


def test_who_may_not_decide_is_offered_no_button(officer: Officer, incident: Incident) -> None:
    officer.rights_withdrawn = ["review"]
    officer.save()
    browser, finding = browser_of(officer), incident.findings.get(measure=HOUTHIS)

    assert "/review/" not in page_of(browser, incident)
    refused = browser.post(address(incident, "findings", str(finding.pk), "review"), {})
    assert refused.status_code == 403


def test_a_finding_is_decided_on_under_its_own_incident_only(reviewer: Officer, incident: Incident) -> None:
    other = recorded_incident(incident.recorded_by, **OPEN)
    finding = incident.findings.get(measure=HOUTHIS)

    answer = browser_of(reviewer).post(address(other, "findings", str(finding.pk), "review"), {})

    assert answer.status_code == 404


# --- who else ---------------------------------------------------------------------------------------------------------


def test_another_agency_meets_nothing_of_it(incident: Incident) -> None:
    stranger, finding = browser_of(OfficerFactory.create(supervisor=True)), incident.findings.first()
    assert finding is not None

    assert stranger.get(address(incident)).status_code == 404
    assert stranger.get(address(incident, "screening")).status_code == 404
    assert stranger.get(f"/incidents/{incident.reference}/map/").status_code == 404
    for parts in (
        ("questions", "recipient.kind"),
        ("findings", str(finding.pk), "review"),
        ("share",),
    ):
        assert stranger.post(address(incident, *parts), FOR_HOUTHIS).status_code == 404, parts


def test_an_incident_is_shown_to_another_agency_and_no_further(officer: Officer, incident: Incident) -> None:
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)
    reader = OfficerFactory.create(agency=AgencyFactory.create())
    terms = {"agency": reader.agency_id, "level": "read", "until": "2099-12-31", "reason": "the same dhow"}

    answer = browser_of(supervisor).post(address(incident, "share"), terms)
    page = page_of(browser_of(reader), incident)

    assert answer["Location"] == f"{address(incident)}#sharing"
    assert Grant.objects.get(incident=incident).grantee_id == reader.agency_id
    assert "the same dhow" in page_of(browser_of(supervisor), incident)
    assert "the same dhow" not in page
    assert "/questions/" not in page
    assert "/review/" not in page
    assert "/share/" not in page


@pytest.mark.parametrize("wrong", [{"agency": ""}, {"level": "everything"}, {"until": "soon"}, {"reason": ""}])
def test_sharing_that_says_too_little_is_refused(officer: Officer, incident: Incident, wrong: dict[str, str]) -> None:
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)
    terms = {"agency": AgencyFactory.create().pk, "level": "read", "until": "", "reason": "the same dhow"}

    answer = browser_of(supervisor).post(address(incident, "share"), terms | wrong)

    assert answer.status_code == 422
    assert not Grant.objects.exists()


def test_a_name_that_the_reader_may_not_read_stands_in_no_form(officer: Officer, rulebook_version: object) -> None:
    recipient = {"kind": "private", "name": "Exemplum Trader", "country": "YEM"}
    incident = screened(recorded_incident(officer, **OPEN | {"recipient": recipient}))
    corrector = OfficerFactory.create(agency=officer.agency, analyst=True, rights_added=["edit"])
    browser = browser_of(corrector)

    assert "Exemplum Trader" not in page_of(browser, incident)
    answer = browser.post(
        address(incident, "questions", "recipient.name"), answer_to("recipient.name", basis="documents")
    )
    assert answer.status_code == 302
    assert Incident.objects.get(pk=incident.pk).recipient.name == "Exemplum Trader"
