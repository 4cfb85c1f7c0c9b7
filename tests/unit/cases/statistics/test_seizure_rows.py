"""Rows for the Customs Enforcement Network: what is recorded, in words of closed lists, and nobody's name."""

import csv
import io
import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.statistics.seizure_rows import (
    CONCEALMENT,
    DETECTION,
    PROCEDURE,
    SeizedLine,
    SeizureRow,
    rows_as_csv,
    rows_as_ndjson,
    seizure_row,
)

RIFLES = SeizedLine(
    reference="INC-2024-00000001",
    number=1,
    first_day=date(2024, 5, 3),
    last_day=date(2024, 5, 3),
    country="DDR",
    at_sea=False,
    longitude=13.41234,
    latitude=52.51234,
    procedure="Transit (T1)",
    detection="x_ray",
    concealment="behind a false bottom of the fuel tank, said Zebedee Name",
    mode="road",
    origin="CSK",
    transit=("YUG",),
    destination="DDR",
    category="small_arm",
    hs_code="9301",
    quantity=12,
    unit="piece",
    quantity_basis="counted",
    nationalities=("YUG", "CSK", "YUG"),
)


def test_a_seized_line_as_a_row() -> None:
    row = seizure_row(RIFLES)._asdict()

    assert row == {
        "reference": "INC-2024-00000001",
        "line": 1,
        "seized_from": "2024-05-03",
        "seized_until": "2024-05-03",
        "country": "DDR",
        "place_kind": "land",
        "nearest_country": None,
        "latitude": 52.5,
        "longitude": 13.4,
        "direction": "inward",
        "customs_procedure": "transit",
        "detection": "x_ray",
        "transport": "road",
        "concealment": "in_conveyance",
        "origin": "CSK",
        "transit": "YUG",
        "destination": "DDR",
        "hs_code": "9301",
        "goods": "small_arm",
        "quantity": 12,
        "unit": "piece",
        "quantity_basis": "counted",
        "nationalities": "CSK YUG",
    }


def test_what_is_not_recorded_is_empty_and_what_no_list_has_is_other() -> None:
    bare = seizure_row(SeizedLine("INC-2024-00000001", 1))
    odd = seizure_row(RIFLES._replace(concealment="zz", procedure="zz", detection="zz", unit="zz", category="missile"))

    assert set(bare[2:]) == {None}
    assert (odd.concealment, odd.customs_procedure, odd.detection, odd.unit, odd.goods) == (*["other"] * 4, "missile")
    # Whence and whither decide the direction; where one is not known nobody guesses.
    assert seizure_row(RIFLES._replace(origin="")).direction is None
    assert seizure_row(RIFLES._replace(country="YUG")).direction == "transit"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("hidden compartments", "in_conveyance"),
        ("strapped to the body under clothing", "on_person"),
        ("among sacks of rice", "in_freight"),
        ("in the suitcases", "in_baggage"),
        ("not concealed in the hold", "not_concealed"),
        ("  ", None),
    ],
)
def test_how_goods_were_hidden_is_read_from_the_words(text: str, word: str | None) -> None:
    assert seizure_row(RIFLES._replace(concealment=text)).concealment == word


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=30), min_size=7, max_size=7))
def test_nothing_that_was_typed_is_in_a_row(typed: list[str]) -> None:
    procedure, detection, concealment, subtype, unit, mode, code = typed
    line = RIFLES._replace(procedure=procedure, detection=detection, concealment=concealment, subtype=subtype)
    row = seizure_row(line._replace(unit=unit, mode=mode, hs_code=code, transit=(code,), nationalities=(unit,)))

    assert row.customs_procedure in {*PROCEDURE, "other", None}
    assert row.detection in {*DETECTION, "other", None}
    assert row.concealment in {*CONCEALMENT, "other", None}
    # Nor would a program that computes sheets take any of it for a formula.
    for cell in row:
        assert not isinstance(cell, str) or re.fullmatch(r"\w[\w /-]*", cell, re.ASCII), cell


def test_rows_are_written_as_csv_and_as_lines_of_json() -> None:
    row = seizure_row(RIFLES)

    (header, first) = csv.reader(io.StringIO(rows_as_csv([row]).decode()))
    assert (tuple(header), first[0], first[6]) == (SeizureRow._fields, "INC-2024-00000001", "")
    assert json.loads(rows_as_ndjson([row])) == row._asdict()
