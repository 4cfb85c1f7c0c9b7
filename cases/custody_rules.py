"""Chains of custody: which event may follow which, where a thing stands, and what in its chain is not explained."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from cases.choices import CustodyKind, DispositionStatus, HolderKind
from cases.errors import (
    AlreadyCollected,
    CustodyEnded,
    HandoverOpen,
    InvalidSubmission,
    NoOpenHandover,
    NotInCustody,
    NotOfferedToYou,
    NotTheHolder,
)
from cases.intake.problems import Param, Problem

# Who watches a destruction must be able to contradict one another.
FEWEST_WITNESSES: Final = 2
# A van under way is answered for by nobody who could be asked; a day is the longest that a relay of posts needs.
LONG_HANDOVER: Final = timedelta(hours=24)
# Seized arms lie in an officer's cupboard for some days; a month without a store wants a reason.
LONG_UNSTORED: Final = timedelta(days=30)

_Kind = CustodyKind
ENDED: Final = frozenset({_Kind.DESTROYED})
# Out of every known hand; only a new collection brings it back.
GONE: Final = frozenset({_Kind.RETURNED, _Kind.LOST, _Kind.STOLEN})
ANSWERS: Final = frozenset({_Kind.ACCEPTED, _Kind.DECLINED})
# What can still be said while a handover waits for its answer: the goods are on their way.
WHILE_OPEN: Final = ANSWERS | {_Kind.LOST, _Kind.STOLEN, _Kind.CORRECTED}
# What somebody may do who does not hold the thing.
BY_ANYONE: Final = frozenset({_Kind.COLLECTED, _Kind.EXAMINED, _Kind.CORRECTED, *ANSWERS})
# After these the thing is where somebody put it, and no longer in the package it lay in.
UNPACKS: Final = frozenset(
    {_Kind.COLLECTED, _Kind.STORED, _Kind.HANDED_OVER, _Kind.RETURNED, _Kind.DESTROYED, _Kind.LOST, _Kind.STOLEN}
)
# What a broken seal must not outlast.
_MOVES: Final = frozenset({_Kind.HANDED_OVER, _Kind.STORED, _Kind.PACKED})
# Acts of whoever holds the thing; another officer's is not explained by the chain.
_OF_THE_HOLDER: Final = frozenset(
    {_Kind.STORED, _Kind.HANDED_OVER, _Kind.OPENED, _Kind.SAMPLED, _Kind.PACKED, _Kind.RETURNED, _Kind.DESTROYED}
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers for a thing; ids as text, empty where there is none, and a name to show."""

    kind: HolderKind
    agency: str = ""
    officer: str = ""
    store: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """When something happened, as exactly as it was said: the first and the last moment it may mean."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of a chain, as far as the rules weigh it."""

    number: int
    kind: CustodyKind
    recorded_at: datetime
    # The officer who records, as a holder.
    by: Holder
    # None is not known.
    at: Stated | None = None
    # Who holds it from here on; of a handover, whom it is offered to.
    holder: Holder | None = None
    # The seal put on, found broken or merely seen, by kind.
    seal: str = ""
    # The label or mark put on, or the code of the exhibit made or packed into.
    code: str = ""
    place: str = ""
    certificate: str = ""
    note: str = ""
    witnesses: int = 0
    # Of a handover: when it lapses unanswered.
    expires_at: datetime | None = None
    # Of an answer: the number of the handover.
    answers: int | None = None
    # Of a correction: the number of the event that was wrong.
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a chain stands after its events."""

    length: int = 0
    # The event by which it went out of all hands, or ended.
    out: CustodyKind | None = None
    # None is not known.
    holder: Holder | None = None
    # The event since which the holder holds it.
    since: Event | None = None
    seals: frozenset[str] = frozenset()
    is_opened: bool = False
    # The handover that waits for an answer, unless it has lapsed.
    offered: Event | None = None
    packed_in: str = ""
    place: str = ""
    store: str = ""

    def open_handover(self, now: datetime) -> Event | None:
        """Return the handover that can still be answered."""
        if self.offered is None or (self.offered.expires_at is not None and self.offered.expires_at <= now):
            return None
        return self.offered


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the chain does not explain; it accuses nobody."""

    code: str
    number: int
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The English sentence."""
        return GAPS[self.code].format_map(self.params)


GAPS: Final[Mapping[str, str]] = {
    "begins_without_collection": "The chain begins with “{kind}”; who had the thing before is not recorded.",
    "holder_unexplained": "{by} acts on what {holder} held; no handover between them is recorded.",
    "seal_differs": "The seal found is {found}; the record has {expected}.",
    "seal_not_on_record": "Seal {found} was broken or seen; that it was put on is not recorded.",
    "opened_without_reseal": "The seal was broken, and no new one is recorded before what follows.",
    "time_backwards": "This is said to have happened before the event recorded ahead of it.",
    "handover_long_open": "The handover stayed without an answer for more than {hours} hours.",
    "handover_lapsed": "The handover was never answered.",
    "stored_nowhere": "It is stored, and neither store nor place is named.",
    "never_stored": "It is {days} days in hand, and no store is named.",
    "time_unknown": "When this happened is not known.",
}


def stated(first_day: date | None, last_day: date | None, instant: datetime | None) -> Stated | None:
    """Return when something happened from a partial date's days; an instant is exact, days stretch to any zone."""
    if instant is not None:
        return Stated(instant, instant)
    if first_day is None or last_day is None:
        return None
    # A day without a zone begins fourteen hours before it does in UTC somewhere, and ends twelve hours later.
    midnight = datetime.fromisoformat(f"{first_day.isoformat()}T00:00:00+00:00")
    end = datetime.fromisoformat(f"{last_day.isoformat()}T00:00:00+00:00") + timedelta(days=1)
    return Stated(midnight - timedelta(hours=14), end + timedelta(hours=12))


