"""The steps of a referral until it is sent, and how it ends without an answer: from each state, what may follow.

What a State answers, and what follows from that, are not steps of the asker; replies bring those states.
"""

from collections.abc import Mapping
from typing import Final

from cases.choices import ReferralState
from cases.errors import IllegalTransition

_S = ReferralState

# A letter is written until it is issued: any change of it leads back to the draft.
WRITTEN: Final = frozenset({_S.DRAFT, _S.CHECKED, _S.APPROVED})
ENDED: Final = frozenset({_S.WITHDRAWN, _S.SUPERSEDED})
# The State has said something, or nothing in time, and has not answered for good.
_UNANSWERED: Final = (_S.ACKNOWLEDGED, _S.INFORMATION_REQUESTED, _S.DELAYED, _S.NO_RESPONSE)

STEPS: Final[Mapping[ReferralState, frozenset[ReferralState]]] = {
    _S.DRAFT: frozenset({_S.CHECKED, _S.WITHDRAWN}),
    # Checked anew where the record behind it has changed meanwhile.
    _S.CHECKED: frozenset({_S.DRAFT, _S.CHECKED, _S.APPROVED, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.DRAFT, _S.CHECKED, _S.ISSUED, _S.WITHDRAWN}),
    _S.ISSUED: frozenset({_S.SENT}) | ENDED,
    _S.SENT: ENDED,
    **dict.fromkeys(_UNANSWERED, ENDED),
}


def may_become(state: str, wanted: str) -> bool:
    """Return whether a referral in that state may take the other next."""
    return wanted in STEPS.get(ReferralState(state), frozenset())


def require_step(state: str, wanted: ReferralState) -> None:
    """Raise IllegalTransition where a referral in that state may not take the other next."""
    if not may_become(state, wanted):
        raise IllegalTransition(state=state, wanted=wanted)


def stands_as_issued(state: str) -> bool:
    """Return whether the letter was issued and neither withdrawn nor superseded: it may be sent, and answered."""
    return state not in WRITTEN | ENDED
