import json
import math
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.intake.incident import DraftSubmission, IncidentSubmission, document_of
from cases.intake.problems import SENTENCES
from cases.intake.pydantic_errors import CODES
from cases.intake.reading import (
    LARGEST_RECORD_BYTES,
    MOST_PROBLEMS,
    read_draft,
    read_incident,
    read_incident_line,
)

RECEIVED_AT = datetime(2026, 3, 1, tzinfo=UTC)
ID = "5b1c1f0e-2f63-4a6e-8f3b-7f0e1d2c3b4a"

# One document for each way to be wrong: what is laid over a good record, and where it shows.
WRONG = [
    ("missing", {"kind": None}, "/kind"),
    ("missing", {"location": {"type": "Point"}}, "/location/coordinates"),
    ("item_needed", {"items": []}, "/items"),
    ("item_needed", {"items": [{"description": "a crate"}]}, "/items/0/category"),
    ("unknown_field", {"itmes": []}, "/itmes"),
    ("unknown_field", {"conveyance": {"hull/no": 1}}, "/conveyance/hull~1no"),
    ("not_an_object", {"route": []}, "/route"),
    ("not_an_object", {"items": [{"category": "part"}, 3]}, "/items/1"),
    ("not_a_list", {"parties": {}}, "/parties"),
    ("not_a_list", {"parties": "none"}, "/parties"),
    ("too_many", {"context": ["war"] * 10_001}, "/context"),
    ("not_a_choice", {"kind": "raid"}, "/kind"),
    ("not_a_choice", {"kind": 5}, "/kind"),
    ("not_a_choice", {"location": {"type": "Polygon", "coordinates": [1, 2]}}, "/location/type"),
    ("not_a_choice", {"recipient": {"authorised_by_government": "maybe"}}, "/recipient/authorised_by_government"),
    ("not_a_choice", {"items": [{"category": "missile", "subtype": "big"}]}, "/items/0/subtype"),
    ("not_text", {"place": 5}, "/place"),
    ("not_text", {"route": {"transit": [None]}}, "/route/transit/0"),
    ("text_too_long", {"place": "a" * 501}, "/place"),
    ("not_a_number", {"items": [{"category": "part", "quantity": "ten"}]}, "/items/0/quantity"),
    ("not_a_number", {"items": [{"category": "part", "quantity": True}]}, "/items/0/quantity"),
    (
        "not_a_whole_number",
        {"items": [{"category": "part", "year_of_manufacture": 1.5e3 + 0.5}]},
        "/items/0/year_of_manufacture",
    ),
    ("out_of_range", {"items": [{"category": "part", "quantity": -1}]}, "/items/0/quantity"),
    ("out_of_range", {"location_accuracy_m": 10**4000}, "/location_accuracy_m"),
    ("not_true_or_false", {"at_sea": "yes"}, "/at_sea"),
    ("not_a_uuid", {"client_id": "42"}, "/client_id"),
    ("not_a_uuid", {"client_id": 42}, "/client_id"),
    ("repeated_id", {"items": [{"category": "part", "id": ID}, {"category": "part", "id": ID}]}, "/items/1/id"),
    ("not_a_date", {"occurred_on": "last week"}, "/occurred_on"),
    ("no_such_day", {"occurred_on": "2013-02-30"}, "/occurred_on"),
    ("date_out_of_range", {"occurred_on": "0213"}, "/occurred_on"),
    ("in_the_future", {"occurred_on": "2031-01-23"}, "/occurred_on"),
    ("arrival_before_departure", {"route": {"departed_on": "2013", "arrived_on": "2012"}}, "/route/arrived_on"),
    ("not_a_time_zone", {"time_zone": "Aden"}, "/time_zone"),
    ("not_a_country", {"route": {"origin": "QQQ"}}, "/route/origin"),
    ("country_needs_code", {"route": {"origin": "Yemen"}}, "/route/origin"),
    ("not_a_point", {"location": {"type": "Point", "coordinates": [1]}}, "/location/coordinates"),
    ("longitude_out_of_range", {"location": {"type": "Point", "coordinates": [200, 0]}}, "/location/coordinates"),
    ("latitude_out_of_range", {"location": {"type": "Point", "coordinates": [100, 95]}}, "/location/coordinates"),
    ("swapped_position", {"location": {"type": "Point", "coordinates": [15, 95]}}, "/location/coordinates"),
    ("not_an_imo", {"conveyance": {"imo": "ABC"}}, "/conveyance/imo"),
    ("not_an_mmsi", {"conveyance": {"mmsi": "12"}}, "/conveyance/mmsi"),
    ("not_a_container", {"conveyance": {"containers": ["CSQU3054383", "12"]}}, "/conveyance/containers/1"),
    ("not_an_hs_code", {"consignment": {"declared_hs": "arms"}}, "/consignment/declared_hs"),
    ("not_an_unlocode", {"route": {"stops": [{"unlocode": "Aden"}]}}, "/route/stops/0/unlocode"),
]
DOUBTFUL = [
    ("check_digit", {"conveyance": {"imo": "9074720"}}, "/conveyance/imo"),
    ("zero_position", {"location": {"type": "Point", "coordinates": [0, 0]}}, "/location"),
]


