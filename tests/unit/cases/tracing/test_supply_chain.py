"""A chain is in order as far as dates say; what does not fit is named, and who is asked next follows from a step."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.choices import SupplyStepKind
from cases.intake.partial_date import PartialDate
from cases.tracing.supply_chain import (
    CONTRADICTIONS,
    GAPS,
    Answered,
    Forwarded,
    Span,
    Step,
    chain_of,
    in_order,
)

K = SupplyStepKind


def span(text):
    read = PartialDate.parse(text)
    return Span(text, read.first_day, read.last_day)


def step(id, kind, on=None, *, referral="REF-1", number=1, **told):
    return Step(id=id, kind=K(kind), on=span(on) if on else None, referral=referral, number=number, **told)


TAKEN = step("taken", "seizure", "2013-01-23", referral="", country="YEM")
MADE = step("made", "manufacture", "2005", country="CHN")
EXPORTED = step("exported", "export", "2006-03", number=2, from_country="CHN", to_country="SDN", items=(0, 2))


def codes(remarks):
    return [remark.code for remark in remarks]


def test_steps_of_several_replies_join_from_manufacture_to_seizure():
    lost = step("lost", "loss", "2010", referral="REF-2", country="SDN", items=(0,))

    chain = chain_of([TAKEN, lost, EXPORTED, MADE], asked={"CHN", "SDN"}, own={"YEM"})

    assert [link.step.id for link in chain.links] == ["made", "exported", "lost", "taken"]
    assert [link.follows for link in chain.links] == [None, "certain", "certain", "certain"]
    assert (chain.window.after.id, chain.window.before.id) == ("exported", "lost")
    assert chain.proposals == ()
    # From Sudan to Yemen no step leads.
    assert [(gap.code, gap.steps) for gap in chain.gaps] == [
        ("whereabouts_unknown", ("exported", "lost")),
        ("movement_unknown", ("lost", "taken")),
        ("whereabouts_unknown", ("lost", "taken")),
    ]
    assert chain.contradictions == ()


def test_the_state_to_which_a_request_was_forwarded_is_asked_next_unless_it_was_or_a_step_names_it():
    onward = [Forwarded(country, (1,), "2013-03-01") for country in ("ERI", "CHN", "SDN", "YEM", "XXX")]

    chain = chain_of([MADE, EXPORTED], forwarded=onward, asked={"CHN"}, own={"YEM"})

    assert [(each.country, each.part, each.steps, each.items) for each in chain.proposals] == [
        ("SDN", "to", ("exported",), (0, 2)),
        ("ERI", "forwarded", (), (1,)),
    ]
    assert "forwarded to your State (2013-03-01)" in chain.proposals[1].why


@pytest.mark.parametrize(
    ("on", "follows"), [("2006", "overlapping"), ("2006-03", "overlapping"), ("2006-04", "certain"), (None, "undated")]
)
def test_an_order_that_dates_leave_open_is_said_to_be_open(on, follows):
    arrived = step("arrived", "import", on, number=3, country="SDN")

    chain = chain_of([arrived, EXPORTED])

    assert [(link.step.id, link.follows) for link in chain.links] == [("exported", None), ("arrived", follows)]


def test_a_step_without_a_date_stays_behind_the_one_told_before_it():
    sold = step("sold", "transfer", None, number=3, country="SDN")
    later = step("later", "re_export", "2012", referral="REF-2", from_country="SDN", to_country="ERI")

    assert [each.id for each in in_order([later, sold, EXPORTED])] == ["exported", "sold", "later"]


@st.composite
def told(draw):
    days = st.dates(date(2000, 1, 1), date(2002, 12, 31))
    steps = []
    for number in range(draw(st.integers(0, 7))):
        first, last = sorted((draw(days), draw(days)))
        on = draw(st.sampled_from([None, Span("", first, last)]))
        referral = draw(st.sampled_from(["", "REF-1", "REF-2"]))
        steps.append(
            Step(id=str(number), kind=draw(st.sampled_from(K)), on=on, referral=referral, number=number, country="CHN")
        )
    return steps


@given(told())
def test_nothing_stands_before_what_certainly_happened_earlier(steps):
    ordered = in_order(steps)

    assert sorted(each.id for each in ordered) == sorted(each.id for each in steps)
    for at, one in enumerate(ordered):
        for later in ordered[at + 1 :]:
            assert not (later.on and later.on.before(one.on))
    assert ordered == in_order(list(reversed(steps)))


@pytest.mark.parametrize(
    ("others", "answered", "expected"),
    [
        ([step("b", "manufacture", "2005", country="IRN", referral="REF-2")], (), ["made_twice"]),
        ([step("b", "manufacture", "2009", country="CHN", referral="REF-2")], (), ["made_at_two_times"]),
        ([step("b", "export", "2001", from_country="CHN")], (), ["before_manufacture"]),
        ([step("b", "export", "2013-02")], (), ["after_seizure"]),
        ([step("b", "export", "2013-01")], (), []),
        ([step("b", "destruction", "2012", country="SDN")], (), ["destroyed_and_found"]),
        ([], [Answered("CHN", "not_ours")], ["disowned"]),
        ([], [Answered("CHN", "answered_full")], []),
    ],
)
def test_what_cannot_all_be_true_is_named(others, answered, expected):
    chain = chain_of([MADE, TAKEN, *others], answered=answered)

    assert codes(chain.contradictions) == expected
    for remark in chain.contradictions:
        assert CONTRADICTIONS[remark.code].format_map(remark.params)


def test_what_is_not_told_is_named():
    arrived = step("arrived", "import", "2008", referral="REF-2", from_country="ERI", to_country="SSD")

    chain = chain_of([EXPORTED, arrived])

    assert [GAPS[gap.code].format_map(gap.params) for gap in chain.gaps] == [
        "Nothing says where and when it was made.",
        "It was last in SDN, then in ERI; no step says how it came there.",
    ]


@pytest.mark.parametrize(
    "way",
    [
        [step("a", "export", "2006", country="CHN"), step("b", "import", "2007", country="SDN")],
        [EXPORTED, step("b", "transit", "2006-04", country="KEN"), step("c", "import", "2006-05", country="SDN")],
    ],
)
def test_an_export_met_by_an_import_is_no_gap(way):
    assert "movement_unknown" not in codes(chain_of(way).gaps)


def test_the_state_nearest_to_where_the_trace_ends_is_proposed_first():
    onward = step("onward", "re_export", "2009", number=3, from_country="SDN", to_country="ERI", items=(2,))

    chain = chain_of([MADE, EXPORTED, onward, TAKEN], asked={"CHN"}, own={"YEM"})

    assert [(each.country, each.part, each.steps, each.items) for each in chain.proposals] == [
        ("ERI", "to", ("onward",), (2,)),
        ("SDN", "from", ("exported", "onward"), (0, 2)),
    ]
    assert "2009" in chain.proposals[0].why
    assert "CHN" not in chain.proposals[1].why


def test_a_corrected_step_is_shown_and_no_longer_weighed():
    mistaken = step("mistaken", "manufacture", "1999", country="RUS", is_corrected=True)

    chain = chain_of([mistaken, MADE, step("u", "export", None, to_country="XXX")], asked={"CHN"})

    assert [each.id for each in chain.corrected] == ["mistaken"]
    assert chain.contradictions == ()
    assert chain.proposals == ()
