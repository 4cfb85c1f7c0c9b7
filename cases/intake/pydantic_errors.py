"""What pydantic found wrong, in the codes and plain parameters of this package; one mapping for every reader."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cases.errors import InvalidSubmission
from cases.intake.problems import SENTENCES, Param, Problem, pointer_to, quote

Model = TypeVar("Model", bound=BaseModel)

# The few errors that pydantic raises itself; our own fields raise our codes.
CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "model_type": "not_an_object",
    "dict_type": "not_an_object",
    "tuple_type": "not_a_list",
    "too_long": "too_many",
    "enum": "not_a_choice",
    "literal_error": "not_a_choice",
    "bool_type": "not_true_or_false",
    "uuid_type": "not_a_uuid",
    "uuid_parsing": "not_a_uuid",
    "string_unicode": "not_text",
}


def validated(model: type[Model], document: Mapping[str, Any]) -> Model:
    """Return the document as the model reads it; InvalidSubmission names every field that does not hold."""
    try:
        return model.model_validate(dict(document))
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = [(pointer_to(detail["loc"]), *code_and_params(detail)) for detail in details]
        raise InvalidSubmission([Problem(*problem) for problem in found]) from None


def code_and_params(detail: ErrorDetails) -> tuple[str, dict[str, Param]]:
    """Return our code for one error, with what its sentence names."""
    kind = detail["type"]
    code = CODES.get(kind) or (kind if kind in SENTENCES else "not_valid")
    return code, _params(code, detail)


def _params(code: str, detail: ErrorDetails) -> dict[str, Param]:
    context, typed = detail.get("ctx", {}), detail["input"]
    if code == "unknown_field":
        return {"name": quote(str(detail["loc"][-1]))}
    if code == "too_many":
        return {"length": len(typed), "limit": context["max_length"]}
    if code == "not_a_choice" and "expected" in context:
        value = typed if isinstance(typed, str) else type(typed).__name__
        return {"value": quote(value), "allowed": ", ".join(re.findall(r"'([^']*)'", context["expected"]))}
    return dict(context) if code == detail["type"] else {}
