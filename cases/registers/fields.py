"""How single cells are read, beside the types that an incident's fields have."""

import re
from datetime import date
from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema

from cases.intake.problems import refusal
from cases.intake.text import LONGEST_LINE, read_line

LONGEST_KEY: Final = 200
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_BETWEEN: Final = re.compile(r"[,;/\s]+")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s]{2,24}")
_TRUE: Final = frozenset({"true", "yes", "1", "x"})
_FALSE: Final = frozenset({"false", "no", "0"})


def read_stated(value: object) -> str:
    """Return a line that must be there."""
    line = None if value is None else read_line(value)
    if line is None:
        raise refusal("missing")
    return line


def read_day(value: object) -> date:
    """Return a whole day, YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise refusal("not_text")
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            raise refusal("not_a_day", value=value)
        return date.fromisoformat(value.strip())
    except ValueError:
        raise refusal("not_a_day", value=value) from None


def read_email(value: object) -> str:
    """Return an e-mail address as far as it can be told without writing to it."""
    line = read_stated(value)
    if not _EMAIL.fullmatch(line):
        raise refusal("not_an_email", value=line)
    return line


def read_language(value: object) -> str:
    """Return a language tag (BCP 47)."""
    line = read_stated(value)
    if not _LANGUAGE.fullmatch(line):
        raise refusal("not_a_language", value=line)
    return line


def read_key(value: object) -> str:
    """Return the key of an entry in the file's own register."""
    line = read_stated(value)
    if len(line) > LONGEST_KEY:
        raise refusal("text_too_long", length=len(line), limit=LONGEST_KEY)
    return line


def _apart(value: object) -> object:
    """Return what one cell lists, one by one."""
    return tuple(part for part in _BETWEEN.split(value) if part) if isinstance(value, str) else value


def _truth(value: object) -> object:
    plain = value.strip().lower() if isinstance(value, str) else value
    return True if plain in _TRUE else False if plain in _FALSE else value


def _year(value: object) -> object:
    return int(value) if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{4}\s*", value) else value


def _text(**facets: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **facets})


Stated: TypeAlias = Annotated[str, PlainValidator(read_stated), _text(minLength=1, maxLength=LONGEST_LINE)]
Key: TypeAlias = Annotated[str, PlainValidator(read_key), _text(minLength=1, maxLength=LONGEST_KEY)]
Day: TypeAlias = Annotated[
    date, PlainValidator(read_day), PlainSerializer(date.isoformat, return_type=str), _text(format="date")
]
Email: TypeAlias = Annotated[str, PlainValidator(read_email), _text(maxLength=254)]
Language: TypeAlias = Annotated[
    str, PlainValidator(read_language), _text(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")
]
Languages: TypeAlias = Annotated[tuple[Language, ...], BeforeValidator(_apart)]
YesNo: TypeAlias = Annotated[bool, BeforeValidator(_truth)]
Year: TypeAlias = Annotated[int, BeforeValidator(_year)]