@pytest.mark.parametrize(("code", "wrong", "pointer"), WRONG)
def test_a_final_record_with_an_error_is_refused_naming_its_place(minimal, code, wrong, pointer):
    reading = read_incident(minimal | wrong, received_at=RECEIVED_AT)

    assert reading.submission is None
    assert [(problem.code, problem.pointer) for problem in reading.errors] == [(code, pointer)]
    assert reading.problems[0].detail


@pytest.mark.parametrize(("code", "wrong", "pointer"), WRONG)
def test_a_draft_with_an_error_keeps_all_the_rest(minimal, code, wrong, pointer):
    reading = read_draft(minimal | wrong, received_at=RECEIVED_AT)

    assert [(problem.code, problem.pointer) for problem in reading.problems] == [(code, pointer)]
    untouched = {name: value for name, value in minimal.items() if name not in wrong}
    kept = reading.submission.model_dump(mode="json", include=set(untouched), exclude_unset=True)
    assert kept == untouched


@pytest.mark.parametrize(("code", "doubtful", "pointer"), DOUBTFUL)
def test_a_doubt_is_a_warning_and_refuses_nothing(minimal, code, doubtful, pointer):
    reading = read_incident(minimal | doubtful)

    assert reading.submission is not None
    assert reading.errors == ()
    assert [(problem.code, problem.pointer, problem.level) for problem in reading.problems] == [
        (code, pointer, "warning")
    ]


def test_every_code_is_shown_by_a_case_of_this_file():
    elsewhere = {
        "not_json",
        "too_large",
        "too_deep",
        "too_many_problems",
        "too_many_errors",
        "already_used",
        "not_valid",
        # Of a chain of custody, whose own tests show them.
        *("handed_to_oneself", "not_an_officer", "not_known", "one_of_these", "seal_on_it", "too_few_witnesses"),
        # Of replies and of points of diversion,
        *("not_forwarded", "step_says_nothing", "same_state", "not_an_answer", "evidence_needed", "not_established"),
        # and of registers, likewise.
        *("too_many_cells", "digits_lost", "not_a_day", "not_an_email", "not_a_language", "not_a_pattern"),
        *("pattern_or_elements", "no_such_part", "name_or_office", "ends_before_it_begins", "serial_too_short"),
        *("repeated_key", "lies_ahead"),
        # Of template packs too.
        *("not_one_line", "not_printable", "no_placeholder", "not_optional", "no_texts", "not_a_logo"),
        "logo_not_drawn",
    }

    assert {code for code, _, _ in WRONG + DOUBTFUL} | elsewhere == set(SENTENCES)


def test_a_good_record_raises_nothing(full):
    reading = read_incident(full, received_at=RECEIVED_AT)

    assert reading.problems == ()
    assert reading.submission.conveyance.imo == "9074729"


def test_all_errors_are_named_at_once(minimal):
    wrong = {
        "kind": "raid",
        "route": {"origin": "YE", "departed_on": "2013", "arrived_on": "2012"},
        "items": [{"category": "part", "quantity": "ten"}],
    }
    reading = read_incident(minimal | wrong)

    assert {problem.pointer for problem in reading.errors} == {
        "/kind",
        "/route/origin",
        "/route/arrived_on",
        "/items/0/quantity",
    }


def test_a_misspelt_field_can_be_a_warning(minimal):
    reading = read_incident(minimal | {"plaec": "x", "place": "pier"}, unknown_fields="warning")

    assert [(problem.code, problem.level) for problem in reading.problems] == [("unknown_field", "warning")]
    assert reading.submission == IncidentSubmission.model_validate(minimal | {"place": "pier"})


def test_pointers_count_entries_as_sent_after_others_were_left_out(minimal):
    wrong = {"conveyance": {"containers": ["bad", "CSQU3054383", "worse", "CSQU3054384"]}}
    reading = read_draft(minimal | wrong)

    assert [(problem.code, problem.pointer) for problem in reading.problems] == [
        ("not_a_container", "/conveyance/containers/0"),
        ("not_a_container", "/conveyance/containers/2"),
        ("check_digit", "/conveyance/containers/3"),
    ]
    assert reading.submission.conveyance.containers == ("CSQU3054383", "CSQU3054384")


@pytest.mark.parametrize("document", [None, 5, "seizure", [], [{"kind": "seizure"}], True])
def test_what_is_no_object_is_an_empty_draft_with_the_document_kept(document):
    reading = read_draft(document)

    assert reading.submission == DraftSubmission()
    assert [(problem.pointer, problem.code) for problem in reading.problems] == [("", "not_an_object")]
    assert reading.document == document
    assert read_incident(document).submission is None


def test_an_empty_draft_names_what_a_final_record_needs():
    assert [problem.pointer for problem in read_draft({}).problems] == ["/kind", "/occurred_on", "/items"]


def test_a_draft_keeps_the_document_as_sent_less_what_no_database_stores():
    reading = read_draft({"kind": "raid", "nul\x00": "a\x00b\ud800", "n": math.nan})

    assert reading.document == {"kind": "raid", "nul": "ab\ufffd", "n": "nan"}
    assert {problem.pointer for problem in reading.problems} >= {"/kind", "/nul", "/n"}


