"""What the engine concludes from stated facts, rule by rule."""

import json
from datetime import date

import pytest

from cases.canonical import canonical_json
from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import (
    AuthorisationFacts,
    Claim,
    ConveyanceFacts,
    Days,
    EndUseCertificateFacts,
    IncidentFacts,
    ItemFacts,
    NearFacts,
    Period,
    PlaceFacts,
    RecipientFacts,
    RouteFacts,
    ZoneFacts,
)
from cases.screening.rulebook import StatePeriod
from tests.unit.cases.screening.rulebooks import CHANGE, EVERY_KIND, START, exemption, group, measure, rulebook

RIFLES = ItemFacts(index=0, category="small_arm", description="assault rifles", quantity=20, unit="piece")
TO_LIBYA = RouteFacts(origin="TUR", destination="LBY")
INSIDE_LIBYA = PlaceFacts(country="LBY", country_certainty="inside", near=(NearFacts(country="LBY", distance_m=0),))


def incident(**changes):
    facts = {
        "reference": "X",
        "kind": "seizure",
        "occurred": Days.on(date(2013, 5, 5)),
        "day_is_exact": True,
        "route": TO_LIBYA,
        "items": (RIFLES,),
        **changes,
    }
    return IncidentFacts(**facts)


def outcome_of(facts, *measures, groups=(), states=()):
    """Return the outcome of the first measure and the rule that left it open or ruled it out."""
    result = screen(facts, rulebook(*measures, groups=groups, states=states), Designations.none())
    wanted = measures[0].id
    for finding in result.findings:
        if finding.measure == wanted:
            unknown = [c.reason.rule for c in finding.rationale if c.answer == "unknown"]
            return finding.outcome.value, unknown[-1] if unknown else None
    for entry in result.considered:
        if entry.measure == wanted:
            return "not_indicated", entry.reason.rule
    assert wanted in result.untied
    return "untied", None


def test_every_condition_met_is_indicated():
    assert outcome_of(incident(), measure("a/1-1")) == ("indicated", None)


def test_measure_names_are_each_said_once():
    result = screen(incident(), EVERY_KIND, Designations.none())

    named = [f.measure for f in result.findings] + [c.measure for c in result.considered] + list(result.untied)
    assert sorted(named) == [m.id for m in EVERY_KIND.measures]
    assert [f.measure for f in result.findings] == sorted(f.measure for f in result.findings)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2009, 12, 31), ("not_indicated", "in_force.before_start")),
        (START, ("indicated", None)),
        (date(2019, 12, 31), ("indicated", None)),
        (date(2020, 1, 1), ("not_indicated", "in_force.after_end")),
    ],
)
def test_transfer_day_decides_by_half_open_period(day, expected):
    assert outcome_of(incident(occurred=Days.on(day)), measure("a/1-1")) == expected


def test_year_astride_the_start_is_possible():
    facts = incident(occurred=Days(date(2009, 1, 1), date(2010, 12, 31)))

    assert outcome_of(facts, measure("a/1-1")) == ("possible", "in_force.partly")


def test_day_next_to_the_change_without_time_zone_is_possible():
    facts = incident(occurred=Days.on(date(2009, 12, 31)), day_is_exact=False)

    assert outcome_of(facts, measure("a/1-1")) == ("possible", "in_force.next_to_change")


def test_year_astride_two_phases_that_agree_is_indicated():
    facts = incident(occurred=Days(date(2014, 1, 1), date(2015, 12, 31)))
    first, second = measure("a/1-1", in_force=Period(START, CHANGE)), measure("a/1-1@x", in_force=Period(CHANGE, None))

    assert outcome_of(facts, first, second) == ("indicated", None)
    assert outcome_of(facts, second, first) == ("indicated", None)


def test_departure_before_the_start_leaves_the_date_open():
    route = RouteFacts(origin="TUR", destination="LBY", departed=Days.on(date(2009, 12, 20)))

    assert outcome_of(incident(route=route, occurred=Days.on(date(2010, 1, 5))), measure("a/1-1")) == (
        "possible",
        "in_force.partly",
    )


def test_old_arms_found_at_rest_inside_are_possible():
    old = ItemFacts(index=0, category="small_arm", made=Days(date(1975, 1, 1), date(1975, 12, 31)))
    facts = incident(kind="find", route=RouteFacts(), place=INSIDE_LIBYA, items=(old,))

    assert outcome_of(facts, measure("a/1-1"))[0] == "possible"


