import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.tracing.mark_text import (
    LOOK_ALIKES,
    Numbers,
    folded,
    known_signs,
    normalised,
    numbers_of,
    read_mark,
    read_pattern,
    read_span,
)

SIGNS = st.text(st.sampled_from("ABKLMSZ0158279IO-/ .?"), min_size=1, max_size=16)
TAKEN_FOR = {**LOOK_ALIKES, **{sign: letter for letter, sign in LOOK_ALIKES.items()}}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("AK 47-8901", "AK478901"),
        ("ak47/8901", "AK478901"),
        ("АК 47-8901", "AK478901"),
        ("ΑΚ478901", "AK478901"),
        ("ＡＫ４７８９０１", "AK478901"),
        ("AK٤٧٨٩٠١", "AK478901"),
        ("AK۴۷۸۹۰۱", "AK478901"),
        ("№ 123", "123"),
        ("Série É-12", "SERIEE12"),
        ("ЖД-17", "ЖД17"),
        ("?К*?", "?K?*"),
        ("一二 12", "一二12"),
        ("- / .", ""),
    ],
)
def test_script_case_spaces_and_separators_do_not_count(typed: str, read: str) -> None:
    assert normalised(typed) == read


@given(st.text(max_size=30))
def test_reading_again_changes_nothing_and_folding_keeps_the_length(text: str) -> None:
    once = normalised(text)

    assert normalised(once) == once
    assert folded(folded(text)) == folded(text)
    assert len(folded(text)) == len(once)
    assert not any(unicodedata.category(sign)[0] in "ZCM" for sign in once)


@given(SIGNS, st.data())
def test_any_look_alike_may_be_taken_for_the_other(text: str, data: st.DataObject) -> None:
    misread = "".join(data.draw(st.sampled_from([sign, TAKEN_FOR.get(sign, sign)])) for sign in text)

    assert folded(misread) == folded(text)


def test_signs_that_are_not_alike_stay_apart() -> None:
    apart = "ACDEFGHJKMNPQRTUVWXY0123456789"

    assert len({folded(sign) for sign in apart}) == len(apart)


@pytest.mark.parametrize(
    ("text", "is_partial", "read"),
    [
        ("AK47", False, "AK47"),
        ("*AK47*", False, "AK47"),
        ("AK47", True, "*AK47*"),
        ("AK47*", True, "AK47*"),
        ("AK?7", True, "AK?7"),
        ("???", True, None),
        ("***", False, None),
        ("A" * 300, False, "A" * 200 + "*"),
    ],
)
def test_what_was_not_read_of_a_recorded_mark(text: str, is_partial: bool, read: str | None) -> None:
    found = read_mark(text, is_partial=is_partial)

    assert (found and found.normalised) == read


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("AB 1001 – AB 1050", 81001, 81050),
        ("AB1001 to 1050", 81001, 81050),
        ("AB1001 - AB1050", 81001, 81050),
        ("AB1001…AB1050", 81001, 81050),
        ("56-2301234", 562301234, 562301234),
        ("AB1001-AB1050", None, None),
        ("12 - 17", 1217, 1217),
        ("AB1050 – AB1001", None, None),
        ("AB1001 – CD1050", None, None),
    ],
)
def test_a_recorded_range_stands_for_its_numbers(text: str, first: int | None, last: int | None) -> None:
    found = read_mark(text)

    assert found is not None
    if first is None:
        assert found.numbers is None or not found.numbers.is_span
    else:
        assert found.numbers is not None
        assert (found.numbers.first, found.numbers.last) == (first, last)


def test_a_span_is_of_one_stem_and_whichever_way_round() -> None:
    assert read_span("KX-1050", "кх 1001") == Numbers("KX", 1001, 1050)
    assert read_span("KX-1050", "KY-1051") is None
    assert read_span("KX-10?0", "KX-1051") is None
    assert numbers_of("KX") is None


@given(st.text(max_size=20))
def test_a_pattern_names_a_sign_or_is_none(text: str) -> None:
    found = read_pattern(text)

    assert found is None or known_signs(found.folded) > 0
