"""The supply chain of one item: what all replies tell of it, in order as far as dates say, with what does not fit.

Nothing here decides where the item was diverted; an officer does (`cases.tracing.diversion`).
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from cases.choices import ReplyState, SupplyStepKind
from cases.intake.problems import Param

_Kind = SupplyStepKind
# Where dates leave the order open: an arm is made, leaves, arrives, is handed on, is lost, and then is found.
_RANK: Final[Mapping[str, int]] = {
    kind: rank
    for rank, kinds in enumerate(
        (
            (_Kind.MANUFACTURE,),
            (_Kind.EXPORT,),
            (_Kind.TRANSIT,),
            (_Kind.IMPORT,),
            (_Kind.TRANSFER,),
            (_Kind.RE_EXPORT,),
            (_Kind.LOSS, _Kind.THEFT, _Kind.POINT_OF_DIVERSION),
            (_Kind.SEIZURE,),
            (_Kind.DESTRUCTION,),
        )
    )
    for kind in kinds
}
# After these the item is no longer in the hands that the law put it into.
OUT_OF_LAWFUL_HANDS: Final = frozenset({_Kind.LOSS, _Kind.THEFT, _Kind.POINT_OF_DIVERSION, _Kind.SEIZURE})
# Not known, which is no State that could be asked.
UNKNOWN_STATE: Final = "XXX"
# Replies that say that the item never was of the State asked.
_DISOWNING: Final = frozenset({ReplyState.NOT_OURS.value})

GAPS: Final[Mapping[str, str]] = {
    "manufacture_unknown": "Nothing says where and when it was made.",
    "movement_unknown": "It was last in {from_country}, then in {to_country}; no step says how it came there.",
    "whereabouts_unknown": "From {after} to {before} nothing is known of it.",
}
CONTRADICTIONS: Final[Mapping[str, str]] = {
    "made_twice": "It is said to be made in {one}, and in {other}.",
    "made_at_two_times": "It is said to be made {one}, and {other}.",
    "before_manufacture": "This is said to have happened {on}, before it was made ({made}).",
    "after_seizure": "This is said to have happened {on}, after it was taken here ({taken}).",
    "destroyed_and_found": "It is said to be destroyed {on}, and was taken here ({taken}).",
    "disowned": "{country} says that it is not its own; a step says that it was made there.",
}
# Why a State is to be asked, as a letter may say it: what another State answered is that State's to pass on (ITI 15),
# so that nothing here says who.
WHYS: Final[Mapping[str, str]] = {
    "to": "Information received in tracing these items names your State as their destination ({when}).",
    "in": "Information received in tracing these items names your State as the place of a step ({when}).",
    "from": "Information received in tracing these items names your State as the place they came from ({when}).",
    "forwarded": "A request on these items was, as we were told, forwarded to your State ({when}).",
}
UNDATED: Final = "date not known"


@dataclass(frozen=True, slots=True)
class Span:
    """When something happened: as stated, and the first and last day that it may mean."""

    text: str
    first: date
    last: date

    def before(self, other: "Span | None") -> bool:
        """Return whether it certainly lies before the other."""
        return other is not None and self.last < other.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that is told of the item, and who tells it: a reply, or the record itself."""

    id: str
    kind: SupplyStepKind
    # The referral whose reply tells it and the reply's place among those of it; empty: the record.
    referral: str = ""
    reply: int = 0
    number: int = 0
    country: str | None = None
    from_country: str | None = None
    to_country: str | None = None
    on: Span | None = None
    # A later reply took the place of the one that tells it: shown, and no longer weighed.
    is_corrected: bool = False
    # Positions of the items of the incident that it is about.
    items: tuple[int, ...] = ()

    @property
    def starts_in(self) -> str | None:
        """Return the State in which the item was before it, as far as the step says."""
        told = None if self.kind in {_Kind.IMPORT, _Kind.TRANSIT} else self.country or self.to_country
        return self.from_country or told

    @property
    def ends_in(self) -> str | None:
        """Return the State in which the item was after it, as far as the step says."""
        told = (
            None if self.kind in {_Kind.EXPORT, _Kind.RE_EXPORT, _Kind.TRANSIT} else self.country or self.from_country
        )
        return self.to_country or told

    def states(self) -> Iterator[tuple[str, str]]:
        """Yield each State that it names, once and with its part in it; where the item went to comes first."""
        told = (("to", self.to_country), ("in", self.country), ("from", self.from_country))
        seen = {UNKNOWN_STATE}
        for part, country in told:
            if country and country not in seen:
                seen.add(country)
                yield part, country


