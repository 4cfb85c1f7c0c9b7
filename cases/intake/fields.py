"""The types of an incident's fields: how each value is read, and how the API describes it."""

from collections.abc import Callable
from functools import cache
from math import isfinite
from typing import Annotated, Any, TypeAlias, TypeGuard, TypeVar
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema

from cases.choices import Answer, RecordState
from cases.intake.codes import read_container, read_hs_code, read_imo, read_mmsi, read_unlocode
from cases.intake.countries import read_country
from cases.intake.partial_date import PartialDate, read_partial_date
from cases.intake.problems import refusal
from cases.intake.text import LONGEST_LINE, LONGEST_STORY, LONGEST_WORD, read_line, read_story, read_verbatim, read_word
from cases.intake.units import read_unit

T = TypeVar("T")

# More lines than the largest manifest seen, few enough to weigh at once.
MOST_ENTRIES = 10_000
# Beyond any count of rounds, and exact in every number that JSON readers use.
LARGEST_QUANTITY = 10**12
LARGEST_WEIGHT_KG = 10**10
# Half the circumference of the Earth.
LARGEST_ACCURACY_M = 20_000_000
# Antiques turn up too; a year of one or two digits is a misreading.
FIRST_YEAR_MADE = 1400
LAST_YEAR_MADE = 2200


def _unless_null(read: Callable[[object], T | None]) -> Callable[[object], T | None]:
    return lambda value: None if value is None else read(value)


def _null_is_empty(value: object) -> object:
    return () if value is None else value


def _null_is_final(value: object) -> object:
    return RecordState.FINAL if value is None else value


def _without_blanks(lines: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(line for line in lines if line is not None)


def _is_number(value: object) -> TypeGuard[int | float]:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and (isinstance(value, int) or isfinite(value))
    )


def _number_between(least: int, most: int) -> Callable[[object], int | float]:
    def read(value: object) -> int | float:
        if not _is_number(value):
            raise refusal("not_a_number")
        if not least <= value <= most:
            raise refusal("out_of_range", value=_short(value), least=least, most=most)
        # 10.0 and 10 are one quantity, and are kept as one.
        return int(value) if value == int(value) else value

    return read


def _whole_between(least: int, most: int) -> Callable[[object], int]:
    read_number = _number_between(least, most)

    def read(value: object) -> int:
        number = read_number(value)
        if isinstance(number, float):
            raise refusal("not_a_whole_number")
        return number

    return read


def _short(value: int | float) -> int | float | str:
    # A number of thousands of digits cannot even be written out.
    if isinstance(value, int) and abs(value) > LARGEST_QUANTITY**2:
        return "a number of many digits"
    return value


def read_coordinates(value: object) -> tuple[float, float]:
    """Return longitude and latitude of a GeoJSON position; an altitude is not kept."""
    if not isinstance(value, list | tuple) or len(value) not in {2, 3} or not all(map(_is_number, value)):
        raise refusal("not_a_point")
    longitude, latitude = value[0], value[1]
    _check_position(longitude, latitude)
    return float(longitude), float(latitude)


def _check_position(longitude: float, latitude: float) -> None:
    if abs(latitude) > 90 and abs(longitude) <= 90 and abs(latitude) <= 180:
        raise refusal("swapped_position", longitude=longitude, latitude=latitude)
    if abs(longitude) > 180:
        raise refusal("longitude_out_of_range", value=_short(longitude))
    if abs(latitude) > 90:
        raise refusal("latitude_out_of_range", value=_short(latitude))


def read_time_zone(value: object) -> str:
    """Return the name of an IANA time zone."""
    if not isinstance(value, str):
        raise refusal("not_text")
    if value not in _time_zones():
        raise refusal("not_a_time_zone", value=value)
    return value


def _truth_is_answer(value: object) -> object:
    """Take true and false for yes and no."""
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    return value


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _text_or_null(**facets: Any) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "string", **facets}, {"type": "null"}]})


def _text(**facets: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **facets})


_DIGITS = {"anyOf": [{"type": "string"}, {"type": "integer"}]}
_POSITION = {
    "type": "array",
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 3,
    "description": "[longitude, latitude], WGS 84",
}

