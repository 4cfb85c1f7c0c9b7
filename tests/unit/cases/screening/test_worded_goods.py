import pytest

from cases.screening.worded_goods import categories_named


@pytest.mark.parametrize(
    ("description", "categories"),
    [
        ("two AK-47s", ("small_arm",)),
        ("fusils d'assaut Kalachnikov", ("small_arm",)),
        ("fusiles y municiones", ("small_arm", "ammunition")),
        ("بنادق كلاشينكوف", ("small_arm",)),
        ("автоматы Калашникова", ("small_arm",)),
        ("rifle ammunition", ("ammunition",)),
        ("rifles and ammunition", ("small_arm", "ammunition")),
        ("obus de mortier", ("ammunition",)),
        ("lanzagranadas RPG-7", ("light_weapon",)),
        ("hand grenades", ("grenade",)),
        ("mines anti-personnel", ("mine",)),
        ("T-72 battle tanks", ("battle_tank",)),
        ("drones quadricoptères", ("uav",)),
        ("assorted weapons", ("arms_unspecified",)),
        ("أسلحة", ("arms_unspecified",)),
        ("gilets pare-balles", ("protective_equipment",)),
    ],
)
def test_words_name_kinds_of_arms_in_several_languages(description, categories):
    assert categories_named(description) == categories


@pytest.mark.parametrize(
    "description",
    [
        "",
        "rice",
        "toy pistols",
        "toner cartridges",
        "cartouches d'encre",
        "gold mine equipment",
        "nail guns",
        "car parts",
    ],
)
def test_goods_that_borrow_the_words_are_not_arms(description):
    assert categories_named(description) == ()
