import pytest

from cases.errors import InvalidSubmission
from cases.tracing.diversion import read_diversion

STOLEN = {"kind": "state_stock_theft", "country": "SDN", "confidence": "low", "words": "a register", "reason": "R/9"}


def test_a_point_of_diversion_is_read():
    assert read_diversion(STOLEN | {"on": "2011"}).on.last_day.isoformat() == "2011-12-31"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"reason": " "}, ["/reason"]),
        ({"country": None, "confidence": None}, ["/country", "/confidence"]),
        ({"words": None}, ["/steps"]),
        ({"kind": "not_established"}, ["/country", "/confidence"]),
        ({"kind": "sold"}, ["/kind"]),
    ],
)
def test_what_it_needs_is_named(change, expected):
    with pytest.raises(InvalidSubmission) as refused:
        read_diversion(STOLEN | change)

    assert [problem.pointer for problem in refused.value.problems] == expected
