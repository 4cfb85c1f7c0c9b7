"""Stored values are said in the reader's language."""

import pytest
from django.utils.translation import override

from console.templatetags.console import country, day, moment, number, words


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "light weapon"), ("fr", "arme légère"), ("ru", "легкое вооружение"), ("zh-hans", "轻武器")],
)
def test_a_stored_word_is_said_in_the_readers_language(language: str, said: str) -> None:
    with override(language):
        assert words("light_weapon") == said


def test_a_word_that_nobody_listed_is_said_as_it_is_and_none_says_nothing() -> None:
    with override("fr"):
        assert words("some_new_word") == "some new word"
        assert words(None) == words("") == ""


def test_a_state_has_the_name_of_the_language() -> None:
    with override("es"):
        assert country("PRK") == "República Popular Democrática de Corea"
        assert country(None) == ""
    with override("zh-hans"):
        assert country("YEM") == "也门"


@pytest.mark.parametrize(
    ("stated", "said"),
    [("2013-01-23", "23 janvier 2013"), ("2013-01", "janvier 2013"), ("2013", "2013"), (None, ""), ("about", "about")],
)
def test_a_day_is_said_as_far_as_it_is_known(stated: str | None, said: str) -> None:
    with override("fr"):
        assert day(stated) == said


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("2013-01-23T10:05:00+00:00", "23 January 2013, 10:05 UTC"),
        ("2013-01-24T01:05:00+03:00", "24 January 2013, 01:05 local time (23 January 2013, 22:05 UTC)"),
        ("2013-01-23T10:05:00", "23 January 2013, 10:05"),
        ("2013-01", "January 2013"),
    ],
)
def test_a_moment_is_said_in_utc_and_as_it_was_written(stated: str, said: str) -> None:
    with override("en"):
        assert moment(stated) == said


def test_a_number_has_the_separators_of_the_language() -> None:
    with override("es"):
        assert number(12345.5) == "12.345,5"
    with override("fr"):
        assert number(None) == ""
