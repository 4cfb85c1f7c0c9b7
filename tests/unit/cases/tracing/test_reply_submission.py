import pytest

from cases.choices import Confidence
from cases.errors import InvalidSubmission
from cases.tracing.reply_submission import read_reply


def problems(document):
    with pytest.raises(InvalidSubmission) as refused:
        read_reply(document)
    return [(problem.pointer, problem.code) for problem in refused.value.problems]


def test_a_reply_with_steps_is_read_with_partial_dates():
    step = {"kind": "export", "from_country": "CHN", "to_country": "SDN", "on": "2009-05", "confidence": "high"}

    read = read_reply({"state": "answered_partial", "steps": [step], "reason": None})

    assert (read.steps[0].on.first_day.isoformat(), read.steps[0].on.last_day.isoformat()) == (
        "2009-05-01",
        "2009-05-31",
    )
    assert read.steps[0].confidence is Confidence.HIGH


def test_every_place_that_does_not_hold_is_named():
    steps = [
        {"kind": "sale"},
        {"kind": "export", "country": "Nowhere", "on": "2013-02-30", "lines": [0]},
        {"kind": "theft", "who": "a thief"},
    ]

    assert problems({"state": "answered", "steps": steps, "documents": ["no"], "corrects": -1}) == [
        ("/state", "not_a_choice"),
        ("/steps/0/kind", "not_a_choice"),
        ("/steps/1/country", "not_a_country"),
        ("/steps/1/on", "no_such_day"),
        ("/steps/1/lines/0", "not_valid"),
        ("/steps/2/who", "unknown_field"),
        ("/documents/0", "not_a_uuid"),
        ("/corrects", "not_valid"),
    ]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"state": "refused"}, [("/reason", "missing")]),
        ({"state": "acknowledged", "forwarded_to": "ERI"}, [("/forwarded_to", "not_forwarded")]),
        (
            {"state": "answered_full", "steps": [{"kind": "loss", "manner": "a raid"}]},
            [("/steps/0", "step_says_nothing")],
        ),
        (
            {"state": "answered_full", "steps": [{"kind": "re_export", "from_country": "LBY", "to_country": "LBY"}]},
            [("/steps/0/to_country", "same_state")],
        ),
    ],
)
def test_what_does_not_go_together_is_named(document, expected):
    assert problems(document) == expected
