"""A reply as it is sent, by an officer or by the addressee: how each field is read, and what must go together."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cases.choices import (
    REPLY_STATES_NEEDING_REASON,
    ActorKind,
    Confidence,
    ReplyReason,
    ReplyState,
    SupplyStepKind,
)
from cases.errors import InvalidSubmission
from cases.intake.fields import CountryCode, Line, Story, When
from cases.intake.problems import Problem
from cases.intake.pydantic_errors import validated

# A supply chain of a hundred steps is no longer one that a person has read.
MOST_STEPS: Final = 100
MOST_DOCUMENTS: Final = 100
MOST_LINES: Final = 10_000
# Over a border: what leaves one State and arrives in the same one has not left.
MOVEMENTS: Final = frozenset({SupplyStepKind.EXPORT, SupplyStepKind.IMPORT, SupplyStepKind.RE_EXPORT})


class StepSubmission(BaseModel):
    """One step of the supply chain that a reply tells of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: SupplyStepKind
    actor: Line = None
    actor_kind: ActorKind | None = None
    # Where it happened; of a movement also whence and whither.
    country: CountryCode | None = None
    from_country: CountryCode | None = None
    to_country: CountryCode | None = None
    place: Line = None
    on: When | None = None
    manner: Line = None
    # What it rests on: a licence, a certificate, an entry in a register.
    document: Line = None
    confidence: Confidence | None = None
    # Numbers of the letter's lines that it is about; left out: all.
    lines: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(max_length=MOST_LINES)] = ()

    def problems(self, pointer: str) -> Iterator[Problem]:
        """Yield what does not go together in it."""
        told = (self.actor, self.country, self.from_country, self.to_country, self.place, self.on)
        if all(value is None for value in told):
            yield Problem(pointer, "step_says_nothing")
        if self.kind in MOVEMENTS and self.from_country is not None and self.from_country == self.to_country:
            yield Problem(f"{pointer}/to_country", "same_state", {"value": self.from_country})


class ReplyStatement(BaseModel):
    """What a State answers; delayed, restricted and refused need a reason (ITI 22–23)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: ReplyState
    reason: ReplyReason | None = None
    their_reference: Line = None
    text: Story = None
    # The State to which it was forwarded, where that is another one.
    forwarded_to: CountryCode | None = None
    steps: tuple[StepSubmission, ...] = Field((), max_length=MOST_STEPS)

    def problems(self) -> Iterator[Problem]:
        """Yield what does not go together in it."""
        if self.state in REPLY_STATES_NEEDING_REASON and self.reason is None:
            yield Problem("/reason", "missing")
        if self.forwarded_to is not None and self.state is not ReplyState.FORWARDED:
            yield Problem("/forwarded_to", "not_forwarded")
        for at, step in enumerate(self.steps):
            yield from step.problems(f"/steps/{at}")


class ReplySubmission(ReplyStatement):
    """A reply as an officer records it."""

    # Evidence of the incident that came with it, by id.
    documents: tuple[UUID, ...] = Field((), max_length=MOST_DOCUMENTS)
    # Which of the referral's earlier replies it takes the place of, counted from 0 as they are listed.
    corrects: int | None = Field(None, ge=0, le=10_000)


def read_reply(document: Mapping[str, Any]) -> ReplySubmission:
    """Return the reply that a document states; InvalidSubmission names every place where it does not hold."""
    reply = validated(ReplySubmission, document)
    if problems := list(reply.problems()):
        raise InvalidSubmission(problems)
    return reply


def read_statement(document: Mapping[str, Any]) -> ReplySubmission:
    """Return the reply that an addressee states, who knows of no other reply and of no evidence."""
    return read_reply(validated(ReplyStatement, document).model_dump(mode="json"))
