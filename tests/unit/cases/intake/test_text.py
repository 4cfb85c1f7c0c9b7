import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from cases.intake.text import LONGEST_LINE, LONGEST_STORY, read_line, read_story, read_verbatim, read_word, storable

READERS = [read_line, read_story, read_verbatim, read_word]
ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Djibouti\tport ", "Djibouti port"),
        ("two\r\nlines", "two lines"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("Cafe\u0301", "Café"),
        ("ميناء عدن", "ميناء عدن"),
        ("عَدَن", "عَدَن"),
        ("\u202bעברית\u202c", "\u202bעברית\u202c"),
        ("half \ud800 pair", "half \ufffd pair"),
        (" \x00\n ", None),
        ("", None),
    ],
)
def test_a_line_keeps_what_it_says(typed, kept):
    assert read_line(typed) == kept


def test_a_story_keeps_its_paragraphs():
    assert read_story("one\n\ntwo\ttabbed\x00\x1b") == "one\n\ntwo\ttabbed"


@pytest.mark.parametrize("typed", [" A 12  ", "Cafe\u0301", "A\n1", "\x07"])
def test_a_marking_is_kept_as_transcribed(typed):
    assert read_verbatim(typed) == typed


def test_a_marking_loses_only_what_no_database_stores():
    assert read_verbatim("A\x001\udfff") == "A1\ufffd"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("GPS", "gps"),
        ("End-user certificate", "end_user_certificate"),
        ("held", "held"),
        ("سكين", "سكين"),
        ("1.1D", "1.1D"),
    ],
)
def test_a_word_is_put_in_snake_case_where_it_can_be(typed, kept):
    assert read_word(typed) == kept


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("value", [1, True, ["a"], {"a": 1}, b"a", 1.5])
def test_what_is_not_text_is_refused(read, value):
    with pytest.raises(PydanticCustomError) as refused:
        read(value)

    assert refused.value.type == "not_text"


@pytest.mark.parametrize(
    ("read", "limit"),
    [(read_line, LONGEST_LINE), (read_verbatim, LONGEST_LINE), (read_story, LONGEST_STORY), (read_word, 64)],
)
def test_text_too_long_is_refused_naming_the_limit(read, limit):
    assert read("a" * limit) == "a" * limit
    with pytest.raises(PydanticCustomError) as refused:
        read("a" * (limit + 1))

    assert refused.value.type == "text_too_long"
    assert refused.value.context == {"length": limit + 1, "limit": limit}


@pytest.mark.parametrize("read", READERS)
@given(text=ANY_TEXT)
def test_reading_again_changes_nothing(read, text):
    once = read(text)

    assert once is None or read(once) == once


@given(text=ANY_TEXT)
def test_read_text_can_be_stored(text):
    for read in READERS:
        kept = read(text) or ""
        assert "\x00" not in kept
        assert kept.encode().decode() == kept
    assert unicodedata.is_normalized("NFC", read_line(text) or "")


def test_storable_leaves_good_text_alone():
    assert storable("дуло 🔫") == "дуло 🔫"