def state_after(events: Iterable[Event]) -> State:
    """Return where the chain stands after these events."""
    state = State()
    for event in events:
        state = following(state, event)
    return state


def following(state: State, event: Event) -> State:
    """Return the state after one more event, which is taken as it was recorded."""
    state = replace(state, length=state.length + 1)
    if event.kind is _Kind.CORRECTED:
        return state
    # An answer closes the handover; so does whatever was recorded once it had lapsed.
    offered = event if event.kind is _Kind.HANDED_OVER else None
    if event.kind in UNPACKS:
        state = replace(state, packed_in="")
    if event.kind is _Kind.PACKED:
        state = replace(state, packed_in=event.code)
    state = _sealed(replace(state, offered=offered), event)
    if event.kind in ENDED | GONE:
        holder = event.holder if event.kind is _Kind.RETURNED else None
        return replace(state, out=event.kind, holder=holder, since=event, place=event.place, store="")
    return _held(state, event)


def _held(state: State, event: Event) -> State:
    if event.kind is _Kind.COLLECTED:
        state = replace(state, out=None)
    if event.kind in {_Kind.COLLECTED, _Kind.ACCEPTED, _Kind.STORED}:
        holder = event.holder or event.by
        store = holder.store if holder.kind is HolderKind.STORE else ""
        return replace(state, holder=holder, since=event, place=event.place, store=store)
    if event.holder is not None and event.kind not in {_Kind.HANDED_OVER, _Kind.DECLINED} and state.holder is None:
        # Whoever is said to have it fills what was not known; what was known is changed by handovers alone.
        return replace(state, holder=event.holder, since=event, place=event.place)
    return state


def _sealed(state: State, event: Event) -> State:
    if event.kind is _Kind.SEALED:
        return replace(state, seals=state.seals | {event.seal}, is_opened=False)
    if event.kind is _Kind.OPENED:
        # A seal found under another number is broken too: the thing is open.
        return replace(
            state, seals=state.seals - {event.seal} if event.seal in state.seals else frozenset(), is_opened=True
        )
    return state


def check(state: State, event: Event) -> None:
    """Refuse an event that cannot follow; its fields first, so that the remedy is named.

    Raises InvalidSubmission, CustodyEnded, NotInCustody, HandoverOpen, NoOpenHandover, NotOfferedToYou or
    NotTheHolder.
    """
    if problems := tuple(_missing(state, event)):
        raise InvalidSubmission(problems)
    if event.kind is _Kind.CORRECTED:
        return
    if state.out in ENDED:
        raise CustodyEnded(ended=str(state.out))
    if state.out is not None and event.kind is not _Kind.COLLECTED:
        raise NotInCustody(ended=state.out.value)
    if event.kind is _Kind.COLLECTED and state.length and state.out is None:
        raise AlreadyCollected
    _check_handover(state, event)
    _check_holder(state, event)


