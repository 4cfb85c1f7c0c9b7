"""What is worth an officer's eye and no finding."""

from dataclasses import replace
from datetime import date

import pytest

from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import (
    AgencyFacts,
    Days,
    EndUseCertificateFacts,
    IncidentFacts,
    ItemFacts,
    MarkSeenFacts,
    NearFacts,
    PartyFacts,
    Period,
    PlaceFacts,
    RecipientFacts,
    RouteFacts,
)
from cases.screening.findings import LegalBasisCited
from cases.screening.rulebook import EmbargoCall
from tests.unit.cases.screening.rulebooks import measure, rulebook

RIFLE = ItemFacts(index=0, category="small_arm", quantity=1, unit="piece")
RICE = ItemFacts(index=0, category="other_goods")
BESIDE_LIBYA = PlaceFacts(country="TUN", country_certainty="inside", near=(NearFacts(country="LBY", distance_m=9_000),))
IN_LIBYA = PlaceFacts(country="LBY", country_certainty="inside", near=(NearFacts(country="LBY", distance_m=0),))
CALL = EmbargoCall(
    legal_basis=LegalBasisCited("S/RES/9003 (1993)", "10", True),
    countries=frozenset({"ARM"}),
    in_force=Period(date(1993, 7, 29), date(2014, 1, 1)),
)


def flags(*measures, calls=(), **changes):
    facts = IncidentFacts(
        reference="X",
        kind="seizure",
        **{"occurred": Days.on(date(2013, 5, 5)), "day_is_exact": True, "items": (RIFLE,), **changes},
    )
    book = replace(rulebook(*(measures or (measure("a/1-1"),))), calls=calls)
    return {flag.code: dict(flag.reason.params) for flag in screen(facts, book, Designations.none()).flags}


@pytest.mark.parametrize(
    ("changes", "raised"),
    [
        ({"agency_kind": "customs"}, True),
        ({"agency_kind": "border_guard"}, True),
        ({"agency_kind": "gendarmerie"}, False),
        ({"agency_kind": "police", "agencies": (AgencyFacts(kind="police", name="Police aux frontières"),)}, True),
        ({"agencies": (AgencyFacts(kind="police", name="City police"), AgencyFacts(kind="customs"))}, True),
        ({"detection": "customs_inspection"}, True),
        ({"detection": "patrol"}, False),
    ],
)
def test_recovery_by_customs_or_border_officials(changes, raised):
    assert ("customs_or_border_officials" in flags(**changes)) == raised


@pytest.mark.parametrize(
    ("items", "count"),
    [
        ((replace(RIFLE, quantity=3),), 3),
        ((RIFLE, replace(RIFLE, index=1), replace(RIFLE, index=2)), 3),
        ((replace(RIFLE, quantity=2),), None),
        ((replace(RIFLE, quantity=9, unit="box"),), None),
        ((replace(RIFLE, category="", hs_code="9302", quantity=4),), 4),
        ((replace(RIFLE, category="arms_unspecified", description="fusils", quantity=4),), 4),
        ((replace(RIFLE, category="arms_unspecified", quantity=4),), None),
        ((replace(RIFLE, category="ammunition", quantity=4),), None),
    ],
)
def test_three_firearms_are_counted_in_pieces(items, count):
    assert flags(items=items).get("three_or_more_firearms", {"count": None})["count"] == count


def test_a_possessor_from_elsewhere_is_named_once():
    people = tuple(
        PartyFacts(index=index, role="possessor", residence=code) for index, code in enumerate(("MAR", "ESP"))
    )

    assert flags(place=BESIDE_LIBYA, parties=people)["possessor_resident_abroad"] == {"country": "MAR"}
    assert "possessor_resident_abroad" not in flags(place=replace(BESIDE_LIBYA, country="MAR"), parties=people[:1])


def test_a_slight_find_near_an_embargoed_territory_is_flagged_and_rice_or_a_find_inside_is_not():
    assert flags(place=BESIDE_LIBYA)["near_embargoed_territory"]["distance_m"] == 9_000
    assert "near_embargoed_territory" not in flags(place=BESIDE_LIBYA, items=(RICE,))
    assert "near_embargoed_territory" not in flags(place=IN_LIBYA)


def test_a_call_that_binds_nobody_is_flagged_for_arms_bound_there_in_its_time():
    to_armenia = RouteFacts(destination="ARM")

    assert flags(calls=(CALL,), route=to_armenia)["non_binding_call"] == {"measure": "S/RES/9003 (1993), 10"}
    assert "non_binding_call" not in flags(calls=(CALL,), route=to_armenia, items=(RICE,))
    assert "non_binding_call" not in flags(calls=(CALL,), route=RouteFacts(origin="ARM", destination="KEN"))
    assert "non_binding_call" not in flags(calls=(CALL,), route=to_armenia, occurred=Days.on(date(2015, 1, 1)))


def test_a_request_not_to_import_is_flagged_only_for_goods_from_there():
    request = measure("z/2-1", direction="from_target", status="non_binding", target_countries=frozenset({"ZAF"}))

    assert "non_binding_call" in flags(request, route=RouteFacts(origin="ZAF", destination="IRQ"))
    assert "non_binding_call" not in flags(request, route=RouteFacts(origin="IRQ", destination="ZAF"))


def test_a_trade_embargo_is_flagged_for_goods_that_went_its_way():
    trade = measure("t/3-1", trade_embargo=True)

    assert "trade_embargo" in flags(trade, route=RouteFacts(destination="LBY"), items=(RICE,))
    assert "trade_embargo" not in flags(trade, route=RouteFacts(transit=("LBY",), destination="EGY"), items=(RICE,))


@pytest.mark.parametrize(
    ("authenticity", "certificate"),
    [(None, "not on record"), ("forged", "forged"), ("disputed", "disputed"), ("unverified", "unverified")],
)
def test_a_government_outside_a_partial_embargo_on_weak_papers_is_a_diversion_risk(authenticity, certificate):
    papers = (
        ()
        if authenticity is None
        else (EndUseCertificateFacts(authenticity=authenticity, country="COD", end_user=None),)
    )
    found = flags(
        measure("p/4-1", recipient="non_governmental_forces"),
        route=RouteFacts(destination="LBY"),
        recipient=RecipientFacts(kind="government"),
        end_use_certificates=papers,
    )

    assert found["diversion_risk"] == {"country": "LBY", "certificate": certificate}
    assert ("forged_certificate" in found) == (authenticity == "forged")


def test_an_authenticated_certificate_is_no_risk():
    genuine = EndUseCertificateFacts(authenticity="authenticated", country="LBY", end_user=None)
    partial = measure("p/4-1", recipient="non_governmental_forces")
    government = RecipientFacts(kind="government", country="LBY")

    assert "diversion_risk" not in flags(partial, recipient=government, end_use_certificates=(genuine,))


def test_marks_that_do_not_go_together_or_stand_elsewhere_too_ask_for_a_second_look():
    odd = replace(RIFLE, model="AKM", calibre="5.45x39")
    seen = MarkSeenFacts(item=0, text="KX-48213", reference="INC-2026-00000001")
    found = flags(items=(odd,), marks_seen_elsewhere=(seen,))

    assert found["marking_inconsistent"] == {"model": "AKM", "usual": "7.62x39", "stated": "5.45x39"}
    assert found["mark_seen_elsewhere"] == {"mark": "KX-48213", "reference": "INC-2026-00000001"}
