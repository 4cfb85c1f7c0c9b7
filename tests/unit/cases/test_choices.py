import inspect
import re
from enum import StrEnum

import pytest

from cases import choices

VOCABULARIES = [kind for _, kind in inspect.getmembers(choices, inspect.isclass) if kind.__module__ == choices.__name__]


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_a_vocabulary_defines_its_concept_in_one_line(vocabulary):
    assert issubclass(vocabulary, StrEnum)
    assert vocabulary.__doc__
    assert "\n" not in vocabulary.__doc__


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_stored_values_are_lower_snake_case_and_fit_the_column(vocabulary):
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_]{0,31}", value) for value in vocabulary)


def test_no_two_vocabularies_carry_the_same_definition():
    definitions = [vocabulary.__doc__ for vocabulary in VOCABULARIES]

    assert len(set(definitions)) == len(definitions)


def test_a_referral_can_take_every_state_that_a_reply_brings():
    assert {state.value for state in choices.ReplyState} <= {state.value for state in choices.ReferralState}
    assert choices.ReferralState.NO_RESPONSE not in set(choices.ReplyState)


def test_an_item_counts_in_one_of_the_published_categories():
    assert len(choices.ItemCategory) == 35
    assert choices.ItemCategory.ARMS_UNSPECIFIED == "arms_unspecified"
