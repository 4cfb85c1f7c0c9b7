from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.choices import CustodyKind, DispositionStatus, HolderKind
from cases.custody_rules import Event, Holder, Stated, check, disposition_of, gaps, state_after, stated
from cases.errors import (
    AlreadyCollected,
    CustodyEnded,
    DomainError,
    HandoverOpen,
    InvalidSubmission,
    NoOpenHandover,
    NotInCustody,
    NotOfferedToYou,
    NotTheHolder,
)
from cases.intake.partial_date import PartialDate

K = CustodyKind
START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
ANNA = Holder(HolderKind.OFFICER, agency="1", officer="1", name="anna")
BORIS = Holder(HolderKind.OFFICER, agency="1", officer="2", name="boris")
CHLOE = Holder(HolderKind.OFFICER, agency="2", officer="3", name="chloe")
ARMOURY = Holder(HolderKind.STORE, agency="1", store="9", name="armoury")
ELSEWHERE = Holder(HolderKind.STORE, agency="2", store="8", name="their armoury")
SOMEBODY = Holder(HolderKind.PERSON)


def hours(count: float) -> datetime:
    return START + timedelta(hours=count)


def chain(*told: tuple[CustodyKind, dict]) -> list[Event]:
    """Return a chain in which each event is allowed, an hour apart."""
    events: list[Event] = []
    for kind, details in told:
        event = said(kind, len(events) + 1, **details)
        check(state_after(events), event)
        events.append(event)
    return events


def said(kind: CustodyKind, number: int, **details) -> Event:
    at = details.pop("recorded_at", hours(number))
    when = details.pop("at", Stated(at, at))
    by = details.pop("by", ANNA)
    if kind is K.HANDED_OVER:
        details.setdefault("expires_at", at + timedelta(hours=72))
    return Event(number=number, kind=kind, recorded_at=at, at=when, by=by, **details)


def refused(events: list[Event], kind: CustodyKind, **details) -> DomainError:
    with pytest.raises(DomainError) as caught:
        check(state_after(events), said(kind, len(events) + 1, **details))
    return caught.value


COLLECTED = (K.COLLECTED, {})
OFFERED = (K.HANDED_OVER, {"holder": BORIS})


def test_a_handover_takes_two_and_the_giver_holds_until_it_is_accepted():
    offered = chain(COLLECTED, OFFERED)

    assert state_after(offered).holder == ANNA
    accepted = chain(COLLECTED, OFFERED, (K.ACCEPTED, {"by": BORIS, "answers": 2, "holder": BORIS}))
    assert state_after(accepted).holder == BORIS
    declined = chain(COLLECTED, OFFERED, (K.DECLINED, {"by": BORIS, "answers": 2}))
    assert state_after(declined).holder == ANNA


def test_a_handover_is_answered_by_whom_it_was_offered_to_or_taken_back():
    offered = chain(COLLECTED, OFFERED)

    assert isinstance(refused(offered, K.ACCEPTED, by=CHLOE, answers=2), NotOfferedToYou)
    assert isinstance(refused(offered, K.ACCEPTED, by=ANNA, answers=2), NotOfferedToYou)
    assert isinstance(refused(offered, K.ACCEPTED, by=BORIS, answers=1), NoOpenHandover)
    chain(COLLECTED, OFFERED, (K.DECLINED, {"by": ANNA, "answers": 2}))


@pytest.mark.parametrize("whom", [ELSEWHERE, Holder(HolderKind.AGENCY, agency="2")])
def test_what_is_offered_to_an_agency_or_its_store_is_accepted_by_its_officers(whom):
    offered = chain(COLLECTED, (K.HANDED_OVER, {"holder": whom}))

    assert isinstance(refused(offered, K.ACCEPTED, by=BORIS, answers=2), NotOfferedToYou)
    check(state_after(offered), said(K.ACCEPTED, 3, by=CHLOE, answers=2))


def test_a_second_handover_waits_for_the_first_and_a_lapsed_one_stands_in_no_ones_way():
    offered = chain(COLLECTED, OFFERED)

    assert isinstance(refused(offered, K.HANDED_OVER, holder=CHLOE), HandoverOpen)
    assert isinstance(refused(offered, K.STORED, holder=ARMOURY), HandoverOpen)
    check(state_after(offered), said(K.HANDED_OVER, 3, holder=CHLOE, recorded_at=hours(80)))
    assert isinstance(refused(offered, K.ACCEPTED, by=BORIS, answers=2, recorded_at=hours(80)), NoOpenHandover)


def test_nothing_follows_a_destruction_but_a_correction():
    destroyed = chain(COLLECTED, (K.DESTROYED, {"witnesses": 2, "certificate": "D-7"}))

    for kind in K:
        details = {"seal": "S", "code": "C", "holder": BORIS, "answers": 1, "certificate": "D", "witnesses": 2}
        if kind is K.CORRECTED:
            check(state_after(destroyed), said(kind, 3, corrects=2, note="the certificate is D-8"))
        else:
            assert isinstance(refused(destroyed, kind, **details), CustodyEnded)


