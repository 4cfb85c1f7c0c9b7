"""A point of diversion as an officer states it, and what must go together in it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cases.choices import ActorKind, Confidence, DiversionKind
from cases.errors import InvalidSubmission
from cases.intake.fields import CountryCode, Line, Story, When
from cases.intake.problems import Problem
from cases.intake.pydantic_errors import validated

MOST: Final = 100
_OF_A_POINT: Final = ("actor", "actor_kind", "country", "place", "on", "manner", "confidence")


class DiversionSubmission(BaseModel):
    """How, where and when an item left lawful hands, how sure that is, on what it rests, and why it is so decided."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: DiversionKind
    actor: Line = None
    actor_kind: ActorKind | None = None
    country: CountryCode | None = None
    place: Line = None
    on: When | None = None
    manner: Story = None
    confidence: Confidence | None = None
    # Steps of replies, evidence of the incident, and words.
    steps: Annotated[tuple[UUID, ...], Field(max_length=MOST)] = ()
    documents: Annotated[tuple[UUID, ...], Field(max_length=MOST)] = ()
    words: Story = None
    reason: Story = None

    def problems(self) -> Iterator[Problem]:
        """Yield what does not go together in it."""
        if self.reason is None:
            yield Problem("/reason", "missing")
        if self.kind is DiversionKind.NOT_ESTABLISHED:
            for name in _OF_A_POINT:
                if getattr(self, name) is not None:
                    yield Problem(f"/{name}", "not_established")
            return
        # A State that is not known is said so, by its code: XXX.
        for name in ("country", "confidence"):
            if getattr(self, name) is None:
                yield Problem(f"/{name}", "missing")
        if not (self.steps or self.documents or self.words):
            yield Problem("/steps", "evidence_needed")


def read_diversion(document: Mapping[str, Any]) -> DiversionSubmission:
    """Return the point of diversion that a document states; InvalidSubmission names every place that does not hold."""
    stated = validated(DiversionSubmission, document)
    if problems := list(stated.problems()):
        raise InvalidSubmission(problems)
    return stated