@dataclass(frozen=True, slots=True)
class Answered:
    """What a State last answered about the item."""

    country: str
    state: str


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A State to which a request about the item was forwarded, on which items, and when that was said."""

    country: str
    items: tuple[int, ...]
    when: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A gap or a contradiction: its code, the steps concerned, and what its sentence is filled with."""

    code: str
    steps: tuple[str, ...]
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A step in its place: whether dates say that it follows the one before it, or leave it open."""

    step: Step
    # certain, overlapping, undated; None for the first.
    follows: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A State that nobody has asked: named by steps, or the one to which a request was forwarded."""

    country: str
    part: str
    steps: tuple[str, ...]
    items: tuple[int, ...]
    when: str

    @property
    def why(self) -> str:
        """The English sentence."""
        return WHYS[self.part].format(when=self.when)


@dataclass(frozen=True, slots=True)
class Window:
    """Between which moments the item left lawful hands, as far as the chain shows."""

    after: Step | None
    before: Step | None


@dataclass(frozen=True, slots=True)
class Chain:
    """An item's way from manufacture to seizure."""

    links: tuple[Link, ...]
    corrected: tuple[Step, ...]
    gaps: tuple[Remark, ...]
    contradictions: tuple[Remark, ...]
    window: Window
    proposals: tuple[Proposal, ...]


def chain_of(
    steps: Iterable[Step],
    *,
    answered: Sequence[Answered] = (),
    forwarded: Sequence[Forwarded] = (),
    asked: Collection[str] = (),
    own: Collection[str] = (),
) -> Chain:
    """Return the chain that the steps make; `asked` are the States asked already, `own` those that ask no letter."""
    told = list(steps)
    standing = in_order([step for step in told if not step.is_corrected])
    return Chain(
        links=tuple(_linked(standing)),
        corrected=tuple(step for step in told if step.is_corrected),
        gaps=tuple(_gaps(standing)),
        contradictions=tuple(_contradictions(standing, answered)),
        window=_window(standing),
        proposals=tuple(_proposals(standing, forwarded, {*asked, *own})),
    )


def in_order(steps: Sequence[Step]) -> list[Step]:
    """Return the steps so that none stands before one that certainly happened earlier.

    Where dates overlap the usual course of things decides; one without a date stays behind the step that its own reply
    tells before it.
    """
    behind = {step.id: _certainly_before(step, steps) for step in steps}
    waiting = [(_usual(step), step.id) for step in steps if not behind[step.id]]
    heapq.heapify(waiting)
    by_id = {step.id: step for step in steps}
    ordered: list[Step] = []
    while waiting:
        _, done = heapq.heappop(waiting)
        ordered.append(by_id[done])
        for step in steps:
            if done in behind[step.id]:
                behind[step.id].discard(done)
                if not behind[step.id]:
                    heapq.heappush(waiting, (_usual(step), step.id))
    return ordered


def _certainly_before(step: Step, steps: Sequence[Step]) -> set[str]:
    # Whatever has a date waits only for what has one too, so that two who wait never wait for each other.
    if step.on is not None:
        return {other.id for other in steps if other.on is not None and other.on.before(step.on)}
    if not step.referral:
        return set()
    told_before = [
        other
        for other in steps
        if (other.referral, other.reply) == (step.referral, step.reply) and other.number < step.number
    ]
    return {max(told_before, key=lambda other: other.number).id} if told_before else set()


def _usual(step: Step) -> tuple[int, date, str, int, int]:
    return _RANK[step.kind], step.on.first if step.on else date.max, step.referral, step.reply, step.number


def _linked(ordered: Sequence[Step]) -> Iterator[Link]:
    for at, step in enumerate(ordered):
        if at == 0:
            yield Link(step, None)
            continue
        before = ordered[at - 1]
        if step.on is None or before.on is None:
            yield Link(step, "undated")
        else:
            yield Link(step, "certain" if before.on.before(step.on) else "overlapping")