def test_arms_younger_than_the_embargo_found_inside_are_indicated():
    young = ItemFacts(index=0, category="ammunition", made=Days(date(2012, 1, 1), date(2012, 12, 31)))
    facts = incident(kind="find", route=RouteFacts(), place=INSIDE_LIBYA, items=(young,))

    assert outcome_of(facts, measure("a/1-1")) == ("indicated", None)
    assert outcome_of(facts, measure("a/1-1", recipient="other_than_government_authorised"))[0] == "possible"


def test_find_after_the_embargo_ended_is_flagged_not_indicated():
    facts = incident(kind="find", route=RouteFacts(), place=INSIDE_LIBYA, occurred=Days.on(date(2022, 1, 1)))

    result = screen(facts, rulebook(measure("a/1-1")), Designations.none())
    assert [entry.reason.rule for entry in result.considered] == ["in_force.ended_before_find"]
    assert "earlier_phase" in {flag.code for flag in result.flags}


def test_destination_elsewhere_contradicts_unless_somebody_claims_the_target():
    elsewhere = RouteFacts(origin="TUR", destination="EGY")
    claimed = RouteFacts(
        origin="TUR",
        destination="EGY",
        claims=(Claim(what="destination", country="LBY", recipient_kind=None, name=None, by="crew"),),
    )

    assert outcome_of(incident(route=elsewhere, place=INSIDE_LIBYA), measure("a/1-1")) == (
        "not_indicated",
        "direction.destination_elsewhere",
    )
    assert outcome_of(incident(route=claimed), measure("a/1-1")) == ("possible", "direction.destination_disputed")


def test_transit_state_is_no_target_of_an_import_ban():
    facts = incident(route=RouteFacts(origin="TUR", transit=("LBY",)))

    assert outcome_of(facts, measure("a/1-1")) == ("not_indicated", "direction.transit_only")


def test_transit_through_the_target_of_an_export_ban_is_possible():
    ban = measure("b/2-1", direction="from_target", recipient="any_procurer")

    assert outcome_of(incident(route=RouteFacts(transit=("LBY",), destination="EGY")), ban) == (
        "possible",
        "direction.transit_through_target",
    )


def test_goods_out_of_the_target_meet_an_export_ban_whoever_receives_them():
    ban = measure("b/2-1", direction="from_target", recipient="any_procurer")
    facts = incident(route=RouteFacts(origin="LBY", destination="LBN"), recipient=RecipientFacts(kind="government"))

    assert outcome_of(facts, ban) == ("indicated", None)


def test_goods_made_in_the_target_before_the_ban_are_contradicted_when_dated():
    ban = measure("b/2-1", direction="from_target", recipient="any_procurer")
    made = {"category": "ammunition", "country_of_manufacture": "LBY"}
    undated = ItemFacts(index=0, **made)
    old = ItemFacts(index=0, made=Days(date(1990, 1, 1), date(1990, 12, 31)), **made)

    assert outcome_of(incident(route=RouteFacts(), items=(undated,)), ban) == ("possible", "direction.made_in_target")
    assert outcome_of(incident(route=RouteFacts(), items=(old,)), ban) == ("not_indicated", "direction.made_before_ban")


def test_flag_ties_only_where_the_text_reaches_it():
    facts = incident(route=RouteFacts(), conveyance=ConveyanceFacts(mode="sea", flag="LBY"))
    ban = measure("b/2-1", direction="from_target", recipient="any_procurer")

    assert outcome_of(facts, ban) == ("not_indicated", "direction.no_tie_to_origin")
    reaching = measure("b/2-1", direction="from_target", recipient="any_procurer", reaches_nationals_and_flag=True)
    assert outcome_of(facts, reaching) == ("possible", "direction.flag_of_target")