def test_what_was_lost_or_returned_is_collected_before_anything_else():
    lost = chain(COLLECTED, (K.LOST, {}))

    assert isinstance(refused(lost, K.STORED, place="here"), NotInCustody)
    found = chain(COLLECTED, (K.LOST, {}), COLLECTED)
    assert state_after(found).holder == ANNA
    assert isinstance(refused(found, K.COLLECTED), AlreadyCollected)


@pytest.mark.parametrize(
    ("kind", "details", "pointer"),
    [
        (K.SEALED, {}, "/seal"),
        (K.OPENED, {}, "/seal"),
        (K.LABELLED, {}, "/code"),
        (K.MARKED, {}, "/code"),
        (K.RETURNED, {}, "/holder"),
        (K.DESTROYED, {"witnesses": 2}, "/certificate"),
        (K.DESTROYED, {"certificate": "D-7", "witnesses": 1}, "/witnesses"),
        (K.HANDED_OVER, {"holder": ANNA}, "/to"),
        (K.HANDED_OVER, {"holder": SOMEBODY}, "/to"),
        (K.CORRECTED, {"corrects": 1}, "/note"),
        (K.CORRECTED, {"corrects": 9, "note": "no such event"}, "/corrects"),
    ],
)
def test_an_event_that_lacks_what_it_needs_names_it(kind, details, pointer):
    error = refused(chain(COLLECTED), kind, **details)

    assert isinstance(error, InvalidSubmission)
    assert [problem.pointer for problem in error.problems] == [pointer]


def test_another_agency_looks_and_does_no_more_until_it_was_handed_over():
    held = chain(COLLECTED)

    assert isinstance(refused(held, K.STORED, by=CHLOE, holder=ELSEWHERE), NotTheHolder)
    check(state_after(held), said(K.EXAMINED, 2, by=CHLOE))


def test_a_complete_chain_has_no_gap():
    events = chain(
        COLLECTED,
        (K.LABELLED, {"code": "IT-1"}),
        (K.SEALED, {"seal": "A1"}),
        OFFERED,
        (K.ACCEPTED, {"by": BORIS, "answers": 4, "holder": BORIS, "seal": "A1"}),
        (K.STORED, {"by": BORIS, "holder": ARMOURY}),
        (K.OPENED, {"seal": "A1"}),
        (K.EXAMINED, {}),
        (K.SEALED, {"seal": "A2"}),
        (K.DESTROYED, {"witnesses": 2, "certificate": "D-7"}),
    )

    assert gaps(events, now=hours(10_000)) == ()


@pytest.mark.parametrize(
    ("told", "code", "number"),
    [
        ([(K.STORED, {"holder": ARMOURY})], "begins_without_collection", 1),
        ([COLLECTED, (K.STORED, {"by": BORIS, "holder": ARMOURY})], "holder_unexplained", 2),
        ([COLLECTED, (K.EXAMINED, {"holder": BORIS})], "holder_unexplained", 2),
        ([COLLECTED, (K.STORED, {"holder": ELSEWHERE})], "holder_unexplained", 2),
        ([COLLECTED, (K.SEALED, {"seal": "A1"}), (K.OPENED, {"seal": "B7"})], "seal_differs", 3),
        ([COLLECTED, (K.SEALED, {"seal": "A1"}), (K.EXAMINED, {"seal": "B7"})], "seal_differs", 3),
        ([COLLECTED, (K.OPENED, {"seal": "B7"})], "seal_not_on_record", 2),
        (
            [COLLECTED, (K.SEALED, {"seal": "A"}), (K.OPENED, {"seal": "A"}), (K.STORED, {"holder": ARMOURY})],
            "opened_without_reseal",
            4,
        ),
        ([COLLECTED, (K.EXAMINED, {"at": Stated(hours(-90), hours(-80))})], "time_backwards", 2),
        ([COLLECTED, (K.EXAMINED, {"at": None})], "time_unknown", 2),
        ([COLLECTED, (K.STORED, {})], "stored_nowhere", 2),
        ([COLLECTED, OFFERED, (K.STORED, {"holder": ARMOURY, "recorded_at": hours(100)})], "handover_lapsed", 2),
        (
            [COLLECTED, OFFERED, (K.ACCEPTED, {"by": BORIS, "answers": 2, "recorded_at": hours(30)})],
            "handover_long_open",
            2,
        ),
    ],
)
def test_a_gap_is_named_where_it_shows(told, code, number):
    assert [(gap.code, gap.number) for gap in gaps(chain(*told), now=hours(40))] == [(code, number)]


