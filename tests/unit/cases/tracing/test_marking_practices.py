import time

import pytest

from cases.choices import MarkingEvent
from cases.tracing.marking_practices import MarkRead, Practice, Reading, compiled_pattern, readings_of

FACTORY = Practice(
    key="made-up",
    country="DDR",
    event=MarkingEvent.MANUFACTURE,
    source="a made-up handbook, p. 1",
    manufacturer="Test Works",
    mark_kind="serial",
    pattern=r"(?P<factory>T9)-(?P<year>\d\d)-(?P<serial>\d{4,6})",
    position="left side of the receiver",
    parts=(("factory", "code of the factory"), ("year", "last two digits of the year")),
    year_from=1955,
    year_until=1980,
    is_verified=True,
)
MARK = MarkRead(text="T9-63-12345", kind="serial", position="receiver, left side", certainty="certain")


def codes(reading: Reading) -> list[str]:
    return [reason.code for reason in reading.reasons]


def test_a_mark_that_fits_a_practice_is_read_into_its_parts_with_every_reason() -> None:
    (reading,) = readings_of([MARK], [FACTORY], make="TEST WORKS")

    assert (reading.country, reading.event, reading.practice, reading.confidence) == (
        "DDR",
        MarkingEvent.MANUFACTURE,
        "made-up",
        "high",
    )
    assert [(part.name, part.text, part.meaning) for part in reading.parts] == [
        ("factory", "T9", "code of the factory"),
        ("year", "63", "last two digits of the year"),
        ("serial", "12345", "serial"),
    ]
    assert codes(reading) == ["pattern_fits", "maker_agrees", "position_agrees", "year_agrees"]


@pytest.mark.parametrize(
    ("mark", "make"),
    [
        (MarkRead(text="T9-63-12345-B", kind="serial"), None),
        (MarkRead(text="T9-63-12345", kind="proof"), None),
        (MarkRead(text="T9-99-12345", kind="serial"), None),
        (MARK, "Another Works"),
    ],
    ids=["not the whole mark", "another kind of mark", "a year in which it was not in use", "another maker"],
)
def test_what_does_not_fit_is_not_read(mark: MarkRead, make: str | None) -> None:
    assert readings_of([mark], [FACTORY], make=make) == ()


def test_doubt_and_what_nobody_checked_take_confidence_away_and_a_pattern_that_fits_everything_has_none() -> None:
    def confidence(practice: Practice, certainty: str = "certain") -> str:
        mark = MarkRead(text="T9-63-12345", kind="serial", certainty=certainty)
        return readings_of([mark], [practice], make="Test Works")[0].confidence

    unchecked = _with(FACTORY, is_verified=False)
    wide = _with(FACTORY, pattern=r"[A-Z0-9-]+")

    assert (confidence(FACTORY), confidence(unchecked), confidence(unchecked, "doubtful")) == ("high", "medium", "low")
    assert confidence(wide) == "low"


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("MADE IN CHINA", "country", ("CHN", "manufacture", "high")),
        ("IMPORTED KEN 2012", "import", ("KEN", "import", "medium")),
        ("IMPORT ARMS GEORGIA VT", "import", ("GEO", "import", "medium")),
        ("KE 12345", "import", ("KEN", "import", "medium")),
        ("YUGOSLAVIA", "country", ("YUG", "manufacture", "high")),
        # Of two States, of a word that is also a code, of another kind of mark: nothing.
        ("CHN RUS", "country", None),
        ("MADE IN KOREA", "country", None),
        ("7.62 IN NO", "country", None),
        ("MADE IN CHINA", "serial", None),
    ],
)
def test_marks_of_country_and_import_name_the_state(text: str, kind: str, found: tuple[str, str, str] | None) -> None:
    readings = readings_of([MarkRead(text=text, kind=kind)], [])

    assert [(each.country, each.event, each.confidence) for each in readings] == ([found] if found else [])


def test_no_pattern_keeps_the_reader_busy() -> None:
    hostile = compiled_pattern(r"(a|aa)+(a?){30}$")
    began = time.perf_counter()

    assert hostile.fullmatch("a" * 400 + "b") is None
    assert time.perf_counter() - began < 1


def _with(practice: Practice, **changes: object) -> Practice:
    values = {name: getattr(practice, name) for name in practice.__slots__}
    return Practice(**{**values, **changes})
