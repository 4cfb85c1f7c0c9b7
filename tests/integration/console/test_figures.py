"""Figures: each number is that of the list which it leads to, and counts nothing that the reader may not open."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from cases.models import Officer, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident
from tests.older_rulebooks import ENDED_EARLY, rescreened_under
from tests.sent_referrals import sent

pytestmark = pytest.mark.django_db

# A number that leads to a list: its address, and what is said.
LED = re.compile(r'<td class="figure"><a href="(/incidents/[^"]*)">([^<]*)<')


def browser_of(officer: Officer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    return browser_of(officer)


def chart_in(page: str, key: str) -> str:
    return page.partition(f'aria-labelledby="{key}"')[2].partition("</figure>")[0]


def test_every_number_is_that_of_the_list_behind_it(
    browser: Client, officer: Officer, rulebook_version: object
) -> None:
    small_arm = {"category": "small_arm", "make": "Norinco", "quantity": 2, "unit": "piece"}
    for document in (
        {},
        {"occurred_on": "2014", "items": [small_arm]},
        {"occurred_on": "2013-12-30", "route": {"origin": "OMN", "destination": "YEM"}},
        {"occurred_on": "2014-02-01", "items": [small_arm | {"make": "NORINCO"}]},
        {"state": "draft", "occurred_on": "2014"},
    ):
        incident = recorded_incident(officer, **document)
        run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    recorded_incident()

    page = browser.get("/figures/").content.decode()

    led = [(html.unescape(address), said) for address, said in LED.findall(page)]
    counted = {}
    for address, said in led:
        listed = browser.get(address)
        if "%" not in said:
            counted[address] = (said, str(listed.context["count"]))
        assert listed.status_code == 200, address
    assert [pair for pair in counted.values() if pair[0] != pair[1]] == []
    assert len(counted) >= 5
    assert "NORINCO" in chart_in(page, "makes")
    assert "Norinco" not in chart_in(page, "makes")
    assert "OMN → YEM" in chart_in(page, "routes")
    assert chart_in(page, "routes").count("/incidents/INC-") == 4


def test_letters_and_answers_are_counted_with_their_cases(browser: Client, officer: Officer) -> None:
    incident = recorded_incident(officer)
    letter = sent(officer, incident)
    letter.issued_at = incident.recorded_at + timedelta(days=8)
    letter.save()

    page = browser.get("/figures/").content.decode()

    waited, replies = chart_in(page, "time-to-referral"), chart_in(page, "replies")
    assert incident.reference in waited
    assert "within 30 days" in waited
    assert "CHN" in replies
    assert incident.reference in replies


def test_what_re_screening_changed_leads_to_the_versions(
    browser: Client, officer: Officer, rulebook_version: object
) -> None:
    for incident in (recorded_incident(officer), recorded_incident()):
        run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    rulebook = rescreened_under(ENDED_EARLY).rulebook

    chart = chart_in(browser.get("/figures/").content.decode(), "rescreenings")

    assert f"/regimes/versions/?after={rulebook.pk}" in chart
    assert chart.count("<tr>") == 2


def test_nothing_of_another_agency_is_counted(officer: Officer, rulebook_version: object) -> None:
    incident = recorded_incident(officer, items=[{"category": "small_arm", "make": "Norinco"}])
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    sent(officer, incident)

    page = browser_of(OfficerFactory.create()).get("/figures/?from=2010&to=2015").content.decode()

    assert "0 incidents" in page
    assert LED.findall(page) == []
    assert not any(word in page for word in ("Norinco", "CHN", "INC-", "IRN →"))


@pytest.mark.parametrize("query", ["?from=x&to=y", "?from=3000", "?from=2015&to=2010", "?from=1000&to=2020", "?to=²"])
def test_years_that_make_no_sense_are_put_right(browser: Client, officer: Officer, query: str) -> None:
    recorded_incident(officer)

    answer = browser.get(f"/figures/{query}")

    assert answer.status_code == 200
    assert answer.context["span"].first <= answer.context["span"].last
    assert answer.context["span"].last - answer.context["span"].first < 12


def test_figures_ask_the_database_as_often_for_many_as_for_few(
    browser: Client, officer: Officer, django_assert_max_num_queries: object
) -> None:
    for _ in range(8):
        recorded_incident(officer, items=[{"category": "small_arm", "make": "Norinco"}])

    with django_assert_max_num_queries(36):  # type: ignore[operator]
        assert browser.get("/figures/").status_code == 200
