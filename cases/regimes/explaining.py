"""What the schema refuses, said as place, fault and remedy."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cases.regimes.errors import RegimeProblem

REMEDIES = {
    "missing": "Add the key; write null where nothing is known and the schema allows it.",
    "extra_forbidden": "Take the key out, or correct its spelling.",
    "literal_error": "Use one of the words named.",
    "date_type": "Write a day as YYYY-MM-DD, without quotes.",
    "string_type": "Write text; put quotes around a bare number.",
    "bool_type": "Write true or false.",
    "list_type": "Write a list.",
    "string_pattern_mismatch": "Follow the pattern named.",
    "value_error": "Correct the entry.",
}


def problems_of(file: str, error: ValidationError) -> list[RegimeProblem]:
    """Return one problem for each thing that the schema refused."""
    return [_problem(file, detail) for detail in error.errors(include_url=False)]


def _problem(file: str, detail: ErrorDetails) -> RegimeProblem:
    said = detail["msg"].removeprefix("Value error, ")
    if detail["type"] in {"missing", "extra_forbidden"}:
        said = "the key is missing" if detail["type"] == "missing" else "the key is unknown"
    remedy = REMEDIES.get(detail["type"], "Correct the entry.")
    return RegimeProblem(file, _path(detail["loc"]), said, remedy)


def _path(parts: tuple[int | str, ...]) -> str:
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path
