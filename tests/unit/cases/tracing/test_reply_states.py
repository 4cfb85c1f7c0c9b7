"""No sequence of replies, clarifications and silences leads where the table does not."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cases.choices import ClarificationKind, ReferralState, ReplyState
from cases.tracing.legal_bases import LEGAL_BASES
from cases.tracing.reply_states import (
    ANSWERS,
    AT_WORK,
    CLARIFICATIONS,
    TRANSITIONS,
    clarified,
    corrects,
    may_fall_silent,
    may_follow,
)

R = ReplyState
KNOWN = {"issued", "sent", "no_response", *ReplyState}


class RepliesInAnyOrder(RuleBasedStateMachine):
    """Somebody records whatever comes to mind; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.state = "sent"
        self.taken: list[ReplyState] = []
        self.was_asked_for_more = False

    @rule(reply=st.sampled_from(ReplyState))
    def a_reply_comes(self, reply: ReplyState) -> None:
        if may_follow(self.state, reply):
            self.state = reply.value
            self.taken.append(reply)

    @rule()
    def it_is_clarified(self) -> None:
        if (found := clarified(self.state)) is not None:
            kind, after = found
            assert (kind is ClarificationKind.GIVEN) == (self.state == R.INFORMATION_REQUESTED)
            self.state = after

    @rule()
    def the_clock_runs_out(self) -> None:
        if may_fall_silent(self.state):
            self.state = "no_response"

    @invariant()
    def every_state_is_known_and_goes_on(self) -> None:
        assert self.state in KNOWN
        assert any(may_follow(self.state, reply) for reply in ReplyState)

    @invariant()
    def silence_never_stands_for_an_answer(self) -> None:
        if self.taken and self.taken[-1] in {*ANSWERS, R.DELAYED, R.INFORMATION_REQUESTED}:
            asked = self.taken[-1] is R.INFORMATION_REQUESTED
            assert asked or self.state != "no_response"

    @invariant()
    def receipt_is_not_acknowledged_after_an_answer(self) -> None:
        for before, after in zip(self.taken, self.taken[1:], strict=False):
            assert not (before in ANSWERS - {R.FORWARDED} and after is R.ACKNOWLEDGED)


TestRepliesInAnyOrder = RepliesInAnyOrder.TestCase


OTHERS = {state.value for state in ReferralState} - KNOWN


@pytest.mark.parametrize("state", sorted({*OTHERS, "withdrawn", "superseded", "lost"}))
def test_nothing_is_recorded_before_the_letter_is_out_or_once_it_is_taken_back(state):
    assert not any(may_follow(state, reply) for reply in ReplyState)
    assert clarified(state) is None
    assert not may_fall_silent(state)


def test_every_state_that_a_reply_can_bring_about_has_its_line_and_cites_what_says_so():
    assert set(TRANSITIONS) == KNOWN
    assert {key for follows in TRANSITIONS.values() for key in follows.bases} <= set(LEGAL_BASES)
    assert {basis for _, basis in CLARIFICATIONS.values()} <= set(LEGAL_BASES)


@pytest.mark.parametrize("late", ["no_response", R.DELAYED])
def test_anything_may_follow_silence_and_delay(late):
    assert all(may_follow(late, reply) for reply in ReplyState)


@pytest.mark.parametrize(
    ("state", "reply", "expected"),
    [
        (R.ACKNOWLEDGED, R.ACKNOWLEDGED, False),
        (R.INFORMATION_REQUESTED, R.INFORMATION_REQUESTED, True),
        (R.ANSWERED_FULL, R.NOT_OURS, True),
        (R.ANSWERED_FULL, R.DELAYED, False),
        (R.ANSWERED_FULL, R.REFUSED, False),
        (R.NO_RECORD, R.ANSWERED_FULL, True),
        (R.ANSWERED_PARTIAL, R.DELAYED, True),
        (R.REFUSED, R.ANSWERED_FULL, True),
        (R.REFUSED, R.INFORMATION_REQUESTED, True),
        (R.FORWARDED, R.ACKNOWLEDGED, True),
    ],
)
def test_a_later_reply_corrects_an_answer_and_unsays_none(state, reply, expected):
    assert may_follow(state, reply) is expected


def test_only_an_answer_corrects_an_answer():
    assert corrects(R.NO_RECORD, R.ANSWERED_FULL)
    assert not corrects("sent", R.ANSWERED_FULL)
    assert not corrects(R.REFUSED, R.INFORMATION_REQUESTED)
    assert not AT_WORK & ANSWERS


def test_the_clock_runs_out_neither_on_a_letter_that_never_left_nor_on_who_has_said_more_than_receipt():
    assert {state for state in KNOWN if may_fall_silent(state)} == {"sent", "acknowledged"}
