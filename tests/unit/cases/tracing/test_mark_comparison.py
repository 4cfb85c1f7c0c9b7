import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.tracing.mark_comparison import MetBy, can_be_the_same, compare
from cases.tracing.mark_search import keys_of, sought_by
from cases.tracing.mark_text import ReadMark, known_signs, read_mark, read_pattern

SIGN = st.sampled_from("AB7")
WHOLE = st.text(SIGN, min_size=1, max_size=6)
OPEN = st.text(st.sampled_from("AB7?*"), min_size=1, max_size=6)


def mark(text: str, *, is_partial: bool = False) -> ReadMark:
    found = read_mark(text, is_partial=is_partial)
    assert found is not None
    return found


def pattern(text: str) -> ReadMark:
    found = read_pattern(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("asked", "kept", "is_partial", "by"),
    [
        ("AK47-8901", "ак 478901", False, MetBy.EXACT),
        ("AK47-89O1", "AK47-8901", False, MetBy.LOOK_ALIKES),
        ("AK47?89*", "AK470891", False, MetBy.PARTIAL),
        ("AK478901", "AK47?901", False, MetBy.PARTIAL),
        ("AK478901", "7890", True, MetBy.PARTIAL),
        ("AK478901", "AK478902", False, None),
        ("AK478901", "AK47890", False, None),
        ("KX1010", "KX1001 – KX1050", False, MetBy.IN_RANGE),
        ("KX1051", "KX1001 – KX1050", False, None),
    ],
)
def test_how_a_recorded_mark_answers(asked: str, kept: str, is_partial: bool, by: MetBy | None) -> None:
    met = compare(pattern(asked), mark(kept, is_partial=is_partial))

    assert (met and met.by) == by


def test_the_more_is_sure_the_greater_the_confidence() -> None:
    kept = mark("AK478901")
    asked = ("AK478901", "AK4789O1", "AK47B9O1", "AK47B9??", "AK47*")
    confidences = [met.confidence for text in asked if (met := compare(pattern(text), kept)) is not None]

    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == len(asked)
    assert confidences[0] == 1


@given(OPEN, WHOLE)
def test_open_marks_are_compared_as_their_expression_would_be(text: str, whole: str) -> None:
    expression = re.compile("".join({"?": ".", "*": ".*"}.get(sign, sign) for sign in text))

    assert can_be_the_same(text, whole) is (expression.fullmatch(whole) is not None)
    assert can_be_the_same(whole, text) is can_be_the_same(text, whole)


@given(OPEN, OPEN)
def test_whichever_side_is_asked_for_the_answer_is_the_same(one: str, other: str) -> None:
    assert can_be_the_same(one, other) is can_be_the_same(other, one)


@given(OPEN, OPEN, st.data())
def test_two_open_marks_that_one_mark_fits_can_be_the_same(one: str, other: str, data: st.DataObject) -> None:
    whole = "".join(data.draw(SIGN) if sign == "?" else data.draw(WHOLE) if sign == "*" else sign for sign in one)

    if can_be_the_same(other, whole):
        assert can_be_the_same(one, other)


# --- what the keys bring up ---


def brings_up(asked: ReadMark, kept: ReadMark) -> bool:
    """What the database does: all groups met and the expression, or the piece."""
    sought = sought_by(asked)
    assert sought is not None
    keys = set(keys_of(kept.folded))
    fits = re.match(sought.pattern, kept.folded) is not None or "*" in kept.folded
    return (fits and all(keys & set(group) for group in sought.groups)) or bool(keys & set(sought.pieces))


@given(st.text(st.sampled_from("ABKZ0158"), min_size=4, max_size=30), st.data())
def test_a_mark_is_found_with_any_positions_not_read_on_either_side(text: str, data: st.DataObject) -> None:
    def worn(text: str) -> str:
        return "".join(data.draw(st.sampled_from([sign, sign, sign, "?"])) for sign in text)

    asked, kept = read_pattern(worn(text)), read_mark(worn(text))

    if asked is None or kept is None or (sought_by(asked) is None and known_signs(asked.folded) < len(text)):
        return
    assert compare(asked, kept) is not None
    assert brings_up(asked, kept)


@given(st.text(st.sampled_from("ABKZ0158"), min_size=4, max_size=30), st.data())
def test_a_mark_is_found_by_its_beginning_its_end_and_a_piece_of_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 3))
    end = data.draw(st.integers(start + 3, len(text)))
    asked = data.draw(st.sampled_from([f"{text[:end]}*", f"*{text[start:]}", f"*{text[start:end]}*"]))

    assert brings_up(pattern(asked), mark(text))


@given(st.text(st.sampled_from("ABKZ0158"), min_size=4, max_size=30), st.data())
def test_a_piece_is_found_by_the_whole_mark_and_by_a_smaller_piece(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 3))
    end = data.draw(st.integers(start + 3, len(text)))
    piece = mark(text[start:end], is_partial=True)

    assert brings_up(pattern(text), piece)
    assert brings_up(pattern(f"*{text[start : start + 3]}*"), piece)


@pytest.mark.parametrize("text", ["A?", "A*", "*", "*A*7", "A?*7"])
def test_what_says_too_little_brings_up_nothing(text: str) -> None:
    read = read_pattern(text)

    assert read is None or sought_by(read) is None


@pytest.mark.parametrize("text", ["7", "17", "A?4?8", "123*", "*345*", "*345"])
def test_a_short_mark_whole_and_three_signs_of_a_longer_one_are_enough(text: str) -> None:
    assert sought_by(pattern(text)) is not None
