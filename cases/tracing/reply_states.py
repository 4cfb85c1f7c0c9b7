"""Which reply may follow what on a referral (ITI 18–23); the one table behind the API, the links and the clock.

Words of the rest of a referral's life (draft, checked, withdrawn …) are met as text: on a state that the table
does not name nothing is recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cases.choices import ClarificationKind, ReferralState, ReplyState

_State = ReplyState

# The letter is out, and nothing came back yet.
AWAITING: Final = frozenset({ReferralState.ISSUED.value, ReferralState.SENT.value})
# The State is still at work on it; the items count as asked.
AT_WORK: Final = frozenset({_State.ACKNOWLEDGED, _State.INFORMATION_REQUESTED, _State.DELAYED})
# Answers that settle what was asked; a later one corrects them.
SETTLING: Final = frozenset(
    {_State.ANSWERED_FULL, _State.NO_RECORD, _State.RECORD_DESTROYED, _State.NOT_OURS, _State.DUPLICATE_MARK}
)
# Answers that leave something open: the rest may still come, and clarification may be sought.
LEAVING_OPEN: Final = frozenset({_State.ANSWERED_PARTIAL, _State.RESTRICTED, _State.REFUSED})
# What a later reply corrects, and what steps of the supply chain come with.
ANSWERS: Final = SETTLING | LEAVING_OPEN | {_State.FORWARDED}
# From where the clock may run out: a letter that never left is answered by nobody, and who waits for an explanation
# from us, or has said that it takes longer, is not silent.
SILENT: Final = frozenset({ReferralState.SENT.value, ReferralState.ACKNOWLEDGED.value})


_ANY: Final = frozenset(ReplyState)
_CORRECTIONS: Final = SETTLING | {_State.ANSWERED_PARTIAL, _State.RESTRICTED, _State.FORWARDED}


@dataclass(frozen=True, slots=True)
class Follows:
    """What may follow a state, and the paragraphs of `legal_bases` that say why."""

    replies: frozenset[ReplyState]
    bases: tuple[str, ...]


TRANSITIONS: Final[Mapping[str, Follows]] = {
    # A prompt answer needs no acknowledgement before it.
    **dict.fromkeys(AWAITING, Follows(_ANY, ("iti.18", "iti.19"))),
    # Silence is no answer, and a late one counts like any other.
    ReferralState.NO_RESPONSE.value: Follows(_ANY, ("iti.18",)),
    # Once is enough: a second one would only hide when the first came.
    _State.ACKNOWLEDGED.value: Follows(_ANY - {_State.ACKNOWLEDGED}, ("iti.18", "iti.19")),
    # Whoever asks back has received; more may be asked as often as needed.
    _State.INFORMATION_REQUESTED.value: Follows(_ANY - {_State.ACKNOWLEDGED}, ("iti.21",)),
    _State.DELAYED.value: Follows(_ANY, ("iti.22", "iti.23")),
    # The desk to which it went acknowledges, asks and answers for itself.
    _State.FORWARDED.value: Follows(_ANY, ("iti.18", "iti.25")),
    # A later reply corrects an answer, or bars its use; it does not unsay that there was one.
    **dict.fromkeys((state.value for state in SETTLING), Follows(_CORRECTIONS, ("iti.18", "iti.20"))),
    # What was left open may be delivered, delayed, refused or asked about; receipt is no longer in question.
    **dict.fromkeys(
        (state.value for state in LEAVING_OPEN), Follows(_ANY - {_State.ACKNOWLEDGED}, ("iti.22", "iti.23"))
    ),
}

# What the requesting side may say in between, and what it says thereby.
CLARIFICATIONS: Final[Mapping[str, tuple[ClarificationKind, str]]] = {
    _State.INFORMATION_REQUESTED.value: (ClarificationKind.GIVEN, "iti.21"),
    **dict.fromkeys((state.value for state in (_State.DELAYED, *LEAVING_OPEN)), (ClarificationKind.SOUGHT, "iti.23")),
}


def may_follow(state: str, reply: ReplyState) -> bool:
    """Return whether the reply may be recorded on a referral in that state; on a state not named none may."""
    return state in TRANSITIONS and reply in TRANSITIONS[state].replies


def corrects(state: str, reply: ReplyState) -> bool:
    """Return whether the reply corrects or completes the answer that the state stands for."""
    return state in {answer.value for answer in ANSWERS} and reply in ANSWERS


def may_fall_silent(state: str) -> bool:
    """Return whether the clock of a referral in that state may run out."""
    return state in SILENT


def clarified(state: str) -> tuple[ClarificationKind, str] | None:
    """Return what a clarification means on a referral in that state, and the state after it; None where none fits.

    What was asked is answered: the State has received and is at work. What we ask changes nothing until it answers.
    """
    if (found := CLARIFICATIONS.get(state)) is None:
        return None
    kind, _ = found
    return kind, _State.ACKNOWLEDGED.value if kind is ClarificationKind.GIVEN else state