Line: TypeAlias = Annotated[str | None, PlainValidator(_unless_null(read_line)), _text_or_null(maxLength=LONGEST_LINE)]
Story: TypeAlias = Annotated[
    str | None, PlainValidator(_unless_null(read_story)), _text_or_null(maxLength=LONGEST_STORY)
]
Verbatim: TypeAlias = Annotated[
    str | None, PlainValidator(_unless_null(read_verbatim)), _text_or_null(maxLength=LONGEST_LINE)
]
Word: TypeAlias = Annotated[str | None, PlainValidator(_unless_null(read_word)), _text_or_null(maxLength=LONGEST_WORD)]
UnitWord: TypeAlias = Annotated[
    str | None, PlainValidator(_unless_null(read_unit)), _text_or_null(maxLength=LONGEST_LINE)
]

When: TypeAlias = Annotated[
    PartialDate,
    PlainValidator(read_partial_date),
    PlainSerializer(str, return_type=str),
    _text(description="YYYY, YYYY-MM, YYYY-MM-DD or a timestamp"),
]
CountryCode: TypeAlias = Annotated[str, PlainValidator(read_country), _text(description="ISO 3166 alpha-3, XKX or XXX")]
TimeZone: TypeAlias = Annotated[str, PlainValidator(read_time_zone), _text(description="IANA time zone")]
ImoNumber: TypeAlias = Annotated[str, PlainValidator(read_imo), WithJsonSchema(_DIGITS)]
Mmsi: TypeAlias = Annotated[str, PlainValidator(read_mmsi), WithJsonSchema(_DIGITS)]
ContainerNumber: TypeAlias = Annotated[str, PlainValidator(read_container), _text(description="ISO 6346")]
HsCode: TypeAlias = Annotated[str, PlainValidator(read_hs_code), _text()]
Unlocode: TypeAlias = Annotated[str, PlainValidator(read_unlocode), _text()]
YesNoUnknown: TypeAlias = Annotated[
    Answer, BeforeValidator(_truth_is_answer), WithJsonSchema({"enum": [*Answer, True, False]})
]
Coordinates: TypeAlias = Annotated[
    tuple[float, float],
    PlainValidator(read_coordinates),
    PlainSerializer(list, return_type=list[float]),
    WithJsonSchema(_POSITION),
]


def _number(least: int, most: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "number", "minimum": least, "maximum": most})


def _whole(least: int, most: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": least, "maximum": most})


Quantity: TypeAlias = Annotated[
    int | float, PlainValidator(_number_between(0, LARGEST_QUANTITY)), _number(0, LARGEST_QUANTITY)
]
WeightKg: TypeAlias = Annotated[
    int | float, PlainValidator(_number_between(0, LARGEST_WEIGHT_KG)), _number(0, LARGEST_WEIGHT_KG)
]
AccuracyM: TypeAlias = Annotated[
    int | float, PlainValidator(_number_between(0, LARGEST_ACCURACY_M)), _number(0, LARGEST_ACCURACY_M)
]
YearMade: TypeAlias = Annotated[
    int, PlainValidator(_whole_between(FIRST_YEAR_MADE, LAST_YEAR_MADE)), _whole(FIRST_YEAR_MADE, LAST_YEAR_MADE)
]
ClockHour: TypeAlias = Annotated[int, PlainValidator(_whole_between(1, 12)), _whole(1, 12)]

State: TypeAlias = Annotated[RecordState, BeforeValidator(_null_is_final)]
Many: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_null_is_empty), Field(max_length=MOST_ENTRIES)]
Lines: TypeAlias = Annotated[Many[Annotated[str, PlainValidator(read_line), _text()]], AfterValidator(_without_blanks)]
Verbatims: TypeAlias = Annotated[
    Many[Annotated[str, PlainValidator(read_verbatim), _text()]], AfterValidator(_without_blanks)
]
Words: TypeAlias = Annotated[Many[Annotated[str, PlainValidator(read_word), _text()]], AfterValidator(_without_blanks)]