@pytest.mark.parametrize(
    ("scope", "recipient", "expected"),
    [
        ("everyone_in_territory", {"kind": "unknown"}, "indicated"),
        ("everyone_in_territory", {"kind": "government"}, "indicated"),
        ("non_governmental_forces", {"kind": "government"}, "not_indicated"),
        ("non_governmental_forces", {"kind": "non_governmental_force"}, "indicated"),
        ("non_governmental_forces", {"kind": "unknown"}, "possible"),
        ("non_governmental_forces", {"kind": "private"}, "possible"),
        ("other_than_government_authorised", {"kind": "government"}, "not_indicated"),
        ("other_than_government_authorised", {"kind": "private", "authorised_by_government": "no"}, "indicated"),
        ("other_than_government_authorised", {"kind": "private", "authorised_by_government": "yes"}, "not_indicated"),
        ("other_than_government_authorised", {"kind": "private"}, "possible"),
        ("other_than_government_security_forces", {"kind": "government", "branch": "security_forces"}, "not_indicated"),
        ("other_than_government_security_forces", {"kind": "government"}, "possible"),
        ("other_than_government_security_forces", {"kind": "private"}, "indicated"),
        ("designated_parties", {"kind": "government"}, "not_indicated"),
        ("designated_parties", {"kind": "unknown"}, "possible"),
        ("designated_parties", {"kind": "private"}, "not_indicated"),
        ("designated_parties", {"kind": "non_governmental_force", "name": "Some Other Brigade"}, "possible"),
        ("designated_parties", {"kind": "non_governmental_force", "name": "the Northern Front"}, "indicated"),
        ("non_governmental_forces", {"kind": "private", "acts_for": "NF-47"}, "indicated"),
        ("non_governmental_forces", {"kind": "non_governmental_force", "basis": "allegation"}, "possible"),
    ],
)
def test_recipient_table(scope, recipient, expected):
    facts = incident(recipient=RecipientFacts(country="LBY", **recipient))

    assert (
        outcome_of(facts, measure("a/1-1", recipient=scope), groups=(group("Northern Front", "NF-47"),))[0] == expected
    )


def test_regime_without_territory_is_untied_unless_a_listed_group_is_named():
    everywhere = measure("f/6-1", recipient="designated_parties", target_countries=frozenset())
    named = incident(recipient=RecipientFacts(kind="non_governmental_force", name="Northern Front", country="MLI"))

    assert outcome_of(incident(), everywhere, groups=(group("Northern Front"),)) == ("untied", None)
    assert outcome_of(named, everywhere, groups=(group("Northern Front"),)) == ("indicated", None)


def test_government_outside_a_partial_embargo_without_certificate_is_a_diversion_risk():
    partial = measure("d/4-1", recipient="non_governmental_forces")
    facts = incident(recipient=RecipientFacts(kind="government", country="LBY"))
    verified = incident(
        recipient=RecipientFacts(kind="government", country="LBY"),
        end_use_certificates=(EndUseCertificateFacts(authenticity="authenticated", country="LBY", end_user=None),),
    )

    assert "diversion_risk" in {f.code for f in screen(facts, rulebook(partial), Designations.none()).flags}
    assert "diversion_risk" not in {f.code for f in screen(verified, rulebook(partial), Designations.none()).flags}


def test_allegation_caps_at_possible():
    assert outcome_of(incident(basis="allegation"), measure("a/1-1")) == ("possible", "basis.allegation")


def approval(reference="C/1", on=None, regime="a"):
    stated = Days.on(on) if on else Days(None, None)
    return AuthorisationFacts(kind="committee_approval", regime=regime, reference=reference, on=stated, basis=None)


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (None, "indicated"),
        (approval(on=date(2013, 1, 1)), "exemption_claimed"),
        (approval(on=date(2013, 9, 1)), "indicated"),
        (approval(reference=None), "exemption_claimed"),
        (approval(on=date(2013, 1, 1), regime="other"), "indicated"),
    ],
)
def test_exemption_that_needs_a_paper_is_claimed_only_by_one_from_before_the_transfer(paper, expected):
    by_approval = measure("a/1-1", exemptions=(exemption(procedure="approve", recipients=frozenset()),))

    assert outcome_of(incident(authorisations=(paper,) if paper else ()), by_approval)[0] == expected


def test_standing_exemption_for_a_mission_is_claimed_by_the_mission_only():
    exempt = measure("a/1-1", exemptions=(exemption(),))
    mission = RecipientFacts(kind="un_mission", country="LBY")
    rebels = RecipientFacts(kind="non_governmental_force", country="LBY")

    assert outcome_of(incident(recipient=mission), exempt)[0] == "exemption_claimed"
    assert outcome_of(incident(recipient=rebels), exempt)[0] == "indicated"


