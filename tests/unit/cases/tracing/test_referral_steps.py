from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.choices import ReferralState
from cases.errors import IllegalTransition
from cases.tracing.referral_steps import ENDED, STEPS, WRITTEN, may_become, require_step, stands_as_issued

STATES = st.sampled_from(ReferralState)
_S = ReferralState


@given(STATES, st.lists(STATES, max_size=30))
def test_no_sequence_of_wishes_leads_past_a_step(state, wishes):
    """Whatever is asked for, in whatever order: no letter goes out unapproved, and what went out is written no more."""
    taken = [state]
    for wanted in wishes:
        try:
            require_step(taken[-1], wanted)
        except IllegalTransition:
            continue
        taken.append(wanted)

    for before, after in pairwise(taken):
        assert after in STEPS[before]
        assert after != _S.ISSUED or before == _S.APPROVED
        assert after != _S.APPROVED or before == _S.CHECKED
        assert after not in WRITTEN or before in WRITTEN
        assert before not in ENDED


def test_each_state_of_writing_can_be_left_and_each_end_cannot():
    assert all(STEPS[state] for state in WRITTEN)
    assert not any(may_become(end, state) for end in ENDED for state in ReferralState)
    assert not may_become(_S.ANSWERED_FULL, _S.WITHDRAWN)


def test_what_is_not_issued_or_does_not_stand_is_neither_sent_nor_answered():
    assert {state for state in ReferralState if not stands_as_issued(state)} == WRITTEN | ENDED


def test_a_refused_step_names_both_ends():
    with pytest.raises(IllegalTransition, match="draft; it cannot become issued"):
        require_step(_S.DRAFT, _S.ISSUED)