def _check_handover(state: State, event: Event) -> None:
    offered = state.open_handover(event.recorded_at)
    if event.kind in ANSWERS:
        if offered is None or event.answers != offered.number:
            raise NoOpenHandover
        may = is_offered_to(offered, event.by)
        if not may and not (event.kind is _Kind.DECLINED and event.by.officer == offered.by.officer):
            raise NotOfferedToYou
    elif offered is not None and event.kind not in WHILE_OPEN:
        raise HandoverOpen(to="" if offered.holder is None else offered.holder.name)


def _check_holder(state: State, event: Event) -> None:
    holder = state.holder
    if holder is None or event.kind in BY_ANYONE or not holder.agency:
        return
    if event.by.agency != holder.agency:
        raise _held_by(holder)


def _held_by(holder: Holder) -> NotTheHolder:
    return NotTheHolder(holder=holder.name)


def is_offered_to(offered: Event, officer: Holder) -> bool:
    """Return whether that officer may answer: named, or of the agency or store that is."""
    whom = offered.holder
    if whom is None or whom.agency != officer.agency:
        return False
    return whom.officer == officer.officer if whom.kind is HolderKind.OFFICER else True


def _missing(state: State, event: Event) -> Iterator[Problem]:
    for name in _NEEDED.get(event.kind, ()):
        if not getattr(event, name):
            yield Problem("/to" if event.kind is _Kind.HANDED_OVER else f"/{name}", "missing")
    if event.kind is _Kind.SEALED and event.seal and event.seal in state.seals:
        yield Problem("/seal", "seal_on_it", {"value": event.seal})
    if event.kind is _Kind.DESTROYED and event.witnesses < FEWEST_WITNESSES:
        yield Problem("/witnesses", "too_few_witnesses", {"least": FEWEST_WITNESSES, "count": event.witnesses})
    if event.kind is _Kind.HANDED_OVER and event.holder is not None:
        if event.holder.kind is HolderKind.PERSON:
            yield Problem("/to", "not_an_officer")
        elif event.holder.officer and event.holder.officer == event.by.officer:
            yield Problem("/to", "handed_to_oneself")
    if event.kind is _Kind.CORRECTED and event.corrects is not None and not 0 < event.corrects <= state.length:
        yield Problem("/corrects", "out_of_range", {"value": event.corrects, "least": 1, "most": state.length})


_NEEDED: Final[Mapping[CustodyKind, tuple[str, ...]]] = {
    _Kind.SEALED: ("seal",),
    _Kind.OPENED: ("seal",),
    _Kind.LABELLED: ("code",),
    _Kind.MARKED: ("code",),
    _Kind.PACKED: ("code",),
    _Kind.SAMPLED: ("code",),
    _Kind.HANDED_OVER: ("holder", "expires_at"),
    _Kind.RETURNED: ("holder",),
    _Kind.DESTROYED: ("certificate",),
    _Kind.CORRECTED: ("corrects", "note"),
}


def gaps(events: Sequence[Event], *, now: datetime) -> tuple[Gap, ...]:
    """Return what the chain does not explain, by the number of the event where it shows."""
    found: list[Gap] = []
    state, before = State(), None
    for event in events:
        found += _gaps_at(state, before, event)
        state = following(state, event)
        if event.kind is not _Kind.CORRECTED:
            before = event
    if events:
        found += _gaps_now(state, events[-1].number, now)
    return tuple(found)


def _gaps_at(state: State, before: Event | None, event: Event) -> Iterator[Gap]:
    if event.kind is _Kind.CORRECTED:
        return
    if state.length == 0 and event.kind is not _Kind.COLLECTED:
        yield Gap("begins_without_collection", event.number, {"kind": event.kind.value.replace("_", " ")})
    if event.at is None:
        yield Gap("time_unknown", event.number)
    elif before is not None and before.at is not None and event.at.last < before.at.first:
        yield Gap("time_backwards", event.number)
    yield from _handover_gaps(state, event)
    yield from _holder_gaps(state, event)
    yield from _seal_gaps(state, event)
    if event.kind is _Kind.STORED and not event.place and (event.holder is None or not event.holder.store):
        yield Gap("stored_nowhere", event.number)


