from dataclasses import replace

import pytest

from cases.tracing.content import Mandate
from cases.tracing.warnings import STOPPING, WARNINGS, referral_warnings
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST

# A request whose record says nothing to warn of.
QUIET = replace(
    ITI_REQUEST,
    measures=(),
    mandate=Mandate(),
    onward_use="the Committee",
    items=tuple(replace(item, year_of_manufacture=None, make=None, model=None) for item in ITI_REQUEST.items),
)


def codes(content, **asked):
    return [(warning.code, warning.lines) for warning in referral_warnings(content, **asked)]


def with_line(content=QUIET, **changes):
    return replace(content, items=(replace(content.items[0], **changes), *content.items[1:]))


def test_a_usual_request_warns_of_nothing():
    assert codes(QUIET) == []
    assert codes(replace(QUIET, kind="bilateral", reply_requested_by=None, onward_use=None)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"year_of_manufacture": "1899"}, "antique"),
        ({"year_of_manufacture": "1900"}, "before_1946"),
        ({"year_of_manufacture": "1945"}, "before_1946"),
        ({"custody": "destruction_ordered"}, "destruction_ordered"),
    ],
)
def test_a_line_warns_by_its_number(changes, code):
    assert codes(with_line(**changes)) == [(code, (1,))]


def test_what_was_made_since_1946_or_of_no_stated_year_warns_of_nothing():
    assert codes(with_line(year_of_manufacture="1946")) == codes(with_line(year_of_manufacture="about 1890")) == []


def test_old_state_stock_is_what_panels_trace():
    old = with_line(year_of_manufacture="1943")

    assert codes(replace(old, measures=PANEL_REQUEST.measures)) == []
    assert codes(replace(old, mandate=PANEL_REQUEST.mandate)) == []
    assert codes(replace(with_line(year_of_manufacture="1890"), measures=PANEL_REQUEST.measures)) == [("antique", (1,))]


def test_arms_given_up_under_an_amnesty_warn_and_other_surrenders_do_not():
    given_up = replace(QUIET.observation, kind="surrender")

    assert codes(replace(QUIET, observation=given_up)) == []
    assert codes(replace(QUIET, observation=replace(given_up, context=("amnesty",)))) == [("amnesty", ())]


def test_a_state_asked_as_maker_of_what_it_does_not_make_is_doubted():
    country = QUIET.addressee.country
    famas = {"make": None, "model": "FAMAS"}

    assert codes(with_line(country_of_manufacture=country, **famas)) == [("made_elsewhere", (1,))]
    # Asked for another reason than manufacture, or about a model made nearly everywhere, it is not.
    assert codes(with_line(country_of_manufacture="FRA", **famas)) == []
    assert codes(with_line(country_of_manufacture=country, make=None, model="AKM")) == []


def test_lines_asked_about_already_and_what_is_advised_are_named():
    assert codes(QUIET, asked_lines=[2]) == [("already_asked", (2,))]
    assert codes(replace(QUIET, reply_requested_by=None, onward_use=None)) == [
        ("reply_date_advised", ()),
        ("onward_use_advised", ()),
    ]


def test_only_reasons_not_to_trace_stop_and_every_sentence_can_be_filled():
    found = referral_warnings(
        with_line(
            replace(QUIET, observation=replace(QUIET.observation, kind="surrender", context=("amnesty",))),
            year_of_manufacture="1890",
            custody="destruction_ordered",
            country_of_manufacture=QUIET.addressee.country,
            make="Glock",
            model="Glock 17",
        ),
        asked_lines=[1],
    )

    assert {warning.code for warning in found if warning.stops} == STOPPING
    assert all("{" not in WARNINGS[warning.code].format_map(dict(warning.params)) for warning in found)