def test_problems_beyond_what_can_be_corrected_at_once_are_counted(minimal):
    reading = read_incident(minimal | {f"key{n}": 1 for n in range(MOST_PROBLEMS + 7)})

    assert len(reading.problems) == MOST_PROBLEMS + 1
    assert reading.problems[-1].detail.startswith("7 more problems")


def test_a_field_with_more_errors_than_can_be_listed_is_named_as_a_whole(minimal):
    wrong = {"parties": [{"nationality": ["a"] * 50}] * 100, "place": 5, "plaec": "x", "at_sea": True}
    reading = read_draft(minimal | wrong)

    assert [(problem.pointer, problem.code) for problem in reading.problems] == [
        ("/parties", "too_many_errors"),
        ("/place", "not_text"),
        ("/plaec", "unknown_field"),
    ]
    assert reading.problems[0].params == {"count": 5000}
    assert reading.submission.at_sea is True


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b'{"kind": NaN}', "not_json"),
        (b'{"location_accuracy_m": 1e999}', "not_json"),
        (b'{"place": "\\ud800"}', "not_json"),
        (b'{"place": "\xff"}', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'"' + b"a" * LARGEST_RECORD_BYTES + b'"', "too_large"),
        (b"[]", "not_an_object"),
        (b"{}", "missing"),
    ],
)
def test_a_line_that_holds_no_record_says_why(line, code):
    reading = read_incident_line(line)

    assert reading.submission is None
    assert reading.problems[0].code == code
    assert reading.problems[0].detail


def test_a_line_is_read_with_or_without_a_byte_order_mark(full):
    line = json.dumps(full).encode()

    assert read_incident_line(line).submission == read_incident_line(b"\xef\xbb\xbf" + line + b"\n").submission
    assert read_incident_line(line).submission == read_incident(full).submission


def test_a_deeply_nested_value_refuses_only_its_field(minimal):
    deep = []
    for _ in range(50_000):
        deep = [deep]

    reading = read_draft(minimal | {"place": deep})

    assert {problem.code for problem in reading.problems} == {"too_deep", "not_text"}
    assert reading.submission.items[0].category == "small_arm"


@pytest.mark.parametrize(
    "hostile", [10**4000, -(10**400), 1e308, math.nan, "\ud800", "\x00", b"x", [[]], {"a": {}}, True]
)
@pytest.mark.parametrize("field", DraftSubmission.model_fields)
def test_a_hostile_value_anywhere_is_read_or_named(full, field, hostile):
    full[field] = hostile

    reading = read_draft(full, received_at=RECEIVED_AT)

    assert all(problem.detail for problem in reading.problems)
    assert orjson.dumps(document_of(reading.submission))
    assert read_incident(full).submission is None or read_incident(full).errors == ()


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8)
ANY_JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)


def places_in(value, at=()):
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in list(steps):
        yield (*at, step)
        yield from places_in(inner, (*at, step))


@settings(max_examples=150)
@given(data=st.data())
def test_a_record_spoilt_anywhere_is_never_lost(data, request):
    full = json.loads(json.dumps(request.getfixturevalue("full")))
    for place in data.draw(st.lists(st.sampled_from(list(places_in(full))), max_size=3)):
        spoilt = full
        try:
            for step in place[:-1]:
                spoilt = spoilt[step]
            spoilt[place[-1]] = data.draw(ANY_JSON)
        except (TypeError, KeyError, IndexError):  # Spoilt above already.
            continue

    draft, final = read_draft(full), read_incident(full)

    assert "not_valid" not in {problem.code for problem in draft.problems}
    assert (final.submission is None) == any(problem.level == "error" for problem in final.problems)
    assert final.submission is None or document_of(final.submission) == document_of(draft.submission)
    assert read_draft(document_of(draft.submission)).submission == draft.submission
    untouched = full.keys() - {problem.pointer.split("/")[1] for problem in draft.problems}
    assert all(document_of(draft.submission)[name] is not None for name in untouched if full[name] not in (None, "", 0))


def test_every_error_that_pydantic_raises_itself_has_a_code_of_ours():
    # `any` and the references raise nothing; functions raise our own codes; the others what CODES maps.
    considered = {"model", "model-fields", "nullable", "default", "enum", "literal", "bool", "uuid", "tuple", "any"}
    considered |= {"definitions", "definition-ref", "function-plain", "function-before", "function-after"}

    assert schema_types(IncidentSubmission.__pydantic_core_schema__) <= considered
    assert set(CODES.values()) <= set(SENTENCES)


def schema_types(schema):
    if isinstance(schema, list):
        return set().union(*map(schema_types, schema))
    if not isinstance(schema, dict):
        return set()
    skipped = {"serialization", "metadata", "ref", "config", "function"}
    inner = [schema_types(value) for key, value in schema.items() if key not in skipped]
    own = {schema["type"]} if isinstance(schema.get("type"), str) and schema["type"] != "model-field" else set()
    return own.union(*inner)