def _handover_gaps(state: State, event: Event) -> Iterator[Gap]:
    if state.offered is None:
        return
    if event.kind not in ANSWERS:
        yield Gap("handover_lapsed", state.offered.number)
    elif event.recorded_at - state.offered.recorded_at > LONG_HANDOVER:
        yield Gap("handover_long_open", state.offered.number, _HOURS)


def _holder_gaps(state: State, event: Event) -> Iterator[Gap]:
    holder, named = state.holder, event.holder
    if holder is None:
        return
    is_anothers = holder.kind is HolderKind.PERSON or (
        holder.kind is HolderKind.OFFICER and holder.officer != event.by.officer
    )
    if is_anothers and event.kind in _OF_THE_HOLDER:
        yield Gap("holder_unexplained", event.number, {"by": _name(event.by), "holder": _name(holder)})
    elif named is not None and _is_restated(event) and not _is_same(holder, named):
        yield Gap("holder_unexplained", event.number, {"by": _name(named), "holder": _name(holder)})


def _name(holder: Holder) -> str:
    return holder.name or "somebody outside the system"


def _is_restated(event: Event) -> bool:
    """Return whether the event merely says who holds the thing, or carries it over an agency's door unasked."""
    if event.kind is _Kind.STORED:
        return event.holder is not None and bool(event.holder.agency) and event.holder.agency != event.by.agency
    return event.kind not in {_Kind.COLLECTED, _Kind.HANDED_OVER, *ANSWERS, *GONE, *ENDED}


def _is_same(one: Holder, other: Holder) -> bool:
    return (one.kind, one.agency, one.officer, one.store) == (other.kind, other.agency, other.officer, other.store)


def _seal_gaps(state: State, event: Event) -> Iterator[Gap]:
    if event.seal and event.kind is not _Kind.SEALED and event.seal not in state.seals:
        if state.seals:
            expected = ", ".join(sorted(state.seals))
            yield Gap("seal_differs", event.number, {"found": event.seal, "expected": expected})
        else:
            yield Gap("seal_not_on_record", event.number, {"found": event.seal})
    if state.is_opened and event.kind in _MOVES:
        yield Gap("opened_without_reseal", event.number)


def _gaps_now(state: State, last: int, now: datetime) -> Iterator[Gap]:
    if state.offered is not None:
        if state.open_handover(now) is None:
            yield Gap("handover_lapsed", state.offered.number)
        elif now - state.offered.recorded_at > LONG_HANDOVER:
            yield Gap("handover_long_open", state.offered.number, _HOURS)
    if state.out is not None or state.packed_in or state.store or state.since is None:
        return
    if (days := now - state.since.recorded_at) > LONG_UNSTORED and not state.place:
        yield Gap("never_stored", last, {"days": days.days})


_HOURS: Final[Mapping[str, Param]] = {"hours": int(LONG_HANDOVER.total_seconds() // 3600)}


def disposition_of(events: Iterable[Event], *, home: str) -> tuple[DispositionStatus, Event] | None:
    """Return where the thing is in the contract's words, and the event that says so; None while none does.

    `home` is the agency whose record it is: what another holds is transferred.
    """
    says: tuple[DispositionStatus, Event] | None = None
    for event in events:
        if event.kind in _ENDS:
            says = _ENDS[event.kind], event
        elif event.kind in {_Kind.COLLECTED, _Kind.ACCEPTED, _Kind.STORED}:
            holder = event.holder or event.by
            is_away = holder.agency != home
            is_stored = event.kind is _Kind.STORED or holder.kind is HolderKind.STORE
            held = DispositionStatus.STORED if is_stored else DispositionStatus.HELD
            says = (DispositionStatus.TRANSFERRED if is_away else held), event
    return says


_ENDS: Final[Mapping[CustodyKind, DispositionStatus]] = {
    _Kind.RETURNED: DispositionStatus.RETURNED,
    _Kind.DESTROYED: DispositionStatus.DESTROYED,
    _Kind.LOST: DispositionStatus.LOST,
    _Kind.STOLEN: DispositionStatus.STOLEN,
}
