import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from cases.intake.codes import (
    expected_container_digit,
    expected_imo_digit,
    read_container,
    read_hs_code,
    read_imo,
    read_mmsi,
    read_unlocode,
)

READERS = [read_imo, read_mmsi, read_container, read_hs_code, read_unlocode]


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (read_imo, "IMO 9074729", "9074729"),
        (read_imo, "imo-9074729", "9074729"),
        (read_imo, "IMO No. 9074729", "9074729"),
        (read_imo, 9074729, "9074729"),
        (read_imo, "9074720", "9074720"),
        (read_mmsi, "473 111 111", "473111111"),
        (read_mmsi, "MMSI: 473111111", "473111111"),
        (read_container, "csqu 305438-3", "CSQU3054383"),
        (read_container, "CSQU3054384", "CSQU3054384"),
        (read_hs_code, "9301.90.00", "93019000"),
        (read_hs_code, "0106", "0106"),
        (read_unlocode, "ye hod", "YEHOD"),
    ],
)
def test_a_code_is_read_as_people_write_it(read, typed, kept):
    assert read(typed) == kept


@pytest.mark.parametrize(
    ("read", "typed", "code"),
    [
        (read_imo, "907472A", "not_an_imo"),
        (read_imo, "907472", "not_an_imo"),
        (read_imo, 10**30, "not_text"),
        (read_imo, True, "not_text"),
        (read_mmsi, "47311111", "not_an_mmsi"),
        (read_container, "CSQU305438", "not_a_container"),
        (read_container, "1234", "not_a_container"),
        (read_hs_code, "93O1", "not_an_hs_code"),
        (read_hs_code, "9", "not_an_hs_code"),
        (read_hs_code, 9301, "not_text"),
        (read_unlocode, "Hodeidah", "not_an_unlocode"),
    ],
)
def test_what_cannot_be_the_code_is_refused(read, typed, code):
    with pytest.raises(PydanticCustomError) as refused:
        read(typed)

    assert refused.value.type == code


def test_the_expected_check_digit_is_named():
    assert expected_imo_digit("9074720") == "9"
    assert expected_imo_digit("9074729") is None
    assert expected_container_digit("CSQU3054384") == "3"
    assert expected_container_digit("CSQU3054383") is None


@pytest.mark.parametrize("read", READERS)
@given(text=st.text("IMOCSQUYE0123456789 .-:", max_size=14) | st.from_regex(r"[A-Z]{2,4}[0-9]{2,9}", fullmatch=True))
def test_any_text_is_read_to_one_form_or_refused(read, text):
    try:
        kept = read(text)
    except PydanticCustomError:
        return
    assert read(kept) == kept
