import copy
import json
import math

from hypothesis import given
from hypothesis import strategies as st

from cases.intake.pruning import DEEPEST, Places, keepable, without

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=5), inner, max_size=4)
    ),
    max_leaves=15,
)


def places_in(value, at=()):
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*at, step)
        yield from places_in(inner, (*at, step))


def value_at(value, location):
    for step in location:
        value = value[step]
    return value


def test_only_the_named_places_are_left_out():
    document = {"a": [1, 2, {"b": 3, "c": 4}], "d": 5}

    assert without(document, {("a", 0), ("a", 2, "b")}) == {"a": [2, {"c": 4}], "d": 5}
    assert document == {"a": [1, 2, {"b": 3, "c": 4}], "d": 5}


def test_a_place_inside_one_left_out_is_gone_with_it():
    assert without({"a": {"b": 1}}, {("a", "b"), ("a",)}) == {}


def test_a_place_that_is_not_there_changes_nothing():
    assert without({"a": 1}, {("b",)}) == {"a": 1}


@given(document=JSON, data=st.data())
def test_what_is_left_is_found_where_it_stood(document, data):
    places = list(places_in(document))
    removed = set(data.draw(st.lists(st.sampled_from(places), max_size=4))) if places else set()
    pruned, as_sent = without(document, removed) if removed else document, Places(removed)

    for place in places_in(pruned):
        before = as_sent.before(place)
        assert before not in removed
        inner = value_at(pruned, place)
        assert isinstance(inner, dict | list) or inner is value_at(document, before)


@given(document=JSON)
def test_a_kept_document_can_be_stored_as_json(document):
    untouched = copy.deepcopy(document)
    kept, issues = keepable(document)

    written = json.dumps(kept, allow_nan=False, ensure_ascii=False).encode()
    assert b"\\u0000" not in written
    assert issues == []
    assert repr(document) == repr(untouched)


def test_a_number_that_json_lacks_is_kept_as_text():
    assert keepable([math.nan, math.inf])[0] == ["nan", "inf"]


def test_what_is_nested_too_deep_is_named_and_left_out():
    document = deep = {}
    for _ in range(5000):
        deep["a"] = deep = {}

    kept, issues = keepable(document)

    assert [issue.code for issue in issues] == ["too_deep"]
    assert issues[0].location == ("a",) * DEEPEST
    assert value_at(kept, ("a",) * DEEPEST) is None