def _gaps(ordered: Sequence[Step]) -> Iterator[Remark]:
    if not any(step.kind is _Kind.MANUFACTURE for step in ordered):
        yield Remark("manufacture_unknown", ())
    # On its way through a State it is neither from there nor bound for it.
    for before, after in pairwise(step for step in ordered if step.kind is not _Kind.TRANSIT):
        left, found = before.ends_in, after.starts_in
        steps = (before.id, after.id)
        if left and found and left != found and UNKNOWN_STATE not in {left, found}:
            yield Remark("movement_unknown", steps, {"from_country": left, "to_country": found})
        # What a day, a month or a year leaves open is no gap; what lies between two of them is one.
        if after.kind in OUT_OF_LAWFUL_HANDS and before.on is not None and before.on.before(after.on) and after.on:
            yield Remark("whereabouts_unknown", steps, {"after": before.on.text, "before": after.on.text})


def _contradictions(ordered: Sequence[Step], answered: Sequence[Answered]) -> Iterator[Remark]:
    made = [step for step in ordered if step.kind is _Kind.MANUFACTURE]
    yield from _of_manufacture(made)
    dated = next((step for step in made if step.on is not None), None)
    taken = next((step for step in ordered if step.kind is _Kind.SEIZURE and not step.referral), None)
    for step in ordered:
        if step.on is None:
            continue
        if dated is not None and dated.on is not None and step.on.before(dated.on) and step not in made:
            params = {"on": step.on.text, "made": dated.on.text}
            yield Remark("before_manufacture", (step.id, dated.id), params)
        if taken is not None and taken.on is not None and taken is not step and taken.on.before(step.on):
            yield Remark("after_seizure", (step.id, taken.id), {"on": step.on.text, "taken": taken.on.text})
    for step in ordered:
        if step.kind is _Kind.DESTRUCTION and taken is not None:
            known = {"on": _when(step), "taken": _when(taken)}
            yield Remark("destroyed_and_found", (step.id, taken.id), known)
    disowning = {answer.country for answer in answered if answer.state in _DISOWNING}
    for step in made:
        if step.country in disowning and step.country is not None:
            yield Remark("disowned", (step.id,), {"country": step.country})


def _of_manufacture(made: Sequence[Step]) -> Iterator[Remark]:
    for at, one in enumerate(made):
        for other in made[at + 1 :]:
            steps = (one.id, other.id)
            if one.country and other.country and one.country != other.country:
                yield Remark("made_twice", steps, {"one": one.country, "other": other.country})
            elif one.on is not None and other.on is not None and (one.on.before(other.on) or other.on.before(one.on)):
                yield Remark("made_at_two_times", steps, {"one": one.on.text, "other": other.on.text})


def _window(ordered: Sequence[Step]) -> Window:
    """Return the last step in lawful hands and the first out of them."""
    first_out = next((at for at, step in enumerate(ordered) if step.kind in OUT_OF_LAWFUL_HANDS), len(ordered))
    before = ordered[first_out] if first_out < len(ordered) else None
    return Window(after=ordered[first_out - 1] if first_out else None, before=before)


def _proposals(
    ordered: Sequence[Step], forwarded: Sequence[Forwarded], not_asked: Collection[str]
) -> Iterator[Proposal]:
    """Yield whom to ask next, the nearest to where the trace ends first; the record's own facts propose nothing."""
    parts: dict[str, str] = {}
    named: dict[str, list[Step]] = {}
    for step in reversed([step for step in ordered if step.referral]):
        for part, country in step.states():
            if country not in not_asked:
                parts.setdefault(country, part)
                named.setdefault(country, []).append(step)
    for country, steps in named.items():
        items = sorted({item for step in steps for item in step.items})
        ids = tuple(step.id for step in reversed(steps))
        yield Proposal(country, parts[country], ids, tuple(items), _when(steps[0]))
    for country, onward in {each.country: each for each in forwarded}.items():
        if country not in {*named, *not_asked, UNKNOWN_STATE}:
            yield Proposal(country, "forwarded", (), onward.items, onward.when)


def _when(step: Step) -> str:
    return UNDATED if step.on is None else step.on.text
