"""The types of fields in small request bodies, read as intake reads a record's."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema

from cases.intake.fields import CountryCode, Line, Story
from cases.intake.problems import refusal
from cases.intake.text import LONGEST_LINE, LONGEST_STORY, read_line, read_story

__all__ = ["Body", "Country", "Line", "Reason", "StatedLine", "Story", "read_reason"]

Country: TypeAlias = CountryCode


class Body(BaseModel):
    """A request body that knows no field but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_reason(value: object) -> str:
    """Return the text of a reason; a blank one is none."""
    text = None if value is None else read_story(value)
    if text is None:
        raise refusal("missing")
    return text


Reason: TypeAlias = Annotated[
    str,
    PlainValidator(read_reason),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_STORY}),
]


def read_stated_line(value: object) -> str:
    """Return the text of a line that must be there."""
    text = None if value is None else read_line(value)
    if text is None:
        raise refusal("missing")
    return text


StatedLine: TypeAlias = Annotated[
    str,
    PlainValidator(read_stated_line),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_LINE}),
]
