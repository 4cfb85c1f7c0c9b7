"""Which days govern: of a stop on the way, of a stated transfer, of goods at rest."""

from datetime import date

import pytest

from cases.screening.facts import (
    ConveyanceFacts,
    Days,
    IncidentFacts,
    ItemFacts,
    PlaceFacts,
    RecipientFacts,
    RouteFacts,
)
from cases.screening.window import transfer_window

DAY = date(2012, 5, 6)
HERE = PlaceFacts(country="LBY", country_certainty="inside")


def report(**known: object) -> IncidentFacts:
    plain = {"reference": "R", "kind": "report", "occurred": Days.on(DAY), "day_is_exact": True, "place": HERE}
    return IncidentFacts(**(plain | known))


def test_report_that_only_says_where_goods_lie_is_of_a_find():
    window = transfer_window(report(items=(ItemFacts(index=0, category="small_arm"),)))

    assert (window.manner, window.days) == ("at_rest", Days(None, DAY))


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({"place": None}, id="without a place"),
        pytest.param({"route": RouteFacts(destination="LBY")}, id="with a route"),
        pytest.param({"recipient": RecipientFacts(country="LBY")}, id="with a recipient"),
        pytest.param({"conveyance": ConveyanceFacts(name="Jihan 1")}, id="with a conveyance"),
    ],
)
def test_report_of_a_transfer_is_judged_on_its_day(known):
    window = transfer_window(report(**known))

    assert (window.manner, window.days) == ("under_way", Days.on(DAY))


def test_day_without_a_time_zone_may_be_its_neighbour_in_new_york():
    window = transfer_window(report(place=None, day_is_exact=False))

    assert window.council_days == Days(date(2012, 5, 5), date(2012, 5, 7))
    assert window.days == Days.on(DAY)
    assert window.text == "2012-05-06"


def test_stop_that_precedes_the_stated_departure_bounds_the_window():
    window = transfer_window(report(route=RouteFacts(departed=Days.on(date(2012, 6, 1)))))

    assert window.days == Days.on(DAY)
