"""Regimes as the rulebook has them, and what changed from one version to another."""

from datetime import date

import pytest
from django.test import Client

from cases.models import Officer, RescreeningChange, RulebookVersion, ScreeningRun
from cases.queries.regimes import get_regime, regime_rows
from cases.queries.rulebook_difference import difference_of
from cases.services.run_screening import run_screening
from console.timeline import WIDTH, bar_of, scale_of
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident
from tests.older_rulebooks import ENDED_EARLY, rescreened_under, versions_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


def test_every_regime_has_its_place_on_the_line_of_years(browser: Client) -> None:
    page = browser.get("/regimes/").content.decode()

    assert all(f'href="/regimes/{row["id"]}/"' in page for row in regime_rows())
    assert page.count('<svg class="bars"') == len(regime_rows())


@pytest.mark.parametrize("row", regime_rows(), ids=lambda row: row["id"])
def test_a_regime_shows_every_paragraph_and_marks_what_nobody_read(browser: Client, row: dict[str, str]) -> None:
    regime = get_regime(row["id"])

    page = browser.get(f"/regimes/{row['id']}/").content.decode()

    stated = [
        *(measure["imposed_by"] for measure in regime["measures"]),
        *(each for measure in regime["measures"] for each in measure["exemptions"]),
        *regime["duties"],
    ]
    assert all(each["resolution"] in page for each in stated)
    assert all(f"¶{each['paragraph']}" in page for each in stated if each["paragraph"])
    doubtful = sum(not (each["verified"] and each["paragraph_verified"]) for each in stated)
    assert page.count("not-seen") >= doubtful
    assert (f"{doubtful} statement" in page) is (doubtful > 0)


def test_a_regime_that_is_none_is_not_there(browser: Client) -> None:
    assert browser.get("/regimes/nowhere-2099/").status_code == 404


def test_phases_lie_where_their_days_lie() -> None:
    scale = scale_of([date(2000, 1, 1), date(2009, 6, 1), None], today=date(2009, 1, 1))

    assert (scale.first, scale.last) == (2000, 2010)
    assert bar_of(date(2000, 1, 1), None, "binding", scale=scale)[:2] == (0.0, WIDTH)
    half = bar_of(date(2005, 1, 1), date(2010, 1, 1), "binding", scale=scale)
    assert half.x == pytest.approx(WIDTH / 2, abs=1)
    assert half.x + half.width == pytest.approx(WIDTH, abs=0.2)
    assert bar_of(date(2009, 12, 31), date(2010, 1, 1), "binding", scale=scale).width >= 4
    assert scale.labels()[0] == 2000
    assert scale.labels()[-1] == 2010


def test_one_version_has_nothing_to_be_compared_with(browser: Client, rulebook_version: RulebookVersion) -> None:
    assert "nothing to compare" in browser.get("/regimes/versions/").content.decode()


def test_what_changed_between_two_versions_is_shown_with_whom_it_touched(
    browser: Client, officer: Officer, rulebook_version: RulebookVersion
) -> None:
    ours, theirs = recorded_incident(officer), recorded_incident()
    for incident in (ours, theirs):
        run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    after = rescreened_under(ENDED_EARLY).rulebook
    assert RescreeningChange.objects.filter(incident=theirs).exists()

    page = browser.get("/regimes/versions/", {"before": rulebook_version.pk, "after": after.pk}).content.decode()
    neighbour = Client()
    neighbour.force_login(OfficerFactory.create())
    empty = neighbour.get("/regimes/versions/", {"before": rulebook_version.pk, "after": after.pk}).content.decode()

    assert "2016-01-16" in page
    assert "2012-01-01" in page
    assert ours.reference in page
    assert theirs.reference not in page
    assert "INC-" not in empty
    assert "2012-01-01" in empty


def test_a_difference_names_measures_and_the_parts_that_differ(rulebook_version: RulebookVersion) -> None:
    after = versions_with(ENDED_EARLY).rulebook

    forward, back = difference_of(rulebook_version, after), difference_of(after, rulebook_version)

    (changed,) = [each for each in forward["measures"] if each["kind"] == "changed"]
    assert [part["name"] for part in changed["parts"]] == ["in_force"]
    assert (changed["parts"][0]["before"], changed["parts"][0]["after"]) == (
        "2007-03-24 … 2016-01-16",
        "2007-03-24 … 2012-01-01",
    )
    assert len(back["measures"]) == len(forward["measures"])
    assert difference_of(after, after) == {"regimes": [], "measures": []}


@pytest.mark.parametrize("query", ["?before=0&after=x", "?after=999999", "?before=1e9"])
def test_a_version_that_is_none_is_the_newest(browser: Client, rulebook_version: RulebookVersion, query: str) -> None:
    assert browser.get(f"/regimes/versions/{query}").status_code == 200
