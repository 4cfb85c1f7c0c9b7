from cases.facts import facts_of_many
from cases.generate.incidents import incidents
from cases.generate.theatres import GROUPS, THEATRES
from cases.intake.countries import COUNTRY_CODES
from cases.intake.reading import read_incident
from cases.regimes.loader import load_rulebook
from cases.screening.designations import Designations
from cases.screening.engine import screener
from geo.locate import geography


def test_every_group_is_one_that_a_regime_names():
    named = {
        name for regime in load_rulebook().regimes for group in regime.groups for name in (group.name, *group.aliases)
    }

    assert set(GROUPS) - named == set()


def test_every_code_is_one_that_intake_reads():
    codes = {
        code
        for theatre in THEATRES
        for codes in (theatre.trade, *((*c.origins, *c.transits, c.destination) for c in theatre.corridors))
        for code in codes
    }

    assert codes - COUNTRY_CODES == set()


def test_every_theatre_has_ports_towns_and_seasons():
    for theatre in THEATRES:
        assert theatre.ports, theatre.name
        assert theatre.towns, theatre.name
        assert set(theatre.months) <= set(range(1, 13))


def test_about_two_in_five_incidents_engage_a_regime_and_all_outcomes_come_up():
    readings = [read_incident(incident) for incident in incidents(1_500, seed=4)]
    stated = [(str(number), reading.submission) for number, reading in enumerate(readings) if reading.submission]
    screen = screener(load_rulebook(), Designations.none()).screen
    results = [screen(facts) for facts in facts_of_many(stated, geography=geography())]

    found = sum(1 for result in results if result.findings)
    outcomes = {finding.outcome.value for result in results for finding in result.findings}
    assert 0.25 < found / len(results) < 0.55
    assert outcomes == {"indicated", "possible", "exemption_claimed"}
