import pytest

from cases.choices import ItemCategory
from cases.regimes.loader import load_references
from cases.screening.coded_goods import customs_heading, munitions_entry, un_number


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("9301.10", "artillery"),
        ("9301.20.00", "light_weapon"),
        ("930190", "small_arm"),
        ("9301", "arms_unspecified"),
        ("9302", "small_arm"),
        ("9303.90", "blank_firing"),
        ("9304", "dual_use"),
        ("9305.91", "part"),
        ("9306.21", "ammunition"),
        ("9307", "military_equipment"),
        ("8710", "armoured_vehicle"),
        ("8906.10", "warship"),
        ("8906.90", "other_goods"),
        ("3601", "explosive"),
        ("3604.10", "other_goods"),
        ("8802.40", "dual_use"),
        ("8806", "uav"),
        ("9013.10", "optics"),
        ("1006", "other_goods"),
    ],
)
def test_a_heading_stands_for_a_category(heading, category):
    coded = customs_heading(heading, "")

    assert coded is not None
    assert (coded.category, coded.code) == (category, heading)


def test_garments_are_armour_only_by_their_words():
    assert customs_heading("6211", "track suits").category == "other_goods"
    assert customs_heading("6506.10", "casques pare-balles").category == "protective_equipment"


def test_a_heading_too_short_to_read_says_nothing():
    assert customs_heading(None, "") is None
    assert customs_heading("9", "") is None


def test_every_heading_that_the_reference_calls_arms_is_known():
    for entry in load_references().hs_codes:
        if entry.certain and entry.goods:
            assert customs_heading(entry.heading, "").category != "other_goods", entry.heading


def test_every_munitions_category_of_the_reference_is_known():
    for entry in load_references().munitions_list:
        assert munitions_entry(f"goods of {entry.category}.a").category in set(ItemCategory)


def test_an_entry_is_read_as_written_and_no_other_letters_are():
    assert munitions_entry("sights, ML5.a").category == "military_equipment"
    assert munitions_entry("ml 3 cartridges").code == "ml 3"
    assert munitions_entry("250 ML bottles") is None
    assert munitions_entry("ML99") is None


def test_a_united_nations_number_of_class_1_hints():
    assert un_number("cases marked UN 0012").category == "ammunition"
    assert un_number("UN0072 in drums").words == "RDX"
    assert un_number("UN 1203 petrol") is None
