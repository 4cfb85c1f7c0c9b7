from itertools import product
from zoneinfo import available_timezones

import numpy as np
import pytest

from cases.generate.places import AIRPORTS, BORDER_POSTS, LANES, PORTS, TIME_ZONES, TOWNS
from geo.locate import geography

TABLES = {"posts": BORDER_POSTS, "ports": PORTS, "airports": AIRPORTS, "towns": TOWNS}
# The reference map is wrong by about a kilometre; a post may stand on the other side of its line.
POST_REACH_M = 80_000


@pytest.mark.parametrize("name", TABLES)
def test_every_place_lies_in_the_state_it_is_said_to(name):
    places = list(TABLES[name].values())
    found = geography().country_of_many([each.longitude for each in places], [each.latitude for each in places])

    assert [each.name for each, unit in zip(places, found, strict=True) if unit != each.country] == []


def test_border_posts_lie_near_a_land_border():
    posts = list(BORDER_POSTS.values())
    located = geography().locate_many(
        [post.longitude for post in posts],
        [post.latitude for post in posts],
        accuracy_m=[None] * len(posts),
        on=[None] * len(posts),
    )

    far = [
        post.name
        for post, location in zip(posts, located, strict=True)
        if location.border_distance_m is None or location.border_distance_m > POST_REACH_M
    ]
    assert far == []


@pytest.mark.parametrize("name", LANES)
def test_every_lane_runs_over_water(name):
    lane = LANES[name]
    points = [
        (
            lane.start[0] + along * (lane.end[0] - lane.start[0]) + east * lane.width_deg,
            lane.start[1] + along * (lane.end[1] - lane.start[1]) + north * lane.width_deg,
        )
        for along, east, north in product(np.linspace(0, 1, 9), (-1, 0, 1), (-1, 0, 1))
    ]
    found = geography().country_of_many([lon for lon, _ in points], [lat for _, lat in points])

    assert {str(unit) for unit in found} == {""}


def test_every_state_of_a_place_has_a_clock():
    states = {each.country for table in TABLES.values() for each in table.values()}

    assert states - set(TIME_ZONES) == set()
    assert set(TIME_ZONES.values()) <= available_timezones()
