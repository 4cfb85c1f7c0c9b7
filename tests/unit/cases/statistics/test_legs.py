"""Legs of transfers, and what is counted along them."""

import pytest

from cases.choices import LegKind
from cases.statistics.legs import Goods, Leg, arms_among, legs_of

FROM, OVER, TO = LegKind.ORIGIN_TRANSIT, LegKind.TRANSIT_TRANSIT, LegKind.TRANSIT_SEIZURE
AT_ONCE, ON = LegKind.ORIGIN_SEIZURE, LegKind.SEIZURE_DESTINATION


@pytest.mark.parametrize(
    ("origin", "transit", "seizure", "destination", "legs"),
    [
        ("IRN", [], "OMN", "YEM", [Leg(AT_ONCE, "IRN", "OMN"), Leg(ON, "OMN", "YEM")]),
        ("IRN", ["SOM"], "OMN", "", [Leg(FROM, "IRN", "SOM"), Leg(TO, "SOM", "OMN")]),
        ("IRN", ["SOM", "DJI"], "", "YEM", [Leg(FROM, "IRN", "SOM"), Leg(OVER, "SOM", "DJI")]),
        ("", ["SOM"], "SOM", "SOM", [Leg(TO, "SOM", "SOM"), Leg(ON, "SOM", "SOM")]),
        ("IRN", ["SOM", "SOM"], "OMN", "", [Leg(FROM, "IRN", "SOM"), Leg(TO, "SOM", "OMN")]),
        ("IRN", [], "", "YEM", []),
        ("", [], "", "", []),
    ],
)
def test_a_leg_has_two_known_ends(
    origin: str, transit: list[str], seizure: str, destination: str, legs: list[Leg]
) -> None:
    found = legs_of(origin=origin, transit=transit, seizure=seizure, destination=destination)
    assert list(found) == legs


@pytest.mark.parametrize(
    ("goods", "counted", "lacks_count"),
    [
        ([], None, False),
        ([Goods("ammunition", 500, "round")], None, False),
        ([Goods("small_arm", 3, "piece"), Goods("missile", 2, "")], 5, False),
        ([Goods("small_arm", 2, "pair"), Goods("mine", None, "piece")], 4, True),
        ([Goods("small_arm", 2, "crate")], None, True),
        ([Goods("small_arm", 1e300, "piece")], None, True),
    ],
)
def test_arms_without_a_count_are_not_none(goods: list[Goods], counted: int | None, lacks_count: bool) -> None:
    assert arms_among(goods) == (counted, lacks_count)
