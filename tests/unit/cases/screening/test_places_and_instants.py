"""Places on which views differ, findings that rest on the place alone, measures that began at an instant."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import Days, IncidentFacts, ItemFacts, NearFacts, Period, PlaceFacts, RouteFacts, ViewFacts
from cases.screening.rules.in_force import in_force
from cases.screening.window import council_day, transfer_window
from tests.unit.cases.screening.rulebooks import WIDENED, measure, rulebook

DAY = date(2012, 5, 6)
ONE_PISTOL = (ItemFacts(index=0, category="small_arm", quantity=1, unit="piece"),)
BOOK = rulebook(measure("south/1-1", target_countries=frozenset({"SSD"})))
BEGAN_AT = datetime(2015, 1, 1, 0, 0, tzinfo=UTC)  # 19:00 in New York on the last day of 2014
BY_INSTANT = measure("instant/1-1", in_force=Period(date(2015, 1, 1), None), starts_at=BEGAN_AT, amendments=(WIDENED,))


def found_at(place: PlaceFacts, **known: object) -> IncidentFacts:
    plain = {"reference": "R", "kind": "find", "occurred": Days.on(DAY), "day_is_exact": True, "items": ONE_PISTOL}
    return IncidentFacts(**(plain | {"place": place} | known))


def place(*views: tuple[str | None, str], country: str = "SDN") -> PlaceFacts:
    return PlaceFacts(
        country=country,
        country_certainty="inside",
        near=(NearFacts(country=country, distance_m=0),),
        views=tuple(ViewFacts(country=code, basis=basis) for code, basis in views),
    )


def only_finding(facts: IncidentFacts) -> dict[str, object]:
    (finding,) = screen(facts, BOOK, Designations.none()).findings
    return finding.document()


def test_every_view_that_changes_the_outcome_is_listed():
    finding = only_finding(found_at(place(("SDN", "held by one"), ("SSD", "claimed by the other"))))

    shown = {entry["rule"]: entry["text"] for entry in finding["rationale"] if entry["condition"] == "view"}
    assert finding["outcome"] == "possible"
    assert "disputed_area" in finding["unknowns"]
    assert set(shown) == {"view.in_target", "view.elsewhere"}
    assert "claimed by the other" in shown["view.in_target"]


def test_goods_made_later_do_not_settle_whose_land_a_disputed_area_is():
    young = ItemFacts(index=0, category="small_arm", made=Days(date(2011, 1, 1), date(2011, 12, 31)))
    disputed = found_at(place(("SDN", "held"), ("SSD", "claimed")), items=(young,))
    undisputed = found_at(place(country="SSD"), items=(young,))

    assert only_finding(disputed)["outcome"] == "possible"
    assert only_finding(undisputed)["outcome"] == "indicated"


@pytest.mark.parametrize(
    "views",
    [
        pytest.param((), id="no views"),
        pytest.param((("SSD", "its own"), (None, "self-declared authority")), id="an authority without a code"),
        pytest.param((("SDN", "a"), ("EGY", "b")), id="views that both lie elsewhere"),
    ],
)
def test_views_that_come_to_the_same_change_nothing(views):
    country = "SSD" if not views or views[0][0] == "SSD" else "SDN"
    result = screen(found_at(place(*views, country=country)), BOOK, Designations.none())

    rules = {condition.reason.rule for finding in result.findings for condition in finding.rationale}
    assert not any(rule.startswith("view.") or "disputed" in rule for rule in rules)
    assert bool(result.findings) == (country == "SSD")


def test_finding_on_the_place_alone_is_marked_until_another_fact_joins():
    alone = found_at(place(country="SSD"))
    joined = {
        "three firearms": found_at(place(country="SSD"), items=(ItemFacts(index=0, category="small_arm", quantity=3),)),
        "a military item": found_at(place(country="SSD"), items=(ItemFacts(index=0, category="artillery"),)),
        "a dated lot": found_at(
            place(country="SSD"),
            items=(ItemFacts(index=0, category="ammunition", made=Days(date(1990, 1, 1), date(1990, 12, 31))),),
        ),
        "a route": found_at(place(country="SSD"), route=RouteFacts(transit=("KEN",))),
    }

    assert only_finding(alone)["place_only"] is True
    assert [name for name, facts in joined.items() if only_finding(facts)["place_only"]] == []


def stopped(at: datetime | None, *, day: date | None = None) -> IncidentFacts:
    days = Days.on(day or council_day(at))
    route = RouteFacts(destination="LBY")
    return IncidentFacts(
        reference="R", kind="seizure", occurred=days, day_is_exact=True, stopped_at=at, route=route, items=ONE_PISTOL
    )


def answer(facts: IncidentFacts) -> str:
    return in_force(transfer_window(facts), BY_INSTANT, is_continued=lambda _: False).answer.value


@given(st.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_measure_that_began_at_an_instant_is_in_force_from_it(after):
    assert answer(stopped(BEGAN_AT + after)) == ("yes" if after >= timedelta(0) else "no")


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2014, 12, 30), "no"), (date(2014, 12, 31), "unknown"), (date(2015, 1, 1), "yes")]
)
def test_day_on_which_it_began_is_open_without_the_hour(day, expected):
    assert answer(stopped(None, day=day)) == expected


def test_its_text_is_read_as_of_its_first_whole_day():
    (finding,) = screen(stopped(BEGAN_AT), rulebook(BY_INSTANT), Designations.none()).findings

    assert finding.outcome == "indicated"
    assert [entry[0] for entry in finding.legal_basis.amended_by] == [WIDENED.resolution]
