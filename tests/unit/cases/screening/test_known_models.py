import pytest

from cases.screening.known_models import calibre_of, misfit


@pytest.mark.parametrize(
    ("text", "calibre"),
    [
        ("7.62x39", "7.62x39"),
        ("7,62 × 39 mm", "7.62x39"),
        ("7.62x54R", "7.62x54R"),
        ("9 mm", "9"),
        ("9mm Luger", "9x19"),
        ("5.56 NATO", "5.56x45"),
        (".50 BMG", "12.7x99"),
        (".45 ACP", "11.43x23"),
        (".38 Special", None),
        ("12 gauge", "12"),
        ("unknown", None),
    ],
)
def test_calibres_are_read_in_one_form(text, calibre):
    assert calibre_of(text) == calibre


@pytest.mark.parametrize(
    ("make", "model", "calibre", "category"),
    [
        ("", "AKM", "7.62x39", "small_arm"),
        ("", "AKM", "7.62 mm", "small_arm"),
        ("", "AK-74", "5.45x39", "small_arm"),
        ("", "PKM", "7.62x54", "light_weapon"),
        ("Glock", "Glock 17", "9mm Para", "small_arm"),
        ("", "M16A1", ".223", "small_arm"),
        ("", "M16", "", "mine"),
        ("", "RPG-7", "40 mm", "light_weapon"),
        ("", "Model of nobody", "40 mm", "small_arm"),
        ("Zastava", "", "40 mm", "small_arm"),
        ("", "AKM", "", "arms_unspecified"),
    ],
)
def test_what_fits_or_is_not_known_is_passed_over(make, model, calibre, category):
    assert misfit(make, model, calibre, category) is None


@pytest.mark.parametrize(
    ("make", "model", "calibre", "category", "stated"),
    [
        ("", "AKM", "5.45x39", "small_arm", "5.45x39"),
        ("", "Glock 17", "7.62x39", "small_arm", "7.62x39"),
        ("Taurus", "Glock 17", "9x19", "small_arm", "Taurus"),
        ("", "AK-47", "7.62x39", "missile", "missile"),
        ("", "RPG-7", "7.62x39", "light_weapon", "7.62x39"),
    ],
)
def test_what_does_not_fit_is_named(make, model, calibre, category, stated):
    found = misfit(make, model, calibre, category)

    assert found is not None
    assert found.stated == stated
