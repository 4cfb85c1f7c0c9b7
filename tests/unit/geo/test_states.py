from datetime import date, timedelta

import pycountry
import pytest

from geo.states import FORMER_CODES, STATE_PERIODS, change_days, state_on, territory_of

SIX_REPUBLICS = frozenset({"BIH", "HRV", "MKD", "MNE", "SRB", "SVN", "XKX"})


@pytest.mark.parametrize(
    ("code", "on", "units"),
    [
        pytest.param("YUG", date(1991, 9, 25), SIX_REPUBLICS, id="all six republics in 1991"),
        pytest.param("YUG", date(1991, 12, 31), SIX_REPUBLICS, id="on the last day of 1991"),
        pytest.param("YUG", date(1998, 3, 31), {"MNE", "SRB", "XKX"}, id="the Federal Republic"),
        pytest.param(
            "YUG", date(2020, 1, 1), {"MNE", "SRB", "XKX"}, id="an old code goes on naming what it last covered"
        ),
        pytest.param("SCG", date(2005, 1, 1), {"MNE", "SRB", "XKX"}, id="Serbia and Montenegro"),
        pytest.param("SRB", date(2007, 1, 1), {"SRB", "XKX"}, id="Serbia before 2008"),
        pytest.param("SRB", None, {"SRB"}, id="Serbia today"),
        pytest.param("SDN", date(2011, 7, 8), {"SDN", "SSD"}, id="the Sudan before South Sudan"),
        pytest.param("SDN", date(2011, 7, 9), {"SDN"}, id="the Sudan after"),
        pytest.param("ETH", date(1993, 5, 23), {"ERI", "ETH"}, id="Ethiopia with Eritrea"),
        pytest.param("ETH", date(1993, 5, 24), {"ETH"}, id="Ethiopia without"),
        pytest.param("ZAR", date(1996, 1, 1), {"COD"}, id="a name that changed"),
        pytest.param("RHO", None, {"ZWE"}, id="Rhodesia"),
        pytest.param("CSK", date(1980, 1, 1), {"CZE", "SVK"}, id="Czechoslovakia"),
        pytest.param("LBN", date(1990, 1, 1), {"LBN"}, id="a State that did not change"),
    ],
)
def test_a_code_covers_the_land_of_its_day(code: str, on: date | None, units: set[str]) -> None:
    assert territory_of(code, on) == units


def test_the_soviet_union_ended_with_fifteen_republics_less_the_baltic_states() -> None:
    assert len(territory_of("SUN", date(1991, 1, 1))) == 15
    assert not territory_of("SUN", date(1991, 10, 1)) & {"EST", "LTU", "LVA"}


@pytest.mark.parametrize(
    ("unit", "on", "state"),
    [
        ("SSD", date(2010, 1, 1), "SDN"),
        ("SSD", date(2011, 7, 9), "SSD"),
        ("XKX", date(2008, 2, 16), "SRB"),
        ("XKX", date(2004, 1, 1), "SCG"),
        ("XKX", date(1999, 1, 1), "YUG"),
        ("XKX", date(2008, 2, 17), "XKX"),
        ("ERI", date(1992, 1, 1), "ETH"),
        ("COD", date(1990, 1, 1), "COD"),
        ("SSD", None, "SSD"),
    ],
)
def test_a_unit_was_held_by_one_state_on_a_day(unit: str, on: date | None, state: str) -> None:
    assert state_on(unit, on) == state


def test_every_withdrawn_code_of_iso_is_known() -> None:
    withdrawn = {country.alpha_3 for country in pycountry.historic_countries} - {"ATF"}

    assert withdrawn <= set(FORMER_CODES) | {period.code for period in STATE_PERIODS}


def test_no_unit_is_held_by_two_states_on_one_day() -> None:
    for day in change_days():
        for on in (day - timedelta(days=1), day):
            held = [unit for period in STATE_PERIODS if period.covers(on) for unit in period.units]
            assert len(held) == len(set(held))


def test_who_holds_a_unit_and_what_the_holder_covers_agree() -> None:
    units = sorted({unit for period in STATE_PERIODS for unit in period.units})

    for day in change_days():
        for unit in units:
            assert unit in territory_of(state_on(unit, day), day)
