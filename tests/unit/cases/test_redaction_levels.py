"""What each level withholds: every field is decided, and what one field withholds stands in no other."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from cases.choices import PartyKind, ReferralKind, WithheldFact
from cases.intake.incident import DraftSubmission
from cases.redaction_levels import (
    FULL,
    PUBLIC,
    RECORD,
    REFERRAL,
    TO_INTERPOL_WCO,
    TO_STATE,
    Table,
    default_level,
    redacted,
    released_record,
)
from cases.tracing.content import ReferralContent
from tests.sent_documents import full_document


def is_decided(table: Table, path: str) -> bool:
    """Whether the table names the field, or a part that holds it."""
    names = path.split(".")
    return any(".".join(names[:length]) in table for length in range(1, len(names) + 1))


def fields_of(shape: Any, path: str = "") -> Iterator[str]:
    parts = [part for part in (shape, *get_args(shape)) if is_dataclass(part)]
    nested = parts or [inner for part in get_args(shape) for inner in get_args(part) if is_dataclass(inner)]
    if not nested:
        yield path
    for part in nested[:1]:
        for each in fields(part):
            yield from fields_of(get_type_hints(part)[each.name], f"{path}.{each.name}".removeprefix("."))


def test_each_field_of_a_referral_and_no_other_is_decided() -> None:
    named = set(fields_of(ReferralContent))

    assert [path for path in named if not is_decided(REFERRAL, path)] == []
    assert [path for path in REFERRAL if not any(name == path or name.startswith(f"{path}.") for name in named)] == []


def leaves(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}".removeprefix("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from leaves(value[0], path)
    else:
        yield path


def test_each_field_of_a_record_is_decided() -> None:
    document = full_document()
    assert set(document) == set(DraftSubmission.model_fields)

    assert [path for path in leaves(document) if not is_decided(RECORD, path)] == []


def test_a_field_that_no_table_names_is_shown_to_nobody() -> None:
    assert redacted({"kind": "seizure", "new": "secret", "route": {"new": ["secret"]}}, RECORD, FULL).document == {
        "kind": "seizure",
        "new": None,
        "route": {"new": [None]},
    }


@pytest.mark.parametrize("table", [RECORD, REFERRAL], ids=["record", "referral"])
def test_a_level_withholds_whatever_the_one_before_it_does(table: Table) -> None:
    document = full_document() if table is RECORD else {"observation": {"parties": full_document()["parties"]}}
    seen: frozenset[WithheldFact] = frozenset()
    for level in (FULL, TO_STATE, TO_INTERPOL_WCO, PUBLIC):
        withheld = redacted(document, table, level).withheld
        assert seen <= withheld
        seen = withheld
    assert redacted(document, table, FULL).withheld == frozenset()


def test_a_name_typed_into_another_field_is_withheld_there_too() -> None:
    document = full_document() | {"circumstances": "LANTERN  trading paid the crew", "place": "at Pier 4"}

    record = released_record(document, TO_STATE).document

    assert record["circumstances"] == "[…] paid the crew"
    assert record["place"] == "at […]"
    assert record["parties"][0]["role"] == "consignee"
    assert record["parties"][0]["name"] is None


def test_a_force_that_the_measures_are_about_keeps_its_name_and_so_does_a_vessel() -> None:
    document = full_document()
    document["parties"] = [
        document["parties"][0] | {"name": "Houthis", "aliases": []},
        document["parties"][0] | {"name": "Morning Star", "kind": PartyKind.VESSEL},
    ]
    document["conveyance"] |= {"owner": "unknown"}

    record = released_record(document, PUBLIC).document

    assert record["recipient"]["name"] == "Houthis"
    assert record["parties"][1]["name"] == "Morning Star"
    assert record["parties"][0]["sex"] == "unknown"


def test_the_public_sees_a_place_no_nearer_than_a_degree_and_a_number_as_it_begins() -> None:
    document = full_document()
    document["items"][0]["serial_number"] = "05-2-07314"

    record = released_record(document, PUBLIC).document

    assert record["location"]["coordinates"] == [52.0, 15.0]
    assert record["location_accuracy_m"] == 150_000
    assert record["items"][0]["serial_number"] == "05-…"
    assert record["items"][0]["ammunition"]["lot"] is None
    assert released_record(document | {"location_accuracy_m": 10}, PUBLIC).document["location_accuracy_m"] == 80_000
    assert released_record(document, TO_INTERPOL_WCO).document["items"][0]["serial_number"] == "05-2-07314"


def test_bureaus_are_written_to_without_nominal_data() -> None:
    assert default_level(ReferralKind.IARMS_TRACE) == TO_INTERPOL_WCO
    assert default_level(ReferralKind.ITI_REQUEST) == TO_STATE
