from hypothesis import given
from hypothesis import strategies as st

from cases.documents.printable import covered, isolated, printable, printable_mark


@given(st.text(max_size=60))
def test_nothing_invisible_or_without_a_glyph_is_left(text: str) -> None:
    left = set(printable(text)) - {"\n", "\u200b", "\u200c", "\u200d"}

    assert all(ord(sign) in covered() for sign in left)
    assert not left & {chr(code) for code in (*range(0x20), 0x202D, 0x202E, 0x2066, 0x2067, 0xFEFF)}


@given(st.text(alphabet="0123456789ABCDEF-/ ", max_size=200))
def test_a_plain_mark_is_printed_sign_by_sign(text: str) -> None:
    assert printable_mark(text) == text


def test_what_would_hide_or_reorder_a_mark_is_written_out() -> None:
    assert printable_mark("12\u202e34\n5\u200d6") == "12[U+202E]34[U+000A]5[U+200D]6"


def test_long_words_may_break_and_lose_nothing() -> None:
    assert printable("x" * 100).replace("\u200b", "") == "x" * 100
    assert "\u200b" in printable("x" * 100)


def test_only_text_from_right_to_left_is_isolated() -> None:
    assert isolated("Jihan 1") == "Jihan 1"
    assert isolated("جيهان") == "\u2068جيهان\u2069"