def test_standing_exemption_for_protective_clothing_does_not_cover_rifles():
    journalists = exemption(recipients=frozenset({"media"}), goods=frozenset({"protective_equipment"}))
    exempt = measure(
        "a/1-1", exemptions=(journalists,), goods=frozenset({"arms_and_related_materiel", "paramilitary_equipment"})
    )
    media = RecipientFacts(kind="media", country="LBY")
    vests = ItemFacts(index=0, category="protective_equipment", description="body armour")

    assert outcome_of(incident(recipient=media, items=(vests,)), exempt)[0] == "exemption_claimed"
    assert outcome_of(incident(recipient=media), exempt)[0] == "indicated"


def test_place_near_the_border_ties_only_more_than_a_travellers_goods():
    near = PlaceFacts(country="TUN", near=(NearFacts(country="LBY", distance_m=25_000),))
    pistol = ItemFacts(index=0, category="small_arm", quantity=1, unit="piece")
    facts = {"route": RouteFacts(), "place": near}

    assert outcome_of(incident(**facts), measure("a/1-1")) == ("possible", "direction.near_target")
    assert outcome_of(incident(items=(pistol,), **facts), measure("a/1-1")) == (
        "not_indicated",
        "direction.place_too_weak",
    )


def test_region_is_unknown_until_place_route_or_group_names_it():
    darfur = measure("g/7-1", recipient="belligerents_in_region", target_countries=frozenset({"SDN"}),
                     target_regions=frozenset({"SDN:north-darfur"}))  # fmt: skip
    to_sudan = {"route": RouteFacts(origin="TCD", destination="SDN")}
    there = PlaceFacts(
        country="SDN", country_certainty="inside",
        zones=(ZoneFacts(id="SDN:north-darfur", kind="region", country="SDN", certainty="inside"),),
    )  # fmt: skip
    rebels = RecipientFacts(kind="non_governmental_force", country="SDN")

    assert outcome_of(incident(recipient=rebels, **to_sudan), darfur)[0] == "possible"
    assert outcome_of(incident(recipient=rebels, place=there, **to_sudan), darfur)[0] == "indicated"


def test_former_state_is_read_as_its_units_on_the_day():
    yugoslavia = StatePeriod(code="YUG", units=frozenset({"BIH", "SRB"}), in_force=Period(None, date(1992, 4, 27)))
    rump = StatePeriod(code="YUG", units=frozenset({"SRB"}), in_force=Period(date(1992, 4, 27), date(2003, 2, 4)))
    ban = measure("a/1-1", target_countries=frozenset({"BIH"}), in_force=Period(date(1991, 9, 25), date(1996, 1, 1)))
    to_yugoslavia = {"route": RouteFacts(origin="AUT", destination="YUG")}

    early = incident(occurred=Days.on(date(1992, 1, 1)), **to_yugoslavia)
    late = incident(occurred=Days.on(date(1993, 1, 1)), **to_yugoslavia)
    assert outcome_of(early, ban, states=(yugoslavia, rump))[0] == "indicated"
    assert outcome_of(late, ban, states=(yugoslavia, rump)) == ("untied", None)


def test_later_amendment_is_not_cited_for_an_earlier_day():
    measure_with_amendment = EVERY_KIND.measures[-1]
    assert measure_with_amendment  # the rulebook holds one amended measure, cited from its day on
    result = screen(incident(occurred=Days.on(date(2016, 1, 1))), EVERY_KIND, Designations.none())

    cited = {f.measure: f.legal_basis.amended_by for f in result.findings}
    assert cited["territory-a/1-1"] == ()
    assert cited["territory-a/1-1@2015-01-01"] == (("S/RES/9002 (2015)", "3", "widens"),)


def test_result_renders_as_one_json_text_whatever_the_order_of_the_rulebook():
    facts = incident(recipient=RecipientFacts(kind="government", country="LBY"))
    texts = {
        canonical_json(screen(facts, rulebook(*order), Designations.none()).document())
        for order in (EVERY_KIND.measures, tuple(reversed(EVERY_KIND.measures)))
    }

    assert len(texts) == 1
    assert json.loads(texts.pop())["findings"][0]["rationale"][0]["text"]
