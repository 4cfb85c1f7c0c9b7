import string
from dataclasses import FrozenInstanceError

import pytest

from cases.intake.problems import SENTENCES, Problem, pointer_to, refusal


def test_the_sentence_of_a_problem_names_the_value_and_the_remedy():
    problem = Problem("/route/origin", "country_needs_code", {"value": "Yemen", "meant": "YEM"})

    assert problem.detail == "Use the three-letter code: write YEM for “Yemen”."
    assert problem.level == "error"


def test_braces_in_a_value_are_only_quoted():
    assert "{0.__class__}" in Problem("", "not_a_country", {"value": "{0.__class__}"}).detail


def test_a_problem_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Problem("", "missing").code = "other"


@pytest.mark.parametrize("code", SENTENCES)
def test_a_template_has_plain_named_placeholders_and_ends_as_a_sentence(code):
    fields = [field for _, field, spec, _ in string.Formatter().parse(SENTENCES[code]) if field is not None]

    assert all(field.isidentifier() for field in fields)
    assert SENTENCES[code].endswith(".")
    assert "violation" not in SENTENCES[code]


@pytest.mark.parametrize(
    ("location", "pointer"),
    [((), ""), (("items", 0, "quantity"), "/items/0/quantity"), (("a/b", "c~d"), "/a~1b/c~0d")],
)
def test_a_pointer_is_escaped_as_rfc_6901_asks(location, pointer):
    assert pointer_to(location) == pointer


def test_a_refusal_quotes_a_long_value_shortened():
    context = refusal("not_a_date", value="x" * 1000).context

    assert context == {"value": "x" * 79 + "…"}
