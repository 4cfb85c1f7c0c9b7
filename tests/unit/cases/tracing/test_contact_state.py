from datetime import date

import pytest

from cases.choices import ContactKind, ContactState, ReferralKind
from cases.tracing.contact_state import ContactFacts, choose_contact, state_of

ON = date(2026, 11, 22)
FOCAL, MISSION, BUREAU = (
    ContactKind.NATIONAL_POINT_OF_CONTACT,
    ContactKind.PERMANENT_MISSION,
    ContactKind.NATIONAL_CENTRAL_BUREAU,
)


def contact(key: str = "a", kind: ContactKind = FOCAL, **dates: date) -> ContactFacts:
    return ContactFacts(key=key, kind=kind, **{"confirmed_on": date(2026, 6, 1), **dates})


def chosen(*contacts: ContactFacts, kind: ReferralKind = ReferralKind.ITI_REQUEST) -> tuple[str | None, ContactState]:
    found = choose_contact(contacts, kind, ON, stale_months=12)
    return found.key, found.state


@pytest.mark.parametrize(
    ("confirmed_on", "state"),
    [
        (date(2026, 11, 22), ContactState.CURRENT),
        (date(2025, 11, 22), ContactState.CURRENT),
        (date(2025, 11, 21), ContactState.STALE),
        (None, ContactState.NEVER_CONFIRMED),
    ],
)
def test_a_contact_is_stale_after_so_many_months(confirmed_on: date | None, state: ContactState) -> None:
    assert state_of(contact(confirmed_on=confirmed_on), ON, 12) is state


def test_months_before_the_end_of_a_longer_month_end_with_the_shorter_one() -> None:
    assert state_of(contact(confirmed_on=date(2026, 2, 28)), date(2026, 3, 31), 1) is ContactState.CURRENT
    assert state_of(contact(confirmed_on=date(2026, 2, 27)), date(2026, 3, 31), 1) is ContactState.STALE


def test_each_kind_of_letter_goes_to_its_usual_desk_and_to_another_where_there_is_none() -> None:
    focal, mission, bureau = contact("focal"), contact("mission", MISSION), contact("bureau", BUREAU)

    assert chosen(focal, mission, bureau)[0] == "focal"
    assert chosen(focal, mission, bureau, kind=ReferralKind.PANEL_REQUEST)[0] == "mission"
    assert chosen(focal, mission, bureau, kind=ReferralKind.IARMS_TRACE)[0] == "bureau"
    assert chosen(mission, bureau)[0] == "mission"
    assert chosen(focal, mission, kind=ReferralKind.IARMS_TRACE) == (None, ContactState.MISSING)


def test_validity_goes_before_the_usual_desk_and_that_before_a_late_confirmation() -> None:
    ended = contact("ended", valid_until=ON)
    to_come = contact("to come", valid_from=date(2026, 11, 23))
    stale = contact("stale", confirmed_on=date(2020, 1, 1))
    mission = contact("mission", MISSION)

    assert chosen(ended, mission) == ("mission", ContactState.CURRENT)
    assert chosen(stale, mission) == ("stale", ContactState.STALE)
    assert chosen(stale, contact("lately")) == ("lately", ContactState.CURRENT)
    # Not to be written to, which is another thing than that there is none.
    assert chosen(ended, to_come) == (None, ContactState.OUT_OF_DATE)