def test_a_gap_can_grow_by_waiting():
    assert [gap.code for gap in gaps(chain(COLLECTED, OFFERED), now=hours(4))] == []
    assert [gap.code for gap in gaps(chain(COLLECTED, OFFERED), now=hours(30))] == ["handover_long_open"]
    assert [gap.code for gap in gaps(chain(COLLECTED, OFFERED), now=hours(90))] == ["handover_lapsed"]
    assert [gap.code for gap in gaps(chain(COLLECTED), now=hours(24 * 40))] == ["never_stored"]


@pytest.mark.parametrize(
    ("first", "second"), [("2026", "2026-03-01"), ("2026-11", "2026-11-01"), ("2026-11-02", "2026-11-02")]
)
def test_an_uncertain_time_is_not_taken_for_a_wrong_one(first, second):
    dates = [PartialDate.parse(text) for text in (first, second)]
    one, two = (stated(each.first_day, each.last_day, each.instant) for each in dates)

    events = chain((K.COLLECTED, {"at": two}), (K.EXAMINED, {"at": one}))
    assert [gap.code for gap in gaps(events, now=hours(3))] == []


def test_a_correction_changes_no_state():
    events = chain(COLLECTED, OFFERED, (K.CORRECTED, {"corrects": 1, "note": "it was the 2nd"}))

    before, after = state_after(events[:2]), state_after(events)
    assert (after.holder, after.offered, after.length) == (before.holder, before.offered, 3)


def test_the_disposition_follows_the_chain():
    def of(*told):
        says = disposition_of(chain(*told), home="1")
        return says and says[0]

    accepted_away = (K.ACCEPTED, {"by": CHLOE, "answers": 2, "holder": CHLOE})
    assert of((K.EXAMINED, {})) is None
    assert of(COLLECTED) is DispositionStatus.HELD
    assert of(COLLECTED, (K.STORED, {"holder": ARMOURY})) is DispositionStatus.STORED
    assert of(COLLECTED, (K.HANDED_OVER, {"holder": CHLOE})) is DispositionStatus.HELD
    assert of(COLLECTED, (K.HANDED_OVER, {"holder": CHLOE}), accepted_away) is DispositionStatus.TRANSFERRED
    assert of(COLLECTED, (K.RETURNED, {"holder": SOMEBODY})) is DispositionStatus.RETURNED
    assert of(COLLECTED, (K.STOLEN, {})) is DispositionStatus.STOLEN


@st.composite
def proposals(draw):
    number = draw(st.integers(0, 12))
    return [
        {
            "kind": draw(st.sampled_from(list(K))),
            "by": draw(st.sampled_from([ANNA, BORIS, CHLOE])),
            "holder": draw(st.sampled_from([None, ANNA, BORIS, CHLOE, ARMOURY, ELSEWHERE, SOMEBODY])),
            "seal": draw(st.sampled_from(["", "A", "B"])),
            "code": draw(st.sampled_from(["", "C"])),
            "certificate": draw(st.sampled_from(["", "D"])),
            "note": draw(st.sampled_from(["", "N"])),
            "witnesses": draw(st.integers(0, 3)),
            "answers": draw(st.one_of(st.none(), st.integers(1, 8))),
            "corrects": draw(st.one_of(st.none(), st.integers(-1, 8))),
            "wait": draw(st.sampled_from([1, 1, 1, 30, 100])),
        }
        for _ in range(number)
    ]


@given(proposals())
def test_no_sequence_leads_to_an_illegal_transition(proposed):
    events: list[Event] = []
    clock = 0
    for each in proposed:
        clock += each.pop("wait")
        event = said(each.pop("kind"), len(events) + 1, recorded_at=hours(clock), **each)
        try:
            check(state_after(events), event)
        except DomainError:
            continue
        events.append(event)

    gaps(events, now=hours(clock))
    for at, event in enumerate(events):
        earlier = events[:at]
        kinds = [each.kind for each in earlier]
        if K.DESTROYED in kinds:
            assert event.kind is K.CORRECTED
        if event.kind is K.DESTROYED:
            assert event.witnesses >= 2
            assert event.certificate
        if event.kind in {K.SEALED, K.OPENED}:
            assert event.seal
        moved = [each for each in earlier if each.kind is not K.CORRECTED]
        is_waiting = bool(moved) and moved[-1].kind is K.HANDED_OVER and moved[-1].expires_at > event.recorded_at
        if event.kind in {K.ACCEPTED, K.DECLINED}:
            assert is_waiting
            assert event.answers == moved[-1].number
            assert event.by.agency == moved[-1].holder.agency or event.by == moved[-1].by
        if event.kind is K.HANDED_OVER:
            assert not is_waiting
    answered = [
        event.answers for event in events if event.answers is not None and event.kind in {K.ACCEPTED, K.DECLINED}
    ]
    assert len(answered) == len(set(answered))
