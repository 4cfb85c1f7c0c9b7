import hashlib
from dataclasses import fields, is_dataclass
from datetime import date

import msgspec
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.canonical import canonical_json
from cases.facts_document import facts_from_text, facts_text
from cases.results import facts_digest
from cases.screening.facts import Days, IncidentFacts, PlaceFacts

any_facts = st.builds(IncidentFacts, place=st.none() | st.builds(PlaceFacts))


def plain_parts(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from plain_parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from plain_parts(each)
    else:
        yield value


@given(any_facts)
@settings(max_examples=60)
def test_facts_come_back_as_they_went_in(facts):
    assert facts_from_text(facts_text(facts)) == facts


@given(any_facts)
@settings(max_examples=20)
def test_the_text_is_what_the_digest_names(facts):
    text = facts_text(facts)

    assert facts_digest(facts) == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    assert facts_text(facts_from_text(text)) == text


def test_a_document_holds_plain_values_and_names_every_field():
    facts = IncidentFacts(reference="r", kind="find", occurred=Days.on(date(2013, 1, 23)), day_is_exact=True)
    document = orjson.loads(facts_text(facts))

    assert is_dataclass(facts)
    assert set(document) == {field.name for field in fields(facts)}
    assert document["occurred"] == {"first": "2013-01-23", "last": "2013-01-23"}
    assert {type(part) for part in plain_parts(document)} <= {str, int, float, bool, type(None)}


def test_facts_kept_before_a_field_existed_are_read_with_its_unknown():
    facts = IncidentFacts(reference="r", kind="find", occurred=Days(None, None), day_is_exact=False)
    document = orjson.loads(facts_text(facts))
    del document["route"], document["context"]

    assert facts_from_text(canonical_json(document)).route.origin is None


def test_facts_without_what_every_record_has_are_refused():
    document = {"reference": "r", "occurred": {"first": None, "last": None}, "day_is_exact": True}

    with pytest.raises(msgspec.ValidationError, match="missing required field `kind`"):
        facts_from_text(canonical_json(document))
