"""What incidents share: the same from either end, never with oneself, and by the values that each states."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.tracing.case_links import (
    MOST_OF_A_VALUE,
    SENTENCES,
    Bearer,
    LinkedBy,
    Serial,
    Trait,
    folded_name,
    links_among,
    links_beyond,
)

REFERENCES = [f"INC-{number}" for number in range(5)]
TRAITS = st.builds(
    lambda by, text: Trait(by, (folded_name(text),), text),
    st.sampled_from([LinkedBy.MARK, LinkedBy.PARTY, LinkedBy.ROUTE]),
    st.sampled_from(["Al Noor", "AL  NOOR", "IRN → YEM", "7-81"]),
)
SERIALS = st.builds(
    lambda stem, first, more: Serial(stem, first, first + more, f"{stem}{first}", 0),
    st.sampled_from(["AB", "C"]),
    st.integers(0, 300),
    st.sampled_from([0, 0, 5, 200]),
)
BEARERS = st.dictionaries(
    st.sampled_from(REFERENCES),
    st.tuples(st.frozensets(TRAITS, max_size=4), st.frozensets(SERIALS, max_size=4)),
).map(lambda borne: [Bearer(incident, *has) for incident, has in borne.items()])


def named(incident: str, *names: str) -> Bearer:
    return Bearer(incident, frozenset(Trait(LinkedBy.PARTY, (folded_name(name),), name) for name in names))


def numbered(incident: str, *numbers: int, last: int = 0) -> Bearer:
    serials = (Serial("AB", number, max(number, last), f"AB {number}", None) for number in numbers)
    return Bearer(incident, serials=frozenset(serials))


@given(bearers=BEARERS, shuffled=st.randoms())
def test_links_are_the_same_in_any_order_and_lead_from_one_incident_to_another(bearers, shuffled) -> None:
    links = links_among(bearers)
    again = list(bearers)
    shuffled.shuffle(again)

    assert links_among(again) == links
    assert all(link.one < link.other for link in links)
    assert len(set(links)) == len(links)


@given(bearers=BEARERS)
def test_near_numbers_are_found_as_by_comparing_each_with_each(bearers) -> None:
    def distance(one: Serial, other: Serial) -> int:
        return max(0, one.first - other.last, other.first - one.last)

    expected = {
        (*sorted((a.incident, b.incident)), distance(one, other))
        for a, b in combinations(bearers, 2)
        for one in a.serials
        for other in b.serials
        if one.stem == other.stem and one[1:3] != other[1:3] and distance(one, other) <= 50
    }
    found = [link for link in links_among(bearers) if link.by is LinkedBy.NEIGHBOURING_SERIAL]

    assert {(link.one, link.other, link.distance) for link in found} == expected


@given(bearers=BEARERS, count=st.integers(0, 5))
def test_links_beyond_are_those_with_one_end_inside(bearers, count: int) -> None:
    inside, outside = bearers[:count], bearers[count:]
    known = {bearer.incident for bearer in inside}

    assert links_beyond(inside, outside) == [
        link for link in links_among(bearers) if (link.one in known) is not (link.other in known)
    ]


def test_a_link_shows_the_value_as_each_states_it() -> None:
    (link,) = links_among([named("B", "al noor TRADING"), named("A", "Al Noor  Trading", "Others")])

    assert (link.one, link.other) == ("A", "B")
    assert (link.value, link.other_value) == ("Al Noor  Trading", "al noor TRADING")
    assert SENTENCES[link.by].format_map(link.params) == "In both there is a party named Al Noor  Trading."


def test_a_mark_that_stands_for_several_reaches_past_the_number_after_it() -> None:
    links = links_among([numbered("A", 1000, last=1400), numbered("B", 1010), numbered("C", 1420), numbered("D", 1500)])

    assert [(link.one, link.other, link.distance) for link in links] == [("A", "B", 0), ("A", "C", 20)]


def test_what_very_many_share_is_told_in_part_and_leaves_the_way_out_open() -> None:
    inside = [named(f"IN-{number:03}", "Everybody") for number in range(40)]

    assert len(links_among(inside)) == MOST_OF_A_VALUE
    assert len(links_beyond(inside, [named("OUT", "everybody")])) == len(inside)


@pytest.mark.parametrize("by", LinkedBy)
def test_every_kind_of_link_has_a_sentence(by: LinkedBy) -> None:
    assert "{" not in SENTENCES[by].format(value="X", other_value="Y", distance=2)
