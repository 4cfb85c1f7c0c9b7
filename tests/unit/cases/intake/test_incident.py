import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cases import choices
from cases.intake.countries import COUNTRY_CODES
from cases.intake.incident import DraftSubmission, IncidentSubmission, document_of

COUNTRIES = st.sampled_from(sorted(COUNTRY_CODES))
WORDS = st.none() | st.text(max_size=20)
DATES = st.dates().filter(lambda day: 1900 <= day.year <= 2200).map(str) | st.sampled_from(["1993", "2012-02"])
QUANTITIES = st.integers(0, 10**12) | st.floats(0, 1e12)


def some(**optional):
    return st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in optional.items()})


MARKS = some(kind=WORDS, text=WORDS, state=st.sampled_from(list(choices.MarkingState)))
ITEMS = some(
    id=st.uuids().map(str),
    category=st.sampled_from(list(choices.ItemCategory)),
    description=WORDS,
    quantity=QUANTITIES,
    unit=WORDS | st.sampled_from(["pcs", "rds", "KG", "crate"]),
    serial_number=WORDS,
    country_of_manufacture=COUNTRIES,
    year_of_manufacture=st.integers(1400, 2200),
    marks=st.lists(MARKS, max_size=2),
    ammunition=some(headstamp=st.lists(some(text=WORDS, clock=st.integers(1, 12)), max_size=2), lot=WORDS),
)
PARTIES = some(
    role=st.sampled_from(list(choices.PartyRole)),
    name=WORDS,
    aliases=st.lists(st.text(max_size=10), max_size=3),
    born_on=DATES,
    nationality=st.lists(COUNTRIES, max_size=2),
)
LOCATIONS = st.fixed_dictionaries(
    {"type": st.just("Point"), "coordinates": st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(list)}
)
DOCUMENTS = st.fixed_dictionaries(
    {"kind": st.sampled_from(list(choices.IncidentKind)), "occurred_on": DATES, "items": st.lists(ITEMS, max_size=3)},
    optional={
        "client_id": st.uuids().map(str),
        "location": st.none() | LOCATIONS,
        "location_accuracy_m": st.none() | st.floats(0, 2e7),
        "place": WORDS,
        "circumstances": WORDS,
        "at_sea": st.none() | st.booleans(),
        "context": st.none() | st.lists(st.text(max_size=10), max_size=3),
        "route": some(origin=COUNTRIES, transit=st.lists(COUNTRIES, max_size=3), departed_on=DATES),
        "recipient": some(kind=st.sampled_from(list(choices.RecipientKind)), authorised_by_government=st.booleans()),
        "parties": st.none() | st.lists(PARTIES, max_size=2),
    },
)


def same_keys(given_, written):
    if isinstance(given_, dict):
        return list(given_) == list(written) and all(same_keys(given_[name], written[name]) for name in given_)
    if isinstance(given_, list):
        return len(given_) == len(written) and all(map(same_keys, given_, written))
    return given_ == written


def test_every_field_of_the_contract_is_read_and_written_back_in_its_order(full):
    written = document_of(IncidentSubmission.model_validate(full))

    assert same_keys(full, written)


def test_an_unknown_field_is_null_and_an_empty_list_is_empty(minimal):
    written = document_of(IncidentSubmission.model_validate(minimal))

    assert written["state"] == "final"
    assert written["location"] is None
    assert written["parties"] == []
    assert written["items"][0]["quantity"] is None


def test_null_equals_absent(minimal):
    nulls = dict.fromkeys(DraftSubmission.model_fields) | minimal
    nulls["items"] = [dict.fromkeys(document_of(IncidentSubmission.model_validate(minimal))["items"][0])]
    nulls["items"][0]["category"] = "small_arm"

    assert IncidentSubmission.model_validate(nulls) == IncidentSubmission.model_validate(minimal)


@given(document=DOCUMENTS)
def test_what_was_read_survives_being_written(document):
    submission = IncidentSubmission.model_validate(document)
    written = orjson.loads(orjson.dumps(document_of(submission)))

    assert IncidentSubmission.model_validate(written) == submission
    assert document_of(IncidentSubmission.model_validate(written)) == written


@pytest.mark.parametrize(
    ("sent", "unit", "text"),
    [
        ({"quantity": 10, "unit": "pcs"}, "piece", "10 pcs"),
        ({"quantity": 2.5, "unit": "T"}, "tonne", "2.5 T"),
        ({"unit": "rds"}, "round", "rds"),
        ({"quantity": 3, "unit": "donkey load"}, "donkey load", "3 donkey load"),
        ({"quantity": 10, "unit": "pcs", "quantity_text": "about ten"}, "piece", "about ten"),
        ({"quantity": 10, "unit": "piece"}, "piece", None),
        ({"quantity": 10, "unit": " "}, None, None),
    ],
)
def test_what_was_typed_for_the_unit_stays_in_the_quantity_text(minimal, sent, unit, text):
    minimal["items"][0] |= sent

    item = IncidentSubmission.model_validate(minimal).items[0]

    assert (item.unit, item.quantity_text) == (unit, text)


def test_a_submission_cannot_be_changed(minimal):
    submission = IncidentSubmission.model_validate(minimal)

    with pytest.raises(ValidationError, match="frozen"):
        submission.place = "elsewhere"


def test_the_position_reads_by_name(full):
    location = IncidentSubmission.model_validate(full).location

    assert (location.longitude, location.latitude) == (52.3, 15.2)


def test_the_published_schema_describes_every_field(full):
    schema = IncidentSubmission.model_json_schema()

    assert set(schema["properties"]) == set(full)
    assert set(schema["required"]) == {"kind", "occurred_on"}
    assert schema["$defs"]["Item"]["properties"]["quantity"]["anyOf"][0]["minimum"] == 0
