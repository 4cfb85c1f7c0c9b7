"""Rows of a table into values of one shape, each with its line; what is wrong is named by the column."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from cases.intake.problems import Problem, pointer_to, quote
from cases.intake.pydantic_errors import code_and_params
from cases.tables.reading import Row

Shape = TypeVar("Shape", bound=BaseModel)


class ReadRow(NamedTuple, Generic[Shape]):
    """A row as read; the value is None where something is wrong with it."""

    line: int
    value: Shape | None
    problems: tuple[Problem, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return what is wrong with the row, as a command prints it."""
        errors = [
            {"column": each.pointer.lstrip("/"), "code": each.code, "detail": each.detail} for each in self.problems
        ]
        return {"line": self.line, "errors": errors}


def read_rows(
    rows: Iterable[Row], shape: type[Shape], further: Callable[[Shape], Iterable[Problem]] = lambda _value: ()
) -> Iterator[ReadRow[Shape]]:
    """Yield each row as the shape, or with what is wrong; `further` names what is wrong with a whole value."""
    for row in rows:
        if row.problems:
            yield ReadRow(row.line, None, row.problems)
            continue
        try:
            value = shape.model_validate(row.cells)
        except ValidationError as error:
            yield ReadRow(row.line, None, problems_of(error))
            continue
        problems = tuple(further(value))
        yield ReadRow(row.line, None if problems else value, problems)


def distinct(rows: Iterable[ReadRow[Shape]], key_of: Callable[[Shape], str]) -> Iterator[ReadRow[Shape]]:
    """Yield the rows, of those with one key the first; the others are wrong."""
    seen: set[str] = set()
    for row in rows:
        if row.value is not None and (key := key_of(row.value)) in seen:
            yield ReadRow(row.line, None, (Problem("/key", "repeated_key", {"value": quote(key)}),))
            continue
        if row.value is not None:
            seen.add(key)
        yield row


def problems_of(error: ValidationError) -> tuple[Problem, ...]:
    """Return what a shape found wrong."""
    found = ((detail["loc"], *code_and_params(detail)) for detail in error.errors(include_url=False))
    return tuple(Problem(pointer_to(place), code, params) for place, code, params in found)
