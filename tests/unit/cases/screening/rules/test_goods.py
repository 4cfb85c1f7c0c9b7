"""Which goods fall within which class (R12)."""

import pytest

from cases.screening.facts import BoardingFacts, Days, IncidentFacts, ItemFacts
from cases.screening.rules.goods import categories_of, covered, goods, is_military
from tests.unit.cases.screening.rulebooks import measure

ALL = frozenset({"arms_and_related_materiel"})
SMALL = frozenset({"small_arms_light_weapons", "ammunition"})
REGISTER = frozenset({"register_major_arms", "register_parts"})
MISSILES = frozenset({"ballistic_missiles"})
EXCEPT_SMALL = frozenset({"arms_except_small_arms_light_weapons"})
NO_SERVICES = frozenset()


def item(category="", description="", **facts):
    return ItemFacts(index=0, category=category, description=description, **facts)


def incident(kind, *items, **facts):
    return IncidentFacts(reference="X", kind=kind, occurred=Days(None, None), day_is_exact=True, items=items, **facts)


@pytest.mark.parametrize(
    ("goods_item", "classes", "answer"),
    [
        (item("small_arm"), ALL, "yes"),
        (item("arms_unspecified"), ALL, "yes"),
        (item("arms_unspecified"), SMALL, "unknown"),
        (item("arms_unspecified", "AK-47 rifles"), SMALL, "yes"),
        (item("arms_unspecified", "pistols"), REGISTER, "unknown"),
        (item("other_goods", "AK-47 rifles"), ALL, "no"),
        (item(hs_code="9302"), SMALL, "yes"),
        (item(hs_code="9302", description="brass taps"), SMALL, "yes"),
        (item(hs_code="8471"), ALL, "no"),
        (item(hs_code="8471", description="AK-47 rifles"), ALL, "yes"),
        (item(hs_code="9304"), ALL, "unknown"),
        (item(hs_code="3601"), ALL, "yes"),
        (item(hs_code="3602"), ALL, "unknown"),
        (item(description="crates, UN 0012"), SMALL, "yes"),
        (item(description="crates"), ALL, "unknown"),
        (item(), REGISTER, "unknown"),
        (item("small_arm", hs_code="8471"), ALL, "yes"),
        (item("explosive", "RDX"), ALL, "yes"),
        (item("explosive", "ammonium nitrate"), ALL, "unknown"),
        (item("explosive", "ML8.a"), ALL, "yes"),
        (item("optics"), ALL, "yes"),
        (item("optics"), frozenset({"lethal_arms"}), "unknown"),
        (item("protective_equipment"), ALL, "yes"),
        (item("dual_use", "pumps"), ALL, "unknown"),
        (item("dual_use", "lathes for a military plant"), ALL, "yes"),
        (item("communications", "sets, ML11"), ALL, "yes"),
        (item("uav"), ALL, "unknown"),
        (item("uav", lethality="lethal"), ALL, "yes"),
        (item("blank_firing"), ALL, "unknown"),
        (item("narcotics"), ALL, "no"),
        (item("artillery", calibre="60 mm"), SMALL, "unknown"),
        (item("artillery", calibre="155 mm"), SMALL, "no"),
        (item("artillery", calibre="155 mm"), REGISTER, "yes"),
        (item("artillery", calibre="60 mm"), REGISTER, "no"),
        (item("artillery"), REGISTER, "unknown"),
        (item("missile", subtype="manpads"), REGISTER, "yes"),
        (item("missile", subtype="anti_tank"), REGISTER, "no"),
        (item("missile", subtype="components"), REGISTER, "yes"),
        (item("military_vehicle"), REGISTER, "unknown"),
        (item("small_arm"), REGISTER, "no"),
        (item("missile", subtype="ballistic"), MISSILES, "yes"),
        (item("missile", subtype="anti_tank"), MISSILES, "no"),
        (item("missile", subtype="surface_to_air"), MISSILES, "unknown"),
        (item("small_arm"), EXCEPT_SMALL, "no"),
        (item("missile", subtype="anti_tank"), EXCEPT_SMALL, "unknown"),
        (item("battle_tank"), EXCEPT_SMALL, "yes"),
        (item("small_arm", lethality="less_lethal"), frozenset({"lethal_arms"}), "unknown"),
    ],
)
def test_class_of_goods(goods_item, classes, answer):
    assert covered(goods_item, classes, NO_SERVICES) == answer


@pytest.mark.parametrize(
    ("category", "services", "answer"),
    [
        ("training", {"training"}, "yes"),
        ("training", {"technical_assistance"}, "unknown"),
        ("training", set(), "no"),
        ("financing", {"financing"}, "yes"),
        ("financing", {"training"}, "no"),
        ("mercenary", {"mercenaries"}, "yes"),
        ("brokering", {"brokering"}, "yes"),
        ("brokering", set(), "unknown"),
        ("transport_service", set(), "unknown"),
    ],
)
def test_services_without_goods(category, services, answer):
    assert covered(item(category), ALL, frozenset(services)) == answer


def test_the_fact_says_what_the_class_was_read_from():
    facts = [
        goods(incident("seizure", given), measure("a/1-1")).fact
        for given in (item("small_arm"), item(hs_code="9302.00"), item(description="ML1 goods"), item())
    ]

    assert facts == [
        "items[0].category = small_arm",
        "items[0].hs_code = 9302.00",
        "items[0].description names ML1",
        "items[0].category = unknown",
    ]


def test_an_inspection_without_items_found_nothing_and_a_seizure_without_items_is_not_told():
    assert goods(incident("inspection"), measure("a/1-1")).answer == "no"
    assert goods(incident("seizure"), measure("a/1-1")).answer == "unknown"


def test_an_inspection_that_was_refused_found_nothing_out():
    for boarding in (BoardingFacts(consent="refused"), BoardingFacts(cooperation="none")):
        refused = goods(incident("inspection", boarding=boarding), measure("a/1-1"))
        assert (refused.answer, refused.reason.rule) == ("unknown", "goods.not_inspected")


def test_words_tell_firearms_and_military_goods_among_unspecified_arms():
    assert categories_of(item("arms_unspecified", "fusils")) == {"arms_unspecified", "small_arm"}
    assert is_military(item("arms_unspecified", "mortars"))
    assert not is_military(item("arms_unspecified", "pistols"))
    assert not is_military(item("small_arm", "mortars"))
